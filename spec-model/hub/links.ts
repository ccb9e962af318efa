/** What a hub asks of the provider it is part of. */

/** Who asked: one of the provider's own clients, or another provider. */
export type Asker =
  | { readonly kind: "client"; readonly client: string; readonly ask: string; readonly domain: string }
  | { readonly kind: "provider"; readonly domain: string; readonly request: string };

/** The way from a hub to everyone else. Bodies are in the draft's format. */
export interface HubLinks {
  answer(asker: Asker, status: number, body: Uint8Array, summary: string): void;
  /** Whether `domain` is the provider's own. */
  isOwn(domain: string): boolean;
  /** The own clients that these KeyPackages are of, by KeyPackageRef. */
  ownersOf(keyPackages: readonly string[]): readonly string[];
  /** Hands a FanoutMessage to one of the provider's own clients. */
  deliver(client: string, room: string, message: Uint8Array, label: string): void;
  /** Sends a `notify` request to a follower. */
  notify(provider: string, room: string, body: Uint8Array, summary: string): void;
  /** Asks to be woken for the fan-out to a follower. */
  wake(provider: string, room: string, afterMs: number): void;
}
