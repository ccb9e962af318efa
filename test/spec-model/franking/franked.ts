/** A hub with its keys, a room, and franked messages of its users: what the tests of franks and reports begin with. */
import type { ComposedMessage } from "../../../spec-model/content/index.ts";
import { extensionKey, textMessage } from "../../../spec-model/content/index.ts";
import {
  boundBy,
  type FrankingVariants,
  frank,
  frankingTag,
  type ReceivedFrank,
} from "../../../spec-model/franking/index.ts";
import { type CipherSuiteId, cipherSuite } from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

export const random = expandEntropy(new Uint8Array(32), "franking tests");
export const suite = cipherSuite(1);
export const room = "mimi://hub.example/r/club";
export const [bob, cathy, mallory] = ["bob", "cathy", "mallory"].map(
  (name) => `mimi://b.example/u/${name}`,
) as [string, string, string];
export const hubSignature = suite.signature.generateKeyPair(random);
export const hubKey = random.bytes(32);

export function keysFor(id: CipherSuiteId = 1) {
  return { suite: cipherSuite(id), signaturePrivateKey: hubSignature.privateKey, hubKey };
}

export function written(text: string, sender = bob, inRoom = room): ComposedMessage {
  return textMessage({ sender, room: inRoom, salt: random }, text);
}

/** What the hub gives for `message`, where its provider says that `assertedSender` sends it at `time`. */
export function franked(
  { encoded, content }: ComposedMessage,
  time: bigint,
  assertedSender = bob,
  integrity: FrankingVariants["integrity"] = "draft",
  key = hubKey,
) {
  const tag = frankingTag(content.salt, encoded);
  const context = {
    senderUri: { uri: assertedSender },
    roomUri: { uri: room },
    acceptedTimestamp: time,
  };
  return frank({ ...keysFor(), hubKey: key }, tag, context, boundBy(integrity, tag, content.salt));
}

/** As a receiver has it: decrypted, with the sender of its leaf and what the hub sent along. */
export function received(
  { encoded, content }: ComposedMessage,
  time: bigint,
  changes: Partial<ReceivedFrank> = {},
): ReceivedFrank {
  return {
    room,
    sender: bob,
    content: {
      salt: content.salt,
      sender: content.mimiExtensions.get(extensionKey.senderUri),
      room: content.mimiExtensions.get(extensionKey.roomUri),
    },
    applicationData: encoded,
    tag: frankingTag(content.salt, encoded),
    agent: { signatureKey: hubSignature.publicKey, domain: "hub.example" },
    frank: undefined,
    acceptedTimestamp: time,
    ...changes,
  };
}
