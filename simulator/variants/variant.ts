/** A variant: a named deviation from the model, an open question of the drafts or a mistake that a draft forbids. */
import type { ActorKind, Alteration } from "./alteration.ts";

/** Something that a draft leaves open, or says in two ways; the model takes one answer. */
export interface Question {
  readonly kind: "question";
  /** The area and the name of its choice there: `policy.unban`. */
  readonly id: string;
  /** Draft and section. */
  readonly section: string;
  readonly question: string;
  /** What each answer means, the model's own among them. */
  readonly answers: Readonly<Record<string, string>>;
  readonly default: string;
  /** Why the model has the default. */
  readonly reason: string;
  /** The actors that answer it. */
  readonly party: Party;
  /** How an actor differs that gives another answer. */
  readonly alteration: (answer: string) => Alteration;
}

/** An implementation that gets exactly one thing wrong. */
export interface Defect {
  readonly kind: "defect";
  readonly id: string;
  readonly says: string;
  /** Who makes the mistake. */
  readonly party: Party;
  /** Requirements that it breaks, by their ids. */
  readonly breaks: readonly string[];
  readonly alteration: Alteration;
}

/** A party that uses its role against the others: no mistake, and nothing that it has no key for. */
export interface Adversary {
  readonly kind: "adversary";
  readonly id: string;
  readonly says: string;
  /** What it comes to, and what it does not. */
  readonly limits: string;
  /** What the drafts count on and it does not keep to, by its name in `assumptions`. */
  readonly violates: readonly string[];
  /** The properties that rest on what it violates: it can break these, and against all others it can do nothing. */
  readonly breaks: readonly string[];
  readonly party: Party;
  readonly alteration: Alteration;
}

export type Variant = Question | Defect | Adversary;

export type Party = "hub" | "follower" | "provider" | "client" | "discovery provider" | "everybody";

/** Which actors of a run a party is: every provider is the hub of its own rooms. */
export function kindsOf(party: Party): readonly ActorKind[] {
  if (party === "everybody") return ["provider", "client"];
  return party === "client" ? ["client"] : ["provider"];
}
