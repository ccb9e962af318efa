/** Do all clients that are in a room show the same messages? Compared when everything has come to rest. */
import type { TimelineEntry } from "../../spec-model/content/index.ts";
import type { RoomView } from "./view.ts";

export interface TimelineFinding {
  readonly room: string;
  readonly ok: boolean;
  readonly detail: string;
}

/**
 * Compares every room of every client that is there with the first client's. `since` says when an actor came into a
 * room, in milliseconds of the clocks: what was said before one of two came in only the other can know.
 */
export function compareTimelines(
  views: readonly (RoomView & { readonly actor: string })[],
  since: (actor: string, room: string) => number,
): TimelineFinding[] {
  const shown = views.filter((view) => view.isThere);
  const rooms = [...new Set(shown.map(({ room }) => room))];
  return rooms.map((room) => {
    const here = shown.filter((view) => view.room === room);
    const details = here.slice(1).flatMap((other, i) => {
      const one = here[i];
      if (one === undefined) return [];
      const start = Math.max(since(one.actor, room), since(other.actor, room));
      const [a, b] = [said(one.entries, start), said(other.entries, start)];
      return a === b ? [] : [`${one.actor} shows ${a}, ${other.actor} shows ${b}`];
    });
    const detail = details[0] ?? `${here.length} clients show the same`;
    return { room, ok: details.length === 0, detail };
  });
}

/** What was accepted after `start`, without what depends on what was there before. */
function said(entries: readonly TimelineEntry[], start: number): string {
  const later = entries.filter(({ acceptedTimestamp }) => acceptedTimestamp > start);
  return JSON.stringify(
    later.map(({ messageId, sender, acceptedTimestamp, state, versions, reactions }) => [
      messageId,
      sender,
      acceptedTimestamp,
      state,
      versions,
      reactions.map((reaction) => [reaction.messageId, reaction.sender]),
    ]),
  );
}
