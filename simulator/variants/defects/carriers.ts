/** Mistakes in what servers send and hand on: times, franks, order, addresses. protocol-06 §5.4 and §5.5 */
import type { Output } from "../../../spec-model/actor.ts";
import { concat } from "../../../spec-model/bytes.ts";
import { FanoutMessage, NotifyBody } from "../../../spec-model/fan-out/index.ts";
import type { Frank } from "../../../spec-model/franking/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import type { Habit } from "../alteration.ts";
import type { Defect, Party } from "../variant.ts";

type Row = readonly [id: string, says: string, party: Party, breaks: readonly string[], habit: () => Habit];

const rows: readonly Row[] = [
  [
    "hub-stamps-each-copy",
    "gives a message another accepted time for each provider that it goes to",
    "hub",
    ["content-3.4-hub-records-time", "content-3.4-time-reaches-clients"],
    () => ({ gives: (outputs) => outputs.map((output, i) => fannedOut(output, (m) => later(m, i + 1))) }),
  ],
  [
    "hub-stamps-seconds",
    "gives accepted times in seconds",
    "hub",
    ["content-3.4-hub-records-time"],
    () => ({
      gives: (outputs) =>
        outputs.map((output) => fannedOut(output, (m) => ({ ...m, timestamp: m.timestamp / 1000n }))),
    }),
  ],
  [
    "hub-leaves-frank-out",
    "fans messages out without their franks",
    "hub",
    ["protocol-5.4.1.2-fan-out-of-frank", "protocol-5.4.1.2-franks-when-agent"],
    () => ({ gives: (outputs) => outputs.map((output) => fannedOut(output, unfranked)) }),
  ],
  [
    "hub-mixes-franks-up",
    "fans a message out with the frank of the one before",
    "hub",
    ["protocol-5.4.1.2-fan-out-of-frank"],
    mixesFranksUp,
  ],
  [
    "hub-leaves-more-proposals-out",
    "fans out only the first of several proposals",
    "hub",
    ["protocol-5.5-more-proposals-unchanged"],
    () => ({ gives: (outputs) => outputs.map((output) => fannedOut(output, onlyFirst)) }),
  ],
  [
    "hub-leaves-stapled-out",
    "sends an external commit without the proposals that it has made again",
    "hub",
    ["protocol-5.5-stapled-proposals", "protocol-5.5-own-messages-too"],
    () => ({ gives: (outputs) => outputs.map((output) => fannedOut(output, unstapled)) }),
  ],
  [
    "hub-forgets-one-follower",
    "never notifies the last of its followers",
    "hub",
    ["protocol-5.5-to-all-with-participants", "arch-5.4-distributed"],
    () => ({ gives: (outputs) => outputs.filter((output) => !isNotifyTo(output, "c.example")) }),
  ],
  [
    "hub-sends-twice",
    "hands every event to its own clients twice",
    "hub",
    ["protocol-5.5-ordered"],
    () => ({
      gives: (outputs) => outputs.flatMap((output) => (isDelivery(output) ? [output, output] : [output])),
    }),
  ],
  [
    "hub-keeps-commit-from-removed",
    "does not send a commit to the clients that it removes",
    "hub",
    ["protocol-5.5-removed-gets-commit", "mls-extensions-6.3.1-removed-informed"],
    keepsCommitsFromRemoved,
  ],
  [
    "follower-delivers-out-of-order",
    "hands over the events of a notify, and those of the next, last first",
    "follower",
    ["protocol-5.5-ordered", "room-policy-7-order-of-handshakes"],
    deliversOutOfOrder,
  ],
  [
    "follower-loses-every-third",
    "answers 201 and loses every third event for its clients",
    "follower",
    ["arch-5.4-delivered"],
    losesEveryThird,
  ],
  [
    "follower-answers-200",
    "answers 200 to a notify that it takes",
    "follower",
    ["protocol-5.5-repeated-notify-accepted"],
    () => ({ gives: (outputs) => outputs.map(createdAsOk) }),
  ],
  [
    "provider-names-another-host",
    "does not say in a request which provider it is for",
    "provider",
    ["protocol-4.1-host-names-target", "protocol-4.1-providers-named"],
    () => ({
      gives: (outputs) =>
        outputs.map((output) =>
          output.type === "request" ? { ...output, request: { ...output.request, host: "" } } : output,
        ),
    }),
  ],
  [
    "provider-names-a-user",
    "has a user's name in the From of a request",
    "provider",
    ["protocol-4.1-from-mimi"],
    () => ({
      gives: (outputs) =>
        outputs.map((output) =>
          output.type === "request"
            ? {
                ...output,
                request: { ...output.request, from: output.request.from.replace("mimi@", "alice@") },
              }
            : output,
        ),
    }),
  ],
];

