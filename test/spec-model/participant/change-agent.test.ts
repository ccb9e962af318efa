/** How a client changes the key that franks of its room are signed with. protocol-06 §5.4.1 */
import { describe, expect, it } from "vitest";
import { FrankingAgentData } from "../../../spec-model/franking/index.ts";
import {
  cipherSuite,
  dictionaryExtension,
  dictionaryOf,
  type Proposal,
} from "../../../spec-model/mls/index.ts";
import { type ClientState, newClient, stepClient } from "../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";

const random = expandEntropy(new Uint8Array(32), "changing the franking agent");
const suite = cipherSuite(1);
const room = "mimi://a.example/r/club";
const groupId = new Uint8Array([2]);
const [oldKey, newKey] = [random.bytes(32), random.bytes(32)];
const moment = { now: 1_767_225_600_000, entropy: random.bytes(32) };
const own = { domain: "a.example", signatureKey: random.bytes(32), frankingKey: oldKey };
const identity = { client: "mimi://a.example/d/alice/ClientA1", user: "mimi://a.example/u/alice" };
const creation = { type: "createRoom", room, name: "club", role: 3 } as const;
const created = stepClient(newClient(identity, own, suite, random), intending(creation), moment).state;
const change = { type: "changeFrankingAgent", room, groupId } as const;

function intending<T>(intention: T) {
  return { type: "intention" as const, intention };
}

/** The proposals in the commit that is under way. */
function underWay(state: ClientState): readonly Proposal[] {
  const body = state.rooms[room]?.prepared?.body;
  if (body === undefined) return [];
  const { proposalOrCommit } = UpdateRequest.decode(body).bundle;
  if (proposalOrCommit.wireFormat !== "mls_public_message") throw new Error("no PublicMessage");
  const { content } = proposalOrCommit.publicMessage;
  if (content.contentType !== "commit") throw new Error("no commit");
  return content.commit.proposals.flatMap((each) => (each.type === "proposal" ? [each.proposal] : []));
}

function withoutAgent(state: ClientState): ClientState {
  const before = state.rooms[room];
  if (before?.member === undefined) throw new Error("the room has not come about");
  const { member } = before;
  const { groupContext } = member;
  const components = new Map(dictionaryOf(groupContext.extensions));
  components.delete(componentIds.franking_signature_key);
  const extensions = groupContext.extensions.map((each) =>
    each.extensionType === "app_data_dictionary" ? dictionaryExtension(components) : each,
  );
  const changed = { ...member, groupContext: { ...groupContext, extensions } };
  return { ...state, rooms: { ...state.rooms, [room]: { ...before, member: changed } } };
}

function told(state: ClientState): ClientState {
  const news = { type: "frankingKey", key: newKey } as const;
  return stepClient(state, { type: "local", from: own.domain, message: news }, moment).state;
}

describe("a client that changes the franking agent", () => {
  it("ends the group in favour of one that names the new key, and that is otherwise the same", () => {
    const [reInit, ...others] = underWay(stepClient(told(created), intending(change), moment).state);
    if (reInit?.proposalType !== "reinit") throw new Error("no ReInit");
    expect(others).toEqual([]);
    expect(reInit.groupId).toEqual(groupId);
    const before = created.rooms[room]?.member?.groupContext.extensions ?? [];
    expect(reInit.extensions.map(({ extensionType }) => extensionType)).toEqual(
      before.map(({ extensionType }) => extensionType),
    );
    const [was, is] = [before, reInit.extensions].map((extensions) => new Map(dictionaryOf(extensions)));
    const [from, to] = [was, is].map((each) =>
      FrankingAgentData.decode(each?.get(componentIds.franking_signature_key) ?? new Uint8Array()),
    );
    expect([from?.frankingSignatureKey, to?.frankingSignatureKey]).toEqual([oldKey, newKey]);
    expect(to?.credential).toEqual(from?.credential);
    for (const each of [was, is]) each?.delete(componentIds.franking_signature_key);
    expect(is).toEqual(was);
  });

  it("introduces it by an AppDataUpdate where the group has none", () => {
    const proposals = underWay(stepClient(told(withoutAgent(created)), intending(change), moment).state);
    expect(proposals).toMatchObject([
      { proposalType: "app_data_update", componentId: componentIds.franking_signature_key, op: "update" },
    ]);
  });

  it("does nothing where the hub is not its own provider, whose key it knows", () => {
    const elsewhere = { ...change, room: "mimi://b.example/r/club" };
    const { state, outputs } = stepClient(created, intending(elsewhere), moment);
    expect(state).toEqual(created);
    expect(outputs).toMatchObject([{ type: "decided", draft: "protocol-06 §5.4.1" }]);
  });
});
