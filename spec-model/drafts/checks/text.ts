/** Checks of single facts in prose, comments and examples: times, code points, status codes, MIMI URIs. */
import { hex, utf8 } from "../../bytes.ts";
import { parseMimiUri } from "../../identifiers/index.ts";
import type { Analysed } from "../analysis/index.ts";
import { type Line, placeIn, type Section } from "../document/index.ts";
import { sentencesOf } from "../reading/index.ts";
import type { CheckContext } from "./context.ts";
import { reasonPhrases } from "./status-codes.ts";

interface TextLine {
  readonly line: Line;
  readonly next: Line | undefined;
  readonly section: Section;
  readonly inBlock: boolean;
}

export function checkText(context: CheckContext): void {
  for (const analysed of context.drafts) {
    for (const line of linesOf(analysed)) {
      checkTimes(line, context);
      checkStatus(line, context);
      checkUris(line, context);
    }
    checkCharacters(analysed, context);
  }
}

function* linesOf({ draft }: Analysed): Generator<TextLine> {
  for (const { lines, section } of draft.prose) {
    for (const [i, line] of lines.entries()) yield { line, next: lines[i + 1], section, inBlock: false };
  }
  for (const { lines, section } of draft.blocks) {
    const blank = ({ text }: Line) => text.trim() === "";
    for (const [i, line] of lines.entries()) {
      yield { line, next: lines.slice(i + 1, i + 4).find((each) => !blank(each)), section, inBlock: true };
    }
  }
}

const instant = /\b(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)/g;
const day = 86_400;

