/** Readers of MIMI content that leave the checks to a general CBOR decoder, or make none. */
import { fromHex } from "../../spec-model/bytes.ts";
import type { LoadedCase } from "../verify/index.ts";

export interface ContentMutant {
  readonly id: string;
  readonly says: string;
  readonly survives: (each: LoadedCase) => boolean;
}

export const contentMutants: readonly ContentMutant[] = [
  {
    id: "content by any CBOR decoder",
    says: "takes whatever is well-formed CBOR",
    survives: (each) => reads(each) && endOfItem(octetsOf(each), 0) === octetsOf(each).length,
  },
  {
    id: "content without looking behind it",
    says: "ignores octets behind the message",
    survives: (each) => reads(each) && endOfItem(octetsOf(each), 0) !== undefined,
  },
  {
    id: "content with what is missing left out",
    says: "stops where the octets end, and takes what is missing for absent",
    survives: (each) => reads(each),
  },
  {
    id: "content that is never judged",
    says: "keeps every message, whatever its values",
    survives: (each) => each.operation === "content.judge",
  },
];

function reads({ operation }: LoadedCase): boolean {
  return operation === "content.decode" || operation === "content.status";
}

function octetsOf({ input }: LoadedCase): Uint8Array {
  return fromHex(String(input["bytes"])) ?? new Uint8Array();
}

/** Where the item at `start` ends, indefinite lengths allowed; undefined where the octets end within it. RFC 8949 §3 */
function endOfItem(bytes: Uint8Array, start: number): number | undefined {
  const initial = bytes[start];
  if (initial === undefined) return undefined;
  const [major, info] = [initial >> 5, initial & 31];
  const width = info < 24 ? 0 : info < 28 ? 1 << (info - 24) : 0;
  const content = start + 1 + width;
  if (content > bytes.length || (info > 27 && info < 31)) return undefined;
  if (info === 31) return major < 2 || major > 5 ? undefined : endOfIndefinite(bytes, content);
  const argument =
    info < 24 ? info : bytes.subarray(start + 1, content).reduce((sum, each) => sum * 256 + each, 0);
  if (major === 2 || major === 3) return content + argument <= bytes.length ? content + argument : undefined;
  const count = major === 4 ? argument : major === 5 ? 2 * argument : major === 6 ? 1 : 0;
  let end: number | undefined = content;
  for (let item = 0; item < count && end !== undefined; item++) end = endOfItem(bytes, end);
  return end;
}

function endOfIndefinite(bytes: Uint8Array, start: number): number | undefined {
  let end: number | undefined = start;
  while (end !== undefined && bytes[end] !== 0xff) end = endOfItem(bytes, end);
  return end === undefined ? undefined : end + 1;
}
