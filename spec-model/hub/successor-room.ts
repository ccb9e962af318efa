/** The room that follows one whose group a ReInit has closed: as announced, and founded by one of its people. RFC 9420 §11.2 */
import { equalBytes } from "../bytes.ts";
import { ReInit } from "../mls/index.ts";
import { RoomError, roomOfGroup } from "../room/index.ts";
import type { Turn } from "../turn.ts";
import type { HostedRoom } from "./hosted-room.ts";

/** The hub's own rule, as a code. */
const rule = "successor-as-announced";

/**
 * Throws RoomError where one of the rooms that this provider hosts was closed in favour of the room `created`, and it is
 * not what was announced, or its founder was not in the group that was closed. No message installs a successor in the
 * place of a room, so that it is taken as a room of its own; who comes first founds it.
 */
export function demandSuccessor(
  { deviation }: Pick<Turn<unknown>, "deviation">,
  hosted: readonly HostedRoom[],
  created: HostedRoom,
): void {
  const closed = hosted.find(
    ({ reInit }) => reInit !== undefined && roomOfGroup(reInit.groupId) === created.room,
  );
  if (closed?.reInit === undefined) return;
  const { groupId, version, cipherSuite, extensions } = created.group.groupContext;
  const founded = ReInit.encode({ groupId, version, cipherSuite, extensions });
  const before = closed.machine.context.current.members.map(({ client }) => client);
  const isByMembers = created.machine.context.current.members.every(({ client }) => before.includes(client));
  if (isByMembers && equalBytes(founded, ReInit.encode(closed.reInit))) return;
  if (deviation?.lacks?.(rule) === true) return;
  const says = isByMembers ? "it is not as announced" : "its founder was not a member";
  throw new RoomError(
    rule,
    "RFC 9420 §11.2",
    `${closed.room} was closed in favour of another group: ${says}`,
  );
}
