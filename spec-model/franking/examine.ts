/** A receiver's check of a frank, step by step in the draft's order. protocol-06 §5.4.1.3 */
import { equalBytes } from "../bytes.ts";
import { domainOfUri } from "../identifiers/index.ts";
import type { CipherSuite } from "../mls/index.ts";
import { type Bound, blindingOf, frankingTag, verifyFrank } from "./frank.ts";
import type { Frank, ServerFrankingContext } from "./structures.ts";
import type { FrankingVariants } from "./variants.ts";

/** What each check asks, and where the draft asks for it. */
export const frankRules = {
  frankPresent: ["§5.4.1", "a message that asks for a frank has one where the room has a franking agent"],
  tagPresent: ["§5.4.1.3", "a frank comes with the sender's tag in the authenticated data"],
  frankCipherSuite: ["§5.4.1.3", "the frank's cipher suite is the group's"],
  frankingAgentPresent: ["§5.4.1.3", "the GroupContext names a franking agent"],
  frankingAgentIsHub: ["§5.4.1.3", "the franking agent's credential is of the hub's domain"],
  frankSignature: ["§5.4.1.3", "the hub has signed this frank for this sender, room and time"],
  frankingTag: ["§5.4.1.3", "the tag is that of the content under its salt"],
  senderIsSender: ["§5.4.1.3", "the content names the user of the sender's leaf as its sender"],
  roomIsRoom: ["§5.4.1.3", "the content names the room that it was received in"],
} as const satisfies Readonly<Record<string, readonly [section: string, says: string]>>;

export type FrankRule = keyof typeof frankRules;

/** A message as a receiver has it once it is decrypted, with what came along. */
export interface ReceivedFrank {
  readonly room: string;
  /** The user whom the sender's leaf names. */
  readonly sender: string;
  readonly content: {
    readonly salt: Uint8Array;
    /** What the content itself says of its sender and its room. */
    readonly sender: unknown;
    readonly room: unknown;
  };
  readonly applicationData: Uint8Array;
  /** From the authenticated data, where it has one. */
  readonly tag: Uint8Array | undefined;
  /** From the GroupContext; `domain` is the one its credential names. */
  readonly agent: { readonly signatureKey: Uint8Array; readonly domain: string | undefined } | undefined;
  readonly frank: Frank | undefined;
  readonly acceptedTimestamp: bigint;
}

/** What a receiver keeps with a message, to report it with. */
export interface Evidence {
  readonly applicationData: Uint8Array;
  readonly frank: Frank;
  readonly context: ServerFrankingContext;
}

export type FrankVerdict =
  /** No frank was asked for, or there is nobody to give one. */
  | { readonly verdict: "none" }
  | { readonly verdict: "verified"; readonly evidence: Evidence }
  | { readonly verdict: "wrong"; readonly rule: FrankRule };

/** What a frank is worth to its receiver: the first check that fails, or the evidence to keep. */
export function examineFrank(
  suite: CipherSuite,
  received: ReceivedFrank,
  integrity: FrankingVariants["integrity"] = "draft",
): FrankVerdict {
  const { agent, tag, frank, room, sender, acceptedTimestamp, applicationData, content } = received;
  if (frank === undefined) {
    return agent === undefined || tag === undefined ? { verdict: "none" } : wrong("frankPresent");
  }
  if (tag === undefined) return wrong("tagPresent");
  if (frank.frankingSignatureCiphersuite !== suite.id) return wrong("frankCipherSuite");
  if (agent === undefined) return wrong("frankingAgentPresent");
  if (agent.domain !== domainOfUri(room)) return wrong("frankingAgentIsHub");
  const context = { senderUri: { uri: sender }, roomUri: { uri: room }, acceptedTimestamp };
  const bound = boundBy(integrity, tag, content.salt);
  if (!verifyFrank(suite, agent.signatureKey, frank, context, bound)) return wrong("frankSignature");
  if (!equalBytes(tag, frankingTag(content.salt, applicationData))) return wrong("frankingTag");
  if (content.sender !== sender) return wrong("senderIsSender");
  if (content.room !== room) return wrong("roomIsRoom");
  return { verdict: "verified", evidence: { applicationData, frank, context } };
}

/** What the signature covers under a variant, for whoever knows the salt. */
export function boundBy(integrity: FrankingVariants["integrity"], tag: Uint8Array, salt: Uint8Array): Bound {
  if (integrity === "tagAndBlindedSender") return { integrity, tag, blinding: blindingOf(salt) };
  return integrity === "tag" ? { integrity, tag } : { integrity };
}

function wrong(rule: FrankRule): FrankVerdict {
  return { verdict: "wrong", rule };
}
