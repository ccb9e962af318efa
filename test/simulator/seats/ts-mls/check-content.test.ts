/** What a decrypted message claims at a client on ts-mls: every claim is checked. */
import { describe, expect, it } from "vitest";
import { type Claimed, verifiedContent } from "../../../../simulator/seats/ts-mls/check-content.ts";
import { textMessage } from "../../../../spec-model/content/index.ts";
import { FrankAAD, FrankingAgentData, frank, frankingTag } from "../../../../spec-model/franking/index.ts";
import { cipherSuite, dictionaryExtension, safeAad } from "../../../../spec-model/mls/index.ts";
import { providerCredential } from "../../../../spec-model/room/index.ts";
import { componentIds } from "../../../../spec-model/room/structures/index.ts";
import { alice, bob, randomness, room } from "./room-with-seat.ts";

const suite = cipherSuite(1);
const hubKeys = suite.signature.generateKeyPair(randomness("hub"));
const composed = textMessage({ sender: alice, room, salt: randomness("salt") }, "Hello");
const acceptedMs = 1_767_225_600_000n;

function groupOf(hub: string) {
  const agent = FrankingAgentData.encode({
    frankingSignatureKey: hubKeys.publicKey,
    credential: providerCredential(hub),
  });
  return [dictionaryExtension(new Map([[componentIds.franking_signature_key, agent]]))];
}

function aadOf(tag: Uint8Array) {
  const aadItemData = FrankAAD.encode({ frankingTag: tag });
  return safeAad([{ componentId: componentIds.frank_aad, aadItemData }]);
}

function frankOf(tag: Uint8Array, sender = alice) {
  const keys = { suite, signaturePrivateKey: hubKeys.privateKey, hubKey: randomness("frank").bytes(32) };
  return frank(keys, tag, {
    senderUri: { uri: sender },
    roomUri: { uri: room },
    acceptedTimestamp: acceptedMs,
  });
}

const tag = frankingTag(composed.content.salt, composed.encoded);
const genuine: Claimed = {
  room,
  sender: alice,
  extensions: groupOf("a.example"),
  suite: 1,
  applicationData: composed.encoded,
  authenticatedData: aadOf(tag),
  acceptedMs,
  frank: frankOf(tag),
};
const anotherTag = new Uint8Array(tag.length);

describe("a decrypted message", () => {
  it("is shown with its sender, its time and its text", () => {
    expect(verifiedContent(genuine)).toMatchObject({
      sender: alice,
      acceptedMs: Number(acceptedMs),
      text: "Hello",
      kind: "message",
      messageId: composed.messageId,
    });
  });

  it("needs no frank where the group has no agent, or the sender attached no tag", () => {
    const { frank: _, ...bare } = genuine;
    expect(verifiedContent({ ...bare, frank: undefined, extensions: [] }).text).toBe("Hello");
    expect(verifiedContent({ ...bare, frank: undefined, authenticatedData: safeAad([]) }).text).toBe("Hello");
  });

  it.each<[string, Partial<Claimed>]>([
    ["senderIsSender", { sender: bob }],
    ["senderIsSender", { sender: undefined }],
    ["roomIsRoom", { room: "mimi://a.example/r/another" }],
    ["contentDecodes", { applicationData: new Uint8Array(3) }],
    ["frankingAgentIsHub", { extensions: groupOf("b.example") }],
    ["frankSignature", { frank: undefined }],
    ["frankSignature", { acceptedMs: acceptedMs + 1n }],
    ["frankSignature", { frank: frankOf(tag, bob) }],
    ["frankingTag", { authenticatedData: aadOf(anotherTag), frank: frankOf(anotherTag) }],
  ])("is refused: %s", (code, changes) => {
    expect(() => verifiedContent({ ...genuine, ...changes })).toThrow(
      expect.objectContaining({ name: "RoomError", code }),
    );
  });
});
