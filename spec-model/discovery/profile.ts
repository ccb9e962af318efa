/** What a user lets others search and see. protocol-06 §5.8 (Xavier, Yolanda and Zach) */

/**
 * One thing known of a user. `source` and `name` follow the query's types: an account's `handle`, `nick`, `email` or
 * `phone`, a standard claim of OpenID Connect, or a property of vCard.
 */
export interface ProfileEntry {
  readonly source: "account" | "oidcStdClaim" | "vcardField";
  readonly name: string;
  readonly value: string;
  /** `never`: no query finds it; `exact`: one that has all of it; `partial`: one that has a part of it, too. */
  readonly searchable: "never" | "exact" | "partial";
  /** Whether those who find the user see it. */
  readonly isShown: boolean;
}

export interface SearchableUser {
  /** The stable URI that key material is asked for with. */
  readonly user: string;
  readonly profile: readonly ProfileEntry[];
}

/** The profile with every entry as searchable as `searchable` says; with `name`, only the entries of that name. */
export function withSearchability(
  profile: readonly ProfileEntry[],
  searchable: ProfileEntry["searchable"],
  name?: string,
): ProfileEntry[] {
  return profile.map((entry) =>
    name === undefined || entry.name === name ? { ...entry, searchable } : entry,
  );
}

/** Fields that hold a person's name, in either vocabulary. */
const nameFields: ReadonlySet<string> = new Set([
  "oidcStdClaim name",
  "oidcStdClaim given_name",
  "oidcStdClaim family_name",
  "oidcStdClaim middle_name",
  "oidcStdClaim nickname",
  "vcardField FN",
  "vcardField N",
  "vcardField NICKNAME",
]);

export function holdsName({ source, name }: ProfileEntry): boolean {
  return nameFields.has(`${source} ${name}`);
}
