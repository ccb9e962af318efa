/**
 * Makes a trial smaller as long as it still shows the same: fewer variants and faults, providers, clients, chapters and
 * moments, shorter delays. Each step leaves one thing out; it ends when nothing more can go.
 */
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import { formatFault, parseFault } from "../faults/index.ts";
import type { Scenario } from "../scenario/index.ts";
import type { Trial } from "./trial.ts";

export interface Shrunk {
  readonly trial: Trial;
  /** How many smaller trials were tried out. */
  readonly tries: number;
}

/** The smallest trial that is found; `shows` tells whether a trial still shows what it should. */
export function shrink(trial: Trial, shows: (trial: Trial) => boolean, mostTries = 2000): Shrunk {
  let best = trial;
  let tries = 0;
  let hasShrunk = true;
  while (hasShrunk && tries < mostTries) {
    hasShrunk = false;
    for (const smaller of dimensions) {
      for (let i = 0; tries < mostTries; ) {
        const candidate = smaller(best, i);
        if (candidate === undefined) break;
        tries++;
        if (shows(candidate)) {
          best = candidate;
          hasShrunk = true;
        } else i++;
      }
    }
  }
  return { trial: best, tries };
}

/** The trial without the `i`th thing of one kind; undefined where there are not so many. */
type Smaller = (trial: Trial, i: number) => Trial | undefined;

const dimensions: readonly Smaller[] = [
  (trial, i) => listWithout(trial.faults, i, (faults) => ({ ...trial, faults })),
  (trial, i) => listWithout(trial.variants, i, (variants) => ({ ...trial, variants })),
  (trial, i) =>
    inScenario(trial, ({ chapters, ...rest }) =>
      listWithout(chapters, i, (left) => ({ ...rest, chapters: left })),
    ),
  (trial, i) => withoutProvider(trial, i),
  (trial, i) => inScenario(trial, (scenario) => withoutClient(scenario, i)),
  (trial, i) => movedToFirst(trial, i),
  (trial, i) => inScenario(trial, (scenario) => withoutMoment(scenario, i)),
  (trial, i) => simplerTime(trial, i),
];

function listWithout<T, R>(list: readonly T[], i: number, make: (left: readonly T[]) => R): R | undefined {
  return i < list.length ? make(list.toSpliced(i, 1)) : undefined;
}

function inScenario(trial: Trial, change: (scenario: Scenario) => Scenario | undefined): Trial | undefined {
  const scenario = change(trial.scenario);
  return scenario === undefined ? undefined : { ...trial, scenario };
}

/** Faults of what is gone go, too. */
function withoutProvider(trial: Trial, i: number): Trial | undefined {
  const gone = trial.scenario.providers[i];
  if (gone === undefined) return undefined;
  const faults = trial.faults.filter((fault) => !formatFault(fault).includes(gone.domain));
  return inScenario({ ...trial, faults }, (scenario) => scenarioWithout(scenario, gone.domain));
}

function scenarioWithout(scenario: Scenario, domain: string): Scenario {
  const isGone = (uri: string) => domainOfUri(uri) === domain;
  return {
    ...scenario,
    providers: scenario.providers.filter((each) => each.domain !== domain),
    clients: scenario.clients.filter(({ client }) => !isGone(client)),
    chapters: momentsLeft(scenario, ({ actor, intention }) => {
      const about = Object.values(intention).filter((each) => typeof each === "string");
      return actor !== domain && !isGone(actor) && !about.some((each) => each === domain || isGone(each));
    }),
  };
}

function withoutClient(scenario: Scenario, i: number): Scenario | undefined {
  const gone = scenario.clients[i];
  if (gone === undefined) return undefined;
  return {
    ...scenario,
    clients: scenario.clients.toSpliced(i, 1),
    chapters: momentsLeft(scenario, ({ actor }) => actor !== gone.client),
  };
}

/** Everybody at one provider moves to the first one, with its faults. Nobody reads a directory of a provider's own. */
function movedToFirst(trial: Trial, i: number): Trial | undefined {
  const { scenario } = trial;
  const [first] = scenario.providers;
  const gone = scenario.providers[i + 1];
  if (first === undefined || gone === undefined) return undefined;
  const move = (text: string) => text.replaceAll(gone.domain, first.domain);
  const moved = withText(scenario, move) as Scenario;
  const isReading = ({ actor, intention }: Moment) => "of" in intention && intention.of === actor;
  return {
    ...trial,
    scenario: {
      ...moved,
      providers: scenario.providers.toSpliced(i + 1, 1),
      chapters: momentsLeft(moved, (moment) => !isReading(moment)),
    },
    faults: trial.faults.map((fault) => parseFault(move(formatFault(fault)))),
    variants: trial.variants.map((choice) =>
      choice.actor === undefined ? choice : { ...choice, actor: move(choice.actor) },
    ),
  };
}

/** The same with every text in it changed; octets stay as they are. */
function withText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((each) => withText(each, change));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withText(each, change)]));
}

type Moment = Scenario["chapters"][number]["moments"][number][number];

function momentsLeft({ chapters }: Scenario, stays: (moment: Moment) => boolean): Scenario["chapters"] {
  return chapters
    .map((chapter) => ({
      ...chapter,
      moments: chapter.moments.map((list) => list.filter(stays)).filter((list) => list.length > 0),
    }))
    .filter(({ moments }) => moments.length > 0);
}

function withoutMoment(scenario: Scenario, i: number): Scenario | undefined {
  let index = 0;
  const chapters = momentsLeft(scenario, () => index++ !== i);
  return i < index ? { ...scenario, chapters } : undefined;
}

/** Constant delays are easier to follow than drawn ones, and short ones than long ones. */
function simplerTime(trial: Trial, i: number): Trial | undefined {
  const latency = ["constant(20ms)", "uniform(20ms,40ms)"].filter((each) => each !== trial.latency)[i];
  return latency === undefined || rank(latency) >= rank(trial.latency) ? undefined : { ...trial, latency };
}

function rank(latency: string): number {
  if (latency === "constant(20ms)") return 0;
  return latency === "uniform(20ms,40ms)" ? 1 : 2;
}
