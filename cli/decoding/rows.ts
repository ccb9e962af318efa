/** A tree of parts as rows with guides in front, in the order of the bytes. */
import type { Part } from "../../spec-model/formats/index.ts";

export interface Row {
  readonly part: Part;
  /** The lines of the tree in front of the name. */
  readonly guide: string;
  /** The same for further lines of the row. */
  readonly under: string;
  /** The field's name, or of a whole the name of its type. */
  readonly label: string;
}

export function rowsOf(part: Part): Row[] {
  return rows(part, "", "");
}

/** How wide guides and labels are together, up to `most`. */
export function labelWidth(all: readonly Row[], most: number): number {
  return all.reduce(
    (width, { guide, label }) => Math.max(width, Math.min(most, guide.length + label.length)),
    0,
  );
}

function rows(part: Part, guide: string, below: string): Row[] {
  const last = part.children.length - 1;
  const under = last >= 0 ? `${below}\u2502 ` : below;
  const own: Row = { part, guide, under, label: part.name === "" ? part.type : part.name };
  const children = part.children.flatMap((child, index) =>
    index === last
      ? rows(child, `${below}\u2514 `, `${below}  `)
      : rows(child, `${below}\u251c `, `${below}\u2502 `),
  );
  return [own, ...children];
}
