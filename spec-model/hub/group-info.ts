/** A GroupInfoRequest at the hub: who asks, may they, and what an external commit needs. protocol-06 §5.6 */
import { hex, noBytes, textOf, utf8 } from "../bytes.ts";
import {
  GroupInfoRatchetTreeTBE,
  GroupInfoRequest,
  GroupInfoRequestTBS,
  GroupInfoResponse,
  GroupInfoResponseTBS,
} from "../group-info/index.ts";
import {
  encryptWithLabel,
  MLSMessage,
  signWithLabel,
  toRatchetTreeExtension,
  verifyWithLabel,
} from "../mls/index.ts";
import { attempt, holderOf, isRefused, providerCredential, type Refused, RoomError } from "../room/index.ts";
import { advance, emit, type Turn } from "../turn.ts";
import { requestName } from "./answers.ts";
import { type HostedRoom, type HubKeys, surroundingsOf } from "./hosted-room.ts";
import type { Asker, HubLinks } from "./links.ts";
import { hubRoomMachine } from "./room-machine.ts";

/** Takes a GroupInfoRequest for a hosted room and answers it. */
export function receiveGroupInfoRequest(
  turn: Turn<unknown>,
  links: HubLinks,
  keys: HubKeys,
  hosted: HostedRoom,
  asker: Asker,
  body: Uint8Array,
): HostedRoom {
  const request = attempt(() => GroupInfoRequest.decode(body));
  if (isRefused(request)) {
    emit(turn, { type: "noticed", ...request });
    links.answer(asker, 400, noBytes, "");
    return hosted;
  }
  const requester = requesterOf(turn, request);
  if (isRefused(requester)) emit(turn, { type: "noticed", ...requester });
  const event = {
    type: "groupInfo" as const,
    request: requestName(asker, body),
    from: asker.domain,
    surroundings: surroundingsOf(turn, links, hosted),
    requester,
    joinCode: textOf(request.joiningCode) ?? hex(request.joiningCode),
  };
  const { snapshot, effects } = advance(turn, hubRoomMachine, hosted.machine, event, hosted.room);
  const granted = effects.some((effect) => effect.type === "answer" && effect["code"] === "success");
  const text = granted ? "verifies that the client may join" : "refuses the GroupInfo";
  emit(turn, { type: "decided", text, draft: "protocol-06 §5.6" });
  const response = granted ? grant(turn, keys, hosted, request) : refusal(hosted);
  const summary = `GroupInfoResponse ${granted ? "success" : "notAuthorized"}`;
  links.answer(asker, 200, GroupInfoResponse.encode(response), summary);
  return { ...hosted, machine: snapshot };
}

/** The client and user that the request's signature and credential prove. */
function requesterOf(
  turn: Turn<unknown>,
  request: GroupInfoRequest,
): (ReturnType<typeof holderOf> & object) | Refused {
  return attempt(() => {
    const suite = turn.mls.suite(request.cipherSuite);
    const { requestingSignatureKey, requestingCredential, signature } = request;
    const signed = GroupInfoRequestTBS.encode(request);
    if (!verifyWithLabel(suite, requestingSignatureKey, "GroupInfoRequestTBS", signed, signature)) {
      throw new RoomError("requestSignature", "protocol-06 §5.6", "the request's signature does not fit");
    }
    const holder = holderOf(requestingCredential);
    if (holder !== undefined) return holder;
    throw new RoomError("credentialNamesClient", "identity-05 §4", "the requester names no client of a user");
  });
}

function grant(
  turn: Turn<unknown>,
  keys: HubKeys,
  hosted: HostedRoom,
  request: GroupInfoRequest,
): GroupInfoResponse {
  const suite = turn.mls.suite(request.cipherSuite);
  const roomId = utf8(hosted.room);
  const contents = GroupInfoRatchetTreeTBE.encode({
    groupInfo: hosted.groupInfo,
    ratchetTreeOption: { representation: "full", ratchetTree: toRatchetTreeExtension(hosted.group.tree) },
    pendingProposals: hosted.pending.map(({ message, acceptedMs }) => ({
      proposal: MLSMessage.decode(message),
      hubAcceptedTime: BigInt(acceptedMs),
    })),
  });
  const label = "GroupInfo and ratchet_tree encryption";
  const key = request.groupInfoPublicKey;
  const unsigned = {
    version: "mls10" as const,
    roomId,
    status: "success" as const,
    cipherSuite: request.cipherSuite,
    hubSender: { signatureKey: keys.signature.publicKey, credential: providerCredential(keys.domain) },
    encryptedGroupinfoAndTree: encryptWithLabel(suite, key, label, roomId, contents, turn.random),
  };
  const signed = GroupInfoResponseTBS.encode(unsigned);
  return {
    ...unsigned,
    signature: signWithLabel(suite, keys.signature.privateKey, "GroupInfoResponseTBS", signed),
  };
}

function refusal(hosted: HostedRoom): GroupInfoResponse {
  return { version: "mls10", roomId: utf8(hosted.room), status: "notAuthorized" };
}
