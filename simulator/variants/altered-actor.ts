/** An actor of the model with an alteration: DESIGN's variants as they live in a run. */
import type { AnyStateMachine } from "xstate";
import type { Input, Moment, Output } from "../../spec-model/actor.ts";
import { timelineOf } from "../../spec-model/content/index.ts";
import type { Deviation } from "../../spec-model/deviation.ts";
import { type HubRoomContext, type HubRoomEvent, hubDecision } from "../../spec-model/hub/index.ts";
import type { MlsApplication, MlsLayer } from "../../spec-model/mls/index.ts";
import { type ClientState, timelineIn } from "../../spec-model/participant/index.ts";
import { expandEntropy } from "../../spec-model/random.ts";
import { defaultVariants } from "../../spec-model/room/index.ts";
import type { RunningActor } from "../running-actor.ts";
import type { Alteration, AnyInput, Company, Habit } from "./alteration.ts";
import { alteredMachine } from "./altered-machine.ts";
import { askingOtherwise } from "./asking-otherwise.ts";

/** The actor with all that `alterations` change; each of its steps is still a function of its past. */
export function alteredActor(
  original: RunningActor,
  alterations: readonly Alteration[],
  company: Company = alone,
): RunningActor {
  const actor = alterations.reduce((before, { inPlace }) => inPlace?.(before, company) ?? before, original);
  const isClient = actor.id.startsWith("mimi:");
  for (const { provider, client } of alterations) {
    const change = isClient ? client : provider;
    if (change !== undefined && isOfModel(actor)) actor.adapt?.(change as (state: never) => unknown);
  }
  const habits = alterations.flatMap(({ habit }) => (habit === undefined ? [] : [habit(company)]));
  const deviation = deviationOf(alterations, habits);
  return {
    ...actor,
    ...roomsOf(actor, alterations),
    take(input, moment) {
      const random = expandEntropy(moment.entropy, "habit");
      const here = {
        ...{ actor: actor.id, now: moment.now, random },
        get state() {
          return actor.state();
        },
      };
      const taken = habits.reduce<readonly AnyInput[]>(
        (inputs, { takes }) => (takes === undefined ? inputs : inputs.flatMap((each) => takes(each, here))),
        [input],
      );
      const given = taken.map((each) => actor.take(each as Input<never>, { ...moment, deviation }));
      const changed = (outputs: readonly Output[]) =>
        habits.reduce((before, { gives }) => gives?.(before, here, input) ?? before, outputs);
      if (given.every((each) => !(each instanceof Promise))) return changed(given.flat() as Output[]);
      return Promise.all(given).then((all) => changed(all.flat()));
    },
  };
}

/** A client that shows its rooms otherwise. */
function roomsOf(actor: RunningActor, alterations: readonly Alteration[]): Pick<RunningActor, "rooms"> {
  const changes = alterations.flatMap(({ timeline }) => timeline ?? []);
  const { rooms } = actor;
  if (changes.length === 0 || rooms === undefined) return {};
  const show = changes.reduce((before, change) => change(before), timelineOf);
  return {
    rooms: () =>
      rooms().map((view) => {
        const room = (actor.state() as ClientState).rooms[view.room];
        return room === undefined ? view : { ...view, entries: timelineIn(room, 0, show) };
      }),
  };
}

/** Asset servers and discovery providers are no providers of the model, and have other states. */
function isOfModel(actor: RunningActor): boolean {
  const state = actor.state() as Readonly<Record<string, unknown>>;
  return "hosted" in state || "rooms" in state;
}

/** What the actor's steps are told; machines are altered once and kept. */
export function deviationOf(
  alterations: readonly Alteration[],
  habits: readonly Habit[] = [],
): NonNullable<Moment["deviation"]> {
  const changes = alterations.flatMap(({ machines = [] }) => machines);
  const rules = alterations.flatMap(({ lacksRule }) => lacksRule ?? []);
  const policy = Object.assign({}, ...alterations.map((each) => each.policy ?? {}));
  const known = new Map<AnyStateMachine, AnyStateMachine>();
  const machine = (original: AnyStateMachine) => {
    const before = known.get(original);
    if (before !== undefined) return before;
    const after = withoutRules(alteredMachine(original, changes), rules);
    known.set(original, after);
    return after;
  };
  const delivery = Object.assign({}, ...alterations.map((each) => each.delivery ?? {}));
  const lacks = (rule: string) => rules.includes(rule);
  const deviation: Deviation = { machine, delivery, lacks, ...mlsOf(alterations, habits) };
  return Object.keys(policy).length === 0
    ? deviation
    : { ...deviation, policy: { ...defaultVariants, ...policy } };
}

/** An MLS layer whose application decides otherwise, and that is used otherwise; made once for each layer. */
function mlsOf(
  alterations: readonly Alteration[],
  habits: readonly Habit[],
): { readonly mls?: NonNullable<Deviation["mls"]> } {
  const applications = alterations.flatMap(({ application }) => application ?? []);
  const uses = habits.flatMap(({ mls }) => mls ?? []);
  if (applications.length === 0 && uses.length === 0) return {};
  const known = new Map<MlsLayer, MlsLayer>();
  const change = (app: MlsApplication) => applications.reduce((before, each) => each(before), app);
  return {
    mls: (layer) => {
      const before = known.get(layer);
      if (before !== undefined) return before;
      const asking = applications.length === 0 ? layer : askingOtherwise(layer, change);
      const after = uses.reduce((inner, use) => use(inner), asking);
      known.set(layer, after);
      return after;
    },
  };
}

const alone: Company = { told: new Map(), stateOf: () => undefined, actors: [] };

/** A hub's machine that lets pass what some rules refuse. */
function withoutRules(machine: AnyStateMachine, rules: readonly string[]): AnyStateMachine {
  if (rules.length === 0 || machine.id !== "hub room") return machine;
  const isUnauthorised = ({ context, event }: { context: HubRoomContext; event: HubRoomEvent }) => {
    const decision = hubDecision(context, event);
    return !decision.allowed && !rules.includes(decision.rule);
  };
  return machine.provide({ guards: { isUnauthorised } as never });
}
