/** Dishonest hubs: they order, time and hand out what they like, and have no key of any group. protocol-06 §5.5, §9 */
import type { Output } from "../../../spec-model/actor.ts";
import type { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { fannedOut } from "../defects/carriers.ts";
import { adversariesOf, type Row } from "./adversary.ts";

const rows: readonly Row[] = [
  [
    "hub-equivocates",
    "tells each provider another accepted time of a message (SEMANTICS S50)",
    "where messages are franked, clients refuse what does not fit the frank; elsewhere nobody notices",
    ["I34", "I35", "L01"],
    () => ({ gives: (outputs) => outputs.map((output, i) => fannedOut(output, (m) => later(m, 1 + i))) }),
  ],
  [
    "hub-withholds-from-one",
    "answers everybody and tells one provider nothing (SEMANTICS S50)",
    "that provider's clients stay in an epoch of the past, and what they send is refused: they cannot prove why",
    ["L01", "L05", "L07", "L08"],
    () => ({ gives: (outputs) => outputs.filter((output) => !isNotifyTo(output, "b.example")) }),
  ],
];

export const hubs = adversariesOf("hub", rows);

function isNotifyTo(output: Output, domain: string): boolean {
  return output.type === "request" && output.operation === "notify" && output.to === domain;
}

function later(message: FanoutMessage, ms: number): FanoutMessage {
  return { ...message, timestamp: message.timestamp + BigInt(ms) };
}
