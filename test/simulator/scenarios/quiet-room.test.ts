/** What clients see to, where a hub cannot read: by one run of the quiet room, and with a client that does not care. */
import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import { parseChoice } from "../../../simulator/variants/index.ts";
import { hex } from "../../../spec-model/bytes.ts";
import { members } from "../../../spec-model/mls/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import { holderOf } from "../../../spec-model/room/index.ts";

const told = scenarios.get("quiet-room");
if (told === undefined) throw new Error("quiet-room is not among the scenarios");
const quiet = told;
const room = "mimi://a.example/r/quiet";
const [a1, b1] = ["mimi://a.example/d/alice/ClientA1", "mimi://b.example/d/bob/ClientB1"];

function played(...variants: readonly string[]) {
  const last = new Map<string, ClientState>();
  const { trace } = run(quiet, {
    seed: 1,
    mls: "symbolic",
    variants: variants.map(parseChoice),
    atRest: (actors) => {
      for (const actor of actors) {
        const state = actor.state() as Partial<ClientState>;
        if (state.rooms !== undefined) last.set(actor.id, state as ClientState);
      }
    },
  });
  const inRoom = (client: string) => {
    const found = last.get(client)?.rooms[room];
    if (found === undefined) throw new Error(`${client} knows no such room`);
    return found;
  };
  const noticed = trace.events.flatMap((event) =>
    event.type === "noticed" ? [`${event.actor} ${event.error.code}`] : [],
  );
  return { noticed, inRoom };
}

describe("a client that sees a message", () => {
  const { inRoom } = played();
  const { messages, derived, member } = inRoom(b1);
  const saying = (text: string) => {
    const found = messages.find(({ content: { nestedPart } }) => {
      return nestedPart.cardinality === "single" && new TextDecoder().decode(nestedPart.content) === text;
    });
    if (found === undefined) throw new Error(`nobody says ${text}`);
    return found;
  };

  it("has replies name the newest version of what they answer, and edits the first", () => {
    const [first, edited, reply] = ["Thank you.", "Thanks.", "Really."].map(saying);
    expect(hex(reply?.content.inReplyTo ?? new Uint8Array())).toBe(edited?.messageId);
    expect(hex(edited?.content.replaces ?? new Uint8Array())).toBe(first?.messageId);
  });

  it("derives its group, its sender's leaf and the URIs that the leaf proves", () => {
    if (member === undefined) throw new Error("Bob is in the room");
    const { messageId, acceptedTimestamp } = saying("Thank you.");
    const alices = members(member.tree).find(({ leafNode }) => holderOf(leafNode.credential)?.client === a1);
    expect(derived[messageId]).toMatchObject({
      hubAcceptedTimestamp: BigInt(acceptedTimestamp),
      mlsGroupId: member.groupContext.groupId,
      senderLeafIndex: alices?.leafIndex,
      senderClientUrl: a1,
      senderUserUrl: "mimi://a.example/u/alice",
      roomUrl: room,
    });
  });
});

describe("a message that takes a capability", () => {
  it("is not sent by a client whose user has not got it", () => {
    expect(played().noticed).toContain(`${b1} canReactToMessage`);
  });

  it("is dropped by whoever gets it where the sender's client does not care; the hub cannot read it", () => {
    const careless = played(`client-without-canReactToMessage@${b1}`);
    expect(careless.noticed).toContain(`${a1} canReactToMessage`);
    const reactions = ({ messages }: ReturnType<typeof careless.inRoom>) =>
      messages.filter(({ content }) => content.nestedPart.disposition === "reaction").length;
    expect([reactions(careless.inRoom(a1)), reactions(careless.inRoom(b1))]).toEqual([0, 1]);
  });
});
