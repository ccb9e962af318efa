/** A client's own updates: what it wants, as a commit or as proposals, on its way to the hub. protocol-06 §5.3 */
import { sha256 } from "@noble/hashes/sha2.js";
import { fromHex, hex } from "../bytes.ts";
import {
  type Member,
  MLSMessage,
  type MlsLayer,
  type Proposal,
  safeAad,
  type Welcome,
} from "../mls/index.ts";
import { remembered } from "../remembered.ts";
import { attempt, isRefused } from "../room/index.ts";
import { emit } from "../turn.ts";
import { UpdateRequest } from "../update/index.ts";
import { clientApplication } from "./application.ts";
import { ask } from "./asks.ts";
import { type ClientTurn, keepRoom, type Prepared } from "./client-state.ts";
import { besideCommit, formatFor } from "./handshakes.ts";
import { claimOf } from "./key-packages.ts";
import { proposalsFor } from "./proposals-for.ts";
import type { UpdateInFlight } from "./room-context.ts";
import type { RoomWish } from "./room-wishes.ts";
import { factsOf, roomOf, stepRoom } from "./rooms.ts";
import { claimsFor, demandEverybody, foundersApplication, linkToClosed } from "./succeed.ts";

/** The user wants something of a room that this client is in. */
export function want(turn: ClientTurn, room: string, wish: RoomWish): void {
  if (roomOf(turn, room).member === undefined) {
    const text = `is not a member of ${room}`;
    const where = "RFC 9420 §12.4";
    emit(turn, { type: "noticed", errorType: "ClientError", code: "notMember", where, text });
    return;
  }
  pursueFrom(turn, room, stepRoom(turn, room, { type: "want", wish }));
}

/** Carries out the `pursue` and `sendAgain` among a machine's effects. */
export function pursueFrom(turn: ClientTurn, room: string, effects: ReturnType<typeof stepRoom>): void {
  for (const effect of effects) {
    const wish = effect["wish"] as RoomWish | undefined;
    if (effect.type === "pursue" && wish !== undefined) pursue(turn, room, wish);
    if (effect.type === "sendAgain") sendAgain(turn, room);
  }
}

function pursue(turn: ClientTurn, room: string, wish: RoomWish): void {
  const { member } = roomOf(turn, room);
  if (member === undefined) return;
  const claim = claimFor(turn, room, wish);
  const claims = wish.kind === "gather" ? claimsFor(turn, room) : [claim ?? ""];
  const keyPackages = claims.flatMap((name) => turn.state.claims[name]?.keyPackages ?? []);
  const made = attempt(() => {
    const { previous } = roomOf(turn, room);
    const isFirst = wish.kind === "gather" && previous !== undefined;
    if (isFirst) demandEverybody(previous, turn.state.client, keyPackages);
    const wanted = proposalsFor(member, wish, { user: turn.state.user, keyPackages });
    const proposals = isFirst ? [...wanted, linkToClosed(turn, member, previous)] : wanted;
    return wish.kind === "leave"
      ? { proposed: propose(turn, member, proposals) }
      : { committed: commit(turn, room, member, proposals) };
  });
  if (isRefused(made)) {
    const effects = stepRoom(turn, room, { type: "buildFailed", refused: made });
    // What its own user wants cannot be, as things are: nothing is wrong with anybody's messages.
    emit(turn, { type: "decided", text: `cannot do what is wanted: ${made.text}`, draft: made.where });
    pursueFrom(turn, room, effects);
    return;
  }
  if (made.proposed !== undefined) sendProposals(turn, room, made.proposed);
  else sendCommit(turn, room, made.committed, made.committed.ifRefused, claim);
}

/** The claim that a wish uses up. */
function claimFor(turn: ClientTurn, room: string, wish: RoomWish): string | undefined {
  if (wish.kind === "addUser") return claimOf(room, wish.user);
  return wish.kind === "addOwnClients" ? claimOf(room, turn.state.user) : undefined;
}

