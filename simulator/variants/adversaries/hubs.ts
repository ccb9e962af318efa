/** Dishonest hubs: they order, time and hand out what they like, and have no key of any group. protocol-06 §5.5, §9 */
import type { Output } from "../../../spec-model/actor.ts";
import { concat } from "../../../spec-model/bytes.ts";
import { type FanoutMessage, NotifyBody } from "../../../spec-model/fan-out/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import type { RunningActor } from "../../running-actor.ts";
import type { AnyInput, Habit } from "../alteration.ts";
import { fannedOut } from "../defects/carriers.ts";
import { adversariesOf, adversary, type Row } from "./adversary.ts";
import { forking } from "./forking-hub.ts";

const rows: readonly Row[] = [
  [
    "hub-equivocates",
    "tells each provider another accepted time of a message (SEMANTICS S50)",
    "where messages are franked, clients refuse what does not fit the frank; elsewhere nobody notices",
    ["oneTime"],
    () => ({ gives: (outputs) => outputs.map((output, i) => fannedOut(output, (m) => later(m, 1 + i))) }),
  ],
  [
    "hub-withholds-from-one",
    "answers everybody and tells one provider nothing (SEMANTICS S50)",
    "that provider's clients stay in an epoch of the past, and what they send is refused: they cannot prove why",
    ["fansOut"],
    withholds,
  ],
  [
    "hub-reorders",
    "sends every other message to a follower only after the next one (SEMANTICS S50)",
    "clients order by the accepted time, which is in the frank; a message that comes too late cannot be read any more, and the last one held back is withheld",
    ["inOrder"],
    reorders,
  ],
];

export const hubs = [
  ...adversariesOf("hub", rows),
  adversary(
    "hub",
    "hub-forks",
    "accepts two commits for one epoch, and tells one follower of the one and everybody else of the other (SEMANTICS S49)",
    "each side is sound by itself and cannot read the other; nothing that is sent reveals it, and the hub has to keep both sides up for ever",
    ["oneSuccessor"],
    { inPlace: forking },
  ),
  adversary(
    "hub",
    "hub-forges-times",
    "franks some messages as if they had come an hour earlier (SEMANTICS S50)",
    "the frank is good, and everybody shows the message too early; the sender gets the same time in its answer and could tell",
    ["clock"],
    { inPlace: forgingTimes, provider: (state) => ({ ...state, followsClock: true }) },
  ),
  adversary(
    "hub",
    "hub-accepts-what-policy-forbids",
    "asks no policy: whoever wants something gets it accepted (SEMANTICS I12)",
    "members judge for themselves: they refuse a commit that their policy does not allow, and are left in the epoch before; messages of those who may not write they cannot tell from others",
    ["enforces"],
    { machines: [{ machine: "hub room", without: "isUnauthorised" }] },
  ),
];

/** From the first provider that it would have notified. */
function withholds(): Habit {
  let left: string | undefined;
  return {
    gives: (outputs) =>
      outputs.filter((output) => {
        if (output.type !== "request" || output.operation !== "notify") return true;
        left ??= output.to;
        return output.to !== left;
      }),
  };
}

function later(message: FanoutMessage, ms: number): FanoutMessage {
  return { ...message, timestamp: message.timestamp + BigInt(ms) };
}

/** A notify has to go out where one is awaited: in the place of what is held back goes what has gone before. */
function reorders(): Habit {
  const held = new Map<string, Uint8Array>();
  const sent = new Map<string, Uint8Array>();
  const reordered = (output: Output): Output => {
    if (output.type !== "request" || output.operation !== "notify") return output;
    const { to, request } = output;
    const [waiting, before] = [held.get(to), sent.get(to)];
    sent.set(to, request.body);
    if (!isMessage(request.body)) return output;
    if (waiting !== undefined) {
      held.delete(to);
      return { ...output, request: { ...request, body: concat(request.body, waiting) } };
    }
    if (before === undefined) return output;
    held.set(to, request.body);
    return { ...output, request: { ...request, body: before } };
  };
  return { gives: (outputs) => outputs.map(reordered) };
}

function isMessage(body: Uint8Array): boolean {
  const messages = attempt(() => NotifyBody.decode(body));
  return (
    !isRefused(messages) && messages.every(({ message }) => message.wireFormat === "mls_private_message")
  );
}

const hourMs = 3_600_000;

/** Every other message, as chance has it. */
function forgingTimes(actor: RunningActor): RunningActor {
  return {
    ...actor,
    take(input, moment) {
      const drawn = isSubmission(input)
        ? expandEntropy(moment.entropy, "forged time").bytes(1)[0]
        : undefined;
      const isForged = drawn !== undefined && drawn % 2 === 1;
      return actor.take(input, isForged ? { ...moment, now: moment.now - hourMs } : moment);
    },
  };
}

function isSubmission(input: AnyInput): boolean {
  if (input.type === "request") return input.request.path.includes("submitMessage");
  return (
    input.type === "local" && input.message.type === "ask" && input.message.operation === "submitMessage"
  );
}
