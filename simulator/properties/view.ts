/** What properties can look at besides the step: the states of all actors, and what they show. */
import type { TimelineEntry } from "../../spec-model/content/index.ts";
import type { HostedRoom } from "../../spec-model/hub/index.ts";
import type { ClientState } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";

/** A room as one client shows it. */
export interface RoomView {
  readonly room: string;
  /** Whether the client is in the room and hears what happens there. */
  readonly isThere: boolean;
  readonly entries: readonly TimelineEntry[];
}

/** All actors as they are. Clients on another MLS implementation show their rooms, and no state. */
export interface View {
  /** By domain. */
  readonly providers: ReadonlyMap<string, ProviderState>;
  /** By client URI. */
  readonly clients: ReadonlyMap<string, ClientState>;
  /** Users who have a client on another implementation: what that one writes nobody has seen before it is sent. */
  readonly foreign: ReadonlySet<string>;
  /** What each client shows of its rooms. */
  shown(): readonly (RoomView & { readonly actor: string })[];
  /** Clients without a connection. */
  away(): ReadonlySet<string>;
}

/** A moment at which nothing is under way. */
export interface Rest {
  /** Whether the story is over. */
  readonly last: boolean;
  /** Whether no fault is in force any more. */
  readonly healed: boolean;
  /** Whether those who are able to commit have done so since: then what waits for a commit has to be done. */
  readonly fair: boolean;
}

/** The room at its hub, wherever that is. */
export function hostedRoom(view: View, room: string): HostedRoom | undefined {
  for (const provider of view.providers.values()) {
    const found = provider.hosted[room];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every room at its hub. */
export function hostedRooms(view: View): HostedRoom[] {
  return [...view.providers.values()].flatMap(({ hosted }) => Object.values(hosted));
}