/** A commit of `proposals` and of everything that the hub has accepted. protocol-06 §3.5 */
function commit(turn: ClientTurn, room: string, member: Member, proposals: readonly Proposal[]) {
  const { known } = roomOf(turn, room).machine.context;
  const references = known.flatMap((reference) => fromHex(reference) ?? []);
  const wireFormat = formatFor(member.groupContext.extensions);
  const options = {
    proposals,
    references,
    treeInWelcome: false,
    authenticatedData: safeAad([]),
    wireFormat,
  };
  const app = foundersApplication(turn, roomOf(turn, room).previous);
  return turn.mls.commit(member, options, app, turn.random);
}

interface Proposed {
  readonly messages: readonly MLSMessage[];
  readonly references: readonly string[];
  readonly state: Member;
}

function propose(turn: ClientTurn, member: Member, proposals: readonly Proposal[]): Proposed {
  let state = member;
  const sent = proposals.map((proposal) => {
    const wireFormat = formatFor(member.groupContext.extensions, proposal);
    const options = { authenticatedData: safeAad([]), wireFormat };
    const made = turn.mls.propose(state, proposal, options, clientApplication(turn.now), turn.random);
    state = made.state;
    return made;
  });
  return {
    messages: sent.map(({ message }) => message),
    references: sent.map(({ reference }) => hex(reference)),
    state,
  };
}

function sendProposals(turn: ClientTurn, room: string, { messages, references, state }: Proposed): void {
  const [proposalOrCommit, ...moreProposals] = messages;
  if (proposalOrCommit === undefined) return;
  const body = UpdateRequest.encode({ bundle: { proposalOrCommit, moreProposals } });
  const update = messageName(proposalOrCommit);
  const prepared = { update, accepted: undefined, body, label: "Proposals", claim: undefined };
  // Proposals that the hub refuses stay in the state, and no commit takes them up: they are not known to it.
  hold(turn, room, { kind: "proposals", references, begins: 0 }, prepared, state);
}

/** Sends a commit to the hub and holds the state it leads to until the hub has answered. */
export function sendCommit(
  turn: ClientTurn,
  room: string,
  made: ReturnType<MlsLayer["externalCommit"]> & { readonly welcome?: Welcome | undefined },
  ifRefused: Member | undefined,
  claim: string | undefined,
): void {
  const body = UpdateRequest.encode({
    bundle: {
      proposalOrCommit: made.message,
      welcome: made.welcome,
      ...besideCommit(made),
    },
  });
  const label = made.welcome === undefined ? "Commit" : "Commit, etc.";
  const prepared = { update: messageName(made.message), accepted: made.state, body, label, claim };
  const begins = factsOf(made.state).epoch;
  hold(turn, room, { kind: "commit", references: [], begins }, prepared, ifRefused);
}

function hold(
  turn: ClientTurn,
  room: string,
  about: Pick<UpdateInFlight, "kind" | "references" | "begins">,
  prepared: Prepared,
  meanwhile: Member | undefined,
): void {
  const { epoch, known } = roomOf(turn, room).machine.context;
  const inFlight = { ...about, update: prepared.update, epoch, covers: known.length };
  const effects = stepRoom(turn, room, { type: "updateBuilt", ...inFlight });
  if (!effects.some((effect) => effect.type === "sendUpdate")) return;
  keepRoom(turn, { ...roomOf(turn, room), prepared, member: meanwhile });
  sendAgain(turn, room);
}

function sendAgain(turn: ClientTurn, room: string): void {
  const { prepared } = roomOf(turn, room);
  if (prepared === undefined) return;
  const { update, body, label, claim } = prepared;
  ask(turn, "update", room, body, label, { kind: "update", room, update, claim });
}

/** How an own update or message is recognised when it comes back. */
export const messageName: (message: MLSMessage) => string = remembered((message) =>
  hex(sha256(MLSMessage.encode(message))),
);
