/** A notify request at a follower: what is in it, and for whom. protocol-06 §5.5 */
import { sha256 } from "@noble/hashes/sha2.js";
import type { SnapshotFrom } from "xstate";
import { hex, noBytes } from "../bytes.ts";
import { FanoutMessage, NotifyBody } from "../fan-out/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import type { MLSMessage } from "../mls/index.ts";
import { attempt, holderOf, isRefused, roomOfGroup } from "../room/index.ts";
import { advance, emit, first, type Turn } from "../turn.ts";
import { contentTypeOf } from "../update/index.ts";
import {
  type Delivery,
  type FannedOut,
  type FollowerRoomEvent,
  followerRoomMachine,
} from "./room-machine.ts";

export type FollowedRoom = SnapshotFrom<typeof followerRoomMachine>;

/** The way from a follower to the hub and to its own clients. */
export interface FollowerLinks {
  answer(request: string, status: number): void;
  deliver(client: string, room: string, message: Uint8Array, label: string): void;
  /** The own clients that a Welcome to `room` for these KeyPackages is delivered to; they are KeyPackageRefs. */
  ownersOf(keyPackages: readonly string[], room: string): readonly string[];
  /** Whether `domain` is the provider's own. */
  isOwn(domain: string): boolean;
}

/** Takes a notify request; `from` is the provider that sent it. */
export function receiveNotify(
  turn: Turn<unknown>,
  links: FollowerLinks,
  followed: FollowedRoom,
  notify: { readonly request: string; readonly from: string; readonly body: Uint8Array },
): FollowedRoom {
  const messages = attempt(() => NotifyBody.decode(notify.body));
  if (isRefused(messages)) {
    emit(turn, { type: "noticed", ...messages });
    links.answer(notify.request, 400);
    return followed;
  }
  const { room } = followed.context;
  const event: FollowerRoomEvent = {
    type: "notify",
    request: notify.request,
    from: notify.from,
    body: hex(sha256(notify.body)),
    messages: messages.map((message) => fannedOut(links, room, message)),
  };
  const { snapshot, effects } = advance(turn, followerRoomMachine, followed, event, room);
  for (const effect of effects) {
    if (effect.type === "answer") links.answer(notify.request, effect["status"] as number);
    if (effect.type !== "deliver") continue;
    for (const { index, clients } of effect["deliveries"] as readonly Delivery[]) {
      handOver(links, room, messages[index], clients);
    }
  }
  return snapshot;
}

/** An own client's membership changed otherwise than by a Welcome. */
export function clientMoved(
  turn: Turn<unknown>,
  followed: FollowedRoom,
  event: Extract<FollowerRoomEvent, { type: "clientJoined" | "clientLeft" }>,
): FollowedRoom {
  return advance(turn, followerRoomMachine, followed, event, followed.context.room).snapshot;
}

/** A room that nothing is known of yet. */
export function unknownRoom(room: string, hub: string): FollowedRoom {
  return first(followerRoomMachine, { room, hub });
}

function handOver(
  links: FollowerLinks,
  room: string,
  message: FanoutMessage | undefined,
  clients: readonly string[],
): void {
  const bytes = message === undefined ? noBytes : FanoutMessage.encode(message);
  for (const client of clients)
    links.deliver(client, room, bytes, message === undefined ? "" : labelOf(message));
}

function fannedOut(links: FollowerLinks, room: string, { message }: FanoutMessage): FannedOut {
  if (message.wireFormat === "mls_welcome") {
    const references = message.welcome.secrets.map((secret) => hex(secret.newMember));
    return { kind: "welcome", clients: links.ownersOf(references, room) };
  }
  const kind = contentTypeOf(message) ?? "application";
  return kind === "commit" ? { kind, joined: joinedBy(links, room, message) } : { kind };
}

/** The own client that an external commit to the room's group brings in, by the leaf in it. protocol-06 §5.3 */
function joinedBy(links: FollowerLinks, room: string, message: MLSMessage): readonly string[] {
  if (message.wireFormat !== "mls_public_message") return [];
  const { content } = message.publicMessage;
  if (content.contentType !== "commit" || content.sender.senderType !== "new_member_commit") return [];
  // Under another room's path it would have that room's events delivered to a client that is not in it.
  if (roomOfGroup(content.groupId) !== room) return [];
  const leaf = content.commit.path?.leafNode;
  const client = leaf === undefined ? undefined : holderOf(leaf.credential)?.client;
  return client !== undefined && links.isOwn(domainOfUri(client)) ? [client] : [];
}

/** What the figures call a message. */
export function labelOf({ message }: FanoutMessage): string {
  if (message.wireFormat === "mls_welcome") return "Welcome, Tree";
  const content = contentTypeOf(message);
  if (content === "commit") return "Commit";
  return content === "proposal" ? "Proposals" : "Message";
}
