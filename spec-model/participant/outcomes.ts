/** What becomes of what a client has sent: the hub's answers to updates and messages. protocol-06 §5.3 and §5.4 */
import { type Frank, FrankingAgentData, verifyFrank } from "../franking/index.ts";
import { dictionaryOf } from "../mls/index.ts";
import { attempt, isRefused, RoomError } from "../room/index.ts";
import { componentIds } from "../room/structures/index.ts";
import { SubmitMessageResponse } from "../submit/index.ts";
import { emit } from "../turn.ts";
import { UpdateRoomResponse } from "../update/index.ts";
import { type Ask, type ClientTurn, keepRoom } from "./client-state.ts";
import { spendClaim } from "./key-packages.ts";
import { show } from "./receive-message.ts";
import { becomeMember, roomOf, stepRoom } from "./rooms.ts";

/** The own commit has been accepted, or has not: takes up the state that follows. */
export function settleCommit(turn: ClientTurn, room: string, accepted: boolean): void {
  const before = roomOf(turn, room);
  const { prepared } = before;
  if (prepared === undefined) return;
  keepRoom(turn, { ...before, prepared: undefined });
  if (accepted) becomeMember(turn, room, prepared.accepted);
}

/** The hub's answer to an UpdateRequest. */
export function receiveUpdateAnswer(
  turn: ClientTurn,
  asked: Extract<Ask, { kind: "update" | "leave" }>,
  status: number,
  body: Uint8Array,
): void {
  const { room } = asked;
  const response = attempt(() => {
    if (status === 200) return UpdateRoomResponse.decode(body);
    throw new RoomError("httpStatus", "protocol-06 §5.3", `answered with status ${status}`);
  });
  if (isRefused(response)) emit(turn, { type: "noticed", ...response });
  const code = isRefused(response) ? "failed" : response.responseCode;
  if (asked.kind === "leave" && code !== "success")
    keepRoom(turn, { ...roomOf(turn, room), member: asked.before });
  if (asked.kind === "update" && asked.claim !== undefined && code === "success")
    spendClaim(turn, asked.claim);
  for (const effect of stepRoom(turn, room, { type: "updateAnswered", code })) {
    if (effect.type === "mergeOwnCommit") settleCommit(turn, room, true);
    if (effect.type === "discardOwnCommit") settleCommit(turn, room, false);
  }
  if (code === "success") return;
  const says = isRefused(response) ? response.text : response.errorDescription;
  emit(turn, { type: "decided", text: `the hub has not accepted the update: ${code} ${says}`.trimEnd() });
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
    stepRoom(turn, asked.room, { type: "submitAnswered", code: "failed" });
    return;
  }
  stepRoom(turn, asked.room, { type: "submitAnswered", code: response.statusCode });
  if (response.statusCode !== "accepted") {
    emit(turn, { type: "decided", text: `the hub has not accepted the message: ${response.statusCode}` });
    return;
  }
  const { franked, ...said } = asked.said;
  const genuine = attempt(
    () => franked && demandOwnFrank(turn, asked, response.acceptedTimestamp, response.frank),
  );
  if (isRefused(genuine)) emit(turn, { type: "noticed", ...genuine });
  show(turn, asked.room, { ...said, acceptedMs: Number(response.acceptedTimestamp) });
}

/** The sender knows all that the hub has signed: a time or a frank changed on the way back shows. §5.4.1.2 */
function demandOwnFrank(
  turn: ClientTurn,
  { room, said }: Extract<Ask, { kind: "submitMessage" }>,
  acceptedTimestamp: bigint,
  frank: Frank | undefined,
): void {
  const { member } = roomOf(turn, room);
  const data = dictionaryOf(member?.groupContext.extensions ?? []).get(componentIds.franking_signature_key);
  if (member === undefined || data === undefined) return;
  if (frank === undefined) throw new RoomError("frankPresent", "protocol-06 §5.4.1", "the hub gave no frank");
  const suite = turn.mls.suite(member.groupContext.cipherSuite);
  const context = { senderUri: { uri: said.sender }, roomUri: { uri: room }, acceptedTimestamp };
  const { frankingSignatureKey } = FrankingAgentData.decode(data);
  if (verifyFrank(suite, frankingSignatureKey, frank, context)) return;
  throw new RoomError(
    "frankSignature",
    "protocol-06 §5.4.1.2",
    "the hub's signature on the frank does not fit",
  );
}
