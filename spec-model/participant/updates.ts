/** A client's own commits: adding users and clients, taking up what is pending. protocol-06 §3.2, §3.3 and §5.3 */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "../bytes.ts";
import {
  type KeyPackage,
  MLSMessage,
  type MlsLayer,
  type Proposal,
  safeAad,
  toRatchetTreeExtension,
  type Welcome,
} from "../mls/index.ts";
import { attempt, holderOf, isRefused } from "../room/index.ts";
import { componentIds, ParticipantListUpdate } from "../room/structures/index.ts";
import { emit } from "../turn.ts";
import { UpdateRequest } from "../update/index.ts";
import { clientApplication } from "./application.ts";
import { ask } from "./asks.ts";
import { type ClientTurn, keepRoom, type Prepared } from "./client-state.ts";
import { claimOf } from "./key-packages.ts";
import { factsOf, roomOf, stepRoom } from "./rooms.ts";

/** Commits the addition of a user to the list, and of the clients whose key material was claimed. protocol-06 §3.2 */
export function addUser(turn: ClientTurn, room: string, user: string, role: number): void {
  const claim = claimOf(room, user);
  const keyPackages = turn.state.claims[claim]?.keyPackages ?? [];
  commitProposals(turn, room, [addToList(user, role), ...keyPackages.map(addClient)], claim);
}

/** Commits the addition of the own user's other clients. */
export function addOwnClients(turn: ClientTurn, room: string): void {
  const claim = claimOf(room, turn.state.user);
  const { member } = roomOf(turn, room);
  const inside = new Set(member === undefined ? [] : factsOf(member).members.map((each) => each.client));
  const others = (turn.state.claims[claim]?.keyPackages ?? []).filter(
    (keyPackage) => !inside.has(holderOf(keyPackage.leafNode.credential)?.client ?? ""),
  );
  commitProposals(turn, room, others.map(addClient), claim);
}

/** Commits `proposals` and everything that is pending. */
export function commitProposals(
  turn: ClientTurn,
  room: string,
  proposals: readonly Proposal[],
  claim: string | undefined,
): void {
  const { member } = roomOf(turn, room);
  if (member === undefined) {
    const text = `is not a member of ${room}`;
    emit(turn, {
      type: "noticed",
      errorType: "ClientError",
      code: "notMember",
      where: "RFC 9420 §12.4",
      text,
    });
    return;
  }
  const options = { proposals, treeInWelcome: false, authenticatedData: safeAad([]) };
  const made = attempt(() => turn.mls.commit(member, options, clientApplication(turn.now), turn.random));
  if (isRefused(made)) {
    const effects = stepRoom(turn, room, { type: "buildFailed", refused: made });
    if (effects.some((effect) => effect.type === "alarm")) emit(turn, { type: "noticed", ...made });
    return;
  }
  send(turn, room, made, made.ifRefused, claim);
}

/** Sends a commit to the hub and holds the state it leads to until the hub has answered. */
export function send(
  turn: ClientTurn,
  room: string,
  made: ReturnType<MlsLayer["externalCommit"]> & { readonly welcome?: Welcome | undefined },
  refused: Prepared["refused"],
  claim: string | undefined,
): void {
  const name = messageName(made.message);
  const effects = stepRoom(turn, room, {
    type: "commitBuilt",
    commit: name,
    begins: factsOf(made.state).epoch,
  });
  if (!effects.some((effect) => effect.type === "sendUpdate")) return;
  keepRoom(turn, { ...roomOf(turn, room), prepared: { commit: name, accepted: made.state, refused } });
  const body = UpdateRequest.encode({
    bundle: {
      proposalOrCommit: made.message,
      welcome: made.welcome,
      groupInfoOption: { representation: "full", groupInfo: made.groupInfo },
      ratchetTreeOption: { representation: "full", ratchetTree: toRatchetTreeExtension(made.ratchetTree) },
    },
  });
  const label = made.welcome === undefined ? "Commit" : "Commit, etc.";
  ask(turn, "update", room, body, label, { kind: "update", room, claim });
}

/** How an own commit or message is recognised when it comes back. */
export function messageName(message: MLSMessage): string {
  return hex(sha256(MLSMessage.encode(message)));
}

function addClient(keyPackage: KeyPackage): Proposal {
  return { proposalType: "add", keyPackage };
}

function addToList(user: string, role: number): Proposal {
  return listUpdate({
    changedRoleParticipants: [],
    removedIndices: [],
    addedParticipants: [{ user, roleIndex: role }],
  });
}

/** An AppDataUpdate of the participant list. protocol-06 §7.5 */
export function listUpdate(update: ParticipantListUpdate): Proposal {
  return {
    proposalType: "app_data_update",
    componentId: componentIds.participant_list,
    op: "update",
    update: ParticipantListUpdate.encode(update),
  };
}
