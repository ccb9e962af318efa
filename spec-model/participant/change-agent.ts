/** A client has its room's franks signed with another key: the agent is introduced once, and changed by ReInit. §5.4.1 */
import { domainOfUri } from "../identifiers/index.ts";
import { dictionaryOf } from "../mls/index.ts";
import { componentIds } from "../room/structures/index.ts";
import { emit } from "../turn.ts";
import type { ClientTurn } from "./client-state.ts";
import { hubAsFrankingAgent } from "./franking-agent.ts";
import type { RoomWish } from "./room-wishes.ts";
import { roomOf } from "./rooms.ts";
import { want } from "./updates.ts";

/** Wants the hub's newest key in the room's group, or in one with this group ID. Only the hub's own clients know it. */
export function changeFrankingAgent(turn: ClientTurn, room: string, groupId: Uint8Array): void {
  const { provider } = turn.state;
  if (domainOfUri(room) !== provider.domain) {
    const text = `does not know which key the hub of ${room} signs franks with`;
    emit(turn, { type: "decided", text, draft: "protocol-06 §5.4.1" });
    return;
  }
  const extensions = roomOf(turn, room).member?.groupContext.extensions ?? [];
  const hasAgent = dictionaryOf(extensions).has(componentIds.franking_signature_key);
  want(turn, room, agentWish(hubAsFrankingAgent(provider), hasAgent ? groupId : undefined));
}

/** By ReInit where there is an agent already: a group's evidence stays provable by the key that it has always had. */
function agentWish(frankingAgent: Uint8Array, groupId: Uint8Array | undefined): RoomWish {
  if (groupId !== undefined) return { kind: "reInit", groupId, frankingAgent };
  return { kind: "changeComponent", component: componentIds.franking_signature_key, update: frankingAgent };
}

/** The own provider has another key for the rooms that it hosts. */
export function hearFrankingKey(turn: ClientTurn, frankingKey: Uint8Array): void {
  turn.state = { ...turn.state, provider: { ...turn.state.provider, frankingKey } };
}
