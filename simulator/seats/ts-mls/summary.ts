/** Where a client on ts-mls stands in its rooms, as plain data for the end of a trace. */
import type { Json } from "../../trace/index.ts";
import type { TsMlsClient } from "./client-state.ts";

export function tsMlsSummary(state: TsMlsClient): Readonly<Record<string, Json>> {
  const rooms = Object.values(state.rooms).map(({ room, group, timeline, stopped }) => ({
    room,
    state: stateOf(group.groupActiveState.kind, stopped !== undefined),
    epoch: Number(group.groupContext.epoch),
    shows: timeline.map((shown) => shown.text),
    ...(stopped === undefined ? {} : { stopped: { ...stopped } }),
  }));
  return { stack: "ts-mls 1.6.4", rooms, keyPackages: Object.keys(state.keyPackages).length };
}

function stateOf(kind: string, stopped: boolean): string {
  if (kind === "removedFromGroup") return "removed";
  return stopped ? "stopped" : "member";
}
