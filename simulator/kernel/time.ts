/** Virtual time: integer microseconds since the run began, and durations as people write them ("20ms", "1.5s"). */

/** An instant of virtual time since the run began, or a duration: a non-negative integer. */
export type Microseconds = number;

/** A text that should state a duration or a latency, and does not; the message says what would. */
export class TimeTextError extends Error {
  override readonly name = "TimeTextError";
}

const units: readonly (readonly [string, number])[] = [
  ["s", 1_000_000],
  ["ms", 1_000],
  ["us", 1],
];

/**
 * The microseconds that `text` states as a decimal number and one of us, ms, s ("250us", "20ms", "1.5s").
 * Throws TimeTextError for anything else, for a fraction of a microsecond and for more than 2^53-1 of them.
 */
export function parseDuration(text: string): Microseconds {
  const [, whole, fraction = "", unit] = /^(\d{1,16})(?:\.(\d{1,6}))?(us|ms|s)$/.exec(text) ?? [];
  const factor = units.find(([name]) => name === unit)?.[1];
  if (whole === undefined || factor === undefined) {
    throw new TimeTextError(
      `"${text}" is no duration: write a number and a unit, as in "250us", "20ms" or "1.5s"`,
    );
  }
  const duration = Number(whole) * factor + (Number(fraction.padEnd(6, "0")) * factor) / 1_000_000;
  if (!Number.isSafeInteger(duration)) {
    throw new TimeTextError(`"${text}" is no whole number of microseconds from 0 to 2^53-1`);
  }
  return duration;
}

/** `duration` in the largest unit that states it as a whole number; `parseDuration` reads it back. */
export function formatDuration(duration: Microseconds): string {
  for (const [name, factor] of units) {
    if (duration % factor === 0 && (duration > 0 || name === "us")) return `${duration / factor}${name}`;
  }
  return `${duration}us`;
}
