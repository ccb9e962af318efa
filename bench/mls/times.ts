/** What is measured of a client in a room. */

/** The steps that are measured, in the order in which a client takes them. */
export const steps = ["keyPackage", "join", "commit", "process", "send", "receive"] as const;
export type Step = (typeof steps)[number];

/** Milliseconds: of time, and of what the process has had of all processors, on all of its threads. */
export interface Taken {
  readonly time: number;
  readonly cpu: number;
}

/** What every step took, each time that it was taken. */
export type Times = Record<Step, Taken[]>;

export function noTimes(): Times {
  return { keyPackage: [], join: [], commit: [], process: [], send: [], receive: [] };
}

/** Starts a watch: what is gone by when it is asked. */
export function stopwatch(): () => Taken {
  const cpu = cpuSoFar();
  const time = performance.now();
  return () => ({ time: performance.now() - time, cpu: cpuSoFar() - cpu });
}

export function timeOf(work: () => void): Taken {
  const taken = stopwatch();
  work();
  return taken();
}

function cpuSoFar(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The least of several: where a machine has other things to do, all else is about those. */
export function least(values: readonly number[]): number {
  return Math.min(...values);
}

/** The middle one of several: a collection of garbage and a compilation fall into a few. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** What each step took in several rooms. */
export function together(all: readonly Times[]): Times {
  const times = noTimes();
  for (const step of steps) times[step] = all.flatMap((one) => one[step]);
  return times;
}
