/** What an update of the join links in force does. room-policy-04 §6.2 */
import { hex } from "../../bytes.ts";
import { JoinLinksData, JoinLinksUpdate } from "../structures/index.ts";

/** Links in hex, or why an update is none of this list. */
export type LinkChanges =
  | { readonly removed: readonly string[]; readonly added: readonly string[] }
  | { readonly refused: string };

/** The links that `update` takes out of force and puts into it; its indices are positions in `links`. Throws DecodeError. */
export function linkChanges(links: readonly string[], update: Uint8Array): LinkChanges {
  const { removedIndices, addedLinks } = JoinLinksUpdate.decode(update);
  const removed = removedIndices.map((index) => links[index]);
  const missing = removedIndices.find((index) => links[index] === undefined);
  if (missing !== undefined) return { refused: `index ${missing} in a list of ${links.length}` };
  return {
    removed: removed.filter((link) => link !== undefined),
    added: addedLinks.map(({ joinLink }) => hex(joinLink)),
  };
}

/** The component's data after all updates of one commit: each refers to the links before it, and none touches a link twice. */
export function updatedLinks(
  current: Uint8Array | undefined,
  updates: readonly Uint8Array[],
): Uint8Array | { readonly refused: string } {
  const links = current === undefined ? [] : JoinLinksData.decode(current);
  const names = links.map(({ joinLink }) => hex(joinLink));
  const touched = new Set<string>();
  const gone = new Set<string>();
  const added: JoinLinksData = [];
  for (const update of updates) {
    const changes = linkChanges(names, update);
    if ("refused" in changes) return changes;
    for (const link of [...changes.removed, ...changes.added]) {
      if (touched.has(link)) return { refused: "a link is changed twice" };
      touched.add(link);
    }
    const known = changes.added.find((link) => names.includes(link));
    if (known !== undefined) return { refused: "a link is in force already" };
    for (const link of changes.removed) gone.add(link);
    added.push(...JoinLinksUpdate.decode(update).addedLinks);
  }
  return JoinLinksData.encode([...links.filter(({ joinLink }) => !gone.has(hex(joinLink))), ...added]);
}
