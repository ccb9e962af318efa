/** An application message that has been decrypted: check what it claims, and show it. protocol-06 §5.4.1.3 */
import { equalBytes, hex, textOf } from "../bytes.ts";
import {
  ContentError,
  decodeContent,
  extensionKey,
  type MimiContent,
  messageIdOf,
} from "../content/index.ts";
import { type Frank, FrankAAD, FrankingAgentData, frankingTag, verifyFrank } from "../franking/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import { dictionaryOf, leafAt, type Member, safeAadItems } from "../mls/index.ts";
import { holderOf, providerOf, RoomError } from "../room/index.ts";
import { componentIds } from "../room/structures/index.ts";
import { emit } from "../turn.ts";
import { type ClientTurn, keepRoom, type ShownMessage } from "./client-state.ts";
import { roomOf } from "./rooms.ts";

/** What came out of the PrivateMessage, and what the hub said about it. */
export interface Decrypted {
  readonly room: string;
  readonly member: Member;
  readonly senderLeaf: number;
  readonly applicationData: Uint8Array;
  readonly authenticatedData: Uint8Array;
  readonly acceptedMs: bigint;
  readonly frank: Frank | undefined;
}

/**
 * The message to show. Throws RoomError where the sender or room it names are not those it comes from, or where its
 * frank does not hold.
 */
export function verifiedMessage(turn: ClientTurn, decrypted: Decrypted): ShownMessage {
  const content = contentOf(decrypted.applicationData);
  const leaf = leafAt(decrypted.member.tree, decrypted.senderLeaf);
  const sender = leaf === undefined ? undefined : holderOf(leaf.credential)?.user;
  const claimed = content.mimiExtensions.get(extensionKey.senderUri);
  if (sender === undefined || claimed !== sender) {
    throw new RoomError(
      "senderIsSender",
      "content-09 §9.1",
      `a message of ${sender} says it is ${claimed}'s`,
    );
  }
  if (content.mimiExtensions.get(extensionKey.roomUri) !== decrypted.room) {
    throw new RoomError("roomIsRoom", "content-09 §9.1", "the message is for another room");
  }
  demandFrank(turn, decrypted, content, sender);
  const encoded = decrypted.applicationData;
  const messageId = messageIdOf({ encoded, salt: content.salt, senderUri: sender, roomUri: decrypted.room });
  return {
    messageId,
    sender,
    acceptedMs: Number(decrypted.acceptedMs),
    text: textIn(content),
    kind: content.nestedPart.disposition === "reaction" ? "reaction" : "message",
    inReplyTo: content.inReplyTo,
    ...(content.replaces === undefined ? {} : { replaces: content.replaces }),
  };
}

/** Puts a message on the timeline; a replacement takes the place of what it replaces. */
export function show(turn: ClientTurn, room: string, message: ShownMessage): void {
  const before = roomOf(turn, room);
  keepRoom(turn, { ...before, timeline: [...before.timeline, message] });
  const { messageId, sender, acceptedMs, text } = message;
  emit(turn, {
    type: "shown",
    room,
    messageId: hex(messageId),
    sender,
    acceptedMs,
    text: describe(before.timeline, message, text),
  });
}

function describe(timeline: readonly ShownMessage[], message: ShownMessage, text: string): string {
  const find = (id: Uint8Array | undefined) =>
    timeline.find((shown) => id !== undefined && equalBytes(shown.messageId, id))?.text ??
    "an unknown message";
  if (message.replaces !== undefined) return `"${text}" instead of "${find(message.replaces)}"`;
  if (message.inReplyTo === undefined) return `"${text}"`;
  return `${message.kind === "reaction" ? text : `"${text}"`} on "${find(message.inReplyTo)}"`;
}

function contentOf(applicationData: Uint8Array): MimiContent {
  try {
    return decodeContent(applicationData);
  } catch (error) {
    if (error instanceof ContentError) throw new RoomError("contentDecodes", "content-09 §4", error.message);
    throw error;
  }
}

/** The whole chain: agent, signature over the context, and the tag that commits to the content. §5.4.1.3 */
function demandFrank(turn: ClientTurn, decrypted: Decrypted, content: MimiContent, sender: string): void {
  const { member, room, frank } = decrypted;
  const data = dictionaryOf(member.groupContext.extensions).get(componentIds.franking_signature_key);
  const tag = safeAadItems(decrypted.authenticatedData).find(
    (item) => item.componentId === componentIds.frank_aad,
  );
  if (data === undefined || tag === undefined) return;
  if (frank === undefined) throw new RoomError("frankPresent", "protocol-06 §5.4.1", "the frank is missing");
  const agent = FrankingAgentData.decode(data);
  if (providerOf(agent.credential) !== domainOfUri(room)) {
    throw new RoomError(
      "frankingAgentIsHub",
      "protocol-06 §5.4.1.3",
      "the franking agent is not the room's hub",
    );
  }
  const suite = turn.mls.suite(member.groupContext.cipherSuite);
  const context = {
    senderUri: { uri: sender },
    roomUri: { uri: room },
    acceptedTimestamp: decrypted.acceptedMs,
  };
  if (!verifyFrank(suite, agent.frankingSignatureKey, frank, context)) {
    throw new RoomError(
      "frankSignature",
      "protocol-06 §5.4.1.3",
      "the hub's signature on the frank does not fit",
    );
  }
  const { frankingTag: given } = FrankAAD.decode(tag.aadItemData);
  if (equalBytes(given, frankingTag(content.salt, decrypted.applicationData))) return;
  throw new RoomError("frankingTag", "protocol-06 §5.4.1.3", "the franking tag is not of this content");
}

function textIn(content: MimiContent): string {
  const part = content.nestedPart;
  return part.cardinality === "single" ? (textOf(part.content) ?? "") : "";
}
