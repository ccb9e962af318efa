/** Events of a room as they reach a client: Welcomes, commits, proposals, messages. protocol-06 §5.5 */
import { equalBytes, hex, noBytes } from "../bytes.ts";
import type { TimelineMessage } from "../content/index.ts";
import { FanoutMessage } from "../fan-out/index.ts";
import type { Effect } from "../machine.ts";
import { fromRatchetTreeExtension, type Member, type MLSMessage, type Welcome } from "../mls/index.ts";
import { remembered, rememberedByOctets } from "../remembered.ts";
import { attempt, epochNumber, isRefused, RoomError, roomOfGroup } from "../room/index.ts";
import { emit } from "../turn.ts";
import { contentTypeOf } from "../update/index.ts";
import { clientApplication } from "./application.ts";
import { type ClientTurn, keepRoom, type UnsentMessage } from "./client-state.ts";
import { commitFacts, judgeCommit } from "./commit-facts.ts";
import { closeLocally, leaveLocally } from "./endings.ts";
import { proposalsProspect } from "./hear-proposals.ts";
import { forgetKeyPackage } from "./key-packages.ts";
import { sendUnsent } from "./messages.ts";
import { settleUpdate } from "./outcomes.ts";
import { awaitCommit } from "./pending-commits.ts";
import { show, verifiedMessage } from "./receive-message.ts";
import type { ParticipantEvent } from "./room-context.ts";
import { becomeMember, factsOf, roomOf, stepRoom } from "./rooms.ts";
import { predecessorOf } from "./succeed.ts";
import { messageName, pursueFrom } from "./updates.ts";

/** What an event would do, worked out before the machine decides. */
interface Prospect {
  readonly event: ParticipantEvent;
  readonly member?: Member;
  readonly shown?: TimelineMessage;
  /** The KeyPackage that a Welcome uses up. */
  readonly used?: string;
}

/** Takes one FanoutMessage, and what the hub has stapled to it: its own proposals for the epoch that begins. §5.5 */
export function receiveDelivery(turn: ClientTurn, room: string, bytes: Uint8Array): void {
  const fanned = attempt(() => decodedFanout(bytes));
  if (isRefused(fanned)) {
    emit(turn, { type: "noticed", ...fanned });
    return;
  }
  take(turn, room, fanned);
  const [message, ...moreProposals] = fanned.externalProposals ?? [];
  if (message !== undefined) take(turn, room, { timestamp: fanned.timestamp, message, moreProposals });
  replayBuffered(turn, room);
  sendUnsent(turn, room);
}

/** All providers hand their clients the same octets: what is in them is one object for all clients. */
const decodedFanout = rememberedByOctets((bytes) => FanoutMessage.decode(bytes));

function take(turn: ClientTurn, room: string, fanned: FanoutMessage): void {
  const prospect = attempt(() => prospectOf(turn, room, fanned));
  if (isRefused(prospect)) {
    emit(turn, { type: "noticed", ...prospect });
    return;
  }
  if (prospect === undefined) return;
  const { event, member, shown, used } = prospect;
  if ("verified" in event && isRefused(event.verified)) emit(turn, { type: "noticed", ...event.verified });
  const effects = stepRoom(turn, room, event);
  for (const effect of effects) {
    if (effect.type === "adopt" && member !== undefined) becomeMember(turn, room, member);
    if (effect.type === "buffer") keepForLater(turn, room, FanoutMessage.encode(fanned));
    if (effect.type === "leaveLocally") leaveLocally(turn, room, whyLeaving(event));
    if (effect.type === "closeLocally") closeLocally(turn);
    if (effect.type === "awaitCommit") awaitCommit(turn, room, effect);
    if (effect.type === "mergeOwnCommit") settleUpdate(turn, room, true);
    if (effect.type === "discardOwnUpdate") settleUpdate(turn, room, false);
    if (["adopt", "settleMessage"].includes(effect.type) && shown !== undefined) show(turn, room, shown);
    if (effect.type === "adopt" && used !== undefined) forgetKeyPackage(turn, used);
    if (effect.type === "alarmPolicy") alarmPolicy(turn, effect);
  }
  pursueFrom(turn, room, effects);
}

