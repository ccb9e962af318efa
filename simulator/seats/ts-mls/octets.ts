/** Messages between the two stacks: only octets pass, and what one cannot read of the other is said precisely. */
import { sha256 } from "@noble/hashes/sha2.js";
import { type Decoder, decodeMlsMessage, encodeMlsMessage, type MLSMessage as TsMessage } from "ts-mls";
import { equalBytes, hex } from "../../../spec-model/bytes.ts";
import { MLSMessage, type Proposal } from "../../../spec-model/mls/index.ts";
import type { Stop } from "./client-state.ts";

/** Why a message cannot be handed to ts-mls. */
export type Unreadable = Pick<Stop, "code" | "where" | "text">;

/** The message as ts-mls reads it, or why it reads none or a wrong one. */
export function toTsMls(message: MLSMessage): TsMessage | Unreadable {
  const octets = MLSMessage.encode(message);
  const decoded = decodedByTsMls(octets);
  if (decoded === undefined) return unreadable("undecodable", message, "ts-mls decodes no message from it");
  const [read, end] = decoded;
  if (end === octets.length && equalBytes(encodeMlsMessage(read), octets)) return read;
  return unreadable("misread", message, "ts-mls decodes another message from it");
}

export function isUnreadable(read: object): read is Unreadable {
  return "code" in read;
}

/** The section that defines the first proposal of `message` that RFC 9420 has not, or undefined where all are its. */
export function beyondRfc9420(
  message: MLSMessage,
): { readonly type: string; readonly where: string } | undefined {
  for (const { proposalType: type } of proposalsIn(message)) {
    const where = extensionProposals.get(type);
    if (where !== undefined) return { type, where };
  }
  return undefined;
}

/** How a message is named in traces and recognised when it comes back: the SHA-256 of its octets, hex. */
export function messageName(message: MLSMessage): string {
  return hex(sha256(MLSMessage.encode(message)));
}

/** What a decoder of ts-mls makes of our octets. Throws an Error where it makes nothing of them. */
export function readByTsMls<T>(decoder: Decoder<T>, octets: Uint8Array): T {
  const decoded = decoder(octets, 0);
  if (decoded === undefined) throw new Error("ts-mls cannot decode this");
  return decoded[0];
}

const extensionProposals: ReadonlyMap<Proposal["proposalType"], string> = new Map([
  ["app_data_update", "mls-extensions §4.7"],
  ["app_ephemeral", "mls-extensions §4.8"],
  ["self_remove", "mls-extensions §6.3"],
]);

/** Some of its decoders throw where others give undefined. */
function decodedByTsMls(octets: Uint8Array): [TsMessage, number] | undefined {
  try {
    return decodeMlsMessage(octets, 0);
  } catch {
    return undefined;
  }
}

function unreadable(code: "undecodable" | "misread", message: MLSMessage, found: string): Unreadable {
  const beyond = beyondRfc9420(message);
  if (beyond === undefined) return { code, where: "RFC 9420 §6", text: found };
  return { code, where: beyond.where, text: `${found}: it holds a proposal of type ${beyond.type}` };
}

/** The proposals that stand in a message in the clear. */
function proposalsIn(message: MLSMessage): readonly Proposal[] {
  if (message.wireFormat !== "mls_public_message") return [];
  const { content } = message.publicMessage;
  if (content.contentType === "proposal") return [content.proposal];
  if (content.contentType !== "commit") return [];
  return content.commit.proposals.flatMap((each) => (each.type === "proposal" ? [each.proposal] : []));
}
