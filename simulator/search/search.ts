/** Looks for a random story in which something does not hold, and makes it as small as it gets. */
import fc from "fast-check";
import type { Run } from "../run/index.ts";
import { type Adversary, brokenBy, type Choice, type Variant } from "../variants/index.ts";
import { randomTrial } from "./random-story.ts";
import type { Replay } from "./replay-file.ts";
import { shrink } from "./shrink.ts";
import { type Trial, tryOut, type Violation, violationsIn } from "./trial.ts";

export interface SearchOptions {
  /** How many stories are tried. */
  readonly runs: number;
  /** The first story; the same seed gives the same stories. */
  readonly seed: number;
  /** fast-check's path to one of them, to begin there. */
  readonly path?: string;
  readonly variants: readonly Choice[];
  /** Only violations of these properties count; all where there are none. */
  readonly properties: readonly string[];
  /** Stories may have one of these in them; what it is said to break does not count then. */
  readonly adversaries?: readonly Adversary[];
}

export interface Counterexample {
  readonly replay: Replay;
  readonly violation: Violation;
  readonly run: Run;
  /** How many stories were tried before it was found, and how many smaller ones afterwards. */
  readonly after: number;
  readonly shrinks: number;
}

export interface SearchResult {
  readonly runs: number;
  readonly counterexample?: Counterexample;
}

/** The first counterexample, shrunk. Nothing but the options decides what it is. */
export function search(asked: SearchOptions): SearchResult {
  const { runs, seed, path, variants, properties, adversaries = [] } = asked;
  const foreseen = new Set(adversaries);
  const holds = (trial: Trial) => firstViolation(trial, properties, foreseen) === undefined;
  const options = { numRuns: runs, seed, ...(path === undefined ? {} : { path }) };
  const checked = fc.check(fc.property(randomTrial(variants, adversaries), holds), options);
  const [trial] = checked.counterexample ?? [];
  if (trial === undefined) return { runs: checked.numRuns };
  const found = { seed: checked.seed, path: checked.counterexamplePath ?? "" };
  const counterexample = shrunkTo(trial, properties, found, foreseen);
  return { runs: checked.numRuns, counterexample: { ...counterexample, after: checked.numRuns } };
}

/** The trial made smaller while it violates the property that it violates first. Throws RangeError where it violates none. */
export function shrunkTo(
  trial: Trial,
  properties: readonly string[],
  found?: Replay["found"],
  foreseen: ReadonlySet<Variant> = new Set(),
): Omit<Counterexample, "after"> {
  const first = firstViolation(trial, properties, foreseen);
  if (first === undefined) throw new RangeError("nothing is violated");
  const shows = (smaller: Trial) => firstViolation(smaller, [first.property], foreseen) !== undefined;
  const { trial: smallest, tries } = shrink(trial, shows);
  const run = tryOut(smallest);
  const violation = violationsIn(run).find(({ property }) => property === first.property) ?? first;
  const replay = { trial: smallest, property: first.property, ...(found === undefined ? {} : { found }) };
  return { replay, violation, run, shrinks: tries };
}

/**
 * What no implementation of the drafts can do: nothing tells a client that its room is destroyed, and a follower hands a
 * message for one of its users to another one who is just leaving. room-policy-04 §8.6, protocol-06 §5.3 and §5.5
 */
const openInTheDrafts: ReadonlySet<string> = new Set(["L13", "I26"]);

/** `foreseen`: adversaries of which it is known what they break. */
function firstViolation(
  trial: Trial,
  properties: readonly string[],
  foreseen: ReadonlySet<Variant>,
): Violation | undefined {
  const known = brokenBy(trial.variants.filter(({ variant }) => foreseen.has(variant)));
  return violationsIn(tryOut(trial)).find(
    ({ property }) =>
      !known.has(property) &&
      (properties.length === 0 ? !openInTheDrafts.has(property) : properties.includes(property)),
  );
}
