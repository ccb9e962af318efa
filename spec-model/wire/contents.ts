/** Byte strings that hold structures themselves: an annotated tree with those opened, too. */
import { type Annotated, annotate } from "./annotate.ts";
import type { Codec } from "./codec.ts";

/**
 * What a byte string holds: `part` is its field, `siblings` are the fields around it, by their names in the draft.
 * Undefined: nothing that is known.
 */
export type Inside = (
  part: Annotated,
  siblings: Readonly<Record<string, unknown>>,
  around: Annotated,
) => Codec<unknown> | undefined;

/**
 * `tree` with the contents of byte strings below them, as one part without a step each. Contents that are not what
 * `inside` says stay byte strings.
 */
export function withContents(tree: Annotated, inside: Inside): Annotated {
  const siblings = Object.fromEntries(tree.children.map(({ step, value }) => [String(step), value]));
  const children = tree.children.map((child) => {
    const content = child.value instanceof Uint8Array ? inside(child, siblings, tree) : undefined;
    return content === undefined ? withContents(child, inside) : opened(child, content, inside);
  });
  return { ...tree, children };
}

function opened(part: Annotated, content: Codec<unknown>, inside: Inside): Annotated {
  const bytes = part.value as Uint8Array;
  const { tree, error } = annotate(content, bytes);
  if (error !== undefined) return part;
  // The content ends where the part ends: what is in front of it is its length.
  const start = part.offset + part.length - bytes.length;
  return { ...part, children: [moved(withContents(tree, inside), start)] };
}

function moved(part: Annotated, by: number): Annotated {
  return { ...part, offset: part.offset + by, children: part.children.map((child) => moved(child, by)) };
}
