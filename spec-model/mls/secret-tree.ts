/** The secret tree: one encryption secret split into two ratchets a member, each key used once (RFC 9420 §9). */
import { noBytes, utf8 } from "../bytes.ts";
import type { Retention } from "./application.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, present } from "./errors.ts";
import { expandWithLabel } from "./labelled.ts";
import { left, parent, right, root } from "./tree-math.ts";

export type RatchetKind = "handshake" | "application";

export interface MessageKey {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/** A ratchet that stands at `generation`; of those before, only skipped ones are still there. */
interface Ratchet {
  readonly secret: Uint8Array;
  readonly generation: number;
  readonly skipped: ReadonlyMap<number, MessageKey>;
}

type Ratchets = Readonly<Record<RatchetKind, Ratchet>>;

/** Secrets of nodes not yet split, and the ratchets of leaves reached. What has been used is gone. */
export interface SecretTree {
  readonly size: number;
  readonly nodeSecrets: ReadonlyMap<number, Uint8Array>;
  /** By leaf index; only those that have been reached. */
  readonly ratchets: readonly (Ratchets | undefined)[];
}

export interface DrawnKey extends MessageKey {
  readonly tree: SecretTree;
  readonly generation: number;
}

/** The secret tree of an epoch whose ratchet tree has `size` nodes. */
export function secretTreeOf(encryptionSecret: Uint8Array, size: number): SecretTree {
  return { size, nodeSecrets: new Map([[root(size), encryptionSecret]]), ratchets: [] };
}

/** The next unused key of a member's own ratchet. */
export function nextKey(
  suite: CipherSuite,
  tree: SecretTree,
  leafIndex: number,
  kind: RatchetKind,
): DrawnKey {
  const reached = reach(suite, tree, leafIndex);
  const ratchet = ratchetsOf(reached, leafIndex)[kind];
  const drawn = keyAt(suite, ratchet.secret, ratchet.generation);
  const advanced = { ...ratchet, secret: drawn.nextSecret, generation: ratchet.generation + 1 };
  return { ...drawn, generation: ratchet.generation, tree: withRatchet(reached, leafIndex, kind, advanced) };
}

/**
 * The key of one generation of somebody's ratchet, which is thereby used up. Refuses a generation that is used or no
 * longer kept (`generationUsed`) or too far ahead (`generationTooFar`).
 */
export function keyOfGeneration(
  suite: CipherSuite,
  tree: SecretTree,
  leafIndex: number,
  kind: RatchetKind,
  generation: number,
  retention: Retention,
): DrawnKey {
  const reached = reach(suite, tree, leafIndex);
  const ratchet = ratchetsOf(reached, leafIndex)[kind];
  if (generation < ratchet.generation) {
    const kept = present(ratchet.skipped.get(generation), "generationUsed", `${generation}`);
    const skipped = new Map(ratchet.skipped);
    skipped.delete(generation);
    return { ...kept, generation, tree: withRatchet(reached, leafIndex, kind, { ...ratchet, skipped }) };
  }
  const { secret, skipped } = skipTo(suite, ratchet, generation, retention);
  const drawn = keyAt(suite, secret, generation);
  const advanced = { secret: drawn.nextSecret, generation: generation + 1, skipped };
  return { ...drawn, generation, tree: withRatchet(reached, leafIndex, kind, advanced) };
}

/** The ratchet's secret at a later generation, with the keys of those in between kept. */
function skipTo(
  suite: CipherSuite,
  ratchet: Ratchet,
  generation: number,
  retention: Retention,
): Pick<Ratchet, "secret" | "skipped"> {
  const ahead = generation - ratchet.generation;
  if (ahead === 0) return ratchet;
  demand(ahead <= retention.forwardGenerations, "generationTooFar", `${ahead} ahead`);
  const skipped = new Map(ratchet.skipped);
  let { secret } = ratchet;
  for (let g = ratchet.generation; g < generation; g++) {
    const { nextSecret, key, nonce } = keyAt(suite, secret, g);
    secret = nextSecret;
    skipped.set(g, { key, nonce });
  }
  forgetOldest(skipped, retention.skippedKeys);
  return { secret, skipped };
}

const towards = { left: utf8("left"), right: utf8("right") };

/** The tree with the ratchets of a leaf made, and every secret on the way to it split and forgotten. */
function reach(suite: CipherSuite, tree: SecretTree, leafIndex: number): SecretTree {
  if (tree.ratchets[leafIndex] !== undefined) return tree;
  const leaf = 2 * leafIndex;
  const nodeSecrets = new Map(tree.nodeSecrets);
  const path: number[] = [];
  for (let at = leaf; !nodeSecrets.has(at); at = parent(at)) path.push(parent(at));
  for (const node of path.reverse()) {
    const secret = take(nodeSecrets, node);
    nodeSecrets.set(left(node), split(suite, secret, "tree", towards.left));
    nodeSecrets.set(right(node), split(suite, secret, "tree", towards.right));
  }
  const leafSecret = take(nodeSecrets, leaf);
  const ratchets = withEntry(tree.ratchets, leafIndex, {
    handshake: ratchetFrom(split(suite, leafSecret, "handshake", noBytes)),
    application: ratchetFrom(split(suite, leafSecret, "application", noBytes)),
  });
  return { ...tree, nodeSecrets, ratchets };
}

function split(suite: CipherSuite, secret: Uint8Array, label: string, context: Uint8Array): Uint8Array {
  return expandWithLabel(suite, secret, label, context, suite.hashLength);
}

function ratchetFrom(secret: Uint8Array): Ratchet {
  return { secret, generation: 0, skipped: noneSkipped };
}

const noneSkipped: ReadonlyMap<number, MessageKey> = new Map();

/** Removes and returns; every leaf without ratchets has a secret at or above it. */
function take(secrets: Map<number, Uint8Array>, node: number): Uint8Array {
  const secret = secrets.get(node);
  if (secret === undefined) throw new Error(`the secret tree has lost node ${node}`);
  secrets.delete(node);
  return secret;
}

function ratchetsOf(tree: SecretTree, leafIndex: number): Ratchets {
  return present(tree.ratchets[leafIndex], "unknownSender", `leaf ${leafIndex}`);
}

function withRatchet(tree: SecretTree, leafIndex: number, kind: RatchetKind, ratchet: Ratchet): SecretTree {
  const { handshake, application } = ratchetsOf(tree, leafIndex);
  const both =
    kind === "application" ? { handshake, application: ratchet } : { handshake: ratchet, application };
  const { size, nodeSecrets, ratchets } = tree;
  return { size, nodeSecrets, ratchets: withEntry(ratchets, leafIndex, both) };
}

/** The list with this entry; undefined where nothing has been put before it. */
function withEntry<T>(list: readonly (T | undefined)[], index: number, entry: T): (T | undefined)[] {
  const next = list.slice();
  while (next.length < index) next.push(undefined);
  next[index] = entry;
  return next;
}

/** RFC 9420 §9.1 */
function keyAt(suite: CipherSuite, secret: Uint8Array, generation: number) {
  const context = Uint8Array.of(generation >>> 24, generation >>> 16, generation >>> 8, generation);
  const { keyLength, nonceLength } = suite.aead;
  return {
    key: expandWithLabel(suite, secret, "key", context, keyLength),
    nonce: expandWithLabel(suite, secret, "nonce", context, nonceLength),
    nextSecret: expandWithLabel(suite, secret, "secret", context, suite.hashLength),
  };
}

function forgetOldest(skipped: Map<number, MessageKey>, limit: number): void {
  for (const generation of skipped.keys()) {
    if (skipped.size <= limit) return;
    skipped.delete(generation);
  }
}
