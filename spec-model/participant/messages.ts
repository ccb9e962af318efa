/** What a client says: MIMI content in an MLS PrivateMessage, franked on request. protocol-06 §5.4, content-09 §3 */
import { fromHex, hex, noBytes, utf8 } from "../bytes.ts";
import {
  type ComposedMessage,
  deletion,
  edit,
  reaction,
  reply,
  type TimelineMessage,
  textMessage,
} from "../content/index.ts";
import { FrankAAD, frankingTag } from "../franking/index.ts";
import { dictionaryOf, type Member, safeAad } from "../mls/index.ts";
import { attempt, isRefused } from "../room/index.ts";
import { componentIds } from "../room/structures/index.ts";
import { SubmitMessageRequest } from "../submit/index.ts";
import { emit } from "../turn.ts";
import { clientApplication } from "./application.ts";
import { ask } from "./asks.ts";
import { type ClientRoom, type ClientTurn, keepRoom, type UnsentMessage } from "./client-state.ts";
import type { MessageChoice, Said, VersionChoice } from "./intentions.ts";
import { decideContent } from "./message-capabilities.ts";
import { isReaction } from "./receive-message.ts";
import { roomOf, stepRoom } from "./rooms.ts";
import { messageName } from "./updates.ts";

/** Composes a message; it goes out at once, or as soon as the room's state lets it. */
export function say(turn: ClientTurn, room: string, said: Said): void {
  const before = roomOf(turn, room);
  const target = targetOf(before, said);
  if (before.member === undefined || target === "unknown") {
    const text = target === "unknown" ? "there is no such message to refer to" : `is not a member of ${room}`;
    const where = "content-09 §5";
    emit(turn, { type: "noticed", errorType: "ClientError", code: "cannotSay", where, text });
    return;
  }
  sendComposed(turn, room, composeSaid(turn, room, said, target));
}

/** Sends a message; it goes out at once, or as soon as the room's state lets it. */
export function sendComposed(
  turn: ClientTurn,
  room: string,
  { messageId, content, encoded }: ComposedMessage,
): void {
  submit(turn, room, { messageId: hex(messageId), content, encoded, notBefore: 0 });
}

/** Sends what had to wait, where it need not wait any longer. */
export function sendUnsent(turn: ClientTurn, room: string): void {
  const { member, machine, unsent } = roomOf(turn, room);
  const { epoch, known } = machine.context;
  if (member === undefined || known.length > 0) return;
  const due = unsent.filter(({ notBefore }) => notBefore <= epoch);
  if (due.length === 0) return;
  keepRoom(turn, { ...roomOf(turn, room), unsent: unsent.filter((each) => !due.includes(each)) });
  for (const message of due) submit(turn, room, message);
}

/** The hub is in a later epoch: the same message is encrypted anew when that has come here. protocol-06 §5.4 */
export function keepUnsent(
  turn: ClientTurn,
  room: string,
  { messageId, content, encoded }: UnsentMessage,
  notBefore: number,
): void {
  const before = roomOf(turn, room);
  if (before.member === undefined) return;
  keepRoom(turn, { ...before, unsent: [...before.unsent, { messageId, content, encoded, notBefore }] });
}

function submit(turn: ClientTurn, room: string, message: UnsentMessage): void {
  const effects = stepRoom(turn, room, { type: "say" });
  if (effects.some((effect) => effect.type === "postponeMessage")) {
    emit(turn, {
      type: "decided",
      text: "has to see committed what is pending first",
      draft: "RFC 9420 §12.4",
    });
    keepUnsent(turn, room, message, 0);
    return;
  }
  const { member, messages } = roomOf(turn, room);
  if (member === undefined || !effects.some((effect) => effect.type === "sendMessage")) return;
  const may = decideContent(member, turn.state.user, message.content, messages);
  if (!may.allowed && turn.deviation?.lacks?.(may.rule) !== true) {
    const { rule: code, draft: where, says: text } = may;
    emit(turn, { type: "noticed", errorType: "PolicyError", code, where, text });
    return;
  }
  const sent = attempt(() => encrypt(turn, member, message));
  if (isRefused(sent)) {
    emit(turn, { type: "noticed", ...sent });
    return;
  }
  const kept = roomOf(turn, room);
  keepRoom(turn, {
    ...kept,
    member: sent.state,
    sent: { ...kept.sent, [messageName(sent.message)]: message },
  });
  const body = SubmitMessageRequest.encode({
    protocol: "mls10",
    appMessage: sent.message,
    sendingUri: { uri: turn.state.user },
  });
  const said = { ...message, franked: sent.franked };
  ask(turn, "submitMessage", room, body, "Message", { kind: "submitMessage", room, said });
}

/** The message that `said` refers to; "unknown" where the client knows none such. */
function targetOf(room: ClientRoom, said: Said): TimelineMessage | "unknown" | undefined {
  if (said.kind === "message") return undefined;
  return latest(room, "of" in said ? said.of : said.to) ?? "unknown";
}

function latest(room: ClientRoom, choice: MessageChoice | VersionChoice): TimelineMessage | undefined {
  if ("version" in choice) return room.messages.find(({ messageId }) => messageId === choice.version);
  return room.messages.findLast(
    ({ sender, content }) =>
      sender === choice.latestOf && !isReaction(content) && content.nestedPart.cardinality !== "nullpart",
  );
}

function composeSaid(
  turn: ClientTurn,
  room: string,
  said: Said,
  target: TimelineMessage | undefined,
): ComposedMessage {
  const by = { sender: turn.state.user, room, salt: turn.random };
  const topic = "topic" in said && said.topic !== undefined ? { topicId: utf8(said.topic) } : {};
  const text = "text" in said ? said.text : "";
  if (said.kind === "message" || target === undefined) return textMessage(by, text, topic);
  // Of what was edited this is the newest version: a reply names that one, an edit the first. content-09 §4.1, §5.5
  const version = fromHex(target.messageId) ?? noBytes;
  if (said.kind === "reply") return reply(by, version, text, topic);
  if (said.kind === "reaction") return reaction(by, version, text);
  const { inReplyTo, replaces = version } = target.content;
  const replaced = { replaces, ...(inReplyTo === undefined ? {} : { inReplyTo }) };
  return said.kind === "edit" ? edit(by, replaced, text) : deletion(by, replaced);
}

/** The franking tag travels with the message where the group names a franking agent. protocol-06 §5.4.1.1 */
function encrypt(turn: ClientTurn, member: Member, composed: Pick<ComposedMessage, "content" | "encoded">) {
  const franked = dictionaryOf(member.groupContext.extensions).has(componentIds.franking_signature_key);
  const tag = frankingTag(composed.content.salt, composed.encoded);
  const item = { componentId: componentIds.frank_aad, aadItemData: FrankAAD.encode({ frankingTag: tag }) };
  const authenticatedData = safeAad(franked ? [item] : []);
  const app = clientApplication(turn.now);
  return {
    ...turn.mls.encryptApplication(member, composed.encoded, { authenticatedData }, app, turn.random),
    franked,
  };
}
