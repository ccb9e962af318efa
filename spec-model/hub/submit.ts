/** A SubmitMessageRequest at the hub: accept, frank, answer, fan out. protocol-06 §5.4 */
import { equalBytes, noBytes } from "../bytes.ts";
import type { Frank } from "../franking/index.ts";
import type { Effect } from "../machine.ts";
import type { PrivateMessage } from "../mls/index.ts";
import { attempt, epochNumber, isRefused, RoomError } from "../room/index.ts";
import { SubmitMessageRequest, SubmitMessageResponse } from "../submit/index.ts";
import { advance, emit, type Turn } from "../turn.ts";
import { answerAgain, answerAndKeep, requestName } from "./answers.ts";
import { fanOut } from "./fan-out.ts";
import { frankMessage } from "./franking.ts";
import { type HostedRoom, type HubKeys, surroundingsOf } from "./hosted-room.ts";
import type { Asker, HubLinks } from "./links.ts";
import { noticeRule } from "./notice.ts";
import { hubRoomMachine } from "./room-machine.ts";
import type { Recipients } from "./room-updates.ts";

interface Submission {
  readonly privateMessage: PrivateMessage;
  readonly sender: string;
  readonly epoch: number;
  readonly request: SubmitMessageRequest;
}

/** Takes an application message for a hosted room and answers it. */
export function receiveSubmission(
  turn: Turn<unknown>,
  links: HubLinks,
  keys: HubKeys,
  hosted: HostedRoom,
  asker: Asker,
  body: Uint8Array,
): HostedRoom {
  const submission = attempt(() => submissionOf(hosted, body));
  if (isRefused(submission)) {
    emit(turn, { type: "noticed", ...submission });
    links.answer(asker, 400, noBytes, "");
    return hosted;
  }
  const { epoch, sender, request } = submission;
  const name = requestName(asker, body);
  const surroundings = surroundingsOf(turn, links, hosted);
  const event = { type: "submit" as const, request: name, from: asker.domain, epoch, sender, surroundings };
  const { snapshot, effects } = advance(turn, hubRoomMachine, hosted.machine, event, hosted.room);
  const frank = frankMessage(turn, keys, hosted, submission);
  let room: HostedRoom = { ...hosted, machine: snapshot };
  for (const effect of effects) {
    if (effect.type === "answerAgain") answerAgain(links, hosted, asker, name);
    if (effect.type === "answer") room = answer(turn, links, room, asker, name, effect, frank);
    if (effect.type !== "fanOut") continue;
    const to = effect as unknown as Recipients;
    const message = { timestamp: BigInt(turn.now), message: request.appMessage, frank };
    room = fanOut(turn, links, room, { item: String(to.place), message, label: "Message" }, to);
  }
  return room;
}

function submissionOf(hosted: HostedRoom, body: Uint8Array): Submission {
  const request = SubmitMessageRequest.decode(body);
  const { appMessage, sendingUri } = request;
  if (
    appMessage.wireFormat !== "mls_private_message" ||
    appMessage.privateMessage.contentType !== "application"
  ) {
    throw new RoomError("applicationMessage", "protocol-06 §5.4", "no PrivateMessage with application data");
  }
  const { privateMessage } = appMessage;
  if (!equalBytes(privateMessage.groupId, hosted.group.groupContext.groupId)) {
    throw new RoomError("groupOfRoom", "protocol-06 §5.4", "a message of another group");
  }
  return { privateMessage, sender: sendingUri.uri, epoch: epochNumber(privateMessage.epoch), request };
}

function answer(
  turn: Turn<unknown>,
  links: HubLinks,
  room: HostedRoom,
  asker: Asker,
  name: string,
  effect: Effect,
  frank: Frank | undefined,
): HostedRoom {
  const code = effect["code"] as SubmitMessageResponse["statusCode"];
  const head = { protocol: "mls10" as const };
  const response: SubmitMessageResponse =
    code === "accepted"
      ? { ...head, statusCode: code, acceptedTimestamp: BigInt(turn.now), frank }
      : code === "epochTooOld"
        ? { ...head, statusCode: code, currentEpoch: room.group.groupContext.epoch }
        : { ...head, statusCode: code };
  const says = typeof effect["says"] === "string" ? `, ${effect["says"]}` : "";
  const text =
    code === "accepted" ? "verifies that the message is allowed" : `refuses the message: ${code}${says}`;
  emit(turn, { type: "decided", text, draft: "protocol-06 §5.4" });
  noticeRule(turn, effect);
  const given = { body: SubmitMessageResponse.encode(response), summary: `SubmitMessageResponse ${code}` };
  if (code === "accepted") return answerAndKeep(links, room, asker, name, given);
  links.answer(asker, 200, given.body, given.summary);
  return room;
}
