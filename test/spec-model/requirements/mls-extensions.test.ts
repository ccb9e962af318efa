/** Requirements of mls-extensions that the flows and refusals of the MLS tests take for granted. */
import { describe, expect, it } from "vitest";
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  ComponentsList,
  commit,
  componentData,
  componentIds,
  componentLabel,
  dictionaryOf,
  externalCommit,
  followHandshake,
  groupInfo,
  KeyPackage,
  type MLSMessage,
  type Proposal,
  propose,
  proposeExternally,
  proposeUpdate,
  receive,
} from "../../../spec-model/mls/index.ts";
import { newClient, stepClient } from "../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import {
  byValue,
  flipped,
  forgedCommit,
  hubKeys,
  random,
  remove,
  room,
  suite,
} from "../mls/refusals/room.ts";
import { application, client, overTheWire, topic, update } from "../mls/room-fixture.ts";

const ephemeral = (data: string): Proposal => ({
  proposalType: "app_ephemeral",
  componentId: 5,
  data: utf8(data),
});

/** An application that writes down what it is asked, in order. */
function listening() {
  const heard: string[] = [];
  const app = {
    ...application,
    validateCredential: () => void heard.push("leaf"),
    ephemeralComponents: new Map([
      [
        5,
        (data: Uint8Array) => {
          heard.push(`ephemeral ${hex(data)}`);
          return undefined;
        },
      ],
    ]),
    components: new Map([
      [
        topic,
        (_current: Uint8Array | undefined, updates: readonly Uint8Array[]) => {
          heard.push("update");
          return updates.at(-1) ?? noBytes;
        },
      ],
    ]),
  };
  return { heard, app };
}

/** KeyPackages that a client of the model stores at its provider. */
function published(lastResort: boolean): KeyPackage[] {
  const user = "mimi://a.example/u/alice";
  const provider = { domain: "a.example", signatureKey: hubKeys.publicKey, frankingKey: hubKeys.publicKey };
  const state = newClient(
    { client: "mimi://a.example/d/alice/1", user },
    provider,
    suite,
    expandEntropy(noBytes, "published"),
  );
  const intention = { type: "publishKeyPackages", count: 1, lastResort } as const;
  const moment = { now: 1_767_225_600_000, entropy: new Uint8Array(32) };
  const { outputs } = stepClient(state, { type: "intention", intention }, moment);
  return outputs.flatMap((output) =>
    output.type === "local" && output.message.type === "storeKeyPackages"
      ? output.message.keyPackages.map((octets) => KeyPackage.decode(octets))
      : [],
  );
}

describe("a component's label", () => {
  it("is a fixed text, the component's ID and the operation's name", () => {
    const label = componentLabel({ componentId: 0x8001, label: "test" });
    expect(hex(label)).toBe(`0d${hex(utf8("MLS Component"))}800104${hex(utf8("test"))}`);
  });
});

describe("a client of the model", () => {
  it("advertises the components it supports, and those that attach data to messages", () => {
    const [keyPackage] = published(false);
    const { capabilities, extensions } = keyPackage?.leafNode ?? { capabilities: undefined, extensions: [] };
    expect(capabilities?.extensions).toContain("app_data_dictionary");
    const listed = (component: number) =>
      ComponentsList.decode(componentData(extensions, component) ?? noBytes).componentIds;
    expect(listed(componentIds.app_components)).toContain(componentIds.app_components);
    expect(listed(componentIds.app_components)).toContain(componentIds.safe_aad);
    expect(listed(componentIds.safe_aad).length).toBeGreaterThan(0);
  });

  it("states versions, cipher suites, extensions, proposals and credentials in its KeyPackage", () => {
    expect(published(false).map(({ leafNode }) => leafNode.capabilities)).toEqual([
      {
        versions: ["mls10"],
        cipherSuites: [suite.id],
        extensions: ["app_data_dictionary"],
        proposals: ["app_data_update", "self_remove"],
        credentials: ["basic"],
      },
    ]);
  });

  it("marks a KeyPackage of last resort, and no other, by a component without data", () => {
    const marks = (lastResort: boolean) =>
      published(lastResort).map(({ extensions }) =>
        dictionaryOf(extensions).get(componentIds.last_resort_key_package),
      );
    expect(marks(true)).toEqual([noBytes]);
    expect(marks(false)).toEqual([undefined]);
  });
});

