/** Requests for the GroupInfo of a room: signed by a client, which its credential names. protocol-06 §5.6 */
import { type CipherSuite, signWithLabel, verifyWithLabel } from "../mls/index.ts";
import { type Holder, holderOf, RoomError } from "../room/index.ts";
import { type GroupInfoRequest, GroupInfoRequestTBS } from "./structures.ts";

const label = "GroupInfoRequestTBS";

export function signGroupInfoRequest(
  suite: CipherSuite,
  privateKey: Uint8Array,
  unsigned: Parameters<typeof GroupInfoRequestTBS.encode>[0],
): GroupInfoRequest {
  const signature = signWithLabel(suite, privateKey, label, GroupInfoRequestTBS.encode(unsigned));
  return { ...unsigned, signature };
}

/** The client and user that signature and credential prove. Throws RoomError where they prove nobody. */
export function requesterOf(suite: CipherSuite, request: GroupInfoRequest): Holder {
  const { requestingSignatureKey, requestingCredential, signature } = request;
  const signed = GroupInfoRequestTBS.encode(request);
  if (!verifyWithLabel(suite, requestingSignatureKey, label, signed, signature)) {
    throw new RoomError("requestSignature", "protocol-06 §5.6", "the request's signature does not fit");
  }
  const holder = holderOf(requestingCredential);
  if (holder !== undefined) return holder;
  throw new RoomError("credentialNamesClient", "identity-05 §4", "the requester names no client of a user");
}
