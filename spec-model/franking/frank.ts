/** Making and verifying franks: the sender's tag, the hub's stamp, the hub's signature on it. protocol-06 §5.4.1 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, equalBytes, utf8 } from "../bytes.ts";
import { type CipherSuite, signWithLabel, verifyWithLabel } from "../mls/index.ts";
import { type Frank, FrankingIntegrityTBS, ServerFrankingContext } from "./structures.ts";
import { BlindedFrankingIntegrityTBS, TaggedFrankingIntegrityTBS } from "./variant-structures.ts";

/** The sender's commitment to `applicationData`, keyed by the 16-octet salt of its MIMI content. §5.4.1.1 */
export function frankingTag(salt: Uint8Array, applicationData: Uint8Array): Uint8Array {
  return hmac(sha256, salt, applicationData);
}

/** What the hub franks with. */
export interface FrankingKeys {
  readonly suite: CipherSuite;
  /** The private key to the one in the `franking_agent` component. */
  readonly signaturePrivateKey: Uint8Array;
  /** The hub's secret, at least 32 octets. */
  readonly hubKey: Uint8Array;
}

/** What the hub's signature covers beside `server_frank`, suite and context: see the variant `integrity`. */
export type Bound =
  | { readonly integrity: "draft" }
  | { readonly integrity: "tag"; readonly tag: Uint8Array }
  | { readonly integrity: "tagAndBlindedSender"; readonly tag: Uint8Array; readonly blinding: Uint8Array };

const asDrafted: Bound = { integrity: "draft" };

/** The hub's stamp on a message with this tag. §5.4.1.2 */
export function frank(
  keys: FrankingKeys,
  tag: Uint8Array,
  context: ServerFrankingContext,
  bound: Bound = asDrafted,
): Frank {
  const { suite, signaturePrivateKey, hubKey } = keys;
  const stamp = { serverFrank: serverFrankOf(hubKey, tag, context), frankingSignatureCiphersuite: suite.id };
  const signed = signedOctets(stamp, context, bound);
  return {
    ...stamp,
    frankingIntegritySignature: signWithLabel(suite, signaturePrivateKey, label, signed),
  };
}

/** Whether the hub's signature holds for what a receiver knows of the message. §5.4.1.3 */
export function verifyFrank(
  suite: CipherSuite,
  frankingSignatureKey: Uint8Array,
  given: Frank,
  context: ServerFrankingContext,
  bound: Bound = asDrafted,
): boolean {
  if (given.frankingSignatureCiphersuite !== suite.id) return false;
  const signed = signedOctets(given, context, bound);
  return verifyWithLabel(suite, frankingSignatureKey, label, signed, given.frankingIntegritySignature);
}

/** Whether this hub made `serverFrank` for the tag and the context: how it checks an abuse report. §5.9 */
export function isServerFrank(
  hubKey: Uint8Array,
  tag: Uint8Array,
  context: ServerFrankingContext,
  serverFrank: Uint8Array,
): boolean {
  return equalBytes(serverFrankOf(hubKey, tag, context), serverFrank);
}

/** The key to a blinded sender: whoever has the content has it, a follower provider has not. */
export function blindingOf(salt: Uint8Array): Uint8Array {
  return hmac(sha256, salt, utf8("sender blinding"));
}

const label = "FrankingIntegrityTBS";

function serverFrankOf(hubKey: Uint8Array, tag: Uint8Array, context: ServerFrankingContext): Uint8Array {
  return hmac(sha256, hubKey, concat(tag, ServerFrankingContext.encode(context)));
}

function signedOctets(
  stamp: Pick<Frank, "serverFrank" | "frankingSignatureCiphersuite">,
  context: ServerFrankingContext,
  bound: Bound,
): Uint8Array {
  const { serverFrank, frankingSignatureCiphersuite } = stamp;
  const head = { serverFrank, frankingSignatureCiphersuite };
  switch (bound.integrity) {
    case "draft":
      return FrankingIntegrityTBS.encode({ ...head, context });
    case "tag":
      return TaggedFrankingIntegrityTBS.encode({ ...head, context, frankingTag: bound.tag });
    case "tagAndBlindedSender": {
      const blindedSender = hmac(sha256, bound.blinding, utf8(context.senderUri.uri));
      const { roomUri, acceptedTimestamp } = context;
      const rest = { roomUri, acceptedTimestamp, frankingTag: bound.tag };
      return BlindedFrankingIntegrityTBS.encode({ ...head, blindedSender, ...rest });
    }
  }
}
