/** The group that follows the one that a ReInit has closed: founding it, and what links the two. RFC 9420 §11.2 */
import { domainOfUri } from "../identifiers/index.ts";
import { stateName } from "../machine.ts";
import { type KeyPackage, linkTo, type Member, type MlsApplication, type Proposal } from "../mls/index.ts";
import { holderOf, RoomError } from "../room/index.ts";
import { emit } from "../turn.ts";
import { clientApplication } from "./application.ts";
import { type ClientRoom, type ClientTurn, keepRoom } from "./client-state.ts";
import { foundGroup } from "./create-room.ts";
import { forsakeLocally } from "./endings.ts";
import { spendClaim } from "./key-packages.ts";
import { becomeMember, factsOf, roomOf, stepRoom } from "./rooms.ts";

/**
 * Creates the group that the ReInit has announced. Its first commit follows once the hub has taken it: which it can only
 * from its own clients, as no draft has a message for a group that comes from another provider.
 */
export function foundSuccessor(turn: ClientTurn, room: string): void {
  const { machine, member } = roomOf(turn, room);
  if (stateName(machine) !== "superseded" || member?.reInit === undefined) {
    const text = `knows of no ReInit that has closed the group of ${room}`;
    emit(turn, { type: "decided", text, draft: "RFC 9420 §11.2" });
    return;
  }
  if (domainOfUri(room) !== turn.state.provider.domain) {
    const text = `has no way to give the hub of ${room} another group, and waits for one of its clients`;
    emit(turn, { type: "decided", text, draft: "RFC 9420 §11.2" });
    return;
  }
  const { groupId, extensions } = member.reInit;
  keepPredecessor(turn, room, member);
  foundGroup(turn, room, groupId, extensions);
}

/** The closed group's secrets are needed for the first commit of the next one. RFC 9420 §11.2 */
export function keepPredecessor(turn: ClientTurn, room: string, closed: Member): void {
  keepRoom(turn, { ...roomOf(turn, room), previous: closed, buffered: [] });
}

/**
 * The provider's word on a group: where it is not taken, there is no room; or, where it follows another one, the client
 * waits for what somebody else founds.
 */
export function hearFounding(turn: ClientTurn, room: string, status: number): void {
  const code = status === 200 ? "success" : "failed";
  for (const effect of stepRoom(turn, room, { type: "roomAnswered", code })) {
    const { previous } = roomOf(turn, room);
    if (effect.type !== "abandonGroup") continue;
    if (previous === undefined) {
      forsakeLocally(turn, room);
      continue;
    }
    keepRoom(turn, { ...roomOf(turn, room), previous: undefined });
    becomeMember(turn, room, previous);
  }
}

/** The state in the closed group that a Welcome to the next one has to rest on; nothing where none is awaited. */
export function predecessorOf({ machine, member, previous }: ClientRoom): Member | undefined {
  return previous ?? (stateName(machine) === "superseded" ? member : undefined);
}

/** What makes the first commit of the group of `member` that of the closed group's successor. */
export function linkToClosed(turn: ClientTurn, member: Member, closed: Member): Proposal {
  const { hashLength } = turn.mls.suite(member.groupContext.cipherSuite);
  return linkTo(closed, "reinit", turn.random.bytes(hashLength));
}

/**
 * Whoever was in the closed group has to be in the next one, or nobody takes its Welcome: throws RoomError where there is
 * no key material of one of them. RFC 9420 §12.4.3.1
 */
export function demandEverybody(previous: Member, founder: string, keyPackages: readonly KeyPackage[]): void {
  const coming = new Set(keyPackages.map(({ leafNode }) => holderOf(leafNode.credential)?.client));
  const left = factsOf(previous).members.find(({ client }) => client !== founder && !coming.has(client));
  if (left === undefined) return;
  const says = `there is no key material of ${left.client}`;
  throw new RoomError("everybodyComesAlong", "RFC 9420 §12.4.3.1", says);
}

/** What MLS asks a client that founds a successor: the closed group's PSKs are there, too. */
export function foundersApplication(turn: ClientTurn, previous: Member | undefined): MlsApplication {
  const app = clientApplication(turn.now);
  return previous === undefined ? app : { ...app, findPsk: turn.mls.pskFinder(previous, app) };
}

/** The room has moved: the closed group is of no use any more, and neither are the claims that the move has used up. */
export function leavePredecessor(turn: ClientTurn, room: string): void {
  const before = roomOf(turn, room);
  if (before.previous === undefined) return;
  keepRoom(turn, { ...before, previous: undefined });
  for (const claim of claimsFor(turn, room)) spendClaim(turn, claim);
}

/** The names of all claims of key material for a room. */
export function claimsFor(turn: ClientTurn, room: string): string[] {
  return Object.keys(turn.state.claims).filter((claim) => claim.startsWith(`${room} `));
}
