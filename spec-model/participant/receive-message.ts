/** An application message that has been decrypted: check what it claims, and show it. protocol-06 §5.4.1.3 */
import { hex, textOf } from "../bytes.ts";
import {
  ContentError,
  decodeContent,
  extensionKey,
  type MimiContent,
  messageIdOf,
  type TimelineMessage,
} from "../content/index.ts";
import { type Evidence, examineFrank, type Frank, type FrankRule, frankRules } from "../franking/index.ts";
import type { Credential, Member } from "../mls/index.ts";
import { holderOf, RoomError } from "../room/index.ts";
import { emit } from "../turn.ts";
import { type ClientTurn, keepRoom } from "./client-state.ts";
import { frankingAgentIn, frankingVariantsOf, tagIn } from "./franking.ts";
import { roomOf } from "./rooms.ts";

/** What came out of the PrivateMessage, and what the hub said about it. */
export interface Decrypted {
  readonly room: string;
  readonly member: Member;
  /** The sender's, in the epoch of the message. */
  readonly credential: Credential;
  readonly applicationData: Uint8Array;
  readonly authenticatedData: Uint8Array;
  readonly acceptedMs: bigint;
  readonly frank: Frank | undefined;
}

/** A message to show: with the evidence to report it, or with what is wrong with its frank. */
export interface ReadMessage extends TimelineMessage {
  readonly evidence?: Evidence;
  readonly doubt?: FrankRule;
}

/**
 * The message to show. Throws RoomError where the sender or room it names are not those it comes from, or where its
 * frank does not hold and the client shows only what has one that does.
 */
export function verifiedMessage(turn: ClientTurn, decrypted: Decrypted): ReadMessage {
  const { room, applicationData: encoded } = decrypted;
  const content = contentOf(encoded);
  const sender = holderOf(decrypted.credential)?.user;
  if (sender === undefined) throw brokenRule("senderIsSender");
  const claimed = {
    sender: content.mimiExtensions.get(extensionKey.senderUri),
    room: content.mimiExtensions.get(extensionKey.roomUri),
  };
  const frank = frankOf(turn, decrypted, sender, { salt: content.salt, ...claimed });
  // Without a frank, too, nobody speaks in another's name or in another room. content-09 §9.1
  if (claimed.sender !== sender) throw brokenRule("senderIsSender");
  if (claimed.room !== room) throw brokenRule("roomIsRoom");
  const messageId = messageIdOf({ encoded, salt: content.salt, senderUri: sender, roomUri: room });
  const acceptedTimestamp = Number(decrypted.acceptedMs);
  return { messageId: hex(messageId), sender, acceptedTimestamp, content, ...frank };
}

/** Keeps a message and tells what it says; what a client shows of all of them is `timelineOf`. content-09 §5 */
export function show(turn: ClientTurn, room: string, read: ReadMessage): void {
  const { evidence, doubt, ...message } = read;
  const before = roomOf(turn, room);
  const { messageId, sender, acceptedTimestamp: acceptedMs } = message;
  // An answer and a fan-out can both bring the same message.
  if (before.messages.some((each) => each.messageId === messageId)) return;
  const kept = evidence === undefined ? before.evidence : { ...before.evidence, [messageId]: evidence };
  keepRoom(turn, { ...before, messages: [...before.messages, message], evidence: kept });
  const warning = doubt === undefined ? "" : ` (cannot be reported: ${doubt})`;
  const text = `${describe(before.messages, message)}${warning}`;
  emit(turn, { type: "shown", room, messageId, sender, acceptedMs, text });
}

function describe(messages: readonly TimelineMessage[], { content }: TimelineMessage): string {
  const text = textIn(content);
  const find = (id: Uint8Array) => {
    const found = messages.find(({ messageId }) => messageId === hex(id));
    return found === undefined ? "an unknown message" : textIn(found.content);
  };
  if (content.replaces !== undefined) return `"${text}" instead of "${find(content.replaces)}"`;
  if (content.inReplyTo === undefined) return `"${text}"`;
  return `${isReaction(content) ? text : `"${text}"`} on "${find(content.inReplyTo)}"`;
}

export function isReaction(content: MimiContent): boolean {
  return content.nestedPart.disposition === "reaction";
}

function contentOf(applicationData: Uint8Array): MimiContent {
  try {
    return decodeContent(applicationData);
  } catch (error) {
    if (error instanceof ContentError) throw new RoomError("contentDecodes", "content-09 §4", error.message);
    throw error;
  }
}

/** What the frank is worth, and what that comes to. Throws RoomError where the message is not to be shown. */
function frankOf(
  turn: ClientTurn,
  decrypted: Decrypted,
  sender: string,
  content: Parameters<typeof examineFrank>[1]["content"],
): Pick<ReadMessage, "evidence" | "doubt"> {
  const { room, member, frank, applicationData } = decrypted;
  const { integrity, unfranked } = frankingVariantsOf(turn.state);
  const received = {
    ...{ room, sender, content, applicationData, frank },
    tag: tagIn(decrypted.authenticatedData),
    agent: frankingAgentIn(member.groupContext),
    acceptedTimestamp: decrypted.acceptedMs,
  };
  const found = examineFrank(turn.mls.suite(member.groupContext.cipherSuite), received, integrity);
  if (found.verdict === "verified") return { evidence: found.evidence };
  if (found.verdict === "none" || unfranked === "accept") return {};
  if (unfranked === "refuse") throw brokenRule(found.rule);
  const error = brokenRule(found.rule);
  emit(turn, {
    ...{ type: "noticed", errorType: error.name, code: error.code, where: error.where, text: error.message },
  });
  return { doubt: found.rule };
}

function brokenRule(rule: FrankRule): RoomError {
  const [section, says] = frankRules[rule];
  return new RoomError(rule, `protocol-06 ${section}`, `not so: ${says}`);
}

function textIn(content: MimiContent): string {
  const part = content.nestedPart;
  if (part.cardinality === "external") return `[${part.filename}]`;
  return part.cardinality === "single" ? (textOf(part.content) ?? "") : "";
}
