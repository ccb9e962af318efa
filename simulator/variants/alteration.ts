/** What makes an actor differ from the model's: as data for its machines, as functions for what it gets and gives. */
import type { Input, Output } from "../../spec-model/actor.ts";
import type { timelineOf } from "../../spec-model/content/index.ts";
import type { DeliveryVariants } from "../../spec-model/delivery-variants.ts";
import type { MlsApplication, MlsLayer } from "../../spec-model/mls/index.ts";
import type { ClientState } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import type { RandomSource } from "../../spec-model/random.ts";
import type { PolicyVariants } from "../../spec-model/room/index.ts";
import type { RunningActor } from "../running-actor.ts";

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
  /** What a client makes of the messages that it has kept. */
  readonly timeline?: (honest: typeof timelineOf) => typeof timelineOf;
  /** One for each actor: it may remember what it has seen. */
  readonly habit?: (company: Company) => Habit;
  /** Something else in the actor's place, made of it. */
  readonly inPlace?: (actor: RunningActor, company: Company) => RunningActor;
}

/** What those who act together in a run have in common. */
export interface Company {
  /** What they tell each other, by what it is about. */
  readonly told: Map<string, unknown>;
  /** The state of an actor whose keys have been stolen; undefined where there is no such actor. */
  stateOf(actor: string): unknown;
  /** Everybody in the run, in its order. */
  readonly actors: readonly string[];
}

/** What an actor does with what it gets, and with what it would give. */
export interface Habit {
  readonly takes?: (input: AnyInput, moment: HabitMoment) => readonly AnyInput[];
  readonly gives?: (outputs: readonly Output[], moment: HabitMoment, input: AnyInput) => readonly Output[];
  /** Its MLS: where a dishonest member uses its keys otherwise. Asked once for each layer. */
  readonly mls?: (layer: MlsLayer) => MlsLayer;
}

export type AnyInput = Input<unknown>;

export interface HabitMoment {
  /** The actor's name. */
  readonly actor: string;
  /** Milliseconds since the UNIX epoch. */
  readonly now: number;
  /** For what is left to chance; the model's own draws stay as they are. */
  readonly random: RandomSource;
  /** The actor's state before the step, and after it in `gives`. */
  readonly state: unknown;
}
