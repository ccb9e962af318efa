/** Clients that get wrong what their messages refer to, where others' come from, or what they let others see. content-09 §4, user-discovery R6 */
import type { LocalMessage, Output } from "../../../spec-model/actor.ts";
import { concat, hex, utf8 } from "../../../spec-model/bytes.ts";
import type { ClientIntention, ClientState } from "../../../spec-model/participant/index.ts";
import type { RunningActor } from "../../running-actor.ts";
import type { Alteration, AnyInput } from "../alteration.ts";
import type { Defect } from "../variant.ts";

type Row = readonly [id: string, says: string, breaks: readonly string[], alteration: Alteration];

const rows: readonly Row[] = [
  [
    "client-answers-first-version",
    "has replies name the first version of what they answer, whatever has been edited since",
    ["content-4.1-reply-to-newest"],
    { habit: () => ({ takes: (input, { state }) => [answeringFirst(input, state as ClientState)] }) },
  ],
  [
    "client-derives-next-leaf",
    "counts leaves from one where it derives whose message it is",
    ["content-4.6-derived"],
    { inPlace: derivingNextLeaf },
  ],
  [
    "client-names-what-it-looks-up",
    "puts the identifier in clear behind the sealed lookup",
    ["discovery-12-encrypted-in-transit"],
    {
      habit: () => ({
        gives: (outputs, { state }) => outputs.map((output) => naming(output, state as ClientState)),
      }),
    },
  ],
];

export const sayingDefects: readonly Defect[] = rows.map(([id, says, breaks, alteration]) => ({
  kind: "defect",
  id,
  says,
  party: "client",
  breaks,
  alteration,
}));

function answeringFirst(input: AnyInput, { rooms }: ClientState): AnyInput {
  if (input.type !== "intention") return input;
  const intention = input.intention as ClientIntention;
  if (intention.type !== "say" || intention.said.kind !== "reply") return input;
  const { said } = intention;
  const { to } = said;
  if (!("latestOf" in to)) return input;
  const target = rooms[intention.room]?.messages.findLast(({ sender }) => sender === to.latestOf);
  const first = target?.content.replaces;
  if (first === undefined) return input;
  return { ...input, intention: { ...intention, said: { ...said, to: { version: hex(first) } } } };
}

/** Its state is as the model's, but for one number of each message. */
function derivingNextLeaf(actor: RunningActor): RunningActor {
  return {
    ...actor,
    take(input, moment) {
      const { rooms: before } = actor.state() as ClientState;
      const outputs = actor.take(input, moment);
      actor.adapt?.((state: ClientState) => ({ ...state, rooms: withNextLeaves(before, state.rooms) }));
      return outputs;
    },
  };
}

function withNextLeaves(before: ClientState["rooms"], after: ClientState["rooms"]): ClientState["rooms"] {
  return Object.fromEntries(
    Object.entries(after).map(([name, room]) => {
      const known = before[name]?.derived ?? {};
      if (room.derived === known) return [name, room];
      const derived = Object.entries(room.derived).map(([id, values]) => [
        id,
        id in known ? values : { ...values, senderLeafIndex: values.senderLeafIndex + 1 },
      ]);
      return [name, { ...room, derived: Object.fromEntries(derived) as typeof room.derived }];
    }),
  );
}

function naming(output: Output, { asks }: ClientState): Output {
  if (output.type !== "local" || output.message.type !== "askServer") return output;
  const { message } = output;
  const ask = asks[message.id];
  if (message.operation !== "discoveryLookup" || ask?.kind !== "lookup") return output;
  const body = concat(message.body, utf8(ask.identifier));
  return { ...output, message: { ...message, body } satisfies LocalMessage };
}
