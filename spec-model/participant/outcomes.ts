/** What becomes of what a client has sent: the hub's answers to updates and messages. protocol-06 §5.3 and §5.4 */
import type { Evidence, Frank } from "../franking/index.ts";
import { attempt, isRefused, RoomError } from "../room/index.ts";
import { SubmitMessageResponse } from "../submit/index.ts";
import { emit } from "../turn.ts";
import { UpdateRoomResponse } from "../update/index.ts";
import { type Ask, type ClientTurn, keepRoom } from "./client-state.ts";
import { closeLocally, leaveLocally } from "./endings.ts";
import { ownEvidence } from "./franking.ts";
import { requestGroupInfo } from "./join.ts";
import { spendClaim } from "./key-packages.ts";
import { keepUnsent } from "./messages.ts";
import { show } from "./receive-message.ts";
import { becomeMember, roomOf, stepRoom } from "./rooms.ts";
import { leavePredecessor } from "./succeed.ts";
import { pursueFrom } from "./updates.ts";

/** The own update has been accepted, or has not: takes up the state that follows. */
export function settleUpdate(turn: ClientTurn, room: string, accepted: boolean): void {
  const before = roomOf(turn, room);
  const { prepared } = before;
  if (prepared === undefined) return;
  keepRoom(turn, { ...before, prepared: undefined });
  if (!accepted || prepared.accepted === undefined) return;
  if (prepared.claim !== undefined) spendClaim(turn, prepared.claim);
  becomeMember(turn, room, prepared.accepted);
  leavePredecessor(turn, room);
}

/** The hub's answer to an UpdateRequest. */
export function receiveUpdateAnswer(
  turn: ClientTurn,
  { room, update }: Extract<Ask, { kind: "update" }>,
  status: number,
  body: Uint8Array,
): void {
  const response = attempt(() => {
    if (status === 200) return UpdateRoomResponse.decode(body);
    throw new RoomError("httpStatus", "protocol-06 §5.3", `answered with status ${status}`);
  });
  if (isRefused(response)) emit(turn, { type: "noticed", ...response });
  const code = isRefused(response) ? codeOf(status) : response.responseCode;
  const currentEpoch =
    !isRefused(response) && response.responseCode === "wrongEpoch"
      ? Number(response.currentEpoch)
      : undefined;
  const effects = stepRoom(turn, room, {
    type: "updateAnswered",
    update,
    code,
    ...(currentEpoch === undefined ? {} : { currentEpoch }),
  });
  if (code !== "success") {
    const says = isRefused(response) ? response.text : response.errorDescription;
    emit(turn, { type: "decided", text: `the hub has not accepted the update: ${code} ${says}`.trimEnd() });
  }
  for (const effect of effects) {
    if (effect.type === "mergeOwnCommit") settleUpdate(turn, room, true);
    if (effect.type === "discardOwnUpdate") settleUpdate(turn, room, false);
    if (effect.type === "leaveLocally") leaveLocally(turn, room, "finds the room gone");
    if (effect.type === "closeLocally") closeLocally(turn);
    if (effect.type === "askForGroupInfo") requestGroupInfo(turn, room);
  }
  pursueFrom(turn, room, effects);
}

/** What an answer without a body of the draft says. */
function codeOf(status: number): string {
  if (status === 404) return "gone";
  return status >= 500 ? "unknown" : "failed";
}

/** The hub's answer to a SubmitMessageRequest: an accepted message is shown with the hub's time. */
export function receiveSubmitAnswer(
  turn: ClientTurn,
  asked: Extract<Ask, { kind: "submitMessage" }>,
  status: number,
  body: Uint8Array,
): void {
  const response = attempt(() => {
    if (status === 200) return SubmitMessageResponse.decode(body);
    throw new RoomError("httpStatus", "protocol-06 §5.4", `answered with status ${status}`);
  });
  if (isRefused(response)) {
    emit(turn, { type: "noticed", ...response });
    const effects = stepRoom(turn, asked.room, { type: "submitAnswered", code: codeOf(status) });
    if (effects.some(({ type }) => type === "leaveLocally"))
      leaveLocally(turn, asked.room, "finds the room gone");
    return;
  }
  stepRoom(turn, asked.room, { type: "submitAnswered", code: response.statusCode });
  if (response.statusCode !== "accepted") {
    emit(turn, { type: "decided", text: `the hub has not accepted the message: ${response.statusCode}` });
    if (response.statusCode === "epochTooOld")
      keepUnsent(turn, asked.room, asked.said, Number(response.currentEpoch));
    return;
  }
  const { messageId, content } = asked.said;
  const evidence = attempt(() => evidenceOf(turn, asked, response.acceptedTimestamp, response.frank));
  if (isRefused(evidence)) emit(turn, { type: "noticed", ...evidence });
  const acceptedTimestamp = Number(response.acceptedTimestamp);
  const shown = { messageId, sender: turn.state.user, acceptedTimestamp, content };
  show(turn, asked.room, isRefused(evidence) || evidence === undefined ? shown : { ...shown, evidence });
}

/** The sender knows all that the hub has signed: a time or a frank changed on the way back shows. §5.4.1.2 */
function evidenceOf(
  turn: ClientTurn,
  { room, said }: Extract<Ask, { kind: "submitMessage" }>,
  acceptedTimestamp: bigint,
  frank: Frank | undefined,
): Evidence | undefined {
  const { member } = roomOf(turn, room);
  return said.franked && member !== undefined
    ? ownEvidence(turn, { room, member, said, acceptedTimestamp, frank })
    : undefined;
}
