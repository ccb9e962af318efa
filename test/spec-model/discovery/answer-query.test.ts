/** What an identifier query finds: rows F10 and U10 of the transition tables. protocol-06 §5.8 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  answerQuery,
  defaultQueryPolicy,
  IdentifierResponse,
  type ProfileEntry,
  type QueryElement,
  type QueryPolicy,
  refusalOf,
  type SearchableUser,
  withSearchability,
} from "../../../spec-model/discovery/index.ts";

type Searchable = ProfileEntry["searchable"];
const entry = (
  source: ProfileEntry["source"],
  name: string,
  value: string,
  searchable: Searchable,
): ProfileEntry => ({ source, name, value, searchable, isShown: source !== "account" });

function person(name: string, family: string, searchable: Searchable, names = searchable): SearchableUser {
  const handle = name.toLowerCase();
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
const xavier = person("Xavier", "Mather", "partial");
const yolanda = person("Yolanda", "Matali", "exact", "never");
const zach = person("Zach", "Mathieu", "never");
const users = [xavier, yolanda, zach];

type Simple = Exclude<QueryElement["searchType"], "oidcStdClaim" | "vcardField">;
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

function ask(elements: readonly QueryElement[], policy: Partial<QueryPolicy> = {}) {
  const request = { queryElements: [...elements], idRequestExtensions: { componentData: [] } };
  const response = answerQuery(users, { ...defaultQueryPolicy, ...policy }, request);
  // What is answered can be sent.
  expect(IdentifierResponse.decode(IdentifierResponse.encode(response))).toEqual(response);
  const found = response.uri.map(({ uri }) => uri.split("/").at(-1));
  return { code: response.responseCode, found, response };
}
const found = (...names: readonly string[]) => ({ code: "success", found: names });
const nobody = { code: "notFound", found: [] };

describe("U10: the three users of the draft", () => {
  it("Xavier is found by a part of his first or last name, by handle and by nick", () => {
    expect(ask([by("partialName", "avi")])).toMatchObject(found("xavier"));
    expect(ask([by("partialName", "MATH")])).toMatchObject(found("xavier"));
    expect(ask([by("handle", "im:xavier@xyz.example")])).toMatchObject(found("xavier"));
    expect(ask([by("nick", "xavier")])).toMatchObject(found("xavier"));
  });

  it("Yolanda is found by her exact handle and not by her name", () => {
    expect(ask([by("handle", "im:yolanda@xyz.example")])).toMatchObject(found("yolanda"));
    expect(ask([by("partialName", "Yolanda")])).toMatchObject(nobody);
    expect(ask([claim("given_name", "Yolanda")])).toMatchObject(nobody);
    expect(ask([by("handle", "im:yolan@xyz.example")])).toMatchObject(nobody);
  });

  it("Zach is found by nothing, and answered for like somebody who is not there", () => {
    expect(ask([by("handle", "im:zach@xyz.example")])).toMatchObject(nobody);
    expect(ask([by("handle", "im:zach@xyz.example")]).response).toEqual(
      ask([by("handle", "im:nobody@xyz.example")]).response,
    );
  });
});

describe("a query", () => {
  it("compares telephone numbers and addresses as such, and exactly", () => {
    expect(ask([by("phone", "+12125551212")])).toMatchObject(found("xavier", "yolanda"));
    expect(ask([by("phone", "+1212555121")])).toMatchObject(nobody);
    expect(ask([by("phone", "12125551212")])).toMatchObject(nobody);
    expect(ask([by("email", "xavier@MAIL.example")])).toMatchObject(found("xavier"));
    expect(ask([by("email", "Xavier@mail.example")])).toMatchObject(nobody);
  });

  it("finds claims and properties by their exact values, and parts of any searchable field", () => {
    expect(ask([claim("given_name", "Xavier")])).toMatchObject(found("xavier"));
    expect(ask([claim("given_name", "Xav")])).toMatchObject(nobody);
    expect(ask([property("ORG", "ACME")])).toMatchObject(found("xavier"));
    expect(ask([by("wholeProfile", "CME")])).toMatchObject(found("xavier"));
    expect(ask([by("wholeProfile", "yolanda")])).toMatchObject(nobody);
  });

  it("needs all of its elements to match", () => {
    expect(ask([claim("given_name", "Xavier"), property("ORG", "ACME")])).toMatchObject(found("xavier"));
    expect(ask([claim("given_name", "Xavier"), property("ORG", "Other")])).toMatchObject(nobody);
  });

  it("finds nothing by an empty part", () => {
    expect(ask([by("partialName", "")])).toMatchObject(nobody);
    expect(ask([by("wholeProfile", "")])).toMatchObject(nobody);
  });

  it("shows the fields that are shown, from the vocabularies the answer has", () => {
    const { foundProfiles } = ask([by("nick", "xavier")]).response;
    expect(foundProfiles[0]?.fields.map(({ fieldName }) => fieldName)).toEqual([
      "given_name",
      "family_name",
      "ORG",
    ]);
  });
});

describe("F10: the codes", () => {
  it("forbidden: the endpoint is closed, nothing is asked, or fields may not be asked together", () => {
    expect(ask([by("nick", "xavier")], { queries: "closed" })).toMatchObject({
      code: "forbidden",
      found: [],
    });
    expect(ask([])).toMatchObject({ code: "forbidden" });
    const apart = { forbiddenTogether: [["phone", "partialName"]] as const };
    expect(ask([by("phone", "+12125551212"), by("partialName", "x")], apart)).toMatchObject({
      code: "forbidden",
    });
    expect(ask([by("phone", "+12125551212")], apart)).toMatchObject(found("xavier", "yolanda"));
  });

  it("unsupportedField: the provider does not search such fields", () => {
    expect(ask([by("phone", "+12125551212")], { searchTypes: ["handle"] })).toMatchObject({
      code: "unsupportedField",
    });
  });

  it("ambiguous: an exact element is demanded, or more users match than may be listed", () => {
    expect(ask([by("partialName", "a")], { demandsExact: true })).toMatchObject({ code: "ambiguous" });
    const exact = [by("partialName", "a"), by("nick", "xavier")];
    expect(ask(exact, { demandsExact: true })).toMatchObject(found("xavier"));
    expect(ask([by("phone", "+12125551212")], { mostMatches: 1 })).toMatchObject({
      code: "ambiguous",
      found: [],
    });
  });

  it("notFound: nobody matches", () => {
    expect(ask([by("nick", "walter")])).toMatchObject(nobody);
  });
});

describe("a user who changes how searchable it is", () => {
  it("can do so for all of the profile or one field", () => {
    expect(withSearchability(xavier.profile, "never").every((each) => each.searchable === "never")).toBe(
      true,
    );
    const changed = withSearchability(zach.profile, "exact", "handle");
    expect(changed.filter((each) => each.searchable === "exact").map((each) => each.name)).toEqual([
      "handle",
    ]);
  });
});

describe("users who are not searchable", () => {
  const element = fc.oneof(
    fc
      .tuple(fc.constantFrom("handle", "nick", "email", "phone", "partialName", "wholeProfile"), fc.string())
      .map(([type, value]) => by(type as Simple, value)),
    fc.constantFrom(
      by("nick", "zach"),
      by("phone", "+12125551212"),
      by("partialName", "ach"),
      claim("given_name", "Zach"),
    ),
  );

  it("make no difference to any answer (any query)", () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 3 }), (elements) => {
        const request = { queryElements: elements, idRequestExtensions: { componentData: [] } };
        const without = answerQuery([xavier, yolanda], defaultQueryPolicy, request);
        expect(answerQuery(users, defaultQueryPolicy, request)).toEqual(without);
      }),
    );
  });

  it("and a refusal is decided on the query alone (any query)", () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 3 }), fc.boolean(), (elements, demandsExact) => {
        const policy = { ...defaultQueryPolicy, demandsExact };
        const refused = refusalOf(policy, elements);
        if (refused === undefined) return;
        const request = { queryElements: elements, idRequestExtensions: { componentData: [] } };
        expect(answerQuery([], policy, request)).toEqual(answerQuery(users, policy, request));
        expect(answerQuery([], policy, request).responseCode).toBe(refused);
      }),
    );
  });
});
