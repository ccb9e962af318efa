/** The hub's check of a reported message: was it franked here, for this room, as this sender's? protocol-06 §5.9 */
import { hex } from "../bytes.ts";
import {
  ContentError,
  decodeContent,
  extensionKey,
  type MimiContent,
  messageIdOf,
} from "../content/index.ts";
import {
  boundBy,
  type FrankingVariants,
  frankingTag,
  isServerFrank,
  verifyFrank,
} from "../franking/index.ts";
import type { CipherSuite } from "../mls/index.ts";
import type { AbusiveMessage } from "./structures.ts";
import type { AbuseVariants } from "./variants.ts";

/** What each check asks. All are of protocol-06 §5.9. */
export const reportedMessageRules = {
  contentDecodes: "the reported content is MIMI content",
  namesSender: "the content names its sender",
  isOfRoom: "the content names the room that the report is about",
  frankedHere: "one of the hub's keys gives this frank for the content, its sender, its room and the time",
  knownCipherSuite: "the hub has a franking key for the frank's cipher suite",
  signedHere: "the hub has signed the frank",
} as const;

export type ReportedMessageRule = keyof typeof reportedMessageRules;

/** A hub_key with the time, in milliseconds since the UNIX epoch, from and until which it was in use. */
export interface HubKeyInUse {
  readonly hubKey: Uint8Array;
  readonly fromMs: number;
  /** Undefined for the present one. */
  readonly untilMs: number | undefined;
}

/** What a hub checks reports of one room with. */
export interface ReportDesk {
  readonly room: string;
  /** Newest first. */
  readonly hubKeys: readonly HubKeyInUse[];
  /** The public keys of the hub's signatures on franks: the present one, and those before it. */
  readonly frankingKeys: readonly Uint8Array[];
  /** The suite with a number; undefined for those that the hub has never franked with. */
  readonly suiteOf: (number: number) => CipherSuite | undefined;
  readonly integrity: FrankingVariants["integrity"];
  readonly keySelection: AbuseVariants["hubKeySelection"];
}

export type MessageVerdict =
  | {
      readonly verified: true;
      readonly sender: string;
      /** Hex. */
      readonly messageId: string;
      readonly acceptedMs: number;
    }
  | { readonly verified: false; readonly rule: ReportedMessageRule };

/** Whether the hub can stand by a reported message; else the first check that fails. */
export function examineReported(desk: ReportDesk, message: AbusiveMessage): MessageVerdict {
  const { messageContent, frank, acceptedTimestamp } = message;
  const content = contentOf(messageContent);
  if (content === undefined) return unverified("contentDecodes");
  const sender = content.mimiExtensions.get(extensionKey.senderUri);
  if (typeof sender !== "string") return unverified("namesSender");
  if (content.mimiExtensions.get(extensionKey.roomUri) !== desk.room) return unverified("isOfRoom");
  const tag = frankingTag(content.salt, messageContent);
  const context = { senderUri: { uri: sender }, roomUri: { uri: desk.room }, acceptedTimestamp };
  const franked = candidates(desk, Number(acceptedTimestamp)).some(({ hubKey }) =>
    isServerFrank(hubKey, tag, context, frank.serverFrank),
  );
  if (!franked) return unverified("frankedHere");
  const suite = desk.suiteOf(frank.frankingSignatureCiphersuite);
  if (suite === undefined) return unverified("knownCipherSuite");
  const bound = boundBy(desk.integrity, tag, content.salt);
  const signed = desk.frankingKeys.some((key) => verifyFrank(suite, key, frank, context, bound));
  if (!signed) return unverified("signedHere");
  const { salt } = content;
  const id = messageIdOf({ encoded: messageContent, salt, senderUri: sender, roomUri: desk.room });
  return { verified: true, sender, messageId: hex(id), acceptedMs: Number(acceptedTimestamp) };
}

/** In the millisecond of a change either key may have been the one. */
function candidates({ hubKeys, keySelection }: ReportDesk, acceptedMs: number): readonly HubKeyInUse[] {
  if (keySelection === "newest") return hubKeys.slice(0, 1);
  if (keySelection === "all") return hubKeys;
  return hubKeys.filter(
    ({ fromMs, untilMs }) => fromMs <= acceptedMs && acceptedMs <= (untilMs ?? acceptedMs),
  );
}

function contentOf(encoded: Uint8Array): MimiContent | undefined {
  try {
    return decodeContent(encoded);
  } catch (error) {
    if (error instanceof ContentError) return undefined;
    throw error;
  }
}

function unverified(rule: ReportedMessageRule): MessageVerdict {
  return { verified: false, rule };
}
