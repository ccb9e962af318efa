/** Ladder figures: lifelines with their names, arrows with their labels, and the list of steps below. */
import { type Line, type Place, placeIn } from "../document/index.ts";

export interface Lifeline {
  readonly name: string;
  readonly column: number;
}

export interface Arrow {
  /** Undefined where the arrow does not reach a lifeline at this end. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** What stands above it, between its ends. */
  readonly label: string;
  readonly place: Place;
}

export interface Step {
  readonly from: string;
  /** Undefined for what an actor does by itself. */
  readonly to: string | undefined;
  readonly text: string;
  readonly place: Place;
}

export interface Ladder {
  readonly lifelines: readonly Lifeline[];
  readonly arrows: readonly Arrow[];
  readonly steps: readonly Step[];
}

const bars = /^\s*\|(?:\s+\|)+\s*$/;
const stepBetween = /^\s*([A-Za-z][\w*]*)\s*-+>\s*([A-Za-z][\w*]*)\s*:\s*(.*)$/;
const stepAlone = /^([A-Z][\w*]*)\s*:\s+(\S.*)$/;
const run = /<?[-~=:]{3,}>?/g;

/** The ladder in these lines; undefined: there is none. */
export function readLadder(lines: readonly Line[]): Ladder | undefined {
  const first = lines.findIndex(({ text }) => bars.test(text));
  if (first < 1) return undefined;
  const firstStep = lines.findIndex(
    ({ text }, i) => i > first && (stepBetween.test(text) || stepAlone.test(text)),
  );
  const end = firstStep === -1 ? lines.length : firstStep;
  const columns = [...(lines[first]?.text ?? "").matchAll(/\|/g)].map(({ index }) => index);
  const header = lines.slice(0, first).filter(({ text }) => text.trim() !== "");
  const lifelines = columns.map((column) => ({ column, name: nameAt(column, header) }));
  if (lifelines.length < 2 || lifelines.some(({ name }) => name === "")) return undefined;
  const body = lines.slice(first, end);
  return { lifelines, arrows: arrowsIn(body, lifelines), steps: stepsIn(lines.slice(end)) };
}

/** Whether a lifeline called `lifeline` is the actor's; it may have a short name over it: `C2` for ClientC2. */
export function isNameOf(actor: string, lifeline: string): boolean {
  return (
    actor === lifeline ||
    (lifeline.length >= 2 &&
      lifeline.length < actor.length &&
      /^[A-Z]+\d*\*?$/.test(lifeline) &&
      actor.endsWith(lifeline))
  );
}

/** The words over a lifeline, from top to bottom. */
function nameAt(column: number, header: readonly Line[]): string {
  return header
    .slice(-2)
    .map(({ text }) => {
      const words = [...text.matchAll(/\S+/g)];
      const over = words.find(
        ({ 0: word, index }) => index - 2 <= column && column < index + word.length + 2,
      );
      return over?.[0] ?? "";
    })
    .join("");
}

function arrowsIn(body: readonly Line[], lifelines: readonly Lifeline[]): Arrow[] {
  return body.flatMap((line, i) =>
    [...line.text.matchAll(run)].flatMap((match) => {
      const [drawn] = match;
      const isLeft = drawn.startsWith("<");
      if (isLeft === drawn.endsWith(">")) return [];
      const left = lifelineAt(match.index - 1, lifelines);
      const right = lifelineAt(match.index + drawn.length, lifelines);
      const label = labelOver(body.slice(Math.max(0, i - 3), i), match.index, match.index + drawn.length);
      const place = placeIn(line, match.index);
      return [{ from: isLeft ? right : left, to: isLeft ? left : right, label, place }];
    }),
  );
}

function lifelineAt(column: number, lifelines: readonly Lifeline[]): string | undefined {
  return lifelines.find((each) => Math.abs(each.column - column) <= 1)?.name;
}

/** The last line above that has words between these columns, unless another arrow is drawn there. */
function labelOver(above: readonly Line[], start: number, end: number): string {
  for (const { text } of [...above].reverse()) {
    const between = text.slice(start, end);
    if (/[-~=:]{3,}/.test(between)) return "";
    const words = between.replace(/\|/g, " ").trim();
    if (words !== "") return words;
  }
  return "";
}

/** A step may go on in the next lines, indented. */
function stepsIn(lines: readonly Line[]): Step[] {
  const steps: Step[] = [];
  for (const line of lines) {
    const between = stepBetween.exec(line.text);
    const alone = between === null ? stepAlone.exec(line.text) : null;
    if (between !== null) {
      steps.push({ from: between[1] ?? "", to: between[2], text: between[3] ?? "", place: placeIn(line) });
    } else if (alone !== null) {
      steps.push({ from: alone[1] ?? "", to: undefined, text: alone[2] ?? "", place: placeIn(line) });
    } else {
      const last = steps.at(-1);
      if (last !== undefined && line.text.trim() !== "") {
        steps[steps.length - 1] = { ...last, text: `${last.text} ${line.text.trim()}` };
      }
    }
  }
  return steps;
}
