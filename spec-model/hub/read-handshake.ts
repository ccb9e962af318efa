/** A handshake in either format, as its hub can read it. protocol-06 §5.3, semiprivatemessage-07 §4.3 */
import { equalBytes } from "../bytes.ts";
import { externalReceivers, type Followed, type GroupView, type MLSMessage } from "../mls/index.ts";
import { epochNumber, RoomError } from "../room/index.ts";
import type { Turn } from "../turn.ts";
import { type HubKeys, hubApplication } from "./hosted-room.ts";

/** The epoch that a handshake was made in. Throws RoomError where it is in a format that the hub cannot read. */
export function epochOfHandshake(message: MLSMessage): number {
  if (message.wireFormat === "mls_public_message") return epochNumber(message.publicMessage.content.epoch);
  if (message.wireFormat === "mls_semiprivate_message") return epochNumber(message.semiprivateMessage.epoch);
  throw new RoomError("handshakeReadable", "protocol-06 §5.3", "the hub cannot read this handshake message");
}

/**
 * The wire formats that members have chosen for these handshakes. External commits and SelfRemoves leave no choice:
 * they are PublicMessages. RFC 9420 §6.1, mls-extensions §6.3.1
 */
export function chosenFormats(messages: readonly MLSMessage[]): string[] {
  const chosen = messages.flatMap((message) => {
    if (message.wireFormat !== "mls_public_message") return [message.wireFormat];
    const { content } = message.publicMessage;
    if (content.sender.senderType !== "member") return [];
    const isSelfRemove =
      content.contentType === "proposal" && content.proposal.proposalType === "self_remove";
    return isSelfRemove ? [] : [message.wireFormat];
  });
  return [...new Set(chosen.map(String))];
}

/** What follows from a handshake. Throws MlsError, and RoomError where a SemiPrivateMessage is not for this hub. */
export function followAtHub(
  turn: Turn<unknown>,
  keys: HubKeys,
  group: GroupView,
  message: MLSMessage,
): Followed {
  const app = hubApplication(turn.now);
  if (message.wireFormat !== "mls_semiprivate_message") return turn.mls.followHandshake(group, message, app);
  const { groupContext } = group;
  const { publicKey, privateKey } = keys.receiver;
  const receiver = externalReceivers(groupContext.extensions).find((each) =>
    equalBytes(each.externalReceiverPublicKey, publicKey),
  );
  if (receiver === undefined) {
    const text = "the group does not name its hub as a receiver of handshakes";
    throw new RoomError("hubInExternalReceivers", "semiprivatemessage-07 §3", text);
  }
  const own = { receiver, privateKey };
  const content = turn.mls.decryptAsReceiver(own, message.semiprivateMessage, groupContext, app);
  return turn.mls.followContent(group, content, app);
}
