/** What a decrypted message claims, checked: its sender, its room, its frank. protocol-06 §5.4.1.3, content-09 §9.1 */
import { equalBytes, textOf } from "../../../spec-model/bytes.ts";
import {
  ContentError,
  decodeContent,
  extensionKey,
  type MimiContent,
  messageIdOf,
} from "../../../spec-model/content/index.ts";
import {
  type Frank,
  FrankAAD,
  FrankingAgentData,
  frankingTag,
  verifyFrank,
} from "../../../spec-model/franking/index.ts";
import { domainOfUri } from "../../../spec-model/identifiers/index.ts";
import {
  type CipherSuiteId,
  cipherSuite,
  dictionaryOf,
  type Extension,
  safeAadItems,
} from "../../../spec-model/mls/index.ts";
import { providerOf, RoomError } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import type { Shown } from "./client-state.ts";

export interface Claimed {
  readonly room: string;
  /** The user whom the sender's leaf names. */
  readonly sender: string | undefined;
  /** Of the GroupContext of the message's epoch. */
  readonly extensions: readonly Extension[];
  readonly suite: CipherSuiteId;
  readonly applicationData: Uint8Array;
  readonly authenticatedData: Uint8Array;
  readonly acceptedMs: bigint;
  readonly frank: Frank | undefined;
}

/** The message to show. Throws RoomError where something it claims is not so, DecodeError for bad authenticated data. */
export function verifiedContent(claimed: Claimed): Shown {
  const { room, sender, applicationData: encoded } = claimed;
  const content = contentOf(encoded);
  const says = content.mimiExtensions.get(extensionKey.senderUri);
  if (sender === undefined || says !== sender) {
    throw new RoomError("senderIsSender", "content-09 §9.1", `a message of ${sender} says it is ${says}'s`);
  }
  if (content.mimiExtensions.get(extensionKey.roomUri) !== room) {
    throw new RoomError("roomIsRoom", "content-09 §9.1", "the message is for another room");
  }
  demandFrank(claimed, sender, content.salt);
  const { nestedPart: part, inReplyTo, replaces } = content;
  return {
    messageId: messageIdOf({ encoded, salt: content.salt, senderUri: sender, roomUri: room }),
    sender,
    acceptedMs: Number(claimed.acceptedMs),
    text: part.cardinality === "single" ? (textOf(part.content) ?? "") : "",
    kind: part.disposition === "reaction" ? "reaction" : "message",
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

function contentOf(applicationData: Uint8Array): MimiContent {
  try {
    return decodeContent(applicationData);
  } catch (error) {
    if (error instanceof ContentError) throw new RoomError("contentDecodes", "content-09 §4", error.message);
    throw error;
  }
}

/** Where the group names a franking agent and the sender has attached a tag, all of the chain has to hold. */
function demandFrank(claimed: Claimed, sender: string, salt: Uint8Array): void {
  const { room, acceptedMs: acceptedTimestamp, applicationData, frank } = claimed;
  const data = dictionaryOf(claimed.extensions).get(componentIds.franking_signature_key);
  const items = safeAadItems(claimed.authenticatedData);
  const tag = items.find((item) => item.componentId === componentIds.frank_aad);
  if (data === undefined || tag === undefined) return;
  const agent = FrankingAgentData.decode(data);
  demand(
    providerOf(agent.credential) === domainOfUri(room),
    "frankingAgentIsHub",
    "the agent is not the hub",
  );
  const context = { senderUri: { uri: sender }, roomUri: { uri: room }, acceptedTimestamp };
  const holds =
    frank !== undefined &&
    verifyFrank(cipherSuite(claimed.suite), agent.frankingSignatureKey, frank, context);
  demand(holds, "frankSignature", "the hub's signature on the frank is missing or does not fit");
  const given = FrankAAD.decode(tag.aadItemData).frankingTag;
  const fits = equalBytes(given, frankingTag(salt, applicationData));
  demand(fits, "frankingTag", "the franking tag is not of this content");
}

function demand(condition: boolean, code: string, text: string): void {
  if (!condition) throw new RoomError(code, "protocol-06 §5.4.1.3", text);
}