export const carrierDefects: readonly Defect[] = rows.map(([id, says, party, breaks, habit]) => ({
  kind: "defect",
  id,
  says,
  party,
  breaks,
  alteration: { habit },
}));

/** What goes out to followers, or to own clients, with each FanoutMessage changed. */
export function fannedOut(output: Output, change: (message: FanoutMessage) => FanoutMessage): Output {
  if (output.type === "request" && output.operation === "notify") {
    const messages = attempt(() => NotifyBody.decode(output.request.body));
    if (isRefused(messages)) return output;
    const body = concat(...messages.map((message) => FanoutMessage.encode(change(message))));
    return { ...output, request: { ...output.request, body } };
  }
  if (!isDelivery(output)) return output;
  const { message } = output;
  const decoded = attempt(() => FanoutMessage.decode(message.message));
  if (isRefused(decoded)) return output;
  return { ...output, message: { ...message, message: FanoutMessage.encode(change(decoded)) } };
}

type Delivery = Extract<Output, { type: "local" }> & {
  readonly message: { readonly type: "deliver"; readonly room: string; readonly message: Uint8Array };
};

export function isDelivery(output: Output): output is Delivery {
  return output.type === "local" && output.message.type === "deliver";
}

function isNotifyTo(output: Output, domain: string): boolean {
  return output.type === "request" && output.operation === "notify" && output.to === domain;
}

function later(message: FanoutMessage, ms: number): FanoutMessage {
  return { ...message, timestamp: message.timestamp + BigInt(ms) };
}

function unfranked(message: FanoutMessage): FanoutMessage {
  return "frank" in message ? { ...message, frank: undefined } : message;
}

function onlyFirst(message: FanoutMessage): FanoutMessage {
  return "moreProposals" in message ? { ...message, moreProposals: [] } : message;
}

function unstapled(message: FanoutMessage): FanoutMessage {
  return "externalProposals" in message ? { ...message, externalProposals: [] } : message;
}

function mixesFranksUp(): Habit {
  // The frank of the message before the present one, and the present one with its own: copies of one message are equal.
  let earlier: Franked | undefined;
  let present: Franked | undefined;
  const swapped = (message: FanoutMessage): FanoutMessage => {
    if (!("frank" in message) || message.frank === undefined) return message;
    const { timestamp, frank } = message;
    if (present?.timestamp !== timestamp) {
      earlier = present;
      present = { timestamp, frank };
    }
    return earlier === undefined ? message : { ...message, ...earlier };
  };
  return { gives: (outputs) => outputs.map((output) => fannedOut(output, swapped)) };
}

interface Franked {
  readonly timestamp: bigint;
  readonly frank: Frank;
}

/** The hub's own clients that are gone after a commit: here whoever gets the next one no more had it coming. */
function keepsCommitsFromRemoved(): Habit {
  const held = new Map<string, Output>();
  return {
    gives(outputs) {
      const going: Output[] = [];
      for (const output of outputs) {
        if (!isDelivery(output) || output.label !== "Commit") {
          going.push(output);
          continue;
        }
        // Each commit waits for the next: the last one that a removed client should get never goes.
        const name = `${output.to} ${output.message.room}`;
        const before = held.get(name);
        held.set(name, output);
        if (before !== undefined) going.push(before);
      }
      return going;
    },
  };
}

function deliversOutOfOrder(): Habit {
  const waiting = new Map<string, Output>();
  return {
    gives(outputs) {
      const [deliveries, others] = [outputs.filter(isDelivery), outputs.filter((each) => !isDelivery(each))];
      const turned = deliveries.flatMap((output) => {
        const name = `${output.to} ${output.message.room}`;
        const before = waiting.get(name);
        if (before === undefined) {
          waiting.set(name, output);
          return [];
        }
        waiting.delete(name);
        return [output, before];
      });
      return [...others, ...turned];
    },
  };
}

function losesEveryThird(): Habit {
  let count = 0;
  return { gives: (outputs) => outputs.filter((output) => !isDelivery(output) || ++count % 3 !== 0) };
}

function createdAsOk(output: Output): Output {
  return output.type === "response" && output.response.status === 201
    ? { ...output, response: { ...output.response, status: 200 } }
    : output;
}
