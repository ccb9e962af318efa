/**
 * A client that has kept what it drew for its own groups, commits and proposals, and what it has said, and goes on from
 * there. It is as if it had sent them and waited for the hub's word. protocol-06 §3.1, §5.3 to §5.5
 */
import type { ActorStep, Moment } from "../actor.ts";
import { equalBytes, hex, noBytes } from "../bytes.ts";
import { messageIdOf } from "../content/index.ts";
import { frankingTag } from "../franking/index.ts";
import {
  type CreatedGroup,
  demandAnnounced,
  type Member,
  type MLSMessage,
  type MlsApplication,
  type MlsLayer,
  realMls,
  resumeCommit,
  resumeExternalCommit,
  resumeGroup,
  resumeProposal,
  type SentExternalCommit,
} from "../mls/index.ts";
import { attempt, isRefused, RoomError, roomOfGroup } from "../room/index.ts";
import { emit, takeTurn } from "../turn.ts";
import { clientApplication } from "./application.ts";
import { remember } from "./asks.ts";
import { type ClientState, type ClientTurn, keepRoom, type SentMessage } from "./client-state.ts";
import { holdGroup } from "./create-room.ts";
import { tagIn } from "./franking.ts";
import { contentOf } from "./receive-message.ts";
import { factsOf, roomOf, stepRoom } from "./rooms.ts";
import { foundersApplication, keepPredecessor } from "./succeed.ts";
import { messageName } from "./updates.ts";

/** A commit as it was sent, and what was drawn for it. */
export interface KeptCommit {
  readonly message: MLSMessage;
  /** Of the committer's leaf; none where the commit has no path. RFC 9420 §7.4 */
  readonly pathSecret: Uint8Array | undefined;
  /** What the client has come in by, where the commit is external. RFC 9420 §8.3 */
  readonly joining:
    | Pick<SentExternalCommit, "groupInfo" | "ratchetTree" | "selfRemoves" | "initSecret">
    | undefined;
}

/** A group as it was published, and what was drawn for it. RFC 9420 §11 */
export type KeptGroup = Omit<CreatedGroup, "signaturePrivateKey">;

/** An application message as it was sent, and the MIMI content in it. content-09 §4 */
export interface KeptMessage {
  readonly message: MLSMessage;
  readonly applicationData: Uint8Array;
}

/**
 * The client with the commit on its way to the hub: by it a member goes into the next epoch, and who is outside comes
 * in. It counts once the hub says so. The client stays as it is where commit and secrets do not fit. protocol-06 §5.5
 */
export function recallCommit(
  state: ClientState,
  room: string,
  kept: KeptCommit,
  moment: Moment,
  mls: MlsLayer = realMls,
): ActorStep<ClientState> {
  return takeTurn(state, moment, mls, (turn) => {
    const accepted = attempt(() => memberAfter(turn, room, kept));
    if (isRefused(accepted)) emit(turn, { type: "noticed", ...accepted });
    else holdCommit(turn, room, kept.message, accepted);
  });
}

/** The client with a group that it has given to its provider. It stays as it is where group and secret do not fit. */
export function recallGroup(
  state: ClientState,
  room: string,
  kept: KeptGroup,
  moment: Moment,
  mls: MlsLayer = realMls,
): ActorStep<ClientState> {
  return takeTurn(state, moment, mls, (turn) => {
    const signaturePrivateKey = turn.state.signature.privateKey;
    const closed = closedGroup(turn, room);
    const member = attempt(() => {
      const created = resumeGroup({ ...kept, signaturePrivateKey }, applicationOf(turn));
      demandGroupOf(created, room, closed);
      return created;
    });
    if (isRefused(member)) {
      emit(turn, { type: "noticed", ...member });
      return;
    }
    if (closed !== undefined) keepPredecessor(turn, room, closed);
    holdGroup(turn, room, member);
  });
}

/** The member with proposals of its own that it cannot decrypt when they come back. semiprivatemessage-07 §4.2 */
export function recallProposals(
  state: ClientState,
  room: string,
  proposals: readonly MLSMessage[],
  moment: Moment,
  mls: MlsLayer = realMls,
): ActorStep<ClientState> {
  return takeTurn(state, moment, mls, (turn) => {
    const app = applicationOf(turn);
    const member = attempt(() =>
      proposals.reduce<Member>((before, each) => resumeProposal(before, each, app), ownMember(turn, room)),
    );
    if (isRefused(member)) emit(turn, { type: "noticed", ...member });
    else keepRoom(turn, { ...roomOf(turn, room), member });
  });
}

