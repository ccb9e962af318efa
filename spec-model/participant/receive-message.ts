/** An application message that has been decrypted: check what it claims, and show it. protocol-06 §5.4.1.3 */
import { hex } from "../bytes.ts";
import {
  ContentError,
  decodeContent,
  extensionKey,
  type MessageDerivedValues,
  type MimiContent,
  messageIdOf,
  type TimelineMessage,
} from "../content/index.ts";
import {
  type Evidence,
  examineFrank,
  type Frank,
  type FrankingVariants,
  type FrankRule,
  type FrankVerdict,
  frankRules,
} from "../franking/index.ts";
import type { CipherSuite, Credential, Member } from "../mls/index.ts";
import { remembered, rememberedByBoth } from "../remembered.ts";
import { holderOf, RoomError } from "../room/index.ts";
import { emit } from "../turn.ts";
import { type ClientRoom, type ClientTurn, keepRoom } from "./client-state.ts";
import { derivedValues, type Origin } from "./derived-values.ts";
import { frankingAgentIn, frankingVariantsOf, tagIn } from "./franking.ts";
import { decideContent, decideSender } from "./message-capabilities.ts";
import { readableText } from "./readable.ts";
import { roomOf } from "./rooms.ts";

/** What came out of the PrivateMessage, and what the hub said about it. */
export interface Decrypted {
  readonly room: string;
  readonly member: Member;
  /** The group in the epoch of the message, and the sender's leaf and credential in it. */
  readonly epoch: Origin["epoch"];
  readonly leaf: number;
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
  readonly derived?: MessageDerivedValues;
}

/**
 * The message to show. Throws RoomError where the sender or room it names are not those it comes from, or where its
 * frank does not hold and the client shows only what has one that does; or where its sender's role does not let it say
 * that.
 */
export function verifiedMessage(turn: ClientTurn, decrypted: Decrypted): ReadMessage {
  const { integrity, unfranked } = frankingVariantsOf(turn.state);
  const reading = readingFor(turn.mls.suite(decrypted.member.groupContext.cipherSuite), decrypted, integrity);
  const { sender, claimed, found, read } = reading;
  const doubt = doubtIn(turn, found, unfranked);
  // Without a frank, too, nobody speaks in another's name or in another room. content-09 §9.1
  if (claimed.sender !== sender) throw brokenRule("senderIsSender");
  if (claimed.room !== decrypted.room) throw brokenRule("roomIsRoom");
  demandCapabilities(turn, decrypted, read);
  return doubt === undefined ? read : { ...read, doubt };
}

/** What a message does its sender's role has to allow, by the policy of the message's epoch. room-policy-04 §8.3 */
function demandCapabilities(turn: ClientTurn, { room, epoch }: Decrypted, { sender, content }: ReadMessage) {
  const sending = decideSender(epoch, sender);
  const decision = sending.allowed
    ? decideContent(epoch, sender, content, roomOf(turn, room).messages)
    : sending;
  if (decision.allowed || turn.deviation?.lacks?.(decision.rule) === true) return;
  throw new RoomError(decision.rule, decision.draft, decision.says);
}

/** What a message says and what its frank is worth, which everybody finds alike to whom it was fanned out. */
interface Reading {
  readonly sender: string;
  readonly claimed: { readonly sender: unknown; readonly room: unknown };
  readonly found: FrankVerdict;
  readonly read: ReadMessage;
}

/** Read once by those who were handed the same objects. */
function readingFor(suite: CipherSuite, decrypted: Decrypted, integrity: Integrity): Reading {
  const known = readings.get(decrypted.applicationData);
  if (known !== undefined && known.suite === suite && known.integrity === integrity) {
    if (isSame(known.decrypted, decrypted)) return known.reading;
  }
  const reading = readingOf(suite, decrypted, integrity);
  readings.set(decrypted.applicationData, { suite, integrity, decrypted, reading });
  return reading;
}

type Integrity = FrankingVariants["integrity"];

const readings = new WeakMap<
  Uint8Array,
  { suite: CipherSuite; integrity: Integrity; decrypted: Decrypted; reading: Reading }
>();

function isSame(one: Decrypted, other: Decrypted): boolean {
  return (
    one.room === other.room &&
    one.member.groupContext === other.member.groupContext &&
    one.epoch.groupContext === other.epoch.groupContext &&
    one.leaf === other.leaf &&
    one.credential === other.credential &&
    one.authenticatedData === other.authenticatedData &&
    one.acceptedMs === other.acceptedMs &&
    one.frank === other.frank
  );
}

