/** Looking for users at a provider: its own answer, from its users' profiles. protocol-06 §5.8 */
import { noBytes } from "../bytes.ts";
import { answerQuery, IdentifierRequest, IdentifierResponse } from "../discovery/index.ts";
import type { Asker } from "../hub/index.ts";
import { attempt, isRefused } from "../room/index.ts";
import { emit } from "../turn.ts";
import { answer } from "./messages.ts";
import type { ProviderTurn } from "./state.ts";

export function receiveIdentifierQuery(turn: ProviderTurn, asker: Asker, body: Uint8Array): void {
  const request = attempt(() => IdentifierRequest.decode(body));
  if (isRefused(request)) {
    emit(turn, { type: "noticed", ...request });
    answer(turn, asker, 400, noBytes, "");
    return;
  }
  const response = answerQuery(Object.values(turn.state.accounts), turn.state.policy, request);
  const summary = `IdentifierResponse ${response.responseCode}`;
  answer(turn, asker, 200, IdentifierResponse.encode(response), summary);
}
