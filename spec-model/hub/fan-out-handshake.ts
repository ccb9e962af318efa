/** Fanning out an accepted handshake: the Welcome to those it brings in, the handshake to everybody else. §5.5 */
import { eventOfUpdate, type FanoutMessage } from "../fan-out/index.ts";
import { type MLSMessage, toRatchetTreeExtension } from "../mls/index.ts";
import type { Turn } from "../turn.ts";
import type { HandshakeBundle } from "../update/index.ts";
import { fanOut } from "./fan-out.ts";
import type { HostedRoom } from "./hosted-room.ts";
import type { HubLinks } from "./links.ts";
import type { Recipients } from "./room-updates.ts";

/**
 * The Welcome to those it brings in, with the tree that it leaves out; the handshake to everybody else. The hub's own
 * proposals for the epoch that an external commit begins travel with it.
 */
export function fanOutHandshake(
  turn: Turn<unknown>,
  links: HubLinks,
  room: HostedRoom,
  bundle: HandshakeBundle,
  to: Recipients,
  stapled: readonly MLSMessage[] = [],
): HostedRoom {
  const timestamp = BigInt(turn.now);
  const place = String(to.place);
  let next = room;
  for (const { provider, keyPackages } of to.welcomed) {
    next = fanOutWelcome(turn, links, next, bundle, {
      provider,
      keyPackages,
      item: `${place} welcome ${provider}`,
    });
  }
  const label = bundle.moreProposals === undefined ? "Commit" : "Proposals";
  const entry = { item: place, message: eventOfUpdate(bundle, timestamp, stapled), label };
  return fanOut(turn, links, next, entry, to);
}

/** The hub's own proposals go to everybody in the group. */
export function fanOutProposals(
  turn: Turn<unknown>,
  links: HubLinks,
  room: HostedRoom,
  messages: readonly MLSMessage[],
  to: Recipients,
): HostedRoom {
  const [message, ...moreProposals] = messages;
  if (message === undefined) return room;
  const fanned = { timestamp: BigInt(turn.now), message, moreProposals };
  return fanOut(turn, links, room, { item: String(to.place), message: fanned, label: "Proposals" }, to);
}

function fanOutWelcome(
  turn: Turn<unknown>,
  links: HubLinks,
  room: HostedRoom,
  bundle: HandshakeBundle,
  to: { readonly provider: string; readonly keyPackages: readonly string[]; readonly item: string },
): HostedRoom {
  if (bundle.welcome === undefined) return room;
  const ratchetTree = toRatchetTreeExtension(room.group.tree);
  const message: FanoutMessage = {
    timestamp: BigInt(turn.now),
    message: { version: "mls10", wireFormat: "mls_welcome", welcome: bundle.welcome },
    ratchetTreeOption: { representation: "full", ratchetTree },
  };
  const entry = { item: to.item, message, label: "Welcome, Tree" };
  return links.isOwn(to.provider)
    ? fanOut(turn, links, room, entry, { providers: [], clients: links.ownersOf(to.keyPackages, room.room) })
    : fanOut(turn, links, room, entry, { providers: [to.provider], clients: [] });
}