describe("AppEphemerals", () => {
  it("reach their components after the default proposals and before the AppDataUpdates, in order", () => {
    const { heard, app } = listening();
    const dave = client("dave");
    const proposals = [
      update(topic, "x"),
      ephemeral("b"),
      { proposalType: "add" as const, keyPackage: dave.keyPackage },
      ephemeral("a"),
    ];
    const message = forgedCommit(...byValue(...proposals));
    // The commit's tag is not a member's, so that it is refused in the end; what counts has been asked by then.
    expect(() => receive(room.bob, message, app)).toThrow(
      expect.objectContaining({ code: "confirmationTag" }),
    );
    const order = [...new Set(heard)];
    expect(order).toEqual(["leaf", `ephemeral ${hex(utf8("b"))}`, `ephemeral ${hex(utf8("a"))}`, "update"]);
  });

  it("need no path, and come from members, external senders and joiners", () => {
    const { alice, bob } = room;
    const byMember = commit(alice, { proposals: [ephemeral("x")] }, application, random);
    expect(byMember.facts.hasPath).toBe(false);
    const outside = {
      sender: { senderType: "external" as const, senderIndex: 0 },
      signaturePrivateKey: hubKeys.privateKey,
    };
    const proposed = proposeExternally(room.hub.groupContext, outside, ephemeral("hub"), application);
    const heard = receive(alice, overTheWire(proposed), application).state;
    const made = commit(heard, {}, application, random);
    expect(made.facts.proposals.map(({ sender }) => sender.senderType)).toEqual(["external"]);
    expect(made.facts.hasPath).toBe(false);
    const joined = externalCommit(
      {
        groupInfo: groupInfo(alice, application),
        ratchetTree: alice.tree,
        joiner: client("dave"),
        proposals: [ephemeral("dave")],
      },
      application,
      random,
    );
    const outcome = receive(bob, overTheWire(joined.message), application);
    if (outcome.kind !== "commit") throw new Error(outcome.kind);
    expect(outcome.facts.proposals.map(({ proposal }) => proposal.proposalType)).toContain("app_ephemeral");
  });
});

describe("SelfRemoves", () => {
  const leaving = propose(room.bob, { proposalType: "self_remove" }, {}, application, random).message;

  function changed(part: "signature" | "membershipTag"): MLSMessage {
    if (leaving.wireFormat !== "mls_public_message") throw new Error(leaving.wireFormat);
    const { publicMessage } = leaving;
    const { auth, membershipTag } = publicMessage;
    return part === "signature"
      ? {
          ...leaving,
          publicMessage: { ...publicMessage, auth: { ...auth, signature: flipped(auth.signature) } },
        }
      : {
          ...leaving,
          publicMessage: { ...publicMessage, membershipTag: flipped(membershipTag ?? noBytes) },
        };
  }

  const joinedWith = (message: MLSMessage) =>
    externalCommit(
      {
        groupInfo: groupInfo(room.alice, application),
        ratchetTree: room.alice.tree,
        joiner: client("dave"),
        selfRemoves: [message],
      },
      application,
      random,
    );
  const badSignature = expect.objectContaining({ code: "messageSignature" });

  it("are validated by whoever joins with them, but for the membership tag", () => {
    expect(joinedWith(leaving).facts.removed).toHaveLength(1);
    expect(joinedWith(changed("membershipTag")).facts.removed).toHaveLength(1);
    expect(() => joinedWith(changed("signature"))).toThrow(badSignature);
  });

  it("are validated by the hub, but for the membership tag", () => {
    const follow = (message: MLSMessage) => followHandshake(room.hub, message, application);
    expect(follow(leaving).unverified).toEqual(["membership_tag"]);
    expect(follow(changed("membershipTag")).kind).toBe("proposal");
    expect(() => follow(changed("signature"))).toThrow(badSignature);
    expect(() => receive(room.alice, changed("membershipTag"), application)).toThrow(
      expect.objectContaining({ code: "membershipTag" }),
    );
  });

  it("count after Updates and before Removes, in whatever order they came", () => {
    const newcomers = ["dave", "erin"].map((name) => client(name));
    const grown = commit(
      room.alice,
      { proposals: newcomers.map(({ keyPackage }) => ({ proposalType: "add" as const, keyPackage })) },
      application,
      random,
    );
    const bob = receive(room.bob, grown.message, application).state;
    const carol = receive(room.carol, grown.message, application).state;
    const messages = [
      propose(carol, remove(3), {}, application, random).message,
      propose(bob, { proposalType: "self_remove" }, {}, application, random).message,
      proposeUpdate(carol, {}, {}, application, random).message,
    ];
    const heard = messages.reduce(
      (state, message) => receive(state, overTheWire(message), application).state,
      grown.state,
    );
    const { facts } = commit(heard, {}, application, random);
    expect(facts.updated.map(({ leafIndex }) => leafIndex)).toEqual([carol.leafIndex]);
    expect(facts.removed.map(({ leafIndex, itself }) => [leafIndex, itself])).toEqual([
      [bob.leafIndex, true],
      [3, false],
    ]);
  });
});