function whyLeaving(event: ParticipantEvent): string {
  return event.type === "commitArrived" ? "finds itself removed" : "finds that everybody has left";
}

/** The hub has sequenced it, and whoever does not follow is stranded: adopted, and put on record. */
function alarmPolicy(turn: ClientTurn, effect: Effect): void {
  const { code, text } = effect as unknown as { code: string; text: string };
  emit(turn, { type: "noticed", errorType: "PolicyError", code, where: "protocol-06 §7.3", text });
}

/** Gives the machine what had come too early, now that its epoch may have begun. */
export function replayBuffered(turn: ClientTurn, room: string): void {
  const before = roomOf(turn, room);
  const { epoch } = before.machine.context;
  const due = before.buffered.filter((bytes) => epochOf(decodedFanout(bytes).message) <= epoch);
  if (due.length === 0) return;
  keepRoom(turn, { ...before, buffered: before.buffered.filter((bytes) => !due.includes(bytes)) });
  for (const bytes of due) receiveDelivery(turn, room, bytes);
}

/** Nothing where the event is of another group than the one the client is in: the room has had one before. */
function prospectOf(turn: ClientTurn, room: string, fanned: FanoutMessage): Prospect | undefined {
  const { message } = fanned;
  if (message.wireFormat === "mls_welcome") return welcomeProspect(turn, room, fanned);
  const epoch = epochOf(message);
  const { member, machine, prepared } = roomOf(turn, room);
  if (member !== undefined && !equalBytes(groupOf(message), member.groupContext.groupId)) return undefined;
  const name = messageName(message);
  const current = member !== undefined && epoch === machine.context.epoch;
  switch (contentTypeOf(message)) {
    case "commit": {
      const arrived = { type: "commitArrived" as const, message: name, epoch };
      if (!current || prepared?.update === name) return { event: { ...arrived, verified: undefined } };
      return commitProspect(turn, member, message, arrived);
    }
    case "proposal": {
      const arrived = { type: "proposalsArrived" as const, message: name, epoch };
      if (!current) return { event: { ...arrived, verified: undefined } };
      return proposalsProspect(
        turn,
        member,
        machine.context.known,
        [message, ...(fanned.moreProposals ?? [])],
        arrived,
      );
    }
    default: {
      const arrived = { type: "messageArrived" as const, message: name, epoch };
      const own = roomOf(turn, room).sent[name];
      if (own !== undefined)
        return { event: { ...arrived, verified: undefined }, shown: ownMessage(turn, own, fanned) };
      if (member === undefined || epoch > machine.context.epoch) {
        return { event: { ...arrived, verified: undefined } };
      }
      return messageProspect(turn, room, member, fanned, arrived);
    }
  }
}

type Named<T extends ParticipantEvent["type"]> = {
  readonly type: T;
  readonly message: string;
  readonly epoch: number;
};

function welcomeProspect(turn: ClientTurn, room: string, fanned: FanoutMessage): Prospect {
  const { message, ratchetTreeOption } = fanned;
  if (message.wireFormat !== "mls_welcome") throw new RoomError("welcome", "protocol-06 §5.5", "no Welcome");
  const references = newcomersOf(message.welcome);
  const used = references.find((reference) => turn.state.keyPackages[reference] !== undefined);
  const own = used === undefined ? undefined : turn.state.keyPackages[used];
  const previous = predecessorOf(roomOf(turn, room));
  const joined = attempt(() => {
    if (own === undefined)
      throw new RoomError("welcomeForUs", "protocol-06 §5.5", "the Welcome is for others");
    if (ratchetTreeOption?.representation !== "full") {
      throw new RoomError(
        "ratchetTreePresent",
        "protocol-06 §5.5",
        "the Welcome comes without the ratchet tree",
      );
    }
    const ratchetTree = treeIn(ratchetTreeOption.ratchetTree);
    const { state } = turn.mls.joinByWelcome(
      message.welcome,
      { own, ratchetTree, ...(previous && { previous }) },
      clientApplication(turn.now),
    );
    if (roomOfGroup(state.groupContext.groupId) !== room) {
      throw new RoomError("groupOfRoom", "protocol-06 §3", "the Welcome is to another room's group");
    }
    return { state, facts: factsOf(state) };
  });
  const event = { type: "welcomed" as const, message: messageName(message) };
  if (isRefused(joined) || used === undefined) {
    return { event: { ...event, verified: isRefused(joined) ? joined : joined.facts } };
  }
  return { event: { ...event, verified: joined.facts }, member: joined.state, used };
}

