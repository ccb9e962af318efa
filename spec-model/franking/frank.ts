/** Making and verifying franks: the sender's tag, the hub's stamp, the receiver's check. protocol-06 §5.4.1 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, equalBytes } from "../bytes.ts";
import { type CipherSuite, signWithLabel, verifyWithLabel } from "../mls/index.ts";
import { type Frank, FrankingIntegrityTBS, ServerFrankingContext } from "./structures.ts";

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

/** The hub's stamp on a message with this tag. §5.4.1.2 */
export function frank(keys: FrankingKeys, tag: Uint8Array, context: ServerFrankingContext): Frank {
  const { suite, signaturePrivateKey, hubKey } = keys;
  const serverFrank = serverFrankOf(hubKey, tag, context);
  const signed = FrankingIntegrityTBS.encode({
    serverFrank,
    frankingSignatureCiphersuite: suite.id,
    context,
  });
  return {
    serverFrank,
    frankingSignatureCiphersuite: suite.id,
    frankingIntegritySignature: signWithLabel(suite, signaturePrivateKey, "FrankingIntegrityTBS", signed),
  };
}

/** Whether the hub's signature holds for what a receiver knows of the message. §5.4.1.3 */
export function verifyFrank(
  suite: CipherSuite,
  frankingSignatureKey: Uint8Array,
  given: Frank,
  context: ServerFrankingContext,
): boolean {
  const { serverFrank, frankingSignatureCiphersuite, frankingIntegritySignature } = given;
  if (frankingSignatureCiphersuite !== suite.id) return false;
  const signed = FrankingIntegrityTBS.encode({ serverFrank, frankingSignatureCiphersuite, context });
  const label = "FrankingIntegrityTBS";
  return verifyWithLabel(suite, frankingSignatureKey, label, signed, frankingIntegritySignature);
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

function serverFrankOf(hubKey: Uint8Array, tag: Uint8Array, context: ServerFrankingContext): Uint8Array {
  return hmac(sha256, hubKey, concat(tag, ServerFrankingContext.encode(context)));
}
