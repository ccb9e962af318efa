/** Secrets for the application: the exporter of RFC 9420 §8.5 and the forward-secure one of mls-extensions §4.4. */
import { utf8 } from "../bytes.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { present } from "./errors.ts";
import type { EpochSecrets } from "./key-schedule.ts";
import { deriveSecret, expandWithLabel } from "./labelled.ts";
import { left, parent, right, root } from "./tree-math.ts";

/** `length` octets that all members of an epoch can derive. RFC 9420 §8.5 */
export function exportFrom(
  suite: CipherSuite,
  secrets: Pick<EpochSecrets, "exporterSecret">,
  label: string,
  context: Uint8Array,
  length: number,
): Uint8Array {
  const derived = deriveSecret(suite, secrets.exporterSecret, label);
  return expandWithLabel(suite, derived, "exported", suite.hash(context), length);
}

/** The nodes of a binary tree over all ComponentIDs whose secrets have not been split or handed out. */
export type ExporterTree = ReadonlyMap<number, Uint8Array>;

const componentCount = 2 ** 16;
const size = 2 * componentCount - 1;

/** The exporter tree at the start of an epoch. mls-extensions §4.4 */
export function exporterTreeOf(applicationExportSecret: Uint8Array): ExporterTree {
  return new Map([[root(size), applicationExportSecret]]);
}

/** The secret of a component in this epoch, once: refuses the second time (`componentSecretUsed`). */
export function safeExportFrom(
  suite: CipherSuite,
  tree: ExporterTree,
  componentId: number,
): { tree: ExporterTree; secret: Uint8Array } {
  const nodes = new Map(tree);
  const leaf = 2 * componentId;
  const path: number[] = [];
  for (let at = leaf; !nodes.has(at); at = parent(at)) {
    present(at === root(size) ? undefined : at, "componentSecretUsed", `component ${componentId}`);
    path.push(parent(at));
  }
  const take = (node: number) => {
    const secret = present(nodes.get(node), "componentSecretUsed");
    nodes.delete(node);
    return secret;
  };
  for (const node of path.reverse()) {
    const secret = take(node);
    const split = (side: string) => expandWithLabel(suite, secret, "tree", utf8(side), suite.hashLength);
    nodes.set(left(node), split("left"));
    nodes.set(right(node), split("right"));
  }
  const secret = take(leaf);
  return { tree: nodes, secret };
}
