/** What a client says: MIMI content in an MLS PrivateMessage, franked on request. protocol-06 §5.4, content-09 §3 */
import { type ComposedMessage, edit, reaction, reply, textMessage } from "../content/index.ts";
import { FrankAAD, frankingTag } from "../franking/index.ts";
import { dictionaryOf, type Member, safeAad } from "../mls/index.ts";
import { attempt, isRefused } from "../room/index.ts";
import { componentIds } from "../room/structures/index.ts";
import { SubmitMessageRequest } from "../submit/index.ts";
import { emit } from "../turn.ts";
import { clientApplication } from "./application.ts";
import { ask } from "./asks.ts";
import type { ClientRoom, ClientTurn, ShownMessage } from "./client-state.ts";
import { keepRoom } from "./client-state.ts";
import { messageName } from "./commits.ts";
import type { MessageChoice, Said } from "./intentions.ts";
import { roomOf, stepRoom } from "./rooms.ts";

/** Encrypts a message and submits it to the hub. */
export function say(turn: ClientTurn, room: string, said: Said): void {
  const before = roomOf(turn, room);
  const target = targetOf(before, said);
  if (before.member === undefined || target === "unknown") {
    const text = target === "unknown" ? "there is no such message to refer to" : `is not a member of ${room}`;
    emit(turn, {
      type: "noticed",
      errorType: "ClientError",
      code: "cannotSay",
      where: "content-09 §5",
      text,
    });
    return;
  }
  const effects = stepRoom(turn, room, { type: "say" });
  if (effects.some((effect) => effect.type === "refuseToSend")) {
    emit(turn, { type: "decided", text: "has to commit what is pending first", draft: "RFC 9420 §12.4" });
  }
  if (!effects.some((effect) => effect.type === "sendMessage")) return;
  const composed = composeSaid(turn, room, said, target);
  const sent = attempt(() => encrypt(turn, before.member as Member, composed));
  if (isRefused(sent)) {
    emit(turn, { type: "noticed", ...sent });
    return;
  }
  const kept = roomOf(turn, room);
  keepRoom(turn, { ...kept, member: sent.state, sent: [...kept.sent, messageName(sent.message)] });
  const body = SubmitMessageRequest.encode({
    protocol: "mls10",
    appMessage: sent.message,
    sendingUri: { uri: turn.state.user },
  });
  ask(turn, "submitMessage", room, body, "Message", {
    kind: "submitMessage",
    room,
    said: {
      messageId: composed.messageId,
      sender: turn.state.user,
      text: said.text,
      kind: said.kind === "reaction" ? "reaction" : "message",
      inReplyTo: composed.content.inReplyTo,
      ...(composed.content.replaces === undefined ? {} : { replaces: composed.content.replaces }),
      franked: sent.franked,
    },
  });
}

/** The message that `said` refers to; "unknown" where the client shows none such. */
function targetOf(room: ClientRoom, said: Said): ShownMessage | "unknown" | undefined {
  if (said.kind === "message") return undefined;
  return latest(room, said.kind === "edit" ? said.of : said.to) ?? "unknown";
}

function latest(room: ClientRoom, choice: MessageChoice): ShownMessage | undefined {
  return room.timeline.findLast((shown) => shown.kind === "message" && shown.sender === choice.latestOf);
}

function composeSaid(
  turn: ClientTurn,
  room: string,
  said: Said,
  target: ShownMessage | undefined,
): ComposedMessage {
  const by = { sender: turn.state.user, room, salt: turn.random };
  if (said.kind === "message" || target === undefined) return textMessage(by, said.text);
  if (said.kind === "reply") return reply(by, target.messageId, said.text);
  if (said.kind === "reaction") return reaction(by, target.messageId, said.text);
  const { messageId: replaces, inReplyTo } = target;
  return edit(by, { replaces, ...(inReplyTo === undefined ? {} : { inReplyTo }) }, said.text);
}

/** The franking tag travels with the message where the group names a franking agent. protocol-06 §5.4.1.1 */
function encrypt(turn: ClientTurn, member: Member, composed: ComposedMessage) {
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
