/** Primitive values in DER: object identifiers, small integers, booleans, bit strings, times. X.690 §8 and §11 */
import { textOf } from "../bytes.ts";
import { type Der, tags } from "./der.ts";
import { refuse } from "./rules.ts";

/** e.g. `1.3.101.112`. */
export function objectIdentifier({ contents, offset }: Der): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const [i, octet] of contents.entries()) {
    if (arc === 0 && octet === 0x80) malformed("an object identifier with a padded arc", offset + i);
    if (arc > maximalArc) malformed("an object identifier with a huge arc", offset + i);
    arc = arc * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const last = contents.at(-1);
  if (last === undefined || last >= 0x80) malformed("an object identifier that is cut off", offset);
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - 40 * root, ...rest].join(".");
}

/** An integer from 0 to 2^31-1. */
export function smallInteger(value: Der): number {
  const { contents, offset } = value;
  demandMinimalInteger(value);
  if ((contents[0] ?? 0) >= 0x80 || contents.length > 4) malformed("an integer out of range", offset);
  return contents.reduce((sum, octet) => sum * 256 + octet, 0);
}

export function demandMinimalInteger({ contents, offset }: Der): void {
  const [first, second = 0] = contents;
  if (first === undefined) malformed("an integer without octets", offset);
  if (contents.length > 1 && (first === 0 ? second < 0x80 : first === 0xff && second >= 0x80)) {
    malformed("an integer that is longer than needed", offset);
  }
}

/** A BOOLEAN that is there only to be true: false is the default and is left out. X.690 §11.5 */
export function defaultFalse(value: Der | undefined): boolean {
  if (value === undefined) return false;
  if (value.contents.length === 1 && value.contents[0] === 0xff) return true;
  return malformed("a BOOLEAN that is not TRUE", value.offset);
}

/** The octets of a bit string that has whole octets. */
export function octetsOfBits({ contents, offset }: Der): Uint8Array {
  if (contents[0] !== 0) malformed("a bit string that is not made of octets", offset);
  return contents.subarray(1);
}

/** The bits of a named bit list that are set, first bit 0; no zero bits at its end. X.690 §11.2.2 */
export function namedBits({ contents, offset }: Der): ReadonlySet<number> {
  const [unused = 8, ...octets] = contents;
  const last = octets.at(-1);
  const count = octets.length * 8 - unused;
  const isMinimal = last === undefined ? unused === 0 : unused < 8 && ((last >> unused) & 1) === 1;
  if (!isMinimal || (last !== undefined && (last & ((1 << unused) - 1)) !== 0)) {
    malformed("a bit list with padding", offset);
  }
  const isSet = (bit: number) => (((octets[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
  return new Set(Array.from({ length: count }, (_, bit) => bit).filter(isSet));
}

/** Seconds since 1970-01-01T00:00:00Z of a UTCTime or a GeneralizedTime in RFC 5280's forms (§4.1.2.5). */
export function time({ tag, contents, offset }: Der): bigint {
  const text = textOf(contents) ?? "";
  const form = tag === tags.utcTime ? /^(\d{2})(\d{10})Z$/ : /^(\d{4})(\d{10})Z$/;
  const [, year = "", rest = ""] = form.exec(text) ?? malformed("a time in another form", offset);
  const shown = Number(year);
  const full = tag === tags.utcTime ? shown + (shown < 50 ? 2000 : 1900) : shown;
  if (tag !== tags.utcTime && full < 2050) malformed("a GeneralizedTime before 2050", offset);
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = (rest.match(/../g) ?? []).map(Number);
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(full, month);
  if (!isDate || hour > 23 || minute > 59 || second > 59) malformed("a time that is none", offset);
  return BigInt(daysBefore(full, month, day)) * 86_400n + BigInt(hour * 3600 + minute * 60 + second);
}

const maximalArc = 2 ** 40;
const daysOfMonths: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (daysOfMonths[month - 1] ?? 0);
}

/** Days from 1970-01-01 to this day; negative before. */
function daysBefore(year: number, month: number, day: number): number {
  const leapDays = (y: number) => Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const years = (year - 1970) * 365 + leapDays(year - 1) - leapDays(1969);
  const months = Array.from({ length: month - 1 }, (_, i) => daysIn(year, i + 1));
  return years + months.reduce((sum, days) => sum + days, 0) + day - 1;
}

function malformed(what: string, offset: number): never {
  return refuse("malformed", `${what}, at octet ${offset}`);
}