/** A time in words beside one in numbers, on the same line or, in a comment, above it. */
function checkTimes({ line, next, section, inBlock }: TextLine, { report }: CheckContext): void {
  for (const match of line.text.matchAll(instant)) {
    const seconds = secondsOf(match);
    const beside = line.text.replace(match[0], "");
    const numbers = numbersIn(beside);
    const isComment = inBlock && /^\s*[/#]/.test(line.text);
    const others = numbers.length > 0 || !isComment ? numbers : numbersIn(next?.text ?? "");
    const [number] = others;
    if (number === undefined || seconds === undefined) continue;
    const said = number > 1e11 ? number / 1000 : number;
    // Without a fraction, the words are exact to the second.
    const tolerance = match[7] === undefined ? 1 : 0.001;
    if (Math.abs(said - seconds) < tolerance) continue;
    const right = timeText(said);
    report("example-time", placeIn(line, match.index), match[0], `${number} is ${right}, not ${match[0]}`, {
      fix: `write ${right}`,
      section,
    });
  }
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(/(?<![\w.'-])(\d{10}|\d{13})(?![\w.-])/g)].map((match) => Number(match[1]));
}

function secondsOf(match: RegExpMatchArray): number | undefined {
  const [year = 0, month = 0, date = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || date < 1 || date > 31) return undefined;
  const zone = match[8] ?? "Z";
  const [h = 0, m = 0] = zone === "Z" ? [0, 0] : zone.slice(1).split(":").map(Number);
  const offset = (h * 60 + m) * 60 * (zone.startsWith("-") ? -1 : 1);
  const fraction = Number(`0.${match[7] ?? 0}`);
  return daysFrom1970(year, month, date) * day + hours * 3600 + minutes * 60 + seconds + fraction - offset;
}

/** Days of the Gregorian calendar, counted from March so that leap days come last. */
function daysFrom1970(year: number, month: number, date: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const inEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return era * 146_097 + inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + dayOfYear - 719_468;
}

function timeText(time: number): string {
  const days = Math.floor(time / day);
  const rest = time - days * day;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const inEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const dayOfYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const date = dayOfYear - Math.floor((153 * m + 2) / 5) + 1;
  const two = (number: number) => String(Math.floor(number)).padStart(2, "0");
  const fraction = Math.round((rest % 1) * 1000);
  const milliseconds = fraction === 0 ? "" : `.${String(fraction).padStart(3, "0")}`;
  return `${year}-${two(month)}-${two(date)}T${two(rest / 3600)}:${two((rest / 60) % 60)}:${two(rest % 60)}${milliseconds}Z`;
}

function checkStatus({ line, section }: TextLine, { report }: CheckContext): void {
  for (const match of line.text.matchAll(
    /(?<![\w.:/-])([1-5]\d\d) \(?"?([A-Z][A-Za-z]+(?:[ -](?:[A-Z][A-Za-z]+|for|Not))*)/g,
  )) {
    const code = Number(match[1]);
    const words = match[2] ?? "";
    const right = reasonPhrases.get(code);
    if (right === undefined || agree(words, right)) continue;
    const other = [...reasonPhrases].find(([number, phrase]) => number !== code && agree(words, phrase));
    if (other === undefined) continue;
    const message = `${code} is ${right}; ${other[1]} is ${other[0]}`;
    report("http-status", placeIn(line, match.index), `${code} ${other[1]}`, message, {
      section,
      fix: `write ${other[0]} ${other[1]}, or ${code} ${right}`,
    });
  }
}

/** Words that go on behind the phrase are the sentence's. */
function agree(words: string, phrase: string): boolean {
  return `${words.toLowerCase().replaceAll("-", " ")} `.startsWith(
    `${phrase.toLowerCase().replaceAll("-", " ")} `,
  );
}

function checkUris({ line, next, section, inBlock }: TextLine, { report }: CheckContext): void {
  for (const match of line.text.matchAll(/mimi:\/\/[^\s"'`<>()[\]{}|\\,;#]*/g)) {
    const uri = match[0].replace(/[.:?!]+$/, "");
    const end = line.text.slice(match.index + uri.length);
    // A template, a pattern, or broken at the end of a line.
    if (/^[{*<]|^\.\.\./.test(end) || /[*$]/.test(uri) || uri === "mimi://") continue;
    if (end.trim() === "" && next !== undefined && !inBlock && /[/-]$/.test(uri)) continue;
    const parsed = parseMimiUri(uri);
    if (parsed.ok) continue;
    report(
      "uri-malformed",
      placeIn(line, match.index),
      uri,
      `${uri} is no MIMI URI: ${parsed.error.reason}`,
      { section },
    );
  }
}

const lengths = new Map([
  ["one", 1],
  ["two", 2],
  ["three", 3],
  ["four", 4],
  ["five", 5],
  ["six", 6],
  ["seven", 7],
  ["eight", 8],
]);

/** Code points and the octets that a sentence, or the next, says they are. */
function checkCharacters({ draft }: Analysed, { report }: CheckContext): void {
  for (const prose of draft.prose) {
    let before = "";
    for (const { text, place, section } of sentencesOf(prose)) {
      const octets = /\b0x((?:[0-9a-f]{2}){2,})\b/i.exec(text);
      const own = pointsIn(text);
      const points = own.length > 0 ? own : pointsIn(before);
      before = text;
      if (octets === null || points.length === 0 || !/UTF-?8/i.test(text)) continue;
      const right = hex(utf8(String.fromCodePoint(...points)));
      const said = (octets[1] ?? "").toLowerCase();
      if (said !== right) {
        report(
          "example-character",
          place,
          `0x${said}`,
          `the octets of these code points are 0x${right}, not 0x${said}`,
          { section, fix: `write 0x${right}` },
        );
        continue;
      }
      const count = /\b(\d+|one|two|three|four|five|six|seven|eight)[ -]octet/i
        .exec(text)?.[1]
        ?.toLowerCase();
      const counted = count === undefined ? undefined : (lengths.get(count) ?? Number(count));
      if (counted === undefined || counted * 2 === said.length) continue;
      report(
        "example-character",
        place,
        `${count}-octet`,
        `0x${said} are ${said.length / 2} octets, not ${counted}`,
        { section },
      );
    }
  }
}

function pointsIn(text: string): number[] {
  return [...text.matchAll(/U\+([0-9A-F]{4,6})\b/gi)]
    .map((match) => Number.parseInt(match[1] ?? "0", 16))
    .filter((point) => point <= 0x10ffff && (point < 0xd800 || point > 0xdfff));
}
