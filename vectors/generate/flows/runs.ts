/** The runs that flows are taken from: every scenario once, and some again over links that lose, repeat and reorder. */
import { parseFault } from "../../../simulator/faults/index.ts";
import type { Scenario } from "../../../simulator/scenario/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import { type Recording, record } from "./record.ts";
import { witness } from "./witness.ts";

export interface FlowRun {
  /** Names the file. */
  readonly name: string;
  readonly title: string;
  readonly scenario: Scenario;
  readonly seed: number;
  /** As people write them; they are in the file's notes. */
  readonly faults: readonly string[];
}

/** Stories on another MLS implementation are run asynchronously, and are the same for those who watch. */
const undisturbed = [...scenarios.values(), witness].filter(({ clients }) =>
  clients.every(({ stack }) => stack === undefined),
);

const disturbed: readonly (readonly [name: string, scenario: string, seed: number, ...faults: string[]])[] = [
  ["witness-reordered", "witness", 1, "reorder(40%, uniform(50ms,400ms))"],
  ["witness-repeated", "witness", 1, "duplicate(50%)"],
  ["witness-lost-answers", "witness", 1, "loss(25%, *>*, answers)"],
  ["witness-lossy", "witness", 1, "loss(15%)", "reorder(20%, uniform(50ms,400ms))", "duplicate(20%)"],
  ["clubhouse-lossy", "clubhouse", 1, "loss(15%)", "duplicate(20%)"],
  ["clubhouse-reordered", "clubhouse", 1, "reorder(40%, uniform(50ms,400ms))"],
  ["commit-race-lost-answers", "commit-race", 1, "loss(30%, *>*, answers)"],
  ["commit-race-reordered", "commit-race", 1, "reorder(50%, uniform(50ms,400ms))"],
  ["hub-restart-lossy", "hub-restart", 1, "loss(20%)"],
  ["offline-client-repeated", "offline-client", 1, "duplicate(50%, 2)"],
  ["self-remove-reordered", "self-remove", 1, "reorder(40%, uniform(50ms,400ms))", "duplicate(30%)"],
  ["join-link-lost-answers", "join-link", 1, "loss(30%, *>*, answers)"],
  ["kick-cut", "kick", 1, "cut(a.example>b.example)@400ms-3s"],
  ["consent-refused-lossy", "consent-refused", 1, "loss(25%)"],
  ["connection-repeated", "connection", 1, "duplicate(60%)"],
];

export const flowRuns: readonly FlowRun[] = [
  ...undisturbed.map((scenario) => ({
    name: scenario.name,
    title: scenario.title,
    scenario,
    seed: 1,
    faults: [],
  })),
  ...disturbed.map(([name, of, seed, ...faults]): FlowRun => {
    const scenario = undisturbed.find((each) => each.name === of);
    if (scenario === undefined) throw new Error(`there is no scenario ${of}`);
    return {
      name,
      title: `${scenario.title}; the links are bad: ${faults.join(", ")}`,
      scenario,
      seed,
      faults,
    };
  }),
];

/** Throws where a check of the run does not hold: such a run is no model for anybody. */
export function recorded({ name, scenario, seed, faults }: FlowRun): Recording {
  const recording = record(scenario, seed, faults.map(parseFault));
  if (!recording.holds) throw new Error(`${name}: the run does not hold`);
  return recording;
}
