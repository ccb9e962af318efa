import { expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import { IdentifierRequest, IdentifierResponse, ProfileField } from "../../../spec-model/discovery/index.ts";
import { octets, short, shortVector } from "../octets.ts";

const given = short("given_name");

it("a query names a claim or a property where its type is of such a vocabulary", () => {
  const bytes = octets(shortVector("07", given, short("Xavier"), "02", short("x.smith")), "00");
  expect(IdentifierRequest.decode(bytes)).toEqual({
    queryElements: [
      { searchType: "oidcStdClaim", claimName: "given_name", searchValue: "Xavier" },
      { searchType: "nick", searchValue: "x.smith" },
    ],
    idRequestExtensions: { componentData: [] },
  });
});

it("a response has a code, URIs, profiles and extensions", () => {
  const uri = "mimi://b.example/u/xavier";
  const field = octets("07", given, short("Xavier"));
  const bytes = octets("00", shortVector(short(uri)), shortVector(short(uri), shortVector(field)), "00");
  const fields = [
    { fieldSource: "oidcStdClaim" as const, fieldName: "given_name", fieldValue: utf8("Xavier") },
  ];
  const response = {
    responseCode: "success" as const,
    uri: [{ uri }],
    foundProfiles: [{ stableUri: { uri }, fields }],
    idResponseExtensions: { componentData: [] },
  };
  expect(IdentifierResponse.encode(response)).toEqual(bytes);
  expect(IdentifierResponse.decode(bytes)).toEqual(response);
});

it("a profile field is from one of the two vocabularies", () => {
  for (const source of ["00", "01", "06", "09"]) {
    expect(() => ProfileField.decode(octets(source, "00 00"))).toThrow("ProfileField.fieldSource");
  }
});
