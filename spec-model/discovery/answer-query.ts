/** What a provider answers to an identifier query, given its users and its policy. protocol-06 §5.8 */
import { utf8 } from "../bytes.ts";
import { parseEmail, parseImUri, parsePhone } from "../identifiers/index.ts";
import { holdsName, type ProfileEntry, type SearchableUser } from "./profile.ts";
import type {
  IdentifierQueryCode,
  IdentifierRequest,
  IdentifierResponse,
  ProfileField,
  QueryElement,
  SearchIdentifierType,
} from "./structures.ts";

export interface QueryPolicy {
  /** Whether the endpoint may be used at all. */
  readonly queries: "open" | "closed";
  /** The fields that this provider knows how to search; others are `unsupportedField`. */
  readonly searchTypes: readonly SearchIdentifierType[];
  /** Combinations of types that may not be asked together, e.g. a telephone number with a name. */
  readonly forbiddenTogether: readonly (readonly SearchIdentifierType[])[];
  /** Whether at least one element has to be of a type that matches exactly. Otherwise: `ambiguous`. */
  readonly demandsExact: boolean;
  /**
   * The most users that an answer lists; a query that more match is `ambiguous`, which tells that they are there.
   */
  readonly mostMatches: number;
}

export const defaultQueryPolicy: QueryPolicy = {
  queries: "open",
  searchTypes: [
    "handle",
    "nick",
    "email",
    "phone",
    "partialName",
    "wholeProfile",
    "oidcStdClaim",
    "vcardField",
  ],
  forbiddenTogether: [],
  demandsExact: false,
  mostMatches: 20,
};

/** The answer. Whatever depends on the query alone comes first, so that a refusal says nothing of any user. */
export function answerQuery(
  users: readonly SearchableUser[],
  policy: QueryPolicy,
  { queryElements }: IdentifierRequest,
): IdentifierResponse {
  const refused = refusalOf(policy, queryElements);
  if (refused !== undefined) return response(refused, []);
  const found = users.filter((user) => queryElements.every((element) => matches(user, element)));
  if (found.length === 0) return response("notFound", []);
  if (found.length > policy.mostMatches) return response("ambiguous", []);
  return response("success", found);
}

/** Why a query is not answered, whoever is searched for; undefined: it is. */
export function refusalOf(
  policy: QueryPolicy,
  elements: readonly QueryElement[],
): IdentifierQueryCode | undefined {
  const types = elements.map((element) => element.searchType);
  // A query without conditions would list everybody.
  if (policy.queries === "closed" || types.length === 0) return "forbidden";
  if (types.some((type) => !policy.searchTypes.includes(type))) return "unsupportedField";
  const meets = (together: readonly SearchIdentifierType[]) => together.every((type) => types.includes(type));
  if (policy.forbiddenTogether.some(meets)) return "forbidden";
  if (policy.demandsExact && types.every((type) => partialTypes.has(type))) return "ambiguous";
  return undefined;
}

const partialTypes: ReadonlySet<SearchIdentifierType> = new Set(["partialName", "wholeProfile"]);

/** Whether a searchable field of the user has what the element asks for. */
function matches({ profile }: SearchableUser, element: QueryElement): boolean {
  const wanted = element.searchValue;
  const exactly = profile.filter((entry) => entry.searchable !== "never");
  const partly = profile.filter((entry) => entry.searchable === "partial");
  switch (element.searchType) {
    case "handle":
      return exactly.some((entry) => isAccount(entry, "handle") && sameHandle(entry.value, wanted));
    case "nick":
      return exactly.some((entry) => nicksOf(entry).includes(wanted));
    case "email":
      return exactly.some((entry) => isAccount(entry, "email") && sameEmail(entry.value, wanted));
    case "phone":
      return exactly.some((entry) => isAccount(entry, "phone") && samePhone(entry.value, wanted));
    case "partialName":
      return wanted !== "" && partly.some((entry) => holdsName(entry) && contains(entry.value, wanted));
    case "wholeProfile":
      return wanted !== "" && partly.some((entry) => entry.value.includes(wanted));
    case "oidcStdClaim":
      return exactly.some((entry) => isField(entry, "oidcStdClaim", element.claimName, wanted));
    case "vcardField":
      return exactly.some((entry) => isField(entry, "vcardField", element.propertyName, wanted));
    default:
      return false;
  }
}

function isAccount(entry: ProfileEntry, name: string): boolean {
  return entry.source === "account" && entry.name === name;
}

function isField(entry: ProfileEntry, source: ProfileEntry["source"], name: string, value: string): boolean {
  return entry.source === source && entry.name === name && entry.value === value;
}

/** A nickname, or the user part of a handle. */
function nicksOf(entry: ProfileEntry): string[] {
  if (isAccount(entry, "nick")) return [entry.value];
  const handle = isAccount(entry, "handle") ? parseImUri(entry.value) : undefined;
  return handle?.ok ? [handle.value.user] : [];
}

function sameHandle(a: string, b: string): boolean {
  return sameParsed(parseImUri(a), parseImUri(b), ({ uri }) => uri);
}

function sameEmail(a: string, b: string): boolean {
  return sameParsed(parseEmail(a), parseEmail(b), ({ text }) => text);
}

function samePhone(a: string, b: string): boolean {
  return sameParsed(parsePhone(a), parsePhone(b), ({ text }) => text);
}

function sameParsed<T>(
  a: { readonly ok: true; readonly value: T } | { readonly ok: false },
  b: { readonly ok: true; readonly value: T } | { readonly ok: false },
  normal: (value: T) => string,
): boolean {
  return a.ok && b.ok && normal(a.value) === normal(b.value);
}

/** Whether `text` has `part` in it, in whatever case. */
function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

function response(responseCode: IdentifierQueryCode, found: readonly SearchableUser[]): IdentifierResponse {
  return {
    responseCode,
    uri: found.map(({ user }) => ({ uri: user })),
    foundProfiles: found.map(({ user, profile }) => ({
      stableUri: { uri: user },
      fields: profile.filter((entry) => entry.isShown).flatMap(fieldOf),
    })),
    idResponseExtensions: { componentData: [] },
  };
}

/** FieldSource has no values for handles, nicknames, e-mail addresses and telephone numbers. */
function fieldOf({ source, name, value }: ProfileEntry): ProfileField[] {
  return source === "account" ? [] : [{ fieldSource: source, fieldName: name, fieldValue: utf8(value) }];
}
