/** The people whom most scenarios are about, and how their rooms come about. */
import {
  type Chapter,
  type Client,
  chapter,
  client,
  type Person,
  type Provider,
  person,
  provider,
  type Room,
  type RoomSetup,
} from "../scenario/index.ts";

export const serverA = provider("ServerA", "a.example");
export const serverB = provider("ServerB", "b.example");
export const serverC = provider("ServerC", "c.example");
export const alice = person("Alice", serverA);
export const bob = person("Bob", serverB);
export const cathy = person("Cathy", serverC);
export const a1 = client("ClientA1", alice);
export const b1 = client("ClientB1", bob);
export const b2 = client("ClientB2", bob);
export const c1 = client("ClientC1", cathy);
export const c2 = client("ClientC2", cathy);

/** Every scenario begins with it: no endpoint is known before. */
export function acquaintance(...servers: readonly Provider[]): Chapter {
  const reads = servers.map((one) =>
    servers.filter((other) => other !== one).map((other) => one.reads(other)),
  );
  return chapter("The providers read each other's directories", "protocol-06 §5.1", ...reads);
}

/** Somebody who is added to a room, with which clients and in which role. */
export interface Guest {
  readonly person: Person;
  readonly clients: readonly Client[];
  readonly role: number;
}

/** The host creates the room and adds the guests, one after the other. */
export function gathering(
  room: Room,
  { host, setup }: { readonly host: Client; readonly setup?: RoomSetup },
  ...guests: readonly Guest[]
): Chapter {
  const coming = guests.flatMap(({ person: guest, clients, role }) => [
    clients.map((each) => each.publishes(1)),
    host.fetches(guest, room),
    host.adds(guest, room, role),
  ]);
  return chapter(
    `The room ${room.name} comes about`,
    "protocol-06 §3.1 to §3.3",
    host.creates(room, setup),
    ...coming,
  );
}
