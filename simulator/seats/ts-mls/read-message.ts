/** An application message at a client on ts-mls: who sent it, what it says. RFC 9420 §6.3, protocol-06 §5.5 */
import {
  acceptAll,
  emptyPskIndex,
  type PrivateMessage,
  processPrivateMessage,
  type ClientState as TsGroup,
} from "ts-mls";
import { encodeGroupContext } from "ts-mls/groupContext.js";
import { decryptSenderData } from "ts-mls/privateMessage.js";
import type { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { GroupContext } from "../../../spec-model/mls/index.ts";
import { attempt, isRefused, type Refused } from "../../../spec-model/room/index.ts";
import { verifiedContent } from "./check-content.ts";
import { emit, type SeatRoom, type SeatTurn } from "./client-state.ts";
import { holderOfTsMls } from "./credentials.ts";
import { keepGroup } from "./epochs.ts";
import { isUnreadable, toTsMls } from "./octets.ts";
import { askTsMls } from "./refusals.ts";
import { tsMlsSuite } from "./suite.ts";
import { show } from "./timeline.ts";

/** Decrypts, checks and shows a message; notices what is wrong with it. A bad message ends nothing. */
export async function readMessage(turn: SeatTurn, seat: SeatRoom, fanned: FanoutMessage): Promise<void> {
  const decrypted = await decrypt(turn, seat.group, fanned.message);
  if (isRefused(decrypted)) {
    emit(turn, { type: "noticed", ...decrypted });
    return;
  }
  keepGroup(turn, seat, decrypted.group);
  const { groupContext } = decrypted.epoch;
  const shown = attempt(() =>
    verifiedContent({
      room: seat.room,
      sender: decrypted.sender,
      extensions: GroupContext.decode(encodeGroupContext(groupContext)).extensions,
      suite: turn.state.suite,
      applicationData: decrypted.applicationData,
      authenticatedData: decrypted.authenticatedData,
      acceptedMs: fanned.timestamp,
      frank: fanned.frank,
    }),
  );
  if (isRefused(shown)) emit(turn, { type: "noticed", ...shown });
  else show(turn, seat.room, shown);
}

/** What ts-mls keeps of the epoch that a message is of, which may be over. */
type Epoch = Pick<TsGroup, "groupContext" | "ratchetTree"> & { readonly senderDataSecret: Uint8Array };

interface Decrypted {
  readonly group: TsGroup;
  readonly epoch: Epoch;
  readonly sender: string | undefined;
  readonly applicationData: Uint8Array;
  readonly authenticatedData: Uint8Array;
}

async function decrypt(
  turn: SeatTurn,
  group: TsGroup,
  message: FanoutMessage["message"],
): Promise<Decrypted | Refused> {
  const read = toTsMls(message);
  if (isUnreadable(read)) return { errorType: "SeatError", ...read };
  const suite = tsMlsSuite(turn.state.suite, turn.random);
  return askTsMls("RFC 9420 §6.3", async () => {
    if (read.wireformat !== "mls_private_message") throw new Error("a message comes as a PrivateMessage");
    const { privateMessage } = read;
    const epoch = epochOf(group, privateMessage);
    // processPrivateMessage does not say who sent it: the sender data have to be opened once more.
    const senderData = await decryptSenderData(privateMessage, epoch.senderDataSecret, suite);
    const taken = await processPrivateMessage(group, privateMessage, emptyPskIndex, suite, acceptAll);
    if (taken.kind !== "applicationMessage") throw new Error("no application message");
    const leaf = epoch.ratchetTree[2 * (senderData?.leafIndex ?? 0)];
    return {
      group: taken.newState,
      epoch,
      sender: leaf?.nodeType === "leaf" ? holderOfTsMls(leaf.leaf.credential)?.user : undefined,
      applicationData: taken.message,
      authenticatedData: privateMessage.authenticatedData,
    };
  });
}

function epochOf(group: TsGroup, { epoch }: PrivateMessage): Epoch {
  if (epoch === group.groupContext.epoch) {
    return { ...group, senderDataSecret: group.keySchedule.senderDataSecret };
  }
  const past = group.historicalReceiverData.get(epoch);
  if (past !== undefined) return past;
  throw new Error("its epoch's keys are gone");
}
