/** What a client shows of a message whose frank is missing or wrong: each answer to the open question. §5.4.1.3 */
import { describe, expect, it } from "vitest";
import { hex } from "../../../spec-model/bytes.ts";
import { textMessage } from "../../../spec-model/content/index.ts";
import {
  FrankAAD,
  FrankingAgentData,
  type FrankingVariants,
  frank,
  frankingTag,
} from "../../../spec-model/franking/index.ts";
import { cipherSuite, leafAt, type Member, realMls, safeAad } from "../../../spec-model/mls/index.ts";
import { withFrankingAgent } from "../../../spec-model/participant/franking-agent.ts";
import { newClient, stepClient } from "../../../spec-model/participant/index.ts";
import { show, verifiedMessage } from "../../../spec-model/participant/receive-message.ts";
import { newProvider } from "../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { attempt, providerCredential } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import { takeTurn } from "../../../spec-model/turn.ts";

const suite = cipherSuite(1);
const random = expandEntropy(new Uint8Array(32), "client franking tests");
const { keys } = newProvider("a.example", suite, random);
const [user, room] = ["mimi://a.example/u/alice", "mimi://a.example/r/club"];
const moment = { now: 1_767_225_600_000, entropy: random.bytes(32) };
const own = {
  domain: "a.example",
  signatureKey: keys.signature.publicKey,
  frankingKey: keys.franking.publicKey,
};
const first = newClient({ client: "mimi://a.example/d/alice/ClientA1", user }, own, suite, random);
const inRoom = stepClient(
  first,
  { type: "intention", intention: { type: "createRoom", room, name: "club", role: 3 } },
  moment,
).state;
const message = textMessage({ sender: user, room, salt: random }, "Hello!");
const tag = frankingTag(message.content.salt, message.encoded);
const context = { senderUri: { uri: user }, roomUri: { uri: room }, acceptedTimestamp: 1000n };
const given = frank(
  { suite, signaturePrivateKey: keys.franking.privateKey, hubKey: keys.hubKey },
  tag,
  context,
);

/** What comes of a message with this frank, at a client that reads the question so. */
function read(
  unfranked: FrankingVariants["unfranked"],
  franked: typeof given | undefined,
  acceptedMs = 1000n,
  since: (member: Member) => Member = (member) => member,
) {
  const { member } = inRoom.rooms[room] ?? {};
  if (member === undefined) throw new Error("the room has not come about");
  const credential = leafAt(member.tree, 0)?.credential;
  if (credential === undefined) throw new Error("the creator is not at leaf 0");
  const item = { componentId: componentIds.frank_aad, aadItemData: FrankAAD.encode({ frankingTag: tag }) };
  const decrypted = {
    ...{ room, member: since(member), epoch: member, leaf: 0, credential, acceptedMs, frank: franked },
    applicationData: message.encoded,
    authenticatedData: safeAad([item]),
  };
  const { state, outputs } = takeTurn({ ...inRoom, franking: { unfranked } }, moment, realMls, (turn) => {
    const found = attempt(() => verifiedMessage(turn, decrypted));
    if ("errorType" in found) turn.outputs.push({ type: "noticed", ...found });
    else show(turn, room, found);
  });
  return {
    shown: outputs.flatMap((output) => (output.type === "shown" ? [output.text] : [])),
    noticed: outputs.flatMap((output) => (output.type === "noticed" ? [output.code] : [])),
    canReport: state.rooms[room]?.evidence[hex(message.messageId)] !== undefined,
  };
}

describe("a message whose frank holds", () => {
  it.each(["refuse", "flag", "accept"] as const)("is shown and can be reported (variant %s)", (variant) => {
    expect(read(variant, given)).toEqual({ shown: ['"Hello!"'], noticed: [], canReport: true });
  });
});

describe("a message of an epoch whose group named another franking agent than now", () => {
  it("is verified by the agent of its own epoch", () => {
    const otherAgent = {
      frankingSignatureKey: random.bytes(32),
      credential: providerCredential("a.example"),
    };
    const changed = (member: Member): Member => {
      const { groupContext } = member;
      const extensions = withFrankingAgent(groupContext.extensions, FrankingAgentData.encode(otherAgent));
      return { ...member, groupContext: { ...groupContext, extensions } };
    };
    const found = read("refuse", given, 1000n, changed);
    expect(found).toEqual({ shown: ['"Hello!"'], noticed: [], canReport: true });
  });
});

describe("a message whose frank is missing", () => {
  it("is not shown, by default", () => {
    expect(read("refuse", undefined)).toEqual({ shown: [], noticed: ["frankPresent"], canReport: false });
  });

  it("is shown with a warning in the variant that flags it", () => {
    expect(read("flag", undefined)).toEqual({
      shown: ['"Hello!" (cannot be reported: frankPresent)'],
      noticed: ["frankPresent"],
      canReport: false,
    });
  });

  it("is shown like any other in the variant that accepts it: a defect, nobody notices that it cannot be reported", () => {
    expect(read("accept", undefined)).toEqual({ shown: ['"Hello!"'], noticed: [], canReport: false });
  });
});

describe("a message whose frank is for another time", () => {
  it.each([
    ["refuse", []],
    ["flag", ['"Hello!" (cannot be reported: frankSignature)']],
  ] as const)("is treated like one without (variant %s)", (variant, shown) => {
    expect(read(variant, given, 1001n)).toEqual({ shown, noticed: ["frankSignature"], canReport: false });
  });
});
