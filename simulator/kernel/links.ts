/** Which link behaves how: a table from link patterns to latency and ordering. */
import { type Latency, parseLatency, wan } from "./latency.ts";

/** How one directed link carries envelopes. */
export interface LinkOptions {
  readonly latency: Latency;
  /** Whether envelopes arrive in the order in which they were sent, as over one connection. */
  readonly fifo: boolean;
}

/** Options by pattern: "a.example>b.example", "a.example>*", "*>b.example", "*>*". A text states the latency alone. */
export type LinkTable = Readonly<Record<string, string | Partial<LinkOptions>>>;

/**
 * The options of each link: those of the most specific pattern that fits ("a>b", then "a>*", "*>b", "*>*"); what it
 * leaves open is `wan` latency, without order. Throws TimeTextError for a latency text that cannot be read.
 */
export function linksFrom(table: LinkTable): (from: string, to: string) => LinkOptions {
  const options = new Map<string, LinkOptions>();
  for (const [pattern, given] of Object.entries(table)) {
    const stated = typeof given === "string" ? { latency: parseLatency(given) } : given;
    options.set(pattern, { latency: wan, fifo: false, ...stated });
  }
  return (from, to) =>
    options.get(`${from}>${to}`) ??
    options.get(`${from}>*`) ??
    options.get(`*>${to}`) ??
    options.get("*>*") ?? { latency: wan, fifo: false };
}
