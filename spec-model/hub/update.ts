/** An UpdateRequest at the hub: verify what can be verified, let the machine decide, answer, fan out. protocol-06 §5.3 */
import { noBytes } from "../bytes.ts";
import type { Effect } from "../machine.ts";
import { MLSMessage } from "../mls/index.ts";
import { attempt, isRefused } from "../room/index.ts";
import { advance, emit, type Turn } from "../turn.ts";
import { type HandshakeBundle, UpdateRequest, UpdateRoomResponse } from "../update/index.ts";
import { answerAgain, answerAndKeep, requestName } from "./answers.ts";
import { fanOutHandshake } from "./fan-out-handshake.ts";
import { type HostedRoom, type HubKeys, observeEpoch, surroundingsOf } from "./hosted-room.ts";
import type { Asker, HubLinks } from "./links.ts";
import { noticeRule } from "./notice.ts";
import { type OwnProposals, proposeOwn } from "./own-proposals.ts";
import type { HubRoomEvent } from "./room-context.ts";
import { hubRoomMachine } from "./room-machine.ts";
import type { Recipients } from "./room-updates.ts";
import { observeDesertion, takeOwnProposals } from "./take-own-proposals.ts";
import { type Prospect, prospectOf } from "./verify-update.ts";
import type { HubWish } from "./wishes.ts";

/** Takes an UpdateRequest for a hosted room and answers it. */
export function receiveUpdate(
  turn: Turn<unknown>,
  links: HubLinks,
  keys: HubKeys,
  hosted: HostedRoom,
  asker: Asker,
  body: Uint8Array,
): HostedRoom {
  const request = attempt(() => UpdateRequest.decode(body));
  if (isRefused(request)) {
    emit(turn, { type: "noticed", ...request });
    links.answer(asker, 400, noBytes, "");
    return hosted;
  }
  const { bundle } = request;
  const name = requestName(asker, body);
  const asked = { request: name, from: asker.domain, surroundings: surroundingsOf(turn, links, hosted) };
  const prospect = prospectOf(turn, keys, hosted, asked, bundle);
  if (isRefused(prospect)) {
    emit(turn, { type: "noticed", ...prospect });
    links.answer(asker, 400, noBytes, "");
    return hosted;
  }
  const { snapshot, effects } = advance(turn, hubRoomMachine, hosted.machine, prospect.event, hosted.room);
  if (!effects.some((effect) => effect.type === "answerAgain")) noticeRefusal(turn, hosted, prospect.event);
  let room: HostedRoom = { ...hosted, machine: snapshot };
  let own: OwnProposals | undefined;
  for (const effect of effects) {
    if (effect.type === "answerAgain") answerAgain(links, hosted, asker, name);
    if (effect.type === "accept") room = accepted(turn, room, bundle, prospect);
    if (effect.type === "answer") room = answer(turn, links, hosted, room, asker, name, effect);
    if (effect.type === "proposeAgain")
      own = proposeOwn(turn, keys, room.group, effect["wishes"] as readonly HubWish[]);
    if (effect.type === "fanOut") {
      room = fanOutHandshake(turn, links, room, bundle, effect as unknown as Recipients, own?.messages);
    }
    if (effect.type === "closeGroup") observeDesertion(turn);
  }
  return own === undefined ? room : takeOwnProposals(turn, links, room, own, true);
}

/** Makes true what was worked out: the group moves on, proposals are kept until a commit takes them up. */
function accepted(
  turn: Turn<unknown>,
  room: HostedRoom,
  bundle: HandshakeBundle,
  prospect: Prospect,
): HostedRoom {
  const group = prospect.group ?? room.group;
  if (prospect.event.type === "proposals") {
    emit(turn, {
      type: "decided",
      text: "verifies that the proposals are allowed by policy and keeps them for the next commit",
      draft: "protocol-06 §3.5",
    });
    const messages = [bundle.proposalOrCommit, ...(bundle.moreProposals ?? [])];
    const pending = messages.map((message) => ({
      message: MLSMessage.encode(message),
      acceptedMs: turn.now,
    }));
    return { ...room, group, pending: [...room.pending, ...pending] };
  }
  emit(turn, {
    type: "decided",
    text: "verifies the commit and that its changes are allowed by policy",
    draft: "protocol-06 §5.3",
  });
  const moved = { ...room, group, groupInfo: prospect.groupInfo ?? room.groupInfo, pending: [] };
  observeEpoch(turn, moved);
  return moved;
}

/** protocol-06 §5.3: each code with what it carries. */
function answer(
  turn: Turn<unknown>,
  links: HubLinks,
  before: HostedRoom,
  room: HostedRoom,
  asker: Asker,
  name: string,
  effect: Effect,
): HostedRoom {
  const code = effect["code"] as UpdateRoomResponse["responseCode"];
  const says = typeof effect["says"] === "string" ? effect["says"] : "";
  const response = responseOf(code, says, turn.now, before);
  if (code !== "success") {
    emit(turn, { type: "decided", text: `refuses the update: ${code}${says === "" ? "" : `, ${says}`}` });
    noticeRule(turn, effect);
  }
  const given = { body: UpdateRoomResponse.encode(response), summary: `UpdateRoomResponse ${code}` };
  if (code === "success") return answerAndKeep(links, room, asker, name, given);
  links.answer(asker, 200, given.body, given.summary);
  return room;
}

function responseOf(
  code: UpdateRoomResponse["responseCode"],
  errorDescription: string,
  now: number,
  before: HostedRoom,
): UpdateRoomResponse {
  switch (code) {
    case "success":
      return { responseCode: code, errorDescription: "", acceptedTimestamp: BigInt(now) };
    case "wrongEpoch":
      return { responseCode: code, errorDescription, currentEpoch: before.group.groupContext.epoch };
    case "invalidProposal":
      // A proposal in the commit itself has no reference that could be listed.
      return { responseCode: code, errorDescription, invalidProposals: [] };
    case "notAllowed":
      return { responseCode: code, errorDescription };
  }
}

/** What the public group refused is worth knowing even where the answer hardly says it; a lost race is no wrong. */
function noticeRefusal(turn: Turn<unknown>, hosted: HostedRoom, event: HubRoomEvent): void {
  if (event.type !== "commit" && event.type !== "proposals") return;
  if (event.epoch === hosted.machine.context.current.epoch && isRefused(event.verified)) {
    emit(turn, { type: "noticed", ...event.verified });
  }
}
