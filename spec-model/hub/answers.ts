/** Answers that can be given again: a request whose answer got lost comes a second time. protocol-06 §5.3 and §5.4 */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "../bytes.ts";
import type { GivenAnswer, HostedRoom } from "./hosted-room.ts";
import type { Asker, HubLinks } from "./links.ts";

/**
 * A request's name: the same for the same body from the same side. The drafts give requests no identifier, and do not
 * say what becomes of one that comes twice; taken by its body, a repeated update does not look like a lost race.
 */
export function requestName(asker: Asker, body: Uint8Array): string {
  return `${asker.kind === "client" ? asker.client : asker.domain} ${hex(sha256(body))}`;
}

/** Answers and keeps the answer for as long as the machine recognises the request. */
export function answerAndKeep(
  links: HubLinks,
  room: HostedRoom,
  asker: Asker,
  name: string,
  given: GivenAnswer,
): HostedRoom {
  links.answer(asker, 200, given.body, given.summary);
  const { answered } = room.machine.context;
  const kept = Object.entries(room.answers).filter(([other]) => answered.includes(other));
  return { ...room, answers: { ...Object.fromEntries(kept), [name]: given } };
}

export function answerAgain(links: HubLinks, room: HostedRoom, asker: Asker, name: string): void {
  const given = room.answers[name];
  if (given !== undefined) links.answer(asker, 200, given.body, given.summary);
}
