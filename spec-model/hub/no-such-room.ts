/** A GroupInfoRequest for a room that there is not, or not any more. protocol-06 §5.6 */
import { noBytes, utf8 } from "../bytes.ts";
import { GroupInfoRequest, GroupInfoResponse } from "../group-info/index.ts";
import { attempt, isRefused } from "../room/index.ts";
import { emit, type Turn } from "../turn.ts";
import type { Asker, HubLinks } from "./links.ts";

/** Whether a provider tells in its refusals what there is. */
export type Refusals = "uniform" | "detailed";

/**
 * Answers in the room's stead: noSuchRoom, or notAuthorized where refusals do not tell which rooms there are, as of a
 * room that lets the requester not in. protocol-06 §5.6
 */
export function refuseUnknownRoom(
  turn: Turn<unknown>,
  links: Pick<HubLinks, "answer">,
  refusals: Refusals,
  room: string,
  asker: Asker,
  body: Uint8Array,
): void {
  const request = attempt(() => GroupInfoRequest.decode(body));
  if (isRefused(request)) {
    emit(turn, { type: "noticed", ...request });
    links.answer(asker, 400, noBytes, "");
    return;
  }
  const status = refusals === "uniform" ? "notAuthorized" : "noSuchRoom";
  emit(turn, {
    type: "decided",
    text: "refuses the GroupInfo of a room that it has not",
    draft: "protocol-06 §5.6",
  });
  const response = GroupInfoResponse.encode({ version: "mls10", roomId: utf8(room), status });
  links.answer(asker, 200, response, `GroupInfoResponse ${status}`);
}
