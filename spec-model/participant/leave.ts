/** Leaving a room: proposals for all of the user's clients and its entry in the list. protocol-06 §3.5 */
import { type Member, type MLSMessage, type Proposal, safeAad } from "../mls/index.ts";
import { attempt, isRefused } from "../room/index.ts";
import { emit } from "../turn.ts";
import { UpdateRequest } from "../update/index.ts";
import { clientApplication } from "./application.ts";
import { ask } from "./asks.ts";
import { type ClientTurn, keepRoom } from "./client-state.ts";
import { listUpdate } from "./commits.ts";
import { factsOf, roomOf, stepRoom } from "./rooms.ts";

/** Proposes that the own user leaves. The own clients go by Remove, as in the draft's example flow. */
export function leave(turn: ClientTurn, room: string): void {
  const { member } = roomOf(turn, room);
  if (member === undefined) return;
  const effects = stepRoom(turn, room, { type: "leave" });
  if (!effects.some((effect) => effect.type === "sendProposals")) return;
  const made = attempt(() => proposals(turn, member));
  if (isRefused(made)) {
    emit(turn, { type: "noticed", ...made });
    return;
  }
  const [proposalOrCommit, ...moreProposals] = made.messages;
  if (proposalOrCommit === undefined) return;
  keepRoom(turn, { ...roomOf(turn, room), member: made.state });
  const body = UpdateRequest.encode({ bundle: { proposalOrCommit, moreProposals } });
  ask(turn, "update", room, body, "Proposals", { kind: "leave", room, before: member });
}

function proposals(turn: ClientTurn, member: Member): { messages: MLSMessage[]; state: Member } {
  const facts = factsOf(member);
  const { user } = turn.state;
  const index = facts.participants.findIndex((participant) => participant.user === user);
  const wanted: Proposal[] = [
    ...facts.members
      .filter((each) => each.user === user)
      .map((each): Proposal => ({ proposalType: "remove", removed: each.leaf })),
    listUpdate({ changedRoleParticipants: [], removedIndices: [index], addedParticipants: [] }),
  ];
  let state = member;
  const messages = wanted.map((proposal) => {
    const options = { authenticatedData: safeAad([]) };
    const sent = turn.mls.propose(state, proposal, options, clientApplication(turn.now), turn.random);
    state = sent.state;
    return sent.message;
  });
  return { messages, state };
}
