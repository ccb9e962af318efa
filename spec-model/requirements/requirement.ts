/** What one requirement is: our sentence for something that a draft demands, where it stands, and whom it binds. */

/** The keyword of BCP 14; `declared`: the draft states it as a fact, and whoever conforms has to obey all the same. */
export type Level =
  | "MUST"
  | "MUST NOT"
  | "REQUIRED"
  | "SHOULD"
  | "SHOULD NOT"
  | "RECOMMENDED"
  | "NOT RECOMMENDED"
  | "MAY"
  | "declared";

export const levels: readonly Level[] = [
  "MUST",
  "MUST NOT",
  "REQUIRED",
  "SHOULD",
  "SHOULD NOT",
  "RECOMMENDED",
  "NOT RECOMMENDED",
  "MAY",
  "declared",
];

/** Who has to obey. `provider` is any of them, whatever its part in a room. */
export const actors = {
  client: "a client of a user",
  hub: "the provider that hosts the room",
  follower: "another provider in the room",
  provider: "any provider",
  policy: "whoever writes a room's policy",
  discovery: "a discovery provider",
  mls: "the MLS implementation",
  application: "a component that uses MLS",
  registry: "the registry and its experts",
  everyone: "everyone",
} as const;
export type Actor = keyof typeof actors;

/** By what it can be tested. */
export const testabilities = {
  wire: "vectors of a format or a computation",
  policy: "vectors of what is allowed",
  machine: "events that reach one actor",
  simulation: "several actors, faults and what each of them learns",
  none: "cannot be tested by this toolkit",
} as const;
export type Testability = keyof typeof testabilities;

export interface Requirement {
  /** Draft without revision, section, and two or three words, e.g. `protocol-5.3-wrong-epoch`. It never changes. */
  readonly id: string;
  /** The short name with the revision, e.g. `protocol-06`. */
  readonly draft: string;
  readonly section: string;
  readonly actors: readonly Actor[];
  readonly level: Level;
  readonly testable: Testability;
  readonly says: string;
  /** `fingerprintOf` the draft's sentences; the first of them stands in the section. */
  readonly fingerprints: readonly string[];
}
