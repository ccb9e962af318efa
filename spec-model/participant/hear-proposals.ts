/** Proposals as they reach a client: what they come to with everything else that is pending. protocol-06 §5.5 */
import { knownProposalIn, type Member, type MLSMessage, type PendingProposal } from "../mls/index.ts";
import {
  attempt,
  isRefused,
  proposalFacts,
  RoomError,
  type RoomFacts,
  roomAfter,
  roomFacts,
} from "../room/index.ts";
import { clientApplication } from "./application.ts";
import type { ClientTurn } from "./client-state.ts";
import { commitDelay } from "./pending-commits.ts";
import type { HandshakeEvent } from "./room-context.ts";

/** The machine's event for proposals, and the member that has heard them. `known` are the references heard before. */
export function proposalsProspect(
  turn: ClientTurn,
  member: Member,
  known: readonly string[],
  messages: readonly MLSMessage[],
  arrived: { readonly type: "proposalsArrived"; readonly message: string; readonly epoch: number },
): { readonly event: HandshakeEvent; readonly member: Member } {
  let state = member;
  const verified = attempt(() => {
    const suite = turn.mls.suite(member.groupContext.cipherSuite);
    const before = { suite, groupContext: member.groupContext, tree: member.tree };
    return messages.flatMap((message) => {
      const heard = proposalIn(turn, state, message);
      state = heard.state;
      const { proposal, sender, reference } = heard.pending;
      return proposalFacts(before, [{ proposal, sender, reference }]);
    });
  });
  if (isRefused(verified)) return { event: { ...arrived, verified }, member: state };
  const accepted = [...known, ...verified.flatMap((each) => each.reference ?? [])];
  const after = roomWith(turn, state, accepted);
  const leavesNobody = after.members.length === 0;
  const commitAfterMs = commitDelay(turn, state, after);
  const event = { ...arrived, verified, leavesNobody };
  return { event: commitAfterMs === undefined ? event : { ...event, commitAfterMs }, member: state };
}

/** An own proposal comes back, and cannot be decrypted where followers cannot read it. protocol-06 §5.5 */
function proposalIn(
  turn: ClientTurn,
  member: Member,
  message: MLSMessage,
): { readonly state: Member; readonly pending: PendingProposal } {
  if (message.wireFormat === "mls_semiprivate_message") {
    const suite = turn.mls.suite(member.groupContext.cipherSuite);
    const pending = knownProposalIn(suite, member, message.semiprivateMessage);
    if (pending !== undefined) return { state: member, pending };
  }
  const received = turn.mls.receive(member, message, clientApplication(turn.now));
  if (received.kind === "proposal") return received;
  throw new RoomError("proposalExpected", "protocol-06 §5.5", "a commit among proposals");
}

/**
 * The room that a commit of everything pending would lead to. Only what the hub has accepted counts; own proposals that
 * it has refused are still in the member's state.
 */
function roomWith(
  turn: ClientTurn,
  { groupContext, tree, pendingProposals }: Member,
  accepted: readonly string[],
): Pick<RoomFacts, "members"> {
  const suite = turn.mls.suite(groupContext.cipherSuite);
  const counted = accepted.flatMap((reference) => pendingProposals.get(reference) ?? []);
  const pending = proposalFacts({ suite, groupContext, tree }, counted);
  return roomAfter(
    roomFacts(groupContext, tree),
    pending.flatMap(({ changes }) => changes),
  );
}
