/** What an identifier query finds. protocol-06 §5.8 */
import {
  defaultQueryPolicy,
  type ProfileEntry,
  type QueryElement,
  type QueryPolicy,
  type SearchableUser,
} from "../../../spec-model/discovery/index.ts";
import type { Faculties } from "../faculties.ts";
import { of, same } from "./expected.ts";

type Searchable = ProfileEntry["searchable"];

function person(name: string, family: string, searchable: Searchable, names = searchable): SearchableUser {
  const handle = name.toLowerCase();
  const entry = (source: ProfileEntry["source"], field: string, value: string, as: Searchable) => ({
    source,
    name: field,
    value,
    searchable: as,
    isShown: source !== "account",
  });
  return {
    user: `mimi://xyz.example/u/${handle}`,
    profile: [
      entry("account", "handle", `im:${handle}@xyz.example`, searchable),
      entry("account", "phone", "+12125551212", searchable),
      entry("oidcStdClaim", "given_name", name, names),
      entry("oidcStdClaim", "family_name", family, names),
      entry("vcardField", "ORG", "ACME", names),
    ],
  };
}

const users = [
  person("Xavier", "Mather", "partial"),
  person("Yolanda", "Matali", "exact", "never"),
  person("Zach", "Mathieu", "never"),
];

type Simple = Exclude<QueryElement["searchType"], "oidcStdClaim" | "vcardField">;
const by = (searchType: Simple, searchValue: string): QueryElement => ({ searchType, searchValue });
const claim = (claimName: string, searchValue: string): QueryElement => ({
  searchType: "oidcStdClaim",
  claimName,
  searchValue,
});
const organisation = (searchValue: string): QueryElement => ({
  searchType: "vcardField",
  propertyName: "ORG",
  searchValue,
});

function asked(
  { answerQuery }: Faculties,
  elements: readonly QueryElement[],
  policy: Partial<QueryPolicy> = {},
) {
  const request = { queryElements: [...elements], idRequestExtensions: { componentData: [] } };
  const { responseCode, uri } = answerQuery(users, { ...defaultQueryPolicy, ...policy }, request);
  return [responseCode, ...uri.map((each) => each.uri.split("/").at(-1))];
}

const phone = by("phone", "+12125551212");

export const searchExpected = of("protocol-06 §5.8", [
  [
    "search-all-elements",
    "who matches one element of two is not found",
    (f) => same(asked(f, [claim("given_name", "Xavier"), organisation("Other")]), ["notFound"]),
  ],
  [
    "search-exact-fields",
    "a part of a handle or a telephone number finds nobody",
    (f) =>
      same(asked(f, [by("handle", "im:xavier@xyz.exam")]), ["notFound"]) &&
      same(asked(f, [by("phone", "+1212555121")]), ["notFound"]) &&
      same(asked(f, [by("handle", "im:xavier@xyz.example")]), ["success", "xavier"]),
  ],
  [
    "search-partial-name",
    "a part of a name finds its bearer, in whatever case",
    (f) => same(asked(f, [by("partialName", "MATHER")]), ["success", "xavier"]),
  ],
  [
    "search-whole-profile",
    "a part of any searchable field finds its user",
    (f) => same(asked(f, [by("wholeProfile", "CME")]), ["success", "xavier"]),
  ],
  [
    "search-claims-exact",
    "a part of a claim's or a property's value finds nobody",
    (f) =>
      same(asked(f, [claim("given_name", "Xav")]), ["notFound"]) &&
      same(asked(f, [organisation("ACM")]), ["notFound"]) &&
      same(asked(f, [organisation("ACME")]), ["success", "xavier"]),
  ],
  [
    "search-only-searchable",
    "nobody is found by what may not be searched",
    (f) =>
      same(asked(f, [by("handle", "im:zach@xyz.example")]), ["notFound"]) &&
      same(asked(f, [claim("given_name", "Yolanda")]), ["notFound"]),
  ],
  [
    "search-several",
    "all who match are found",
    (f) => same(asked(f, [phone]), ["success", "xavier", "yolanda"]),
  ],
  [
    "search-nobody",
    "a query that matches nobody is notFound",
    (f) => same(asked(f, [by("nick", "walter")]), ["notFound"]),
  ],
  [
    "search-ambiguous",
    "where something exact is demanded, a part alone is ambiguous",
    (f) => same(asked(f, [by("partialName", "a")], { demandsExact: true }), ["ambiguous"]),
  ],
  [
    "search-forbidden",
    "what may not be asked, or not together, is forbidden",
    (f) =>
      same(asked(f, [phone], { queries: "closed" }), ["forbidden"]) &&
      same(asked(f, [phone, by("partialName", "x")], { forbiddenTogether: [["phone", "partialName"]] }), [
        "forbidden",
      ]),
  ],
  [
    "search-unsupported",
    "a field that is not searched is an unsupportedField",
    (f) => same(asked(f, [phone], { searchTypes: ["handle"] }), ["unsupportedField"]),
  ],
]);
