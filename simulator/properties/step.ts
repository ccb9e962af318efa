/** One step of an actor, as properties look at it: what it took, what it gave, and which rooms it changed. */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Input, Output } from "../../spec-model/actor.ts";
import { hex } from "../../spec-model/bytes.ts";
import { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import type { HostedRoom } from "../../spec-model/hub/index.ts";
import { MLSMessage } from "../../spec-model/mls/index.ts";
import type { ClientRoom, ClientState } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import { contentTypeOf } from "../../spec-model/update/index.ts";

/** What the world knows of a step. */
export interface RawStep {
  readonly actor: string;
  readonly input: Input<unknown>;
  readonly before: unknown;
  readonly after: unknown;
  readonly outputs: readonly Output[];
  /** True time, in milliseconds since the UNIX epoch. */
  readonly now: number;
  /** What the actor's own clock shows. */
  readonly clock: number;
}

export interface Change<State> {
  readonly before: State;
  readonly after: State;
}

export interface Step {
  readonly actor: string;
  readonly input: Input<unknown>;
  readonly outputs: readonly Output[];
  readonly now: number;
  readonly clock: number;
  /** Where the actor is a provider. */
  readonly provider?: Change<ProviderState>;
  /** Where it is a client of the model's own. */
  readonly client?: Change<ClientState>;
  /** Rooms that the step has changed at their hub. */
  readonly hosted: readonly HostedChange[];
  /** Rooms that the step has changed at a client. */
  readonly rooms: readonly ClientRoomChange[];
}

export interface HostedChange {
  readonly room: string;
  readonly before: HostedRoom | undefined;
  readonly after: HostedRoom;
  /** What the hub has put into its log, in order. */
  readonly accepted: readonly Accepted[];
}

/** An entry of a hub's log, as it goes to followers. protocol-06 §5.5 */
export interface Accepted {
  /** Its place in the log. */
  readonly item: string;
  readonly bytes: Uint8Array;
  /** The SHA-256 of the bytes, hex. */
  readonly hash: string;
  /** The SHA-256 of its MLSMessage, hex. */
  readonly name: string;
  readonly fanned: FanoutMessage;
  readonly kind: "welcome" | "commit" | "proposal" | "application";
}

export interface ClientRoomChange {
  readonly client: string;
  readonly user: string;
  readonly room: string;
  readonly before: ClientRoom | undefined;
  readonly after: ClientRoom;
}

/** The step with what is in it; `kind` says whose states these are. */
export function stepOf(raw: RawStep, kind: "provider" | "client" | "other"): Step {
  const { actor, input, outputs, now, clock } = raw;
  const step = { actor, input, outputs, now, clock, hosted: [], rooms: [] };
  if (kind === "provider") {
    const provider = raw as Change<ProviderState>;
    // A server takes no earlier time from its clock than it has had.
    const { latestMs } = provider.after;
    return { ...step, clock: latestMs, provider: pair(provider), hosted: hostedChanges(provider) };
  }
  if (kind === "client") {
    const client = raw as Change<ClientState>;
    return { ...step, client: pair(client), rooms: roomChanges(client) };
  }
  return step;
}

function pair<State>({ before, after }: Change<State>): Change<State> {
  return { before, after };
}

function hostedChanges({ before, after }: Change<ProviderState>): HostedChange[] {
  if (before.hosted === after.hosted) return [];
  return Object.values(after.hosted).flatMap((room) => {
    const earlier = before.hosted[room.room];
    if (earlier === room) return [];
    return [{ room: room.room, before: earlier, after: room, accepted: acceptedIn(earlier, room) }];
  });
}

function acceptedIn(before: HostedRoom | undefined, after: HostedRoom): Accepted[] {
  if (before?.log === after.log) return [];
  const known = before?.log ?? {};
  const fresh = Object.keys(after.log).filter((item) => !Object.hasOwn(known, item));
  return fresh.toSorted(inOrder).flatMap((item) => {
    const bytes = after.log[item];
    return bytes === undefined ? [] : [entry(item, bytes)];
  });
}

/** Welcomes stand at the place of their commit, and go out before it. */
function inOrder(one: string, other: string): number {
  const isWelcome = (item: string) => (item.includes(" ") ? 0 : 1);
  return Number.parseInt(one, 10) - Number.parseInt(other, 10) || isWelcome(one) - isWelcome(other);
}

function entry(item: string, bytes: Uint8Array): Accepted {
  const fanned = FanoutMessage.decode(bytes);
  const { message } = fanned;
  const isWelcome = message.wireFormat === "mls_welcome";
  const kind = isWelcome ? "welcome" : (contentTypeOf(message) ?? "application");
  return { item, bytes, hash: hex(sha256(bytes)), name: nameOf(message), fanned, kind };
}

/** How a message is named wherever it turns up: by its octets. */
export function nameOf(message: MLSMessage): string {
  return hex(sha256(MLSMessage.encode(message)));
}

function roomChanges({ before, after }: Change<ClientState>): ClientRoomChange[] {
  if (before.rooms === after.rooms) return [];
  const { client, user } = after;
  return Object.values(after.rooms).flatMap((room) => {
    const earlier = before.rooms[room.room];
    return earlier === room ? [] : [{ client, user, room: room.room, before: earlier, after: room }];
  });
}
