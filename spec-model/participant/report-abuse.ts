/** Reporting a message to the room's hub, with what was kept of it. protocol-06 §5.9 */
import { AbuseReport, composeReport } from "../abuse/index.ts";
import { statusCodes } from "../endpoints/index.ts";
import { emit } from "../turn.ts";
import { ask } from "./asks.ts";
import type { ClientTurn } from "./client-state.ts";
import type { ClientIntention } from "./intentions.ts";
import { roomOf } from "./rooms.ts";

type Wish = Extract<ClientIntention, { type: "reportAbuse" }>;

/** Reports the latest message of a user. Without its frank there is nothing to prove it with. */
export function reportAbuse(turn: ClientTurn, { room, of, note, anonymous }: Wish): void {
  const { messages, evidence } = roomOf(turn, room);
  const reported = messages.findLast(({ sender }) => sender === of.latestOf);
  const kept = evidence[reported?.messageId ?? ""];
  if (kept === undefined) {
    const text =
      reported === undefined ? "there is no message to report" : "the message came without a valid frank";
    const where = "protocol-06 §5.9";
    emit(turn, { type: "noticed", errorType: "ClientError", code: "cannotReport", where, text });
    return;
  }
  const report = composeReport({
    reporter: anonymous === true ? undefined : turn.state.user,
    alleged: of.latestOf,
    note: note ?? "",
    evidence: [kept],
  });
  ask(turn, "reportAbuse", room, AbuseReport.encode(report), "Abuse report", { kind: "reportAbuse", room });
}

/** No body comes back: only whether the hub has taken the report. */
export function receiveReportAnswer(turn: ClientTurn, status: number): void {
  const text =
    status === statusCodes.accepted
      ? "the hub has accepted the report"
      : `the hub refuses the report: ${status}`;
  emit(turn, { type: "decided", text, draft: "protocol-06 §5.9" });
}
