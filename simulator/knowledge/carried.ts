/** What a step of an actor takes and gives, as far as there is something in it to hear: bodies, and messages of MLS. */
import type { Input, LocalMessage, Output } from "../../spec-model/actor.ts";
import { noBytes } from "../../spec-model/bytes.ts";
import { FanoutMessage, NotifyBody } from "../../spec-model/fan-out/index.ts";
import type { MLSMessage } from "../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { SubmitMessageRequest } from "../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../spec-model/update/index.ts";

/** A body on its way, with what it is for: an operation of protocol-06 §5, or what a client and its provider say. */
export interface Carried {
  readonly operation: string;
  /** The provider it comes from, or the client. */
  readonly from: string;
  /** The room, the user or the asset that it is about, as far as its head says. */
  readonly about: string;
  readonly body: Uint8Array;
}

const operations = [
  "keyMaterial",
  "update",
  "notify",
  "submitMessage",
  "requestConsent",
  "updateConsent",
  "identifierQuery",
  "proxyDownload",
];

/** What `actor` has taken or given. */
export function carriedIn(actor: string, thing: Input<unknown> | Output): Carried | undefined {
  if (thing.type === "local") return carriedLocally("from" in thing ? thing.from : actor, thing.message);
  if (thing.type !== "request") return undefined;
  const { host, path, body } = thing.request;
  const from = "from" in thing ? thing.from : actor;
  if ("operation" in thing && thing.operation === "asset")
    return { operation: "asset", from, about: `https://${host}${path}`, body };
  const operation = operations.find((each) => path.includes(`/${each}/`));
  const about = decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
  return operation === undefined ? undefined : { operation, from, about, body };
}

function carriedLocally(from: string, message: LocalMessage): Carried | undefined {
  switch (message.type) {
    case "ask":
      return { operation: message.operation, from, about: message.room, body: message.body };
    case "askServer":
      return { operation: message.operation, from, about: message.domain, body: message.body };
    case "deliver":
      return { operation: "deliver", from, about: message.room, body: message.message };
    case "consentNews":
      return { operation: "consentNews", from, about: "", body: message.body };
    case "fetchAsset":
      return { operation: "fetchAsset", from, about: message.url, body: noBytes };
    default:
      return undefined;
  }
}

/** What a hub has accepted and hands out. protocol-06 §5.5 */
export function fannedOutIn({ operation, body }: Carried): readonly FanoutMessage[] {
  if (operation === "deliver") return orNone(() => [FanoutMessage.decode(body)]);
  return operation === "notify" ? orNone(() => NotifyBody.decode(body)) : [];
}

/** Every message of MLS in it, accepted or only submitted. */
export function messagesIn(carried: Carried): readonly MLSMessage[] {
  const { operation, body } = carried;
  if (operation === "submitMessage") return orNone(() => [SubmitMessageRequest.decode(body).appMessage]);
  if (operation === "update") return orNone(() => messagesOfUpdate(UpdateRequest.decode(body)));
  return fannedOutIn(carried).flatMap(({ message, ...beside }) => [
    message,
    ...("moreProposals" in beside ? (beside.moreProposals ?? []) : []),
    ...("externalProposals" in beside ? (beside.externalProposals ?? []) : []),
  ]);
}

function messagesOfUpdate({ bundle }: UpdateRequest): readonly MLSMessage[] {
  const { proposalOrCommit, moreProposals, welcome } = bundle;
  const invitation: MLSMessage[] = welcome === undefined ? [] : [welcomeMessage(welcome)];
  return [proposalOrCommit, ...(moreProposals ?? []), ...invitation];
}

function welcomeMessage(welcome: NonNullable<UpdateRequest["bundle"]["welcome"]>): MLSMessage {
  return { version: "mls10", wireFormat: "mls_welcome", welcome };
}

function orNone<T>(decode: () => readonly T[]): readonly T[] {
  const decoded = attempt(decode);
  return isRefused(decoded) ? [] : decoded;
}
