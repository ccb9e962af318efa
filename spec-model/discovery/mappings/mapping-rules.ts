/** What a discovery provider knows of one identifier and decides by. R1, R3, R5, R9, R10 */

/** A mapping whose signatures have been checked, by what decides about it. Times are milliseconds since the UNIX epoch. */
export interface KnownMapping {
  /** Names the mapping: its hash. */
  readonly reference: string;
  /** The recipient's key. */
  readonly holder: string;
  /** Since when the identifier is the holder's. */
  readonly assigned: number;
  readonly authorised: number;
}

export interface IdentifierContext {
  readonly identifier: string;
  /** Everything a lookup answers with. */
  readonly mappings: readonly KnownMapping[];
  /** Proofs of an assignment before this one are out of date: the identifier has gone to somebody else. */
  readonly assignedSince: number;
  /** What was authorised until then was removed, and stays removed. */
  readonly removedUntil: number;
}

export type IdentifierEvent =
  | { readonly type: "authorise"; readonly mapping: KnownMapping; readonly isGenuine: boolean }
  | {
      readonly type: "remove";
      readonly author: "holder" | "issuer";
      readonly until: number;
      readonly isGenuine: boolean;
    };

export function isNotGenuine(event: IdentifierEvent): boolean {
  return !event.isGenuine;
}

/** A number that has been given to somebody else does not lead to its former holder again. R10 */
export function isOfFormerHolder(
  { assignedSince }: IdentifierContext,
  { mapping }: { readonly mapping: KnownMapping },
): boolean {
  return mapping.assigned < assignedSince;
}

/** Whoever has kept a removed mapping cannot bring it back. R9 */
export function wasRemoved(
  { removedUntil }: IdentifierContext,
  { mapping }: { readonly mapping: KnownMapping },
): boolean {
  return mapping.authorised <= removedUntil;
}

/** The mappings with a new one: those of a former holder go. */
export function withMapping(before: IdentifierContext, mapping: KnownMapping): Partial<IdentifierContext> {
  const others = before.mappings.filter(
    ({ reference, assigned }) => reference !== mapping.reference && assigned >= mapping.assigned,
  );
  return { mappings: [...others, mapping], assignedSince: Math.max(before.assignedSince, mapping.assigned) };
}

/** What is left after a removal, and what may come from now on. */
export function afterRemoval(
  before: IdentifierContext,
  { author, until }: { readonly author: "holder" | "issuer"; readonly until: number },
): Pick<IdentifierContext, "mappings" | "assignedSince" | "removedUntil"> {
  const { mappings, assignedSince, removedUntil } = before;
  if (author === "holder") {
    const left = mappings.filter(({ authorised }) => authorised > until);
    return { mappings: left, assignedSince, removedUntil: Math.max(removedUntil, until) };
  }
  const left = mappings.filter(({ assigned }) => assigned >= until);
  return { mappings: left, assignedSince: Math.max(assignedSince, until), removedUntil };
}
