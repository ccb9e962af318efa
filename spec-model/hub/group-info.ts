/** A GroupInfoRequest at the hub: who asks, may they, and what an external commit needs. protocol-06 §5.6 */
import { hex, noBytes, textOf, utf8 } from "../bytes.ts";
import {
  GroupInfoRequest,
  GroupInfoResponse,
  requesterOf,
  sealGroupInfoResponse,
} from "../group-info/index.ts";
import { MLSMessage, toRatchetTreeExtension } from "../mls/index.ts";
import { attempt, isRefused } from "../room/index.ts";
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
  const requester = attempt(() => requesterOf(turn.mls.suite(request.cipherSuite), request));
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

function grant(
  turn: Turn<unknown>,
  keys: HubKeys,
  hosted: HostedRoom,
  request: GroupInfoRequest,
): GroupInfoResponse {
  const suite = turn.mls.suite(request.cipherSuite);
  const contents = {
    groupInfo: hosted.groupInfo,
    ratchetTreeOption: {
      representation: "full" as const,
      ratchetTree: toRatchetTreeExtension(hosted.group.tree),
    },
    pendingProposals: hosted.pending.map(({ message, acceptedMs }) => ({
      proposal: MLSMessage.decode(message),
      hubAcceptedTime: BigInt(acceptedMs),
    })),
  };
  const answer = { room: hosted.room, contents, to: request.groupInfoPublicKey };
  return sealGroupInfoResponse(suite, keys, answer, turn.random);
}

function refusal(hosted: HostedRoom): GroupInfoResponse {
  return { version: "mls10", roomId: utf8(hosted.room), status: "notAuthorized" };
}