/**
 * The client with a message of its own on its way to the hub: it cannot decrypt it when it comes back. It stays as it is
 * where the message is none of the room's group, or its franking tag is not of the content. protocol-06 §5.4
 */
export function recallMessage(
  state: ClientState,
  room: string,
  kept: KeptMessage,
  moment: Moment,
  mls: MlsLayer = realMls,
): ActorStep<ClientState> {
  return takeTurn(state, moment, mls, (turn) => {
    const said = attempt(() => saidBefore(turn, room, kept));
    if (isRefused(said)) {
      emit(turn, { type: "noticed", ...said });
      return;
    }
    const { sent, ...before } = roomOf(turn, room);
    const { franked: _, ...unsent } = said;
    keepRoom(turn, { ...before, sent: { ...sent, [messageName(kept.message)]: unsent } });
    remember(turn, { kind: "submitMessage", room, said });
  });
}

function saidBefore(turn: ClientTurn, room: string, { message, applicationData }: KeptMessage): SentMessage {
  const { groupContext } = ownMember(turn, room);
  if (message.wireFormat !== "mls_private_message") {
    throw new RoomError("message", "protocol-06 §5.4", `a ${message.wireFormat} is no application message`);
  }
  const { groupId, authenticatedData } = message.privateMessage;
  if (!equalBytes(groupId, groupContext.groupId)) {
    throw new RoomError("groupOfRoom", "protocol-06 §3", "the message is for another group");
  }
  const content = contentOf(applicationData);
  const tag = tagIn(authenticatedData);
  if (tag !== undefined && !equalBytes(tag, frankingTag(content.salt, applicationData))) {
    throw new RoomError("frankingTag", "protocol-06 §5.4.1.1", "the franking tag is of another content");
  }
  const { user } = turn.state;
  const messageId = messageIdOf({
    encoded: applicationData,
    salt: content.salt,
    senderUri: user,
    roomUri: room,
  });
  const franked = tag !== undefined;
  return { messageId: hex(messageId), content, encoded: applicationData, notBefore: 0, franked };
}

function memberAfter(turn: ClientTurn, room: string, { message, pathSecret, joining }: KeptCommit): Member {
  const app = turn.mls.asked(foundersApplication(turn, roomOf(turn, room).previous));
  if (joining === undefined) return resumeCommit(ownMember(turn, room), message, pathSecret, app);
  const signaturePrivateKey = turn.state.signature.privateKey;
  return resumeExternalCommit(
    { ...joining, message, signaturePrivateKey, pathSecret: pathSecret ?? noBytes },
    app,
  );
}

function applicationOf({ mls, now }: ClientTurn): MlsApplication {
  return mls.asked(clientApplication(now));
}

function ownMember(turn: ClientTurn, room: string): Member {
  const { member } = roomOf(turn, room);
  if (member !== undefined) return member;
  throw new RoomError("notMember", "RFC 9420 §12.4", "there is no group to send anything in");
}

function holdCommit(turn: ClientTurn, room: string, message: MLSMessage, accepted: Member): void {
  const { member, machine } = roomOf(turn, room);
  if (member === undefined) {
    stepRoom(turn, room, { type: "join" });
    stepRoom(turn, room, { type: "groupInfoAnswered", code: "success" });
  }
  const { reInit } = accepted;
  if (reInit !== undefined && machine.context.wishes.length === 0) {
    stepRoom(turn, room, { type: "want", wish: { kind: "reInit", groupId: reInit.groupId } });
  }
  const { epoch, known } = roomOf(turn, room).machine.context;
  const update = messageName(message);
  const inFlight = { kind: "commit" as const, references: [], begins: factsOf(accepted).epoch };
  const built = { type: "updateBuilt" as const, ...inFlight, update, epoch, covers: known.length };
  const effects = stepRoom(turn, room, built);
  if (!effects.some((effect) => effect.type === "sendUpdate")) return;
  const prepared = { update, accepted, body: noBytes, label: "Commit", claim: undefined };
  keepRoom(turn, { ...roomOf(turn, room), prepared });
  remember(turn, { kind: "update", room, update, claim: undefined });
}

/** The group that a ReInit has closed, where the room waits for the one that follows. RFC 9420 §11.2 */
function closedGroup(turn: ClientTurn, room: string): Member | undefined {
  const { member } = roomOf(turn, room);
  return member?.reInit === undefined ? undefined : member;
}

function demandGroupOf({ groupContext }: Member, room: string, closed: Member | undefined): void {
  if (roomOfGroup(groupContext.groupId) !== room) {
    throw new RoomError("groupOfRoom", "protocol-06 §3", "the group is of another room");
  }
  if (closed?.reInit !== undefined) demandAnnounced(closed.reInit, groupContext);
}
