/** When a member commits what is pending: after a delay of its own, as the room's policy has it. room-policy-04 §7.1 */
import type { Effect } from "../machine.ts";
import type { Member } from "../mls/index.ts";
import { pendingProposalDelay, policyIn, type RoomFacts } from "../room/index.ts";
import { emit } from "../turn.ts";
import type { ClientTurn } from "./client-state.ts";
import { roomOf, stepRoom } from "./rooms.ts";
import { pursueFrom } from "./updates.ts";

/** The first word in the name of the wake that such a commit waits for. */
export const commitWake = "commit";

/**
 * How long this member waits, in milliseconds. undefined: the policy takes no position, or the commit would remove the
 * client itself, which nobody can commit (RFC 9420 §12.2). `after` is the room that the commit leads to.
 */
export function commitDelay(
  turn: ClientTurn,
  { groupContext }: Member,
  after: Pick<RoomFacts, "members">,
): number | undefined {
  if (!after.members.some(({ client }) => client === turn.state.client)) return undefined;
  const policy = policyIn(groupContext);
  const strategy = policy.operational?.pendingProposalPolicy.pendingProposalStrategy;
  return pendingProposalDelay(policy, strategy === "random_delay" ? draw(turn) : 0);
}

/** Carries out the machine's `awaitCommit`. */
export function awaitCommit(turn: ClientTurn, room: string, { afterMs }: Effect): void {
  const { epoch, known } = roomOf(turn, room).machine.context;
  // Each proposal has its own time: one that comes later does not put off what came before.
  emit(turn, {
    type: "wake",
    id: [commitWake, room, epoch, known.length].join(" "),
    afterMs: afterMs as number,
  });
}

/** The delay has run out: what is still pending in that epoch is committed. */
export function commitPending(turn: ClientTurn, wakeId: string): void {
  const [, room = "", epoch] = wakeId.split(" ");
  if (roomOf(turn, room).machine.context.epoch !== Number(epoch)) return;
  const effects = stepRoom(turn, room, { type: "commitDue" });
  if (effects.some(({ type }) => type === "pursue")) {
    const text = "commits what is pending, as nobody else has within its delay";
    emit(turn, { type: "decided", text, draft: "room-policy-04 §7.1" });
  }
  pursueFrom(turn, room, effects);
}

/** The connection is back: what has been pending meanwhile is committed now, if nobody else has. */
export function commitOnReturn(turn: ClientTurn): void {
  for (const { room, machine, member } of Object.values(turn.state.rooms)) {
    const { epoch, known } = machine.context;
    if (member === undefined || known.length === 0) continue;
    const delay = pendingProposalDelay(policyIn(member.groupContext), 0);
    if (delay === undefined) continue;
    emit(turn, { type: "wake", id: [commitWake, room, epoch, known.length].join(" "), afterMs: delay });
  }
}

/** In [0, 1). */
function draw(turn: ClientTurn): number {
  const [a = 0, b = 0, c = 0, d = 0] = turn.random.bytes(4);
  return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) / 2 ** 32;
}
