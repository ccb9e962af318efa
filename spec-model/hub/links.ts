/** What a hub asks of the provider it is part of. */

import type { Participant, PolicyEnvelope } from "../room/index.ts";

/** Who asked: one of the provider's own clients, or another provider. */
export type Asker =
  | { readonly kind: "client"; readonly client: string; readonly ask: string; readonly domain: string }
  | { readonly kind: "provider"; readonly domain: string; readonly request: string };

/** The way from a hub to everyone else. Bodies are in the draft's format. */
export interface HubLinks {
  answer(asker: Asker, status: number, body: Uint8Array, summary: string): void;
  /** The effective list of another room that is hosted here, for rooms that depend on it. room-policy-04 §5 */
  participantsOf(room: string): readonly Participant[] | undefined;
  /** Which policies the rooms may have that are created here from now on. arch-03 §4.4 */
  readonly envelope?: PolicyEnvelope | undefined;
  /** Whether `domain` is the provider's own. */
  isOwn(domain: string): boolean;
  /** The own clients that a Welcome to `room` for these KeyPackages is delivered to; they are KeyPackageRefs. */
  ownersOf(keyPackages: readonly string[], room: string): readonly string[];
  /** Hands a FanoutMessage to one of the provider's own clients. */
  deliver(client: string, room: string, message: Uint8Array, label: string): void;
  /** Sends a `notify` request to a follower; `items` name what is in it. */
  notify(provider: string, room: string, body: Uint8Array, summary: string, items: readonly string[]): void;
  /** Asks to be woken for the fan-out to a follower. */
  wake(provider: string, room: string, afterMs: number): void;
}
