/** Abuse reports at a provider: as the hub of the room, and on the way from its own users to another. protocol-06 §5.9 */
import { sha256 } from "@noble/hashes/sha2.js";
import {
  AbuseReport,
  defaultAbuseVariants,
  examineReported,
  type HubKeyInUse,
  type ReportDesk,
  type ReportFacts,
  type ReportRefusal,
  reportMachine,
} from "../abuse/index.ts";
import { concat, hex, noBytes, utf8 } from "../bytes.ts";
import { statusCodes } from "../endpoints/index.ts";
import { defaultFrankingVariants } from "../franking/index.ts";
import { type Asker, effectiveRoom, frankingKeys, type HostedRoom } from "../hub/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import type { KeyPair } from "../mls/index.ts";
import { attempt, decide, isRefused, type Refused } from "../room/index.ts";
import { advance, emit, first } from "../turn.ts";
import { toClient } from "./clients.ts";
import { answer } from "./messages.ts";
import type { ProviderTurn } from "./state.ts";
import { userOf } from "./users.ts";

/** A report about a room that is hosted here: checked, counted, answered. */
export function receiveReport(turn: ProviderTurn, asker: Asker, hosted: HostedRoom, body: Uint8Array): void {
  const { room } = hosted;
  const decoded = attempt(() => AbuseReport.decode(body));
  const report = isRefused(decoded) ? decoded : factsOf(turn, asker, hosted, decoded, body);
  if (isRefused(report)) emit(turn, { type: "noticed", ...report });
  const variants = { ...defaultAbuseVariants, ...turn.state.abuse };
  const before = turn.state.reports[room] ?? first(reportMachine, { room, variants });
  const event = { type: "reported" as const, report };
  const { snapshot, effects } = advance(turn, reportMachine, before, event, room);
  turn.state = { ...turn.state, reports: { ...turn.state.reports, [room]: snapshot } };
  for (const effect of effects) {
    if (effect.type === "refuse") refuse(turn, asker, effect as unknown as ReportRefusal);
    if (effect.type === "answerAccepted") accept(turn, asker, report);
  }
}

/**
 * What the own provider asks of a report before it passes it on: it vouches for who reports and changes nothing. The
 * draft leaves open whether it may.
 */
export function mayRelayReport(turn: ProviderTurn, client: string, body: Uint8Array): boolean {
  const report = attempt(() => AbuseReport.decode(body));
  if (isRefused(report)) return false;
  const { uri } = report.reportingUser;
  return uri === "" || uri === userOf(turn, client);
}

/** From now on the hub franks with another secret; it keeps the old one for the reports to come. §5.4.1.2 */
export function rotateHubKey(turn: ProviderTurn): void {
  const { keys, pastHubKeys } = turn.state;
  const past = { hubKey: keys.hubKey, untilMs: turn.now };
  turn.state = {
    ...turn.state,
    keys: { ...keys, hubKey: turn.random.bytes(32) },
    pastHubKeys: [past, ...pastHubKeys],
  };
  emit(turn, { type: "decided", text: "franks with a new hub_key", draft: "protocol-06 §5.4.1.2" });
}

/**
 * From now on the hub signs the franks of new groups with another key, which its clients hear of: no draft says how.
 * Groups keep the agent that they name until one of their clients changes it. §5.4.1
 */
export function rotateFrankingKey(turn: ProviderTurn, given: KeyPair | undefined): void {
  const { keys, accounts } = turn.state;
  const suite = turn.mls.suite(turn.state.gateway.suite);
  const franking = given ?? suite.signature.generateKeyPair(turn.random);
  turn.state = { ...turn.state, keys: { ...keys, franking, pastFranking: [...frankingKeys(keys)] } };
  emit(turn, { type: "decided", text: "has a new franking key", draft: "protocol-06 §5.4.1" });
  const news = { type: "frankingKey", key: franking.publicKey } as const;
  for (const { clients } of Object.values(accounts))
    for (const client of clients) toClient(turn, client, news, "Franking key");
}

function factsOf(
  turn: ProviderTurn,
  asker: Asker,
  hosted: HostedRoom,
  report: AbuseReport,
  body: Uint8Array,
): ReportFacts {
  const state = effectiveRoom(hosted.machine.context);
  const { reportingUser, allegedAbuserUri, note, messages } = report;
  const reporter = reportingUser.uri;
  const desk = deskOf(turn, hosted);
  const act = { kind: "act", user: reporter, capability: "canReportAbuse" } as const;
  return {
    name: nameOf(asker.domain, report, body),
    from: asker.domain,
    reporter,
    alleged: allegedAbuserUri.uri,
    note,
    messages: messages.map((message) => examineReported(desk, message)),
    providerTakesPart: state.participants.some(({ user }) => domainOfUri(user) === asker.domain),
    asker: asker.kind === "client" ? userOf(turn, asker.client) : undefined,
    mayReport: decide(state, act, turn.deviation?.policy).allowed,
  };
}

/** Who reports whom for which messages: the same again is no other report. Without messages the whole body counts. */
function nameOf(from: string, report: AbuseReport, body: Uint8Array): string {
  const { reportingUser, allegedAbuserUri, messages } = report;
  const who = utf8(JSON.stringify([from, reportingUser.uri, allegedAbuserUri.uri]));
  const stamps = messages.map(({ frank }) => hex(frank.serverFrank)).sort();
  const what = messages.length === 0 ? body : utf8(stamps.join(" "));
  return hex(sha256(concat(who, what)));
}

function deskOf(turn: ProviderTurn, { room }: HostedRoom): ReportDesk {
  const { keys, franking, abuse } = turn.state;
  const suiteOf = (number: number) => {
    const suite = attempt(() => turn.mls.suite(number));
    return isRefused(suite) ? undefined : suite;
  };
  return {
    room,
    hubKeys: hubKeysOf(turn),
    frankingKeys: frankingKeys(keys).map(({ publicKey }) => publicKey),
    suiteOf,
    integrity: { ...defaultFrankingVariants, ...franking }.integrity,
    keySelection: { ...defaultAbuseVariants, ...abuse }.hubKeySelection,
  };
}

/** All that the hub has had, with their times, newest first. */
function hubKeysOf({ state: { keys, pastHubKeys } }: ProviderTurn): readonly HubKeyInUse[] {
  const all = [{ hubKey: keys.hubKey, untilMs: undefined }, ...pastHubKeys];
  return all.map((each, i) => ({ ...each, fromMs: all[i + 1]?.untilMs ?? 0 }));
}

function refuse(turn: ProviderTurn, asker: Asker, { rule, says, status }: ReportRefusal): void {
  const text = `refuses the report: not so that ${says} (${rule})`;
  emit(turn, { type: "decided", text, draft: "protocol-06 §5.9" });
  answer(turn, asker, status, noBytes, "");
}

/** The answer says no more than that the report has come. */
function accept(turn: ProviderTurn, asker: Asker, report: ReportFacts | Refused): void {
  if (!isRefused(report)) {
    const proven = report.messages.filter((message) => message.verified).length;
    const text = `accepts the report: ${proven} message${proven === 1 ? "" : "s"} verified by frank`;
    emit(turn, { type: "decided", text, draft: "protocol-06 §5.9" });
  }
  answer(turn, asker, statusCodes.accepted, noBytes, "");
}
