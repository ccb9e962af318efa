/** The registry of dispositions: what a part is meant for. content-09 §8.2.2 */

const namesInOrder = [
  "unspecified",
  "render",
  "reaction",
  "profile",
  "inline",
  "icon",
  "attachment",
  "session",
  "preview",
] as const;

export type DispositionName = (typeof namesInOrder)[number];

/** A registered disposition is its name; others stay numbers, 9 to 255. */
export type Disposition = DispositionName | number;

export const largestDisposition = 255;

/** The disposition with `value` on the wire, 0 to 255. */
export function dispositionOf(value: number): Disposition {
  return namesInOrder[value] ?? value;
}

/** The number of `disposition`, or undefined where it has none: a name that is not registered, a number that has a name. */
export function dispositionValue(disposition: Disposition): number | undefined {
  if (typeof disposition === "string") {
    const value = namesInOrder.indexOf(disposition);
    return value === -1 ? undefined : value;
  }
  const known = Number.isInteger(disposition) && disposition >= namesInOrder.length;
  return known && disposition <= largestDisposition ? disposition : undefined;
}

/** The disposition to go by: an unrecognised one counts as `render`. content-09 §9.1 */
export function effectiveDisposition(disposition: Disposition): DispositionName {
  return typeof disposition === "string" ? disposition : "render";
}
