/** What somebody can say of the people in a room by the credentials in it: the hub, or a participant. protocol-06 §6 */
import { domainOfUri } from "../identifiers/index.ts";
import type { Credential } from "../mls/index.ts";
import { type AuthenticationService, authenticate } from "./service.ts";

/** A client as its leaf shows it. */
export interface SeenLeaf {
  readonly credential: Credential;
  readonly signatureKey: Uint8Array;
}

export interface KnownUser {
  /** A user's URI, or a pseudonym. */
  readonly user: string;
  /** A pseudonym does not hide its provider. */
  readonly domain: string;
  /** Which clients are of one user is there for everybody to see. */
  readonly clients: readonly string[];
  /** Who is behind a pseudonym, for those who can open the identity links; else undefined. */
  readonly real: string | undefined;
}

/** The users behind the leaves, as far as `service` lets one know; leaves that it does not accept are left out. */
export function peopleKnownTo(
  service: AuthenticationService,
  leaves: readonly SeenLeaf[],
  now: bigint,
): readonly KnownUser[] {
  const found = leaves.flatMap((leaf) => {
    const outcome = authenticate(service, { ...leaf, now });
    return outcome.ok ? [outcome.value] : [];
  });
  const users = [...new Set(found.map(({ user }) => user))];
  return users.map((user) => {
    const own = found.filter((each) => each.user === user);
    const clients = own.map(({ client }) => client);
    return { user, domain: domainOfUri(user), clients, real: own[0]?.real?.user };
  });
}
