/**
 * How an actor differs from the model: another reading of an open question, or a mistake. Whoever runs actors hands it
 * to them with each step; the model itself has none.
 */
import type { AnyStateMachine } from "xstate";
import type { DeliveryVariants } from "./delivery-variants.ts";
import type { MlsLayer } from "./mls/index.ts";
import type { PolicyVariants } from "./room/index.ts";

export interface Deviation {
  /**
   * What a machine is run as, e.g. without one of its guards. It has the same states, contexts and events; the machine
   * itself where nothing about it differs.
   */
  readonly machine?: (machine: AnyStateMachine) => AnyStateMachine;
  /** Whether it does not know a rule, on new rooms or on what a message does: what that refuses, it lets pass. */
  readonly lacks?: (rule: string) => boolean;
  /** How the actor reads what room-policy-04 leaves open. */
  readonly policy?: PolicyVariants;
  /** What it does otherwise about fan-out, and about what a server keeps. */
  readonly delivery?: Partial<DeliveryVariants>;
  /** What its MLS asks the application otherwise; the layer itself where nothing differs. */
  readonly mls?: (layer: MlsLayer) => MlsLayer;
}
