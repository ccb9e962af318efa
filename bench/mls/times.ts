/** What is measured of a client in a room. */

/** The steps that are measured, in the order in which a client takes them. */
export const steps = ["keyPackage", "join", "commit", "process", "send", "receive"] as const;
export type Step = (typeof steps)[number];

/** Milliseconds of every time a step was taken. */
export type Times = Record<Step, number[]>;

export function noTimes(): Times {
  return { keyPackage: [], join: [], commit: [], process: [], send: [], receive: [] };
}

/** The least of several: where a machine has other things to do, all else is about those. */
export function best(values: readonly number[]): number {
  return Math.min(...values);
}

/** What each step took in several rooms. */
export function together(all: readonly Times[]): Times {
  const times = noTimes();
  for (const step of steps) times[step] = all.flatMap((one) => one[step]);
  return times;
}
