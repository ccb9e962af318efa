/** What can be wrong with what reaches a client: one thing at a time, in a transcript that is right otherwise. */
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import type { Json } from "../../format/case.ts";
import {
  type ClientFlowOutput,
  type ClientFlowStep,
  type ClientSeatSetup,
  type ClientStep,
  type FlowChange,
  isDelivery,
} from "../../format/flow-steps.ts";
import type { ClientFlow } from "./client-flow.ts";
import { changed, flipped, forgedForMembers, forgedHandshakes, octetsIn } from "./damage.ts";
import { kindOf, neighbours } from "./event-kind.ts";
import { forgedWelcome } from "./forged-welcome.ts";
import { ownFaults } from "./own-faults.ts";
import type { FlowFault } from "./provider-faults.ts";

type Change = Omit<FlowFault, "change" | "isRefused"> & {
  readonly value: ClientFlowStep;
  readonly copies?: true;
};

/** Each kind of fault once for each kind of message. */
export function clientFaults({ setup, steps, outputs }: ClientFlow): FlowFault[] {
  const found = new Map<string, FlowFault>();
  steps.forEach((step, at) => {
    for (const fault of ownFaults(steps, outputs, at)) {
      if (!found.has(fault.slug)) found.set(fault.slug, fault);
    }
    if (!isDelivery(step)) return;
    const kind = kindOf(step);
    if (kind === undefined || !didSomething(outputs, at, step, steps)) return;
    for (const { value, copies, ...fault } of faultsOf(
      setup,
      step.made === undefined ? kind : `own-${kind}`,
      step,
    )) {
      if (found.has(fault.slug)) continue;
      const insert = [value as unknown as Json];
      const change: FlowChange = copies ? { at: at + 1, remove: 0, insert } : { at, remove: 1, insert };
      found.set(fault.slug, { ...fault, change, isRefused: true });
    }
    for (const fault of orderFaults(kind, steps, outputs, at)) {
      if (!found.has(fault.slug)) found.set(fault.slug, fault);
    }
  });
  return [...found.values()];
}

