/**
 * Who a client is in a minimal-metadata room: pseudonyms before the hub, itself before the participants. protocol-06 §6.1
 *
 * How participants come to the key of the identity links is left open. It cannot come from the group: a credential is
 * made before its client is in the room. Here all have it from the beginning, as if it came with the invitation.
 */
import {
  type AuthenticationService,
  type KnownUser,
  peopleKnownTo,
  pseudonymousCredential,
  type RegisteredKey,
} from "../credentials/index.ts";
import { type Credential, cipherSuite, type Member, members } from "../mls/index.ts";
import type { RandomSource } from "../random.ts";
import { clientCredential } from "../room/index.ts";
import type { ClientState } from "./client-state.ts";

export interface Persona {
  /** The client that the pseudonym stands for. */
  readonly realClient: string;
  readonly signaturePrivateKey: Uint8Array;
  /** Of the room's participants; of the suite's AEAD. */
  readonly linkKey: Uint8Array;
  /** The keys of the real clients, as participants know them: who else could have signed a link? */
  readonly registered: readonly RegisteredKey[];
  /** `blank`: a link with nothing in it, as long as the sealed one. For comparing what the hub sees, nothing else. */
  readonly link?: "sealed" | "blank";
}

/** The credential of a client: its name, or its pseudonyms with the link to who is behind them. */
export function credentialFor(
  { client, user, suite, signature }: Pick<ClientState, "client" | "user" | "suite" | "signature">,
  persona: Persona | undefined,
  random: RandomSource,
): Credential {
  if (persona === undefined) return clientCredential(client);
  const { realClient, signaturePrivateKey, linkKey, link } = persona;
  return pseudonymousCredential(
    // Identity links are not MLS: they have the real suite on both layers.
    cipherSuite(suite),
    { client, user, signatureKey: signature.publicKey },
    { credential: clientCredential(realClient), signaturePrivateKey },
    linkKey,
    random,
    link,
  );
}

/** Who is in the room, for a participant that can open the identity links. `now` in milliseconds. */
export function peopleBehind(
  { suite, persona }: Pick<ClientState, "suite" | "persona">,
  member: Member,
  now: number,
): readonly KnownUser[] {
  if (persona === undefined) return [];
  const { linkKey: key, registered } = persona;
  const pseudonyms = { suite, key };
  const service: AuthenticationService = { basic: registered, pseudonyms };
  const leaves = members(member.tree).map(({ leafNode }) => leafNode);
  return peopleKnownTo(service, leaves, BigInt(Math.floor(now / 1000)));
}
