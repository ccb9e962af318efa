/** Joining as a new client of a participant: fetch the GroupInfo, commit oneself in. protocol-06 §3.6 and §5.6 */
import { equalBytes, noBytes, textOf, utf8 } from "../bytes.ts";
import {
  GroupInfoRatchetTreeTBE,
  GroupInfoRequest,
  GroupInfoRequestTBS,
  GroupInfoResponse,
  GroupInfoResponseTBS,
} from "../group-info/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import {
  decryptWithLabel,
  externalSenders,
  fromRatchetTreeExtension,
  type MLSMessage,
  safeAad,
  signWithLabel,
  verifyWithLabel,
} from "../mls/index.ts";
import { attempt, isRefused, participantsIn, providerOf, RoomError, roomOfGroup } from "../room/index.ts";
import { emit } from "../turn.ts";
import { clientApplication } from "./application.ts";
import { ask } from "./asks.ts";
import { type ClientTurn, type Joining, keepRoom } from "./client-state.ts";
import { newKeyPackage } from "./key-packages.ts";
import { listUpdate } from "./proposals-for.ts";
import { roomOf, stepRoom } from "./rooms.ts";
import { sendCommit } from "./updates.ts";

const responseLabel = "GroupInfo and ratchet_tree encryption";

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
  const signed = GroupInfoRequestTBS.encode(unsigned);
  const signature = signWithLabel(suite, turn.state.signature.privateKey, "GroupInfoRequestTBS", signed);
  const body = GroupInfoRequest.encode({ ...unsigned, signature });
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
  if (textOf(response.roomId) !== room) {
    throw new RoomError("roomOfAnswer", "protocol-06 §5.6", "the answer is about another room");
  }
  if (response.status !== "success") return { status: response.status };
  const suite = turn.mls.suite(turn.state.suite);
  const { hubSender, signature, encryptedGroupinfoAndTree } = response;
  const signed = GroupInfoResponseTBS.encode(response);
  if (!verifyWithLabel(suite, hubSender.signatureKey, "GroupInfoResponseTBS", signed, signature)) {
    throw new RoomError("responseSignature", "protocol-06 §5.6", "the answer's signature does not fit");
  }
  if (providerOf(hubSender.credential) !== domainOfUri(room)) {
    throw new RoomError("hubSender", "protocol-06 §5.6", "the answer is not signed by the room's hub");
  }
  const key = roomOf(turn, room).groupInfoKey ?? noBytes;
  const plaintext = decryptWithLabel(
    suite,
    key,
    responseLabel,
    response.roomId,
    encryptedGroupinfoAndTree,
    "groupInfoDecryption",
  );
  const contents = GroupInfoRatchetTreeTBE.decode(plaintext);
  demandHubOfGroup(room, contents, hubSender.signatureKey);
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
