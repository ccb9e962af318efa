/** A hub with two minds: from a commit on one follower hears of another room than everybody else does. protocol-06 §5.3, §5.5 */
import type { Moment, Output } from "../../../spec-model/actor.ts";
import { noBytes } from "../../../spec-model/bytes.ts";
import { NotifyBody } from "../../../spec-model/fan-out/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import { contentTypeOf } from "../../../spec-model/update/index.ts";
import type { RunningActor } from "../../running-actor.ts";
import type { AnyInput } from "../alteration.ts";

/**
 * The actor with its fork. The first commit that adds nobody and goes to a follower is not told to the last one that it
 * goes to: for that one the hub goes on from before the commit. Each branch believes that all its events arrive.
 */
export function forking(actor: RunningActor): RunningActor {
  let branch: Branch | undefined;
  /** What has been asked and set before the fork is awaited on both branches. */
  const open = new Set<string>();
  return {
    ...actor,
    take(input, moment) {
      if (branch === undefined) {
        const before = actor.state();
        const outputs = stepOf(actor, input, moment);
        note(open, input, outputs);
        const follower = lastToHear(input, outputs);
        if (follower === undefined) return outputs;
        branch = { follower, state: before };
        return onMain(actor, branch, outputs, moment);
      }
      const name = "id" in input ? input.id : "";
      if (name.startsWith(prefix) || isFrom(branch.follower, input)) {
        return onBranch(actor, branch, { ...input, ...unprefixed(input) } as AnyInput, moment);
      }
      const outputs = onMain(actor, branch, stepOf(actor, input, moment), moment);
      if (!open.delete(name)) return outputs;
      return [...outputs, ...onBranch(actor, branch, input, moment)];
    },
  };
}

interface Branch {
  /** The provider that lives on it. */
  readonly follower: string;
  state: unknown;
}

const prefix = "fork ";

/** A provider of the model gives no promises. */
function stepOf(actor: RunningActor, input: AnyInput, moment: Moment): readonly Output[] {
  const outputs = actor.take(input as never, moment);
  return outputs instanceof Promise ? [] : outputs;
}

function note(open: Set<string>, input: AnyInput, outputs: readonly Output[]): void {
  if ("id" in input) open.delete(input.id);
  for (const output of outputs) {
    if (output.type === "request" || output.type === "wake") open.add(output.id);
    if (output.type === "cancelWake") open.delete(output.id);
  }
}

/** The last follower that a commit goes to which adds nobody; not the one that it comes from. */
function lastToHear(input: AnyInput, outputs: readonly Output[]): string | undefined {
  const told = outputs.flatMap((output) =>
    isNotify(output) ? [{ to: output.to, kinds: kindsIn(output.request.body) }] : [],
  );
  if (told.some(({ kinds }) => kinds.includes("mls_welcome"))) return undefined;
  return told.findLast(({ to, kinds }) => !isFrom(to, input) && kinds.includes("commit"))?.to;
}

function kindsIn(body: Uint8Array): (string | undefined)[] {
  const messages = attempt(() => NotifyBody.decode(body));
  if (isRefused(messages)) return [];
  return messages.map(({ message }) =>
    message.wireFormat === "mls_welcome" ? message.wireFormat : contentTypeOf(message),
  );
}

function isFrom(domain: string, input: AnyInput): boolean {
  return input.type === "request" && input.from === domain;
}

function unprefixed(input: AnyInput): { readonly id?: string } {
  return "id" in input && input.id.startsWith(prefix) ? { id: input.id.slice(prefix.length) } : {};
}

/** What everybody but the follower on the branch gets. */
function onMain(
  actor: RunningActor,
  { follower }: Branch,
  outputs: readonly Output[],
  moment: Moment,
): readonly Output[] {
  return outputs.flatMap((output) =>
    isNotify(output) && output.to === follower
      ? onMain(actor, { follower, state: undefined }, stepOf(actor, taken(output), moment), moment)
      : [output],
  );
}

/** A step on the branch: only its follower gets anything, under names of their own. */
function onBranch(actor: RunningActor, branch: Branch, input: AnyInput, moment: Moment): readonly Output[] {
  const main = actor.state();
  actor.adapt?.(() => branch.state);
  const outputs = forBranch(actor, branch, stepOf(actor, input, moment), moment);
  branch.state = actor.state();
  actor.adapt?.(() => main);
  return outputs;
}

function forBranch(
  actor: RunningActor,
  branch: Branch,
  outputs: readonly Output[],
  moment: Moment,
): readonly Output[] {
  return outputs.flatMap((output) => {
    if (isNotify(output) && output.to !== branch.follower) {
      return forBranch(actor, branch, stepOf(actor, taken(output), moment), moment);
    }
    if (output.type === "local" || output.type === "entered") return [];
    if (output.type === "request" || output.type === "wake" || output.type === "cancelWake") {
      return [{ ...output, id: `${prefix}${output.id}` }];
    }
    return [output];
  });
}

type Notify = Extract<Output, { type: "request" }>;

function isNotify(output: Output): output is Notify {
  return output.type === "request" && output.operation === "notify";
}

function taken({ id, to }: Notify): AnyInput {
  return { type: "response", id, certificate: [to], response: { status: 201, body: noBytes } };
}
