/**
 * What one accepted event makes a hub do in its rooms: a room that depends on another loses whom that has lost
 * (room-policy-04 §5), and a provider without participants loses its place among the external senders (protocol-06 §7.4).
 * The drafts name neither the actor nor the moment; here it is the hub, by its own proposals, right after the event.
 */
import {
  effectiveRoom,
  type HostedRoom,
  type HubWish,
  isClosed,
  parentRoom,
  pursueHubWish,
} from "../hub/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import { externalSenders } from "../mls/index.ts";
import { providerOf, removedWithParent } from "../room/index.ts";
import { linksOf } from "./messages.ts";
import type { ProviderTurn } from "./state.ts";

/** Proposes what follows from the state that `room` has come to. */
export function drawConsequences(turn: ProviderTurn, room: string): void {
  const hosted = turn.state.hosted[room];
  if (hosted === undefined || isClosed(hosted)) return;
  for (const wish of unneededSenders(hosted)) propose(turn, room, wish);
  const { participants } = effectiveRoom(hosted.machine.context);
  const dependent = Object.values(turn.state.hosted).filter(
    (each) => !isClosed(each) && parentRoom(each.machine.context.policy) === room,
  );
  for (const child of dependent) {
    for (const user of removedWithParent(participants, effectiveRoom(child.machine.context).participants)) {
      propose(turn, child.room, { kind: "removeUser", user });
    }
  }
}

function propose(turn: ProviderTurn, room: string, wish: HubWish): void {
  const hosted = turn.state.hosted[room];
  if (hosted === undefined) return;
  const next = pursueHubWish(turn, linksOf(turn), turn.state.keys, hosted, wish);
  turn.state = { ...turn.state, hosted: { ...turn.state.hosted, [room]: next } };
  // What its own rules keep the hub from has no consequences, and would be wanted again at once.
  if (next.machine.context.accepted !== hosted.machine.context.accepted) drawConsequences(turn, room);
}

/** Providers whose last participant has left, as soon as that is committed; the hub stays. protocol-06 §7.4 */
function unneededSenders({ group, machine }: HostedRoom): HubWish[] {
  const { current, hub, own, pending } = machine.context;
  // GroupContextExtensions change what other proposals rest on: they wait until nothing else is pending.
  if (pending.length > 0 || own.length > 0) return [];
  const needed = new Set([hub, ...current.participants.map(({ user }) => domainOfUri(user))]);
  return externalSenders(group.groupContext.extensions).flatMap(({ credential }) => {
    const provider = providerOf(credential);
    return provider === undefined || needed.has(provider)
      ? []
      : [{ kind: "dropExternalSender" as const, provider }];
  });
}
