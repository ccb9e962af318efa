/** Reading other providers' directories, and giving out one's own. protocol-06 §5.1 */
import { noBytes, textOf, utf8 } from "../bytes.ts";
import { directoryDocument, directoryPath, parseDirectory } from "../endpoints/index.ts";
import { emit } from "../turn.ts";
import { respond, send } from "./messages.ts";
import type { ProviderTurn } from "./state.ts";

export function askDirectory(turn: ProviderTurn, of: string): void {
  const request = { method: "GET" as const, path: directoryPath, body: noBytes, summary: "" };
  send(turn, of, "directory", request, { kind: "directory", of });
}

export function giveDirectory(turn: ProviderTurn, request: string): void {
  const body = utf8(directoryDocument(turn.state.directory));
  respond(turn, request, { status: 200, body }, "directory document");
}

export function learnDirectory(turn: ProviderTurn, of: string, body: Uint8Array): void {
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
