/** The protocol-agnostic core of the simulator: virtual time, one event queue, links with latency, fault policies. */
export type { Envelope } from "./envelope.ts";
export type { Kernel, RunReport, Ticket } from "./kernel.ts";
export { createKernel } from "./kernel.ts";
export type { Latency } from "./latency.ts";
export { formatLatency, parseLatency, sampleLatency, wan } from "./latency.ts";
export type { LinkTable } from "./links.ts";
export { linksFrom } from "./links.ts";
export type { Arrival } from "./network.ts";
export { createNetwork } from "./network.ts";
export type { DeliveryPolicy, Verdict } from "./policy.ts";
export { noFaults } from "./policy.ts";
export { formatDuration, parseDuration, TimeTextError } from "./time.ts";
