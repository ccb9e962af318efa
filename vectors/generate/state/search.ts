/** Searches among a provider's users: what is found, what is not, and what is not answered. protocol-06 §5.8 */
import { hex } from "../../../spec-model/bytes.ts";
import {
  answerQuery,
  defaultQueryPolicy,
  IdentifierRequest,
  type ProfileEntry,
  type QueryElement,
  type QueryPolicy,
  type SearchableUser,
} from "../../../spec-model/discovery/index.ts";
import type { Json, JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";

type Searchable = ProfileEntry["searchable"];
type Simple = Exclude<QueryElement["searchType"], "oidcStdClaim" | "vcardField">;

/** Xavier is found by parts, Yolanda by what is exact and never by name, Zach not at all, as in the draft. */
const users = [
  person("Xavier", "Mather", "partial", "partial"),
  person("Yolanda", "Matali", "exact", "never"),
  person("Zach", "Mathieu", "never", "never"),
];

const by = (searchType: Simple, searchValue: string): QueryElement => ({ searchType, searchValue });
const claim = (claimName: string, searchValue: string): QueryElement => ({
  searchType: "oidcStdClaim",
  claimName,
  searchValue,
});
const property = (propertyName: string, searchValue: string): QueryElement => ({
  searchType: "vcardField",
  propertyName,
  searchValue,
});

interface Search {
  readonly id: string;
  readonly comment: string;
  readonly elements: readonly QueryElement[];
  readonly policy?: Partial<QueryPolicy>;
  /** Where the draft leaves it open. */
  readonly level?: "SHOULD";
}
interface Missed extends Search {
  readonly parent: string;
  readonly path: string;
  readonly code: string;
}

const phone = by("phone", "+12125551212");
const search = (id: string, comment: string, ...elements: readonly QueryElement[]): Search => ({
  id,
  comment,
  elements,
});

const found: readonly Search[] = [
  search("handle", "a handle", by("handle", "im:xavier@xyz.example")),
  search(
    "handle-exact",
    "the handle of a user who is found by exact fields",
    by("handle", "im:yolanda@xyz.example"),
  ),
  search("nick", "a nickname: the user part of a handle", by("nick", "xavier")),
  search("email-as-it-is", "an e-mail address", by("email", "xavier@mail.example")),
  {
    ...search("email", "an e-mail address, its domain in another case", by("email", "xavier@MAIL.example")),
    level: "SHOULD",
  },
  search("phone", "a telephone number that two users have", phone),
  search("partial-name", "a part of a name in another case", by("partialName", "MATH")),
  search("partial-name-inside", "a part from the middle of a name", by("partialName", "avi")),
  search("whole-profile", "a part of a field that is no name", by("wholeProfile", "CME")),
  search("claim", "a standard claim", claim("given_name", "Xavier")),
  search("property", "a vCard property", property("ORG", "ACME")),
  search("all-elements", "two elements that match", claim("given_name", "Xavier"), property("ORG", "ACME")),
  search("with-exact", "a part of a name with a nickname", by("partialName", "a"), by("nick", "xavier")),
];

/** `apart`: what a provider does not let be asked together. */
const apart = [["phone", "partialName"]] as const;
const missed = (
  code: string,
  parent: string,
  path: string,
  each: Search,
  more: Pick<Missed, "level" | "policy"> = {},
): Missed => ({ ...each, parent, path, code, ...more });
const nobody = (parent: string, slug: string, comment: string, ...elements: readonly QueryElement[]) =>
  missed("notFound", parent, "query.query_elements", search(slug, comment, ...elements));

const notFound: readonly Missed[] = [
  nobody("handle-exact", "handle-part", "a part of a handle", by("handle", "im:yolanda@xyz.ex")),
  nobody("nick", "nick-part", "a part of a nickname", by("nick", "xavie")),
  nobody("email-as-it-is", "email-part", "a part of an e-mail address", by("email", "avier@mail.example")),
  nobody("phone", "phone-part", "a telephone number without its last digit", by("phone", "+1212555121")),
  nobody("claim", "claim-part", "a part of a standard claim", claim("given_name", "Xav")),
  nobody("property", "property-part", "a part of a vCard property", property("ORG", "ACM")),
  nobody(
    "partial-name",
    "name-not-searchable",
    "a name that its user does not let be searched",
    by("partialName", "olan"),
  ),
  nobody(
    "claim",
    "claim-not-searchable",
    "a claim that its user does not let be searched",
    claim("given_name", "Yolanda"),
  ),
  nobody(
    "whole-profile",
    "profile-not-searchable",
    "a part of what may be searched as a whole only",
    by("wholeProfile", "yolanda"),
  ),
  nobody(
    "handle",
    "handle-not-searchable",
    "the handle of a user who is not to be found",
    by("handle", "im:zach@xyz.example"),
  ),
  nobody(
    "all-elements",
    "one-element",
    "one element of two matches",
    claim("given_name", "Xavier"),
    property("ORG", "Other"),
  ),
];
const unanswered: readonly Missed[] = [
  missed(
    "forbidden",
    "nick",
    "policy.queries",
    search("closed", "the endpoint is closed", by("nick", "xavier")),
    {
      policy: { queries: "closed" },
    },
  ),
  missed("forbidden", "nick", "query.query_elements", search("nothing", "a query without elements"), {
    level: "SHOULD",
  }),
  missed(
    "forbidden",
    "phone",
    "query.query_elements",
    search("apart", "fields that may not be asked together", phone, by("partialName", "a")),
    { policy: { forbiddenTogether: apart } },
  ),
  missed(
    "unsupportedField",
    "phone",
    "policy.searchTypes",
    search("unsupported", "a field that is not searched", phone),
    {
      policy: { searchTypes: ["handle", "nick"] },
    },
  ),
  missed(
    "ambiguous",
    "with-exact",
    "query.query_elements",
    search("no-exact", "a part of a name where something exact is demanded", by("partialName", "a")),
    { policy: { demandsExact: true } },
  ),
  missed(
    "ambiguous",
    "phone",
    "policy.mostMatches",
    search("too-many", "two match where one may be listed", phone),
    {
      policy: { mostMatches: 1 },
      level: "SHOULD",
    },
  ),
];

export function searchGroups(): VectorGroup[] {
  return [
    {
      operation: "users.search",
      comment: "Xavier is found by parts, Yolanda by exact fields and not by name, Zach by nothing",
      input: { users: users as unknown as Json },
      tests: [...found.map(finds), ...[...notFound, ...unanswered].map(misses)],
    },
  ];
}

function person(name: string, family: string, searchable: Searchable, names: Searchable): SearchableUser {
  const handle = name.toLowerCase();
  const entry = (source: ProfileEntry["source"], field: string, value: string, how: Searchable) =>
    ({ source, name: field, value, searchable: how }) as ProfileEntry;
  return {
    user: `mimi://xyz.example/u/${handle}`,
    profile: [
      entry("account", "handle", `im:${handle}@xyz.example`, searchable),
      entry("account", "email", `${handle}@mail.example`, searchable),
      entry("account", "phone", "+12125551212", searchable),
      entry("oidcStdClaim", "given_name", name, names),
      entry("oidcStdClaim", "family_name", family, names),
      entry("vcardField", "ORG", "ACME", names),
    ],
  };
}

function finds(each: Search): VectorCase {
  const { responseCode, uris, input } = answered(each);
  if (responseCode !== "success") throw new Error(`${each.id}: ${responseCode}`);
  return {
    id: `search-${each.id}`,
    comment: each.comment,
    flags: ["Valid"],
    requirements: [],
    expect: { level: each.level ?? "MUST", allow: ["success"] },
    input,
    output: { uris },
    view: viewOf(each),
  };
}

function misses(each: Missed): VectorCase {
  const { responseCode, input } = answered(each);
  if (responseCode !== each.code) throw new Error(`${each.id}: ${responseCode} in the place of ${each.code}`);
  return {
    id: `search-not-${each.id}`,
    comment: each.comment,
    flags: [each.code === "notFound" ? "NotFound" : "NotAnswered"],
    requirements: [],
    expect: { level: each.level ?? "MUST", allow: [responseCode] },
    parent: `search-${each.parent}`,
    fault: { path: each.path, op: each.comment },
    input,
    view: viewOf(each),
  };
}

function answered({ elements, policy: change }: Search) {
  const policy = { ...defaultQueryPolicy, ...change };
  const request = { queryElements: [...elements], idRequestExtensions: { componentData: [] } };
  const { responseCode, uri } = answerQuery(users, policy, request);
  const input = { policy, query: hex(IdentifierRequest.encode(request)) } as unknown as JsonObject;
  return { responseCode, uris: uri.map((each) => each.uri), input };
}

function viewOf({ elements }: Search): JsonObject {
  return { query_elements: elements as unknown as Json };
}
