/** Finding a user at a provider. protocol-06 §5.8 */
import { IdentifierUri } from "../framing.ts";
import { AppDataDictionary } from "../mls/structures/index.ts";
import { closedEnum, type Infer, opaque, struct, text, v, vector } from "../wire/index.ts";

export const SearchIdentifierType = closedEnum("SearchIdentifierType", 255, {
  reserved: 0,
  handle: 1,
  nick: 2,
  email: 3,
  phone: 4,
  partialName: 5,
  wholeProfile: 6,
  oidcStdClaim: 7,
  vcardField: 8,
}).from("protocol-06 §5.8", "what is compared, and how exactly");
export type SearchIdentifierType = Infer<typeof SearchIdentifierType>;

export const QueryElement = struct("QueryElement", { searchType: SearchIdentifierType })
  .select("searchType", { oidcStdClaim: { claimName: text(v) }, vcardField: { propertyName: text(v) } }, {})
  .followedBy({ searchValue: text(v) })
  .from("protocol-06 §5.8", "one condition of a query")
  .decided({
    question: "the select follows a field type, which is not in the structure",
    reading: "it follows searchType",
    reason: "it is the only enumeration there, and its values are the cases",
    alternatives: [],
  })
  .decided({
    question: "the encoding of claimName and propertyName",
    reading: "UTF-8",
    reason: "the names of OpenID Connect claims are JSON text, those of vCard properties are ASCII",
    alternatives: ["any octets"],
  });
export type QueryElement = Infer<typeof QueryElement>;

export const IdentifierRequest = struct("IdentifierRequest", {
  query_elements: vector(QueryElement).as("all of them have to match"),
  id_request_extensions: AppDataDictionary.as("an extension point"),
}).from("protocol-06 §5.8", "asks a provider for users that match");
export type IdentifierRequest = Infer<typeof IdentifierRequest>;

export const IdentifierQueryCode = closedEnum("IdentifierQueryCode", 255, {
  success: 0,
  notFound: 1,
  ambiguous: 2,
  forbidden: 3,
  unsupportedField: 4,
}).from("protocol-06 §5.8", "what became of the query");
export type IdentifierQueryCode = Infer<typeof IdentifierQueryCode>;

export const FieldSource = closedEnum("FieldSource", 255, { reserved: 0, oidcStdClaim: 7, vcardField: 8 })
  .from("protocol-06 §5.8", "whose vocabulary a profile field's name is from")
  .decided({
    question:
      "a profile can be found by handle, nick, email and phone, but FieldSource has no values for them",
    reading: "the two values that are there",
    reason: "e-mail addresses, telephone numbers and nicknames have names in both vocabularies",
    alternatives: ["all values of SearchIdentifierType, whose numbers the two have"],
  });
export type FieldSource = Infer<typeof FieldSource>;

export const ProfileField = struct("ProfileField", {
  fieldSource: FieldSource,
  fieldName: text(v),
  fieldValue: opaque(v),
})
  .from("protocol-06 §5.8", "something that a user lets others see")
  .decided({
    question: "fieldName is a `string`, a type that does not exist",
    reading: "opaque<V> that holds UTF-8",
    reason: "it is how the draft writes its other texts",
    alternatives: ["an UTF8String of §7.6: the same octets"],
  });
export type ProfileField = Infer<typeof ProfileField>;

export const UserProfile = struct("UserProfile", {
  stableUri: IdentifierUri,
  fields: vector(ProfileField),
}).from("protocol-06 §5.8", "a user that was found");
export type UserProfile = Infer<typeof UserProfile>;

export const IdentifierResponse = struct("IdentifierResponse", {
  responseCode: IdentifierQueryCode,
  uri: vector(IdentifierUri),
  foundProfiles: vector(UserProfile),
  id_response_extensions: AppDataDictionary.as("an extension point"),
})
  .from("protocol-06 §5.8", "the users that were found, or why there are none")
  .decided({
    question: "what uri lists beside the stableUri of each profile",
    reading: "the URIs of all users that match; profiles may be left out",
    reason: "both lists are there whatever the code, and the purpose of the query is a URI",
    alternatives: ["URIs of users without a profile to show", "one URI for each profile, in the same order"],
  });
export type IdentifierResponse = Infer<typeof IdentifierResponse>;
