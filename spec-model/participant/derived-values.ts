/** What a client derives about a message that it has received, besides the hub's time. content-09 §4.6 */
import { fromHex, noBytes } from "../bytes.ts";
import type { MessageDerivedValues, TimelineMessage } from "../content/index.ts";
import type { Credential, GroupView } from "../mls/index.ts";
import { holderOf } from "../room/index.ts";

/** Where a message came from: the group in its epoch, and its sender there. */
export interface Origin {
  readonly room: string;
  readonly epoch: Pick<GroupView, "groupContext" | "tree">;
  /** The sender's leaf index. */
  readonly leaf: number;
  readonly credential: Credential;
}

/** The values of the group and of the sender's leaf are always known; the URLs are those that the credential proves. */
export function derivedValues(
  { messageId, acceptedTimestamp }: Pick<TimelineMessage, "messageId" | "acceptedTimestamp">,
  { room, epoch, leaf, credential }: Origin,
): MessageDerivedValues {
  const holder = holderOf(credential);
  return {
    messageId: fromHex(messageId) ?? noBytes,
    hubAcceptedTimestamp: BigInt(acceptedTimestamp),
    mlsGroupId: epoch.groupContext.groupId,
    senderLeafIndex: leaf,
    senderClientUrl: holder?.client ?? "",
    senderUserUrl: holder?.user ?? "",
    roomUrl: room,
  };
}