/** Whether the step brought a message, a proposal or another epoch: only then it makes a difference that it fails. */
function didSomething(
  outputs: readonly ClientFlowOutput[],
  at: number,
  step: ClientFlowStep,
  steps: readonly ClientStep[],
): boolean {
  const now = outputs[at];
  const before = outputs.findLast((_, i) => i < at && steps[i]?.room === step.room);
  if (now === undefined) return false;
  const isSame = now.epoch === (before?.epoch ?? null) && isEqual(now.proposals, before?.proposals ?? []);
  return now.shown.length > 0 || !isSame;
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

function faultsOf(setup: ClientSeatSetup, kind: string, step: ClientFlowStep): Change[] {
  const withMessage = (message: string | undefined): ClientFlowStep => ({ ...step, message: message ?? "" });
  const common: Change[] = [
    {
      slug: `${kind}-trailing-octet`,
      flag: "TrailingOctet",
      path: "FanoutMessage",
      op: "an octet follows the FanoutMessage",
      value: withMessage(`${step.message}00`),
    },
    // Behind a Welcome is the ratchet tree: one that has lost an octet is no tree to anybody.
    ...(kind === "welcome"
      ? []
      : [
          {
            slug: `${kind}-truncated`,
            flag: "Truncated",
            path: "FanoutMessage",
            op: "the last octet of the FanoutMessage is missing",
            value: withMessage(step.message.slice(0, -2)),
          },
        ]),
  ];
  const again: Change = {
    slug: `${kind}-again`,
    flag: "Repeated",
    path: "FanoutMessage",
    op: `the ${kind} comes a second time`,
    value: step,
    copies: true,
  };
  const repeated = kind === "message" ? [again] : [];
  return [
    ...common,
    ...repeated,
    ...forged(step),
    ...(kind === "welcome" ? welcomeFaults(setup, step) : frankFaults(step)),
  ];
}

function forged(step: ClientFlowStep): Change[] {
  const { message } = FanoutMessage.decode(octetsIn(step.message));
  return [...forgedHandshakes(message), ...forgedForMembers(message)].map(({ value, ...fault }) => {
    const body = changed(
      FanoutMessage,
      step.message,
      (fanned) => ({ ...fanned, message: value }) as FanoutMessage,
    );
    const slug = step.made === undefined ? fault.slug : `own-${fault.slug}`;
    return { ...fault, slug, value: { ...step, message: body ?? "" } };
  });
}

function welcomeFaults(setup: ClientSeatSetup, step: ClientFlowStep): Change[] {
  const forged = changed(FanoutMessage, step.message, (fanned) => {
    if (fanned.message.wireFormat !== "mls_welcome") return undefined;
    const welcome = forgedWelcome(setup, fanned.message.welcome);
    return welcome && ({ ...fanned, message: { ...fanned.message, welcome } } as FanoutMessage);
  });
  return [
    ...(forged === undefined
      ? []
      : [
          {
            slug: "welcome-forged-group-info",
            flag: "Signature",
            path: "GroupInfo.signature",
            op: "the signature of the GroupInfo in the Welcome is another",
            value: { ...step, message: forged },
          },
        ]),
    {
      slug: "welcome-to-another-room",
      flag: "Group",
      path: "notify",
      op: "the Welcome comes as an event of another room than the one that its group is of",
      value: { ...step, room: `${step.room}x` },
    },
  ];
}

function frankFaults(step: ClientFlowStep): Change[] {
  const fanned = FanoutMessage.decode(octetsIn(step.message));
  const frank = "frank" in fanned ? fanned.frank : undefined;
  if (frank === undefined) return [];
  const with_ = (change: object) =>
    changed(FanoutMessage, step.message, (value) => ({ ...value, ...change }) as FanoutMessage) ?? "";
  return [
    {
      slug: "message-other-time",
      flag: "Frank",
      path: "FanoutMessage.timestamp",
      op: "the time is not the one that the hub has franked",
      value: { ...step, message: with_({ timestamp: fanned.timestamp + 1n }) },
    },
    {
      slug: "message-forged-frank",
      flag: "Frank",
      path: "Frank.franking_integrity_signature",
      op: "the frank's signature is another",
      value: {
        ...step,
        message: with_({
          frank: { ...frank, frankingIntegritySignature: flipped(frank.frankingIntegritySignature) },
        }),
      },
    },
    {
      slug: "message-other-frank",
      flag: "Frank",
      path: "Frank.server_frank",
      op: "server_frank is not the one that was signed",
      value: { ...step, message: with_({ frank: { ...frank, serverFrank: flipped(frank.serverFrank) } }) },
    },
    {
      slug: "message-unfranked",
      flag: "Frank",
      path: "FanoutMessage.frank",
      op: "the frank is missing although the sender has attached a tag",
      value: { ...step, message: with_({ frank: undefined }) },
    },
  ];
}

/** A commit that does not come, and one that comes behind what follows it. The client says nothing in between. */
function orderFaults(
  kind: string,
  steps: readonly ClientStep[],
  outputs: readonly ClientFlowOutput[],
  at: number,
): FlowFault[] {
  const { after } = neighbours(steps, at);
  const [step, next] = [steps[at], steps[after]];
  if (kind !== "commit" || step === undefined || next?.room !== step.room) return [];
  if (!isDelivery(step) || !isDelivery(next)) return [];
  if (kindOf(next) !== "message" || outputs[after]?.shown.length === 0) return [];
  const lost: FlowFault = {
    slug: "commit-lost",
    flag: "Epoch",
    path: "FanoutMessage",
    op: "a commit does not come, and a message of the epoch that it begins does",
    change: { at, remove: after - at, insert: [] },
    isRefused: true,
  };
  return [
    // Who is in no group has no epoch to take a message for.
    ...(step.made?.joining === undefined ? [lost] : []),
    {
      slug: "commit-overtaken",
      flag: "Order",
      path: "FanoutMessage",
      op: "a message comes before the commit that begins its epoch: it is shown when the commit has come",
      change: {
        at,
        remove: after - at + 1,
        insert: [
          { ...next, at: step.at },
          { ...step, at: next.at },
        ] as unknown as Json[],
      },
      isRefused: false,
    },
  ];
}
