/** Events of a room as they reach a client on ts-mls. protocol-06 §5.5 */
import { acceptAll, emptyPskIndex, processMessage, type ClientState as TsGroup } from "ts-mls";
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import type { MLSMessage } from "../../../spec-model/mls/index.ts";
import { attempt, epochNumber, isRefused } from "../../../spec-model/room/index.ts";
import { contentTypeOf } from "../../../spec-model/update/index.ts";
import { emit, keepRoom, type SeatRoom, type SeatTurn } from "./client-state.ts";
import { enterEpoch } from "./epochs.ts";
import { join } from "./join.ts";
import { beyondRfc9420, isUnreadable, messageName, toTsMls } from "./octets.ts";
import { readMessage } from "./read-message.ts";
import { askTsMls } from "./refusals.ts";
import { tsMlsSuite } from "./suite.ts";

/** Takes one FanoutMessage. */
export async function receiveDelivery(turn: SeatTurn, room: string, bytes: Uint8Array): Promise<void> {
  const delivered = attempt(() => deliveryOf(bytes));
  if (isRefused(delivered)) {
    emit(turn, { type: "noticed", ...delivered });
    return;
  }
  const { message } = delivered.fanned;
  const seat = turn.state.rooms[room];
  if (message.wireFormat === "mls_welcome") await join(turn, room, delivered.fanned, message.welcome);
  else if (seat !== undefined) await receiveEvent(turn, seat, delivered);
  await replayEarly(turn, room);
}

interface Delivery {
  readonly bytes: Uint8Array;
  readonly fanned: FanoutMessage;
  readonly epoch: number;
}

/** Throws DecodeError for octets that are no FanoutMessage, RoomError for an epoch that no group reaches. */
function deliveryOf(bytes: Uint8Array): Delivery {
  const fanned = FanoutMessage.decode(bytes);
  return { bytes, fanned, epoch: epochOf(fanned.message) };
}

async function receiveEvent(
  turn: SeatTurn,
  seat: SeatRoom,
  { bytes, fanned, epoch }: Delivery,
): Promise<void> {
  const { message } = fanned;
  const current = Number(seat.group.groupContext.epoch);
  const kind = contentTypeOf(message);
  if (seat.sent.includes(messageName(message))) return;
  if (seat.stopped !== undefined && (epoch > current || kind !== "application")) {
    const event = kind === "application" ? "message" : kind;
    const text = `misses a ${event} of epoch ${epoch}: ts-mls has stopped in epoch ${current}`;
    emit(turn, { type: "decided", text });
  } else if (epoch > current) {
    keepRoom(turn, { ...seat, early: [...seat.early, bytes] });
  } else if (kind === "application") {
    await readMessage(turn, seat, fanned);
  } else if (epoch === current) {
    await follow(turn, seat, [message, ...(fanned.moreProposals ?? [])]);
  }
}

/** Hands handshakes to ts-mls, up to the first that it does not take. */
async function follow(turn: SeatTurn, seat: SeatRoom, messages: readonly MLSMessage[]): Promise<void> {
  for (const message of messages) {
    const { group } = turn.state.rooms[seat.room] ?? seat;
    const after = await handshake(turn, group, message);
    if ("code" in after) {
      refuse(turn, seat.room, message, after);
      return;
    }
    enterEpoch(turn, seat.room, after);
  }
}

type Halt = Pick<NonNullable<SeatRoom["stopped"]>, "code" | "where" | "text">;

async function handshake(turn: SeatTurn, group: TsGroup, message: MLSMessage): Promise<TsGroup | Halt> {
  const read = toTsMls(message);
  if (isUnreadable(read)) return read;
  if (read.wireformat !== "mls_public_message") {
    return { code: "refused", where: "protocol-06 §5.5", text: "a handshake comes as a PublicMessage" };
  }
  const suite = tsMlsSuite(turn.state.suite, turn.random);
  const where = beyondRfc9420(message)?.where ?? "RFC 9420 §12.4.2";
  const taken = await askTsMls(where, () => processMessage(read, group, emptyPskIndex, acceptAll, suite));
  if (!isRefused(taken)) return taken.newState;
  return { code: "refused", where, text: `${taken.errorType}: ${taken.text}` };
}

/**
 * Says where and why. What ts-mls can read and refuses may be forged, and the right one may still come; behind what it
 * cannot read there is no way for it, and it stays in its epoch for good. Everybody else goes on.
 */
function refuse(turn: SeatTurn, room: string, message: MLSMessage, halt: Halt): void {
  const seat = turn.state.rooms[room];
  if (seat === undefined) return;
  const epoch = Number(seat.group.groupContext.epoch);
  const name = messageName(message);
  const described = `${contentTypeOf(message)} ${name.slice(0, 8)}`;
  const { code, where } = halt;
  const text = `${described} of epoch ${epoch}: ${halt.text}`;
  emit(turn, { type: "noticed", errorType: "SeatError", code, where, text });
  if (code === "refused" && beyondRfc9420(message) === undefined) return;
  keepRoom(turn, { ...seat, early: [], stopped: { epoch, message: name, ...halt } });
  const stays = `stays in epoch ${epoch}, where ts-mls cannot follow ${described}`;
  emit(turn, { type: "decided", text: stays, draft: where });
  // It is in the group still, but nobody can expect it in the epochs to come.
  emit(turn, { type: "departed", room });
}

/** What had come too early, now that its epoch may have begun. */
async function replayEarly(turn: SeatTurn, room: string): Promise<void> {
  const seat = turn.state.rooms[room];
  if (seat === undefined) return;
  const current = Number(seat.group.groupContext.epoch);
  const isDue = (bytes: Uint8Array) => deliveryOf(bytes).epoch <= current;
  const due = seat.early.filter(isDue);
  if (due.length === 0) return;
  keepRoom(turn, { ...seat, early: seat.early.filter((bytes) => !due.includes(bytes)) });
  for (const bytes of due) await receiveDelivery(turn, room, bytes);
}

function epochOf(message: MLSMessage): number {
  switch (message.wireFormat) {
    case "mls_public_message":
      return epochNumber(message.publicMessage.content.epoch);
    case "mls_private_message":
      return epochNumber(message.privateMessage.epoch);
    case "mls_semiprivate_message":
      return epochNumber(message.semiprivateMessage.epoch);
    default:
      // Everything else that a hub can fan out is a Welcome.
      return 0;
  }
}
