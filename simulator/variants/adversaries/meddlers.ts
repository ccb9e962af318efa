/** Followers that meddle with whatever goes through them, not knowing what it is. protocol-06 §5.3 to §5.5 */
import type { Output } from "../../../spec-model/actor.ts";
import { domainOfUri } from "../../../spec-model/identifiers/index.ts";
import type { Habit, HabitMoment } from "../alteration.ts";
import { isDelivery } from "../defects/carriers.ts";
import { adversariesOf, type Row } from "./adversary.ts";

const rows: readonly Row[] = [
  [
    "follower-tampers",
    "changes an octet, anywhere, of every fourth thing that it passes on, up or down",
    "what it changes on the way up is refused, by the hub or by the members; what it changes on the way down its own clients refuse, and are left behind; nobody is shown what was not written",
    ["handsEventsOn", "processable"],
    tampers,
  ],
  [
    "follower-holds-back",
    "hands each event to a client only when the next one has come",
    "its clients are one event behind, refuse nothing and send for an epoch that is over; the last event never comes",
    ["handsEventsOn"],
    holdsBack,
  ],
  [
    "follower-replays-requests",
    "sends each update and message of its clients to the hub once more, with the next one",
    "the hub answers as it did the first time, or the epoch is over: nothing happens twice",
    [],
    replaysRequests,
  ],
];

export const meddlers = adversariesOf("follower", rows);

const ownWork = new Set(["update", "submitMessage"]);

/** Rooms that it is the hub of itself it leaves alone. */
function isForOwnClient(output: Output): output is Extract<Output, { type: "local" }> {
  return isDelivery(output) && domainOfUri(output.message.room) !== domainOfUri(output.to);
}

function tampers(): Habit {
  return { gives: (outputs, { random }) => outputs.map((output) => tampered(output, random)) };
}

function tampered(output: Output, random: HabitMoment["random"]): Output {
  if (isForOwnClient(output) && isDelivery(output)) {
    const { message } = output;
    return { ...output, message: { ...message, message: withAnOctetChanged(message.message, random) } };
  }
  if (output.type !== "request" || !ownWork.has(output.operation)) return output;
  const { request } = output;
  return { ...output, request: { ...request, body: withAnOctetChanged(request.body, random) } };
}

/** As chance has it: one in four is changed. */
function withAnOctetChanged(octets: Uint8Array, random: HabitMoment["random"]): Uint8Array {
  const [whether = 0, high = 0, low = 0, bit = 0] = random.bytes(4);
  if (whether % 4 !== 0) return octets;
  const place = (high * 256 + low) % octets.length;
  return octets.map((octet, i) => (i === place ? octet ^ (1 << (bit % 8)) : octet));
}

function holdsBack(): Habit {
  const held = new Map<string, Output>();
  return {
    gives: (outputs) =>
      outputs.flatMap((output) => {
        if (!isForOwnClient(output)) return [output];
        const before = held.get(output.to);
        held.set(output.to, output);
        return before === undefined ? [] : [before];
      }),
  };
}

function replaysRequests(): Habit {
  let last: Output | undefined;
  return {
    gives: (outputs) =>
      outputs.flatMap((output) => {
        if (output.type !== "request" || !ownWork.has(output.operation)) return [output];
        const before = last;
        last = { ...output, id: `${output.id} again` };
        return before === undefined ? [output] : [output, before];
      }),
  };
}
