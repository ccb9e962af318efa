/** How many events a second the kernel carries, without any protocol, against named peers in the same run. */
import {
  type Arrival,
  createKernel,
  createNetwork,
  type Kernel,
  linksFrom,
} from "../simulator/kernel/index.ts";
import { type RandomStream, rootRandom } from "../simulator/random/index.ts";

/** Two ways to do one thing, timed in turns in one process: `ratio` is ours over theirs, and above 1 we are faster. */
export interface Comparison {
  readonly what: string;
  readonly unit: "events/s";
  readonly ours: number;
  readonly peer: string;
  readonly theirs: number;
  readonly ratio: number;
}

const steps = 200_000;
const rounds = 5;

/** The comparisons of the kernel's queue with a sorted array and a plain loop, and of the network with the kernel. */
export function benchKernel(): readonly Comparison[] {
  return [
    compare("kernel, 100 events pending", kernelHold(100), "sorted array", sortedArrayHold(100)),
    compare("kernel, 10,000 events pending", kernelHold(10_000), "sorted array", sortedArrayHold(10_000)),
    compare("kernel, 100 events pending", kernelHold(100), "array of callbacks, no order", callbackLoop(100)),
    compare("network over WAN links", networkPingPong(100), "kernel alone", kernelHold(100)),
  ];
}

/** Does the work of `steps` events. */
type Work = () => void;

function compare(what: string, ours: Work, peer: string, theirs: Work): Comparison {
  const [ourTimes, theirTimes]: [number[], number[]] = [[], []];
  ours();
  theirs();
  for (let round = 0; round < rounds; round++) {
    ourTimes.push(milliseconds(ours));
    theirTimes.push(milliseconds(theirs));
  }
  const [a, b] = [eventsPerSecond(ourTimes), eventsPerSecond(theirTimes)];
  return { what, unit: "events/s", ours: a, peer, theirs: b, ratio: a / b };
}

function milliseconds(work: Work): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function eventsPerSecond(times: readonly number[]): number {
  const median = [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
  return Math.round((steps / median) * 1000);
}

function delays(): RandomStream {
  return rootRandom("bench").split("delays");
}

/** The hold model: every event schedules one more at a random time, so that as many stay pending. */
function kernelHold(pending: number): Work {
  return () => {
    const draw = delays();
    const kernel: Kernel<number> = createKernel({
      handle: (event) => kernel.after(draw.int(0, 1_000_000), event),
    });
    for (let event = 0; event < pending; event++) kernel.after(draw.int(0, 1_000_000), event);
    kernel.run({ maxSteps: steps });
  };
}

/** The same with a sorted array: binary search, then an insertion. */
function sortedArrayHold(pending: number): Work {
  return () => {
    const draw = delays();
    const queue: { time: number; event: number }[] = [];
    const add = (time: number, event: number) => {
      let [low, high] = [0, queue.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        // The latest stands first, so that the next event is taken from the end.
        if ((queue[middle]?.time ?? 0) > time) low = middle + 1;
        else high = middle;
      }
      queue.splice(low, 0, { time, event });
    };
    for (let event = 0; event < pending; event++) add(draw.int(0, 1_000_000), event);
    for (let step = 0; step < steps; step++) {
      const next = queue.pop();
      if (next !== undefined) add(next.time + draw.int(0, 1_000_000), next.event);
    }
  };
}

/** The least that any simulator could do: callbacks one after the other, with the same draws but no order of time. */
function callbackLoop(pending: number): Work {
  return () => {
    const draw = delays();
    const queue: (() => void)[] = [];
    let sum = 0;
    const callback = () => {
      sum += draw.int(0, 1_000_000);
      queue.push(callback);
    };
    for (let event = 0; event < pending; event++) queue.push(callback);
    for (let step = 0; step < steps; step++) queue[step]?.();
    if (sum < 0) throw new Error("the draws are not negative");
  };
}

/** Envelopes that go to and fro between two nodes, so that as many are always under way. */
function networkPingPong(pending: number): Work {
  return () => {
    const bytes = new Uint8Array(300);
    const kernel = createKernel<Arrival<null>>({
      handle: ({ envelope }) =>
        void network.send({ from: envelope.to, to: envelope.from, bytes, about: null }),
    });
    const network = createNetwork<Arrival<null>, null>({
      kernel,
      arrive: (arrival) => arrival,
      random: rootRandom("bench").split("network"),
      link: linksFrom({}),
    });
    for (let event = 0; event < pending; event++) network.send({ from: "a", to: "b", bytes, about: null });
    kernel.run({ maxSteps: steps });
  };
}
