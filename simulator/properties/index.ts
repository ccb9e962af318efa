/** Properties of runs: what has to hold, under whose honesty, and who watches for it. */
export type { Found, Party, Property, Watcher } from "./definition.ts";
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