function readingOf(suite: CipherSuite, decrypted: Decrypted, integrity: Integrity): Reading {
  const { room, frank, applicationData } = decrypted;
  const content = contentOf(applicationData);
  const { salt } = content;
  const sender = holderOf(decrypted.credential)?.user;
  if (sender === undefined) throw brokenRule("senderIsSender");
  const claimed = {
    sender: content.mimiExtensions.get(extensionKey.senderUri),
    room: content.mimiExtensions.get(extensionKey.roomUri),
  };
  const received = {
    ...{ room, sender, content: { salt, ...claimed }, applicationData, frank },
    tag: tagIn(decrypted.authenticatedData),
    // The group may have got its agent since.
    agent: frankingAgentIn(decrypted.epoch.groupContext),
    acceptedTimestamp: decrypted.acceptedMs,
  };
  const found = examineFrank(suite, received, integrity);
  const messageId = messageIdOf({ encoded: applicationData, salt, senderUri: sender, roomUri: room });
  const evidence = found.verdict === "verified" ? { evidence: found.evidence } : {};
  const acceptedTimestamp = Number(decrypted.acceptedMs);
  const message = { messageId: hex(messageId), sender, acceptedTimestamp, content };
  const read = { ...message, ...evidence, derived: derivedValues(message, decrypted) };
  return { sender, claimed, found, read };
}

/** Keeps a message and tells what it says; what a client shows of all of them is `timelineOf`. content-09 §5 */
export function show(turn: ClientTurn, room: string, read: ReadMessage): void {
  const { messageId, sender, acceptedTimestamp: acceptedMs, doubt } = read;
  const before = roomOf(turn, room);
  const message = messageOf(read);
  const messages = withMessage(before.messages, message);
  // An answer and a fan-out can both bring the same message.
  if (messages === before.messages) return;
  const evidence = withEvidence(before.evidence, read);
  keepRoom(turn, { ...before, messages, evidence, derived: withDerived(before.derived, read) });
  const warning = doubt === undefined ? "" : ` (cannot be reported: ${doubt})`;
  const text = `${describe(before.messages, message)}${warning}`;
  emit(turn, { type: "shown", room, messageId, sender, acceptedMs, text });
}

const messageOf = remembered(
  ({ evidence: _, doubt: __, derived: ___, ...message }: ReadMessage): TimelineMessage => message,
);

// One list for all clients that have been handed the same messages: each of them alone would have to be copied.
const withMessage = rememberedByBoth((messages: readonly TimelineMessage[], message: TimelineMessage) =>
  messages.some(({ messageId }) => messageId === message.messageId) ? messages : [...messages, message],
);
const withEvidence = rememberedByBoth((kept: ClientRoom["evidence"], { messageId, evidence }: ReadMessage) =>
  evidence === undefined ? kept : { ...kept, [messageId]: evidence },
);

const withDerived = rememberedByBoth((kept: ClientRoom["derived"], { messageId, derived }: ReadMessage) =>
  derived === undefined ? kept : { ...kept, [messageId]: derived },
);

function describe(messages: readonly TimelineMessage[], { content }: TimelineMessage): string {
  const text = readableText(content.nestedPart);
  const find = (id: Uint8Array) => {
    const found = messages.find(({ messageId }) => messageId === hex(id));
    return found === undefined ? "an unknown message" : readableText(found.content.nestedPart);
  };
  if (content.replaces !== undefined) return `"${text}" instead of "${find(content.replaces)}"`;
  if (content.inReplyTo === undefined) return `"${text}"`;
  return `${isReaction(content) ? text : `"${text}"`} on "${find(content.inReplyTo)}"`;
}

export function isReaction(content: MimiContent): boolean {
  return content.nestedPart.disposition === "reaction";
}

/** Throws RoomError where the octets are no MIMI content. */
export function contentOf(applicationData: Uint8Array): MimiContent {
  try {
    return decodeContent(applicationData);
  } catch (error) {
    if (error instanceof ContentError) throw new RoomError("contentDecodes", "content-09 §4", error.message);
    throw error;
  }
}

/** What there is to say against a frank. Throws RoomError where the message is not to be shown. */
function doubtIn(
  turn: ClientTurn,
  found: FrankVerdict,
  unfranked: FrankingVariants["unfranked"],
): FrankRule | undefined {
  if (found.verdict !== "wrong" || unfranked === "accept") return undefined;
  const error = brokenRule(found.rule);
  if (unfranked === "refuse") throw error;
  const { name: errorType, code, where, message: text } = error;
  emit(turn, { type: "noticed", errorType, code, where, text });
  return found.rule;
}

function brokenRule(rule: FrankRule): RoomError {
  const [section, says] = frankRules[rule];
  return new RoomError(rule, `protocol-06 ${section}`, `not so: ${says}`);
}
