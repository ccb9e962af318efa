/** Joining as a new client of a participant: fetch the GroupInfo, commit oneself in. protocol-06 §3.6 and §5.6 */
import { equalBytes, noBytes, utf8 } from "../bytes.ts";
import {
  demandAnswerAbout,
  GroupInfoRatchetTreeTBE,
  GroupInfoRequest,
  GroupInfoResponse,
  openGroupInfoResponse,
  signGroupInfoRequest,
} from "../group-info/index.ts";
import { externalSenders, fromRatchetTreeExtension, type MLSMessage, safeAad } from "../mls/index.ts";
import { attempt, isRefused, participantsIn, RoomError, roomOfGroup } from "../room/index.ts";
import { emit } from "../turn.ts";
import { clientApplication } from "./application.ts";
import { ask } from "./asks.ts";
import { type ClientTurn, type Joining, keepRoom } from "./client-state.ts";
import { newKeyPackage } from "./key-packages.ts";
import { listUpdate } from "./proposals-for.ts";
import { roomOf, stepRoom } from "./rooms.ts";
import { sendCommit } from "./updates.ts";

/** Comes into a room by itself: as a new client of a participant, or as a new participant. */
export function join(turn: ClientTurn, room: string, joining: Joining): void {
  const effects = stepRoom(turn, room, { type: "join" });
  if (!effects.some((effect) => effect.type === "askForGroupInfo")) return;
  keepRoom(turn, { ...roomOf(turn, room), joining });
  requestGroupInfo(turn, room);
}

/** Asks for the GroupInfo of a room, encrypted to a key made for this one request. */
export function requestGroupInfo(turn: ClientTurn, room: string): void {
  const suite = turn.mls.suite(turn.state.suite);
  const { publicKey, privateKey } = suite.hpke.generateKeyPair(turn.random);
  keepRoom(turn, { ...roomOf(turn, room), groupInfoKey: privateKey });
  const unsigned = {
    protocol: "mls10" as const,
    cipherSuite: suite.id,
    requestingSignatureKey: turn.state.signature.publicKey,
    requestingCredential: turn.state.credential,
    groupInfoPublicKey: publicKey,
    joiningCode: utf8(roomOf(turn, room).joining.code),
  };
  const body = GroupInfoRequest.encode(
    signGroupInfoRequest(suite, turn.state.signature.privateKey, unsigned),
  );
  ask(turn, "groupInfo", room, body, "Fetch GroupInfo", { kind: "groupInfo", room });
}

/** The hub's answer: verify it, and build the external commit. */
export function receiveGroupInfo(turn: ClientTurn, room: string, status: number, body: Uint8Array): void {
  const opened = attempt(() => open(turn, room, status, body));
  if (isRefused(opened)) emit(turn, { type: "noticed", ...opened });
  const code = isRefused(opened) ? "failed" : opened.status;
  const effects = stepRoom(turn, room, { type: "groupInfoAnswered", code });
  if (isRefused(opened) || opened.status !== "success") return;
  if (!effects.some((effect) => effect.type === "buildExternalCommit")) return;
  const made = attempt(() => {
    const options = joinOptions(turn, roomOf(turn, room).joining, opened.contents);
    return turn.mls.externalCommit(options, clientApplication(turn.now), turn.random);
  });
  if (!isRefused(made)) {
    sendCommit(turn, room, made, undefined, undefined);
    return;
  }
  stepRoom(turn, room, { type: "buildFailed", refused: made });
  emit(turn, { type: "noticed", ...made });
}

/**
 * An external commit can take up SelfRemoves and no other pending proposals (mls-extensions §6.3). Who is not in the
 * list enters it with the same commit. room-policy-04 §8.1.1
 */
function joinOptions(turn: ClientTurn, { role }: Joining, contents: GroupInfoRatchetTreeTBE) {
  const { groupInfo, ratchetTreeOption, pendingProposals } = contents;
  if (ratchetTreeOption.representation !== "full") {
    throw new RoomError(
      "ratchetTreePresent",
      "protocol-06 §5.6",
      "the answer does not carry the ratchet tree",
    );
  }
  const { user } = turn.state;
  const isListed = participantsIn(groupInfo.groupContext).some((participant) => participant.user === user);
  return {
    groupInfo,
    proposals:
      isListed || role === undefined ? [] : [listUpdate({ addedParticipants: [{ user, roleIndex: role }] })],
    ratchetTree: fromRatchetTreeExtension(ratchetTreeOption.ratchetTree),
    joiner: newKeyPackage(turn),
    selfRemoves: pendingProposals.map((pending) => pending.proposal).filter(isSelfRemove),
    authenticatedData: safeAad([]),
  };
}

function open(turn: ClientTurn, room: string, status: number, body: Uint8Array) {
  if (status !== 200) throw new RoomError("httpStatus", "protocol-06 §5.6", `answered with status ${status}`);
  const response = GroupInfoResponse.decode(body);
  demandAnswerAbout(room, response);
  if (response.status !== "success") return { status: response.status };
  const suite = turn.mls.suite(turn.state.suite);
  const key = roomOf(turn, room).groupInfoKey ?? noBytes;
  const plaintext = openGroupInfoResponse(suite, response, room, key);
  const contents = GroupInfoRatchetTreeTBE.decode(plaintext);
  demandHubOfGroup(room, contents, response.hubSender.signatureKey);
  return { status: response.status, contents };
}

/** The group is the room's, and the hub that answers is one the group names. protocol-06 §7.4 */
function demandHubOfGroup(room: string, contents: GroupInfoRatchetTreeTBE, hubKey: Uint8Array): void {
  const { groupContext } = contents.groupInfo;
  if (roomOfGroup(groupContext.groupId) !== room) {
    throw new RoomError("groupOfRoom", "protocol-06 §3", "the GroupInfo is of another room's group");
  }
  const senders = externalSenders(groupContext.extensions);
  if (senders.some((sender) => equalBytes(sender.signatureKey, hubKey))) return;
  throw new RoomError(
    "hubInExternalSenders",
    "protocol-06 §7.4",
    "the group does not name the hub that answered",
  );
}

function isSelfRemove(message: MLSMessage): boolean {
  if (message.wireFormat !== "mls_public_message") return false;
  const { content } = message.publicMessage;
  return content.contentType === "proposal" && content.proposal.proposalType === "self_remove";
}
