/** How long a link takes to carry an envelope: distributions, their text form, and draws in integer arithmetic. */
import type { RandomStream } from "../random/index.ts";
import { standardExponential } from "./exponential.ts";
import { formatDuration, type Microseconds, parseDuration, TimeTextError } from "./time.ts";

/** A distribution of latencies in microseconds. `exponential` is at least `min` and `mean` on average. */
export type Latency =
  | { readonly type: "constant"; readonly of: Microseconds }
  | { readonly type: "uniform"; readonly min: Microseconds; readonly max: Microseconds }
  | { readonly type: "exponential"; readonly min: Microseconds; readonly mean: Microseconds };

/** Between two providers' servers on the public Internet: at least 20 ms, 45 ms on average, with a long tail. */
export const wan: Latency = { type: "exponential", min: 20_000, mean: 45_000 };

/** Between two hosts of one provider: 200 microseconds to 1 ms. */
const lan: Latency = { type: "uniform", min: 200, max: 1_000 };

/** One latency drawn from the distribution, in whole microseconds. */
export function sampleLatency(latency: Latency, draw: RandomStream): Microseconds {
  switch (latency.type) {
    case "constant":
      return latency.of;
    case "uniform":
      return draw.int(latency.min, latency.max);
    case "exponential":
      return latency.min + Math.round(standardExponential(draw.float) * (latency.mean - latency.min));
  }
}

const forms = '"constant(5ms)", "uniform(20ms,80ms)", "exponential(20ms,45ms)" (least, mean), "wan" or "lan"';

/** The distribution that `text` names. Throws TimeTextError, which says what is wrong and what can be written. */
export function parseLatency(text: string): Latency {
  if (text === "wan") return wan;
  if (text === "lan") return lan;
  const [, type, list] = /^([a-z]+)\(([^()]*)\)$/.exec(text.replaceAll(" ", "")) ?? [];
  const wanted = type === "constant" ? 1 : type === "uniform" || type === "exponential" ? 2 : 0;
  if (list === undefined || wanted === 0) throw new TimeTextError(`"${text}" is no latency: write ${forms}`);
  const given = list.split(",");
  if (given.length !== wanted) {
    const count = wanted === 1 ? "one duration" : "two durations";
    throw new TimeTextError(`"${text}": ${type} takes ${count}, as in ${forms}`);
  }
  const [first = 0, second = 0] = given.map(parseDuration);
  if (type === "constant") return { type, of: first };
  if (second < first) {
    const [low, high] = type === "uniform" ? ["least", "greatest"] : ["least", "mean"];
    throw new TimeTextError(`"${text}": the ${low} latency comes first, and is not above the ${high}`);
  }
  return type === "uniform"
    ? { type, min: first, max: second }
    : { type: "exponential", min: first, mean: second };
}

/** The text that `parseLatency` reads back as `latency`. */
export function formatLatency(latency: Latency): string {
  switch (latency.type) {
    case "constant":
      return `constant(${formatDuration(latency.of)})`;
    case "uniform":
      return `uniform(${formatDuration(latency.min)},${formatDuration(latency.max)})`;
    case "exponential":
      return `exponential(${formatDuration(latency.min)},${formatDuration(latency.mean)})`;
  }
}
