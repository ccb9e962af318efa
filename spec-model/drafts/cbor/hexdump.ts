/** Dumps in the form of cbor.me: octets in hexadecimal, and behind `#` what they are. */
import type { Line, Place } from "../document/index.ts";

export interface Annotation {
  /** The octets that the annotation stands beside: those of its line, or of the lines before where it has none. */
  readonly offset: number;
  readonly text: string;
  readonly place: Place;
}

export interface Hexdump {
  readonly bytes: Uint8Array;
  readonly annotations: readonly Annotation[];
  /** Where the octet at an offset stands. */
  readonly placeAt: (offset: number) => Place;
  /** Lines with something else than pairs of digits in front of the `#`. */
  readonly faults: readonly { readonly place: Place; readonly token: string }[];
}

export function readHexdump(lines: readonly Line[]): Hexdump {
  const octets: number[] = [];
  const starts: { offset: number; place: Place }[] = [];
  const annotations: Annotation[] = [];
  const faults: { place: Place; token: string }[] = [];
  let last = 0;
  for (const line of lines) {
    const hash = line.text.indexOf("#");
    const digits = hash === -1 ? line.text : line.text.slice(0, hash);
    const column = line.column + digits.length - digits.trimStart().length;
    const place = { file: line.file, line: line.line, column };
    const plain = digits.replace(/\s+/g, "");
    if (plain.length % 2 === 1 || !/^[0-9a-f]*$/i.test(plain)) faults.push({ place, token: digits.trim() });
    else if (plain !== "") {
      last = octets.length;
      starts.push({ offset: last, place });
      for (let i = 0; i < plain.length; i += 2) octets.push(Number.parseInt(plain.slice(i, i + 2), 16));
    }
    if (hash !== -1) {
      const text = line.text.slice(hash + 1).trim();
      annotations.push({
        offset: last,
        text,
        place: { file: line.file, line: line.line, column: line.column + hash },
      });
    }
  }
  const placeAt = (offset: number) =>
    starts.findLast((each) => each.offset <= offset)?.place ??
    starts[0]?.place ?? { file: "", line: 1, column: 1 };
  return { bytes: Uint8Array.from(octets), annotations, placeAt, faults };
}
