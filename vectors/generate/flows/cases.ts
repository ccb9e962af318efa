/** One seat of one run as a group of cases: the whole flow, and the flow with one fault at a time. */
import { clientPlayer, providerPlayer } from "../../adapters/typescript/flows/play.ts";
import type { Json, JsonObject, Level, VectorCase, VectorGroup } from "../../format/case.ts";
import { isDelivery, type ProviderFlowStep, stepsToPlay } from "../../format/flow-steps.ts";
import { comparable } from "../../verify/free-members.ts";
import { asExpectedRefusals } from "../../verify/refusals.ts";
import { clientFaults } from "./client-faults.ts";
import type { ClientFlow } from "./client-flow.ts";
import { describeClientFlow, describeProviderFlow } from "./describe.ts";
import { kindOf } from "./event-kind.ts";
import { type FlowFault, providerFaults } from "./provider-faults.ts";
import type { ProviderFlow } from "./provider-flow.ts";

export interface Seat {
  /** Of the cases: `flow-clubhouse-a-example`. */
  readonly id: string;
  readonly operation: string;
  readonly comment: string;
  /** Flags of the flow itself. */
  readonly flags: readonly string[];
  /** Whether there are negatives: bad links show the same ones again. */
  readonly hasFaults: boolean;
}

export function providerGroup(seat: Seat, flow: ProviderFlow): VectorGroup {
  const input = json<JsonObject>({ setup: flow.setup, steps: flow.steps });
  const lastOf = (change: JsonObject): Json => {
    const changed = { ...input, ...change };
    const outputs = providerPlayer.outputsOf(changed);
    const step = stepsToPlay<ProviderFlowStep>(changed).at(-1);
    return comparable(json(outputs.at(-1) ?? []), step?.free ?? []);
  };
  return group(
    seat,
    // What the drafts leave to a provider, e.g. when it tries again, is fixed by the transcript.
    "SHOULD",
    input,
    json(flow.outputs),
    describeProviderFlow(flow),
    seat.hasFaults ? providerFaults(flow) : [],
    lastOf,
    (fault, last) => mustBeRefused(seat, fault, (last as readonly JsonObject[]).every(isNoMoreThanAnswer)),
  );
}

/** `further` are faults that only who knows the whole run can make. */
export function clientGroup(seat: Seat, flow: ClientFlow, further: readonly FlowFault[]): VectorGroup {
  const input = json<JsonObject>({ setup: flow.setup, steps: flow.steps });
  const lastOf = (change: JsonObject): Json =>
    json(clientPlayer.outputsOf({ ...input, ...change }).at(-1) ?? null);
  return group(
    seat,
    levelOf(flow),
    input,
    json(flow.outputs),
    describeClientFlow(flow),
    seat.hasFaults ? [...clientFaults(flow), ...further] : [],
    lastOf,
    (fault, last) =>
      mustBeRefused(seat, fault, (last as { readonly shown: readonly Json[] }).shown.length === 0),
  );
}

/**
 * What becomes of a group that the provider does not take, or that nobody is left to commit in, no draft says; nor how
 * pseudonyms' credentials stand in a leaf.
 */
function levelOf({ steps, outputs }: ClientFlow): Level {
  const isRefused = steps.some((step) => "status" in step && step.status !== 200);
  const isDeserted = steps.some(
    (step, i) => isDelivery(step) && kindOf(step) === "proposal" && outputs[i]?.epoch === null,
  );
  const hasPseudonyms = outputs.some(({ participants }) =>
    participants.some(({ user }) => user.includes("/p/")),
  );
  return isRefused || isDeserted || hasPseudonyms ? "SHOULD" : "MUST";
}

function group(
  seat: Seat,
  level: Level,
  input: JsonObject,
  outputs: Json,
  view: readonly string[],
  faults: readonly FlowFault[],
  lastOf: (change: JsonObject) => Json,
  check: (fault: FlowFault, last: Json) => void,
): VectorGroup {
  const whole: VectorCase = {
    id: seat.id,
    comment: seat.comment,
    flags: seat.flags,
    requirements: [],
    expect: { level, allow: ["played"] },
    input: {},
    output: { steps: outputs },
    view: [...view],
  };
  const negatives = faults.flatMap((fault): VectorCase[] => {
    const { at, insert } = fault.change;
    const change = { change: fault.change as unknown as Json, play: at + Math.max(insert.length, 1) };
    const last = lastOf(change);
    // The same as without the fault: then nothing shows whether it was noticed.
    const right = (outputs as readonly Json[])[unfaulted(fault)];
    if (same(asExpectedRefusals(right, last), right)) return [];
    // A room that is gone by then refuses everything.
    if (fault.flag === "Stale" && isGone(last)) return [];
    check(fault, last);
    return [
      {
        id: `${seat.id}-${kebab(fault.slug)}`,
        comment: fault.op,
        flags: [fault.flag],
        requirements: [],
        expect: { level: fault.level ?? (fault.isRefused ? "MUST" : "SHOULD"), allow: ["played"] },
        parent: seat.id,
        fault: { path: fault.path, op: fault.op },
        input: change,
        output: { last },
      },
    ];
  });
  return { operation: seat.operation, comment: seat.comment, input, tests: [whole, ...negatives] };
}

/** The step of the unchanged flow in which an implementation that does not see the fault does the same. */
export function unfaulted({ change: { at, remove, insert } }: Pick<FlowFault, "change">): number {
  if (remove === 0) return at - 1;
  return insert.length === 0 ? at + remove : at;
}

function mustBeRefused({ id }: Seat, { slug, isRefused }: FlowFault, wasRefused: boolean): void {
  if (isRefused && !wasRefused) throw new Error(`${id}: the model takes ${slug}`);
}

/** Nothing is asked of others, and nothing but an answer reaches a client. */
function isNoMoreThanAnswer({ kind, message }: JsonObject): boolean {
  return kind === "answer" || (kind === "client" && (message as JsonObject)["type"] === "answer");
}

function isGone(last: Json): boolean {
  return (last as readonly JsonObject[]).some(({ status }) => status === 404);
}

function same(a: Json, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function kebab(slug: string): string {
  return slug.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function json<T extends Json>(value: unknown): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
