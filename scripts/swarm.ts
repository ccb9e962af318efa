/**
 * `npm run swarm -- --seeds 200 [--from 0] [--scenario NAME] [--adversaries]`: every scenario under the faults of many
 * seeds; with one adversary in each, too, whose known effects do not count.
 */
import { parseArgs } from "node:util";
import { formatFault, swarmFor, swarmPace } from "../simulator/faults/index.ts";
import { knownAs } from "../simulator/properties/index.ts";
import { run } from "../simulator/run/index.ts";
import type { Scenario } from "../simulator/scenario/index.ts";
import { scenarios } from "../simulator/scenarios/index.ts";
import { brokenBy, formatChoice, swarmAdversary } from "../simulator/variants/index.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    from: { type: "string", default: "0" },
    scenario: { type: "string" },
    adversaries: { type: "boolean", default: false },
  },
});
const [count, from] = [whole("seeds", values.seeds), whole("from", values.from)];
const chosen = [...scenarios.values()].filter(
  ({ name, clients }) =>
    (values.scenario === undefined || name === values.scenario) &&
    clients.every(({ stack }) => stack === undefined),
);
if (chosen.length === 0) stop(`there is no scenario "${values.scenario}"`);

const began = performance.now();
let [runs, steps, failed] = [0, 0, 0];
for (const scenario of chosen) {
  for (let seed = from; seed < from + count; seed++) tryOut(scenario, seed);
}
const seconds = (performance.now() - began) / 1000;
console.log(`${runs - failed} passed, ${failed} failed`);
console.log(
  `${runs} runs, ${steps} steps in ${seconds.toFixed(1)} s; ${failed} runs in which something does not hold; ` +
    `at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
);
process.exitCode = failed === 0 ? 0 : 1;

function tryOut(scenario: Scenario, seed: number): void {
  const faults = swarmFor(scenario, seed);
  const paceMs = swarmPace(seed);
  const pace = paceMs === undefined ? {} : { paceMs };
  const variants = values.adversaries ? [swarmAdversary(scenario, seed)] : [];
  const made = run(scenario, { seed, mls: "symbolic", faults, variants, keepTrace: false, ...pace });
  runs++;
  steps += made.steps;
  const foreseen = brokenBy(variants);
  const failures = made.trace.events.flatMap((event) =>
    event.type === "check" &&
    !event.holds &&
    event.detail?.includes(knownAs) !== true &&
    !foreseen.has(event.property)
      ? [`  ${event.property} ${event.detail}`]
      : [],
  );
  if (failures.length === 0) return;
  failed++;
  console.log(`${scenario.name}, seed ${seed}: ${faults.map(formatFault).join("; ")}`);
  for (const failure of failures) console.log(failure);
  const dishonest = variants.map((choice) => ` --variant ${formatChoice(choice)}`).join("");
  console.log(`  mimi run ${scenario.name} --seed ${seed} --swarm --mls symbolic${dishonest}`);
}

function whole(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  return stop(`--${name} is a number of seeds, and "${text}" is none`);
}

function stop(message: string): never {
  console.error(`swarm: ${message}`);
  process.exit(2);
}
