/** The ratchets of an epoch (RFC 9420 §9): each message key is used once, and what comes before a ratchet cannot be had from it. */

import { remembered, rememberedLately } from "../../remembered.ts";
import type { Retention } from "../application.ts";
import { demand, present } from "../errors.ts";
import type { RatchetKind } from "../secret-tree.ts";
import { longFingerprint } from "./fingerprint.ts";

/** A ratchet that stands at `generation`, with the keys that were skipped on the way. */
export interface Ratchet {
  readonly secret: Uint8Array;
  readonly generation: number;
  readonly skipped: ReadonlyMap<number, Uint8Array>;
}

/** Those that have moved, at twice the leaf index, and one more for application messages; the others stand at 0. */
export interface Ratchets {
  readonly encryptionSecret: Uint8Array;
  readonly moved: readonly (Ratchet | undefined)[];
}

export interface DrawnKey {
  readonly key: Uint8Array;
  readonly generation: number;
  readonly ratchets: Ratchets;
}

/** At the start of an epoch, one object for all members. */
export const ratchetsOf = rememberedLately(
  (encryptionSecret: Uint8Array): Ratchets => ({ encryptionSecret, moved: noneMoved }),
);

/** The ratchet of a leaf, wherever it stands. */
export function ratchetAt(ratchets: Ratchets, leafIndex: number, kind: RatchetKind): Ratchet {
  const place = placeOf(leafIndex, kind);
  return ratchets.moved[place] ?? ratchetStart(ratchets.encryptionSecret, leafIndex, kind);
}

/** A ratchet at generation 0, one object for all who ask. */
export function ratchetStart(encryptionSecret: Uint8Array, leafIndex: number, kind: RatchetKind): Ratchet {
  const place = placeOf(leafIndex, kind);
  const started = starts(encryptionSecret);
  const known = started.get(place);
  if (known !== undefined) return known;
  const secret = longFingerprint("ratchet", encryptionSecret, place);
  const ratchet = { secret, generation: 0, skipped: noneSkipped };
  started.set(place, ratchet);
  return ratchet;
}

/** The next unused key of a member's own ratchet. */
export function nextKey(ratchets: Ratchets, leafIndex: number, kind: RatchetKind): DrawnKey {
  const ratchet = ratchetAt(ratchets, leafIndex, kind);
  const { key, next } = turn(ratchet);
  return { key, generation: ratchet.generation, ratchets: withRatchet(ratchets, leafIndex, kind, next) };
}

/** The key of a generation, which is thereby used up. Refuses `generationUsed` and `generationTooFar`. */
export function keyOfGeneration(
  ratchets: Ratchets,
  leafIndex: number,
  kind: RatchetKind,
  generation: number,
  retention: Retention,
): DrawnKey {
  let ratchet = ratchetAt(ratchets, leafIndex, kind);
  const ahead = generation - ratchet.generation;
  if (ahead < 0) {
    const key = present(ratchet.skipped.get(generation), "generationUsed");
    const skipped = new Map(ratchet.skipped);
    skipped.delete(generation);
    return { key, generation, ratchets: withRatchet(ratchets, leafIndex, kind, { ...ratchet, skipped }) };
  }
  demand(ahead <= retention.forwardGenerations, "generationTooFar");
  if (ahead > 0) {
    const skipped = new Map(ratchet.skipped);
    while (ratchet.generation < generation) {
      const { key, next } = turn(ratchet);
      skipped.set(ratchet.generation, key);
      ratchet = next;
    }
    ratchet = { ...ratchet, skipped: latest(skipped, retention.skippedKeys) };
  }
  const { key, next } = turn(ratchet);
  return { key, generation, ratchets: withRatchet(ratchets, leafIndex, kind, next) };
}

/** The key of the generation that a ratchet's secret belongs to. */
export function keyOf(secret: Uint8Array): Uint8Array {
  return longFingerprint("messageKey", secret, 0);
}

/** The secret of the generation after. */
export function nextSecret(secret: Uint8Array): Uint8Array {
  return longFingerprint("messageKey", secret, 1);
}

interface Turn {
  readonly key: Uint8Array;
  readonly next: Ratchet;
}

/** The key of a ratchet's generation and the ratchet after it, one object for all members that have come as far. */
const turn = remembered(({ secret, generation, skipped }: Ratchet): Turn => {
  const next = { secret: nextSecret(secret), generation: generation + 1, skipped };
  return { key: keyOf(secret), next };
});

const starts = remembered((_encryptionSecret: Uint8Array) => new Map<number, Ratchet>());
const noneMoved: readonly undefined[] = [];
const noneSkipped: ReadonlyMap<number, Uint8Array> = new Map();

function placeOf(leafIndex: number, kind: RatchetKind): number {
  return 2 * leafIndex + (kind === "application" ? 1 : 0);
}

function withRatchet(ratchets: Ratchets, leafIndex: number, kind: RatchetKind, ratchet: Ratchet): Ratchets {
  const moved = [...ratchets.moved];
  const place = placeOf(leafIndex, kind);
  while (moved.length < place) moved.push(undefined);
  moved[place] = ratchet;
  return { ...ratchets, moved };
}

function latest(skipped: ReadonlyMap<number, Uint8Array>, limit: number): ReadonlyMap<number, Uint8Array> {
  return skipped.size <= limit ? skipped : new Map([...skipped].slice(skipped.size - limit));
}
