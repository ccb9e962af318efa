/** Properties of runs: what has to hold, under whose honesty, and who watches for it. */
export { type NotImplemented, notImplemented, properties, propertyById } from "./catalogue.ts";
export {
  always,
  atClient,
  atHub,
  eachStep,
  eventually,
  type Found,
  type Party,
  type Property,
  type Watcher,
} from "./definition.ts";
export { type KnownGap, knownAs, knownGap, knownGaps } from "./known-gaps.ts";
export {
  createMonitor,
  type Monitor,
  mustHold,
  type Result,
  type Violation,
  type Watched,
} from "./monitor.ts";
export type { RawStep, Step } from "./step.ts";
export type { Rest, RoomView, View } from "./view.ts";