const newcomersOf = remembered((welcome: Welcome) => welcome.secrets.map((secret) => hex(secret.newMember)));
const treeIn = remembered(fromRatchetTreeExtension);

function commitProspect(
  turn: ClientTurn,
  member: Member,
  message: MLSMessage,
  arrived: Named<"commitArrived">,
): Prospect {
  const taken = attempt(() => {
    const received = turn.mls.receive(member, message, clientApplication(turn.now));
    if (received.kind !== "commit" && received.kind !== "removed") {
      throw new RoomError("commitExpected", "protocol-06 §5.5", "no commit");
    }
    const reInit = received.facts.reInit !== undefined;
    return { state: received.state, facts: commitFacts(turn, member, received), reInit };
  });
  if (isRefused(taken)) return { event: { ...arrived, verified: taken } };
  const { facts, reInit } = taken;
  const decision = judgeCommit(turn, member, facts);
  return { event: { ...arrived, verified: facts, decision, reInit }, member: taken.state };
}

function messageProspect(
  turn: ClientTurn,
  room: string,
  member: Member,
  fanned: FanoutMessage,
  arrived: Named<"messageArrived">,
): Prospect {
  const taken = attempt(() => {
    const received = turn.mls.receive(member, fanned.message, clientApplication(turn.now));
    if (received.kind !== "application") throw new RoomError("message", "protocol-06 §5.5", "no message");
    const shown = verifiedMessage(turn, {
      room,
      member,
      epoch: received.epoch,
      leaf: received.sender,
      credential: received.credential,
      applicationData: received.applicationData,
      authenticatedData: received.message.content.authenticatedData,
      acceptedMs: fanned.timestamp,
      frank: fanned.frank,
    });
    return { state: received.state, shown };
  });
  if (isRefused(taken)) return { event: { ...arrived, verified: taken } };
  return { event: { ...arrived, verified: "decrypted" }, member: taken.state, shown: taken.shown };
}

/** An own message that comes back has been accepted, whether an answer has said so or not. protocol-06 §5.5 */
function ownMessage(
  turn: ClientTurn,
  { messageId, content }: UnsentMessage,
  { timestamp }: FanoutMessage,
): TimelineMessage {
  return { messageId, sender: turn.state.user, acceptedTimestamp: Number(timestamp), content };
}

function epochOf(message: MLSMessage): number {
  if (message.wireFormat === "mls_public_message") return epochNumber(message.publicMessage.content.epoch);
  if (message.wireFormat === "mls_private_message") return epochNumber(message.privateMessage.epoch);
  if (message.wireFormat === "mls_semiprivate_message") return epochNumber(message.semiprivateMessage.epoch);
  throw new RoomError("roomEvent", "protocol-06 §5.5", `a ${message.wireFormat} is no event of a room`);
}

function groupOf(message: MLSMessage): Uint8Array {
  if (message.wireFormat === "mls_public_message") return message.publicMessage.content.groupId;
  if (message.wireFormat === "mls_private_message") return message.privateMessage.groupId;
  if (message.wireFormat === "mls_semiprivate_message") return message.semiprivateMessage.groupId;
  return noBytes;
}

function keepForLater(turn: ClientTurn, room: string, bytes: Uint8Array): void {
  const before = roomOf(turn, room);
  if (before.buffered.some((kept) => equalBytes(kept, bytes))) return;
  keepRoom(turn, { ...before, buffered: [...before.buffered, bytes] });
}
