/** What makes an actor differ from the model's: as data for its machines, as functions for what it gets and gives. */
import type { Input, Output } from "../../spec-model/actor.ts";
import type { DeliveryVariants } from "../../spec-model/delivery-variants.ts";
import type { MlsApplication } from "../../spec-model/mls/index.ts";
import type { ClientState } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import type { PolicyVariants } from "../../spec-model/room/index.ts";

/** What a guard or an action is told. */
export interface MachineArgs {
  readonly context: never;
  readonly event: never;
}

/** One change of one machine; `on` limits it to the transitions of one event, `guarded` to those with that guard. */
export type MachineChange = {
  readonly machine: string;
  readonly on?: string;
  readonly guarded?: string;
} & (
  | { /** Never takes the branch that this guard opens. */ readonly without: string }
  | { /** Takes the branch that this guard opens whenever it gets there. */ readonly always: string }
  | { /** Takes the branches but for this action. */ readonly leavesOut: string }
  | {
      /** Takes the branch where `by` says so; `usual` is what the model says. */
      readonly decides: string;
      readonly by: (usual: boolean, args: MachineArgs) => boolean;
    }
  | {
      /** Does this with other parameters. */
      readonly changes: string;
      readonly to: (params: Readonly<Record<string, unknown>>, args: MachineArgs) => unknown;
    }
);

export type ActorKind = "provider" | "client";

/** How an actor differs. What is not there is as in the model. */
export interface Alteration {
  readonly machines?: readonly MachineChange[];
  /** As a hub: what this rule of the policy refuses is let through. */
  readonly lacksRule?: string;
  /** Another reading of the policy draft. */
  readonly policy?: Partial<PolicyVariants>;
  /** Another answer about fan-out, and about what a server keeps. */
  readonly delivery?: Partial<DeliveryVariants>;
  /** What its MLS asks the application otherwise. */
  readonly application?: (app: MlsApplication) => MlsApplication;
  readonly provider?: (state: ProviderState) => ProviderState;
  readonly client?: (state: ClientState) => ClientState;
  /** One for each actor: it may remember what it has seen. */
  readonly habit?: () => Habit;
}

/** What an actor does with what it gets, and with what it would give. */
export interface Habit {
  readonly takes?: (input: AnyInput, moment: HabitMoment) => readonly AnyInput[];
  readonly gives?: (outputs: readonly Output[], moment: HabitMoment, input: AnyInput) => readonly Output[];
}

export type AnyInput = Input<unknown>;

export interface HabitMoment {
  /** The actor's name. */
  readonly actor: string;
  /** Milliseconds since the UNIX epoch. */
  readonly now: number;
}
