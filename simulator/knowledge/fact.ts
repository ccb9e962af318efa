/** What there is to know of a run, and when somebody has come to know it. */

/** Kinds of knowledge. The first four follow from keys; the others are there to be seen by whoever deals with them. */
export const kindsOfFacts = {
  message: "what an application message says",
  handshake: "what a handshake says that is hidden from followers",
  epoch: "the secrets of an epoch",
  privateKey: "a private key: for signatures, or of a KeyPackage",
  sender: "who has sent a message",
  participant: "that a user is in a participant list, and with which role",
  member: "that a client is in a group",
  identity: "who is behind a pseudonym",
  consent: "what a user has decided about being added by another",
  request: "who has asked for whom: for key material, for consent, or for a name",
  keyPackage: "a KeyPackage, and whose it is",
  asset: "who downloads what, and what an asset opens with",
} as const;

export type FactKind = keyof typeof kindsOfFacts;

/** Facts of two runs are the same where kind and words are. */
export interface Fact {
  readonly kind: FactKind;
  readonly what: string;
}

/** A moment of a run: the event of this place in its trace has happened, and what followed from it for its receiver. */
export interface Moment {
  readonly seq: number;
  /** Microseconds of virtual time. */
  readonly at: number;
}

export function nameOfFact({ kind, what }: Fact): string {
  return `${kind} ${what}`;
}

export function earliest(moments: readonly (Moment | undefined)[]): Moment | undefined {
  const there = moments.filter((moment) => moment !== undefined);
  return there.toSorted((a, b) => a.seq - b.seq)[0];
}
