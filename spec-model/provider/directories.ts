/** Reading other providers' directories, and giving out one's own. protocol-06 §5.1 */

import type { HttpResponse } from "../actor.ts";
import { textOf, utf8 } from "../bytes.ts";
import { directoryDocument, parseDirectory } from "../endpoints/index.ts";
import { emit } from "../turn.ts";
import { askDirectory, respond } from "./messages.ts";
import type { Awaiting, ProviderTurn } from "./state.ts";

/** As often as a hub repeats a notification: without the directory it cannot send one. */
const mostAttempts = 12;

/** The answer, or none: then the directory is asked for again. Whether it is known now and was not before. */
export function directoryAnswered(
  turn: ProviderTurn,
  { of, attempt }: Extract<Awaiting, { kind: "directory" }>,
  response: HttpResponse | undefined,
): boolean {
  const wasKnown = turn.state.peers[of] !== undefined;
  if (response?.status === 200) learnDirectory(turn, of, response.body);
  else if (attempt < mostAttempts) askDirectory(turn, of, attempt + 1);
  return !wasKnown && turn.state.peers[of] !== undefined;
}

export function giveDirectory(turn: ProviderTurn, request: string): void {
  const body = utf8(directoryDocument(turn.state.directory));
  respond(turn, request, { status: 200, body }, "directory document");
}

function learnDirectory(turn: ProviderTurn, of: string, body: Uint8Array): void {
  const directory = parseDirectory(textOf(body) ?? "");
  if (!directory.ok) {
    const { message: text } = directory.error;
    emit(turn, {
      type: "noticed",
      errorType: "DirectoryError",
      code: "malformed",
      where: "protocol-06 §5.1",
      text,
    });
    return;
  }
  turn.state = { ...turn.state, peers: { ...turn.state.peers, [of]: directory.value } };
}
