/** What a client on ts-mls says: MIMI content, SafeAAD with a franking tag, a PrivateMessage. protocol-06 §5.4 */
import { createApplicationMessage, encodeMlsMessage } from "ts-mls";
import { encodeGroupContext } from "ts-mls/groupContext.js";
import { hex } from "../../../spec-model/bytes.ts";
import {
  type ComposedMessage,
  deletion,
  edit,
  reaction,
  reply,
  textMessage,
} from "../../../spec-model/content/index.ts";
import { FrankAAD, frankingTag } from "../../../spec-model/franking/index.ts";
import { dictionaryOf, GroupContext, MLSMessage, safeAad } from "../../../spec-model/mls/index.ts";
import type { Said } from "../../../spec-model/participant/index.ts";
import { attempt, isRefused, RoomError } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import { SubmitMessageRequest, SubmitMessageResponse } from "../../../spec-model/submit/index.ts";
import { emit, keepRoom, type SeatRoom, type SeatTurn } from "./client-state.ts";
import { messageName } from "./octets.ts";
import { askTsMls } from "./refusals.ts";
import { tsMlsSuite } from "./suite.ts";
import { show } from "./timeline.ts";

/** Encrypts a message with ts-mls and submits it to the hub. */
export async function say(turn: SeatTurn, room: string, said: Said): Promise<void> {
  const seat = turn.state.rooms[room];
  const composed = seat && composeSaid(turn, seat, said);
  if (seat === undefined || composed === undefined) {
    const text = `has no place in ${room}, or no message there to refer to`;
    emit(turn, { type: "noticed", errorType: "SeatError", code: "cannotSay", where: "content-09 §5", text });
    return;
  }
  if (seat.stopped !== undefined) {
    const text = `does not send: ts-mls has stopped in epoch ${seat.stopped.epoch}, which is over`;
    emit(turn, { type: "decided", text, draft: "protocol-06 §5.4" });
    return;
  }
  const suite = tsMlsSuite(turn.state.suite, turn.random);
  const made = await askTsMls("RFC 9420 §15.3", () =>
    createApplicationMessage(seat.group, composed.encoded, suite, authenticatedData(seat, composed)),
  );
  if (isRefused(made)) {
    emit(turn, { type: "noticed", ...made });
    return;
  }
  keepRoom(turn, { ...seat, group: made.newState });
  const { privateMessage } = made;
  submit(turn, room, said, composed, encodeMlsMessage({ ...inMessage, privateMessage }));
}

/** The hub's answer: an accepted message is shown with the hub's time. */
export function receiveSubmitAnswer(turn: SeatTurn, id: string, status: number, body: Uint8Array): void {
  const { [id]: sent, ...asks } = turn.state.asks;
  turn.state = { ...turn.state, asks };
  if (sent === undefined) return;
  const response = attempt(() => {
    if (status === 200) return SubmitMessageResponse.decode(body);
    throw new RoomError("httpStatus", "protocol-06 §5.4", `answered with status ${status}`);
  });
  if (isRefused(response)) {
    emit(turn, { type: "noticed", ...response });
  } else if (response.statusCode === "accepted") {
    const { room, ...message } = sent;
    show(turn, room, { ...message, acceptedMs: Number(response.acceptedTimestamp) });
  } else {
    emit(turn, { type: "decided", text: `the hub has not accepted the message: ${response.statusCode}` });
  }
}

const inMessage = { version: "mls10", wireformat: "mls_private_message" } as const;

function composeSaid(turn: SeatTurn, seat: SeatRoom, said: Said): ComposedMessage | undefined {
  const by = { sender: turn.state.user, room: seat.room, salt: turn.random };
  if (said.kind === "message") return textMessage(by, said.text);
  const choice = "of" in said ? said.of : said.to;
  const target = seat.timeline.findLast(
    (shown) =>
      shown.kind === "message" &&
      ("version" in choice ? hex(shown.messageId) === choice.version : shown.sender === choice.latestOf),
  );
  if (target === undefined) return undefined;
  if (said.kind === "reply") return reply(by, target.messageId, said.text);
  if (said.kind === "reaction") return reaction(by, target.messageId, said.text);
  const { messageId: replaces, inReplyTo } = target;
  const replaced = { replaces, ...(inReplyTo === undefined ? {} : { inReplyTo }) };
  return said.kind === "edit" ? edit(by, replaced, said.text) : deletion(by, replaced);
}

/** The franking tag travels with the message where the group names a franking agent. protocol-06 §5.4.1.1 */
function authenticatedData({ group }: SeatRoom, { content, encoded }: ComposedMessage): Uint8Array {
  const { extensions } = GroupContext.decode(encodeGroupContext(group.groupContext));
  if (!dictionaryOf(extensions).has(componentIds.franking_signature_key)) return safeAad([]);
  const aadItemData = FrankAAD.encode({ frankingTag: frankingTag(content.salt, encoded) });
  return safeAad([{ componentId: componentIds.frank_aad, aadItemData }]);
}

/** What ts-mls has written goes into our request only if our strict decoder takes it. */
function submit(
  turn: SeatTurn,
  room: string,
  said: Said,
  { messageId, content }: ComposedMessage,
  octets: Uint8Array,
): void {
  const appMessage = attempt(() => MLSMessage.decode(octets));
  const seat = turn.state.rooms[room];
  if (isRefused(appMessage) || seat === undefined) {
    if (isRefused(appMessage)) emit(turn, { type: "noticed", ...appMessage });
    return;
  }
  const id = String(turn.state.asked + 1);
  const { inReplyTo, replaces } = content;
  const sent = {
    room,
    messageId,
    sender: turn.state.user,
    text: "text" in said ? said.text : "",
    kind: said.kind === "reaction" ? ("reaction" as const) : ("message" as const),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(replaces === undefined ? {} : { replaces }),
  };
  keepRoom(turn, { ...seat, sent: [...seat.sent, messageName(appMessage)] });
  turn.state = {
    ...turn.state,
    asked: turn.state.asked + 1,
    asks: { ...turn.state.asks, [id]: sent },
  };
  const request = { protocol: "mls10" as const, appMessage, sendingUri: { uri: turn.state.user } };
  const body = SubmitMessageRequest.encode(request);
  emit(turn, {
    type: "local",
    to: turn.state.provider.domain,
    message: { type: "ask", id, operation: "submitMessage", room, body },
    label: "Message",
  });
}
