/**
 * Pseudonymous credentials of minimal-metadata rooms, and the link to who is behind them. protocol-06 §6.1
 *
 * The draft leaves open how the participants come to a key, how the link is encrypted under it, and which credential
 * type this is. Decided here: the key is an argument; the cipher suite's AEAD under a fresh nonce, which stands before
 * the ciphertext, with PseudonymousCredentialTBS as additional data, so that no link fits another credential.
 */
import { concat, hex } from "../bytes.ts";
import { type MimiUri, mimiUri, parseMimiUri } from "../identifiers/index.ts";
import { type CipherSuite, type Credential, signWithLabel, verifyWithLabel } from "../mls/index.ts";
import {
  IdentityLinkTBE,
  PseudonymousCredential,
  PseudonymousCredentialTBS,
  pseudonymousCredentialType,
} from "../pseudonyms/index.ts";
import type { RandomSource } from "../random.ts";
import type { Holder } from "../room/index.ts";
import { demand, present, refuse } from "./rules.ts";
import { decodedAs } from "./structure.ts";

const label = "PseudonymousCredentialTBS";

/** A client's pseudonyms in one room, with the key that signs there. */
export interface Pseudonyms extends Holder {
  readonly signatureKey: Uint8Array;
}

/** Who is behind them: a credential, and the private key to it. */
export interface RealClient {
  readonly credential: Credential;
  readonly signaturePrivateKey: Uint8Array;
}

/** A fresh user pseudonym: a random UUID at the provider's domain. */
export function newUserPseudonym(domain: string, random: RandomSource): string {
  return mimiUri("pseudonym", domain, uuid(random));
}

export function newClientPseudonym(domain: string, random: RandomSource): string {
  return mimiUri("client", domain, uuid(random));
}

/**
 * The credential of a pseudonymous client, with its identity link under `key` (of the suite's AEAD). A `blank` link has
 * nothing in it and the same length: whoever lacks the key cannot tell, and what they see can be compared by octets.
 */
export function pseudonymousCredential(
  suite: CipherSuite,
  pseudonyms: Pseudonyms,
  real: RealClient,
  key: Uint8Array,
  random: RandomSource,
  content: "sealed" | "blank" = "sealed",
): Credential {
  const fields = {
    clientPseudonym: { uri: pseudonyms.client },
    userPseudonym: { uri: pseudonyms.user },
    signaturePublicKey: pseudonyms.signatureKey,
  };
  const signed = PseudonymousCredentialTBS.encode(fields);
  const link = IdentityLinkTBE.encode({
    pseudonymousCredentialSignature: signWithLabel(suite, real.signaturePrivateKey, label, signed),
    clientCredential: real.credential,
  });
  const plaintext = content === "blank" ? new Uint8Array(link.length) : link;
  const nonce = random.bytes(suite.aead.nonceLength);
  const identityLinkCiphertext = concat(nonce, suite.aead.seal(key, nonce, signed, plaintext));
  return {
    credentialType: pseudonymousCredentialType,
    credentialData: PseudonymousCredential.encode({ ...fields, identityLinkCiphertext }),
  };
}

/** What everybody sees, the hub too. Throws CredentialError. */
export function pseudonymsOf(credentialData: Uint8Array): Pseudonyms {
  const { clientPseudonym, userPseudonym, signaturePublicKey } = decodedAs(
    PseudonymousCredential,
    credentialData,
  );
  const client = pseudonymIn(clientPseudonym.uri, ["client"]);
  const user = pseudonymIn(userPseudonym.uri, ["pseudonym", "user"]);
  demand(client.domain === user.domain, "wrongDomain", `${client.uri} and ${user.uri}`);
  return { client: client.uri, user: user.uri, signatureKey: signaturePublicKey };
}

/** What is in the identity link, for those who have the key. Throws CredentialError `linkDecryption` or `malformed`. */
export function openIdentityLink(
  suite: CipherSuite,
  credentialData: Uint8Array,
  key: Uint8Array,
): IdentityLinkTBE {
  const { identityLinkCiphertext: sealed, ...fields } = decodedAs(PseudonymousCredential, credentialData);
  const { nonceLength } = suite.aead;
  demand(sealed.length > nonceLength, "linkDecryption", "it is shorter than a nonce");
  const [nonce, ciphertext] = [sealed.subarray(0, nonceLength), sealed.subarray(nonceLength)];
  const opened = suite.aead.open(key, nonce, PseudonymousCredentialTBS.encode(fields), ciphertext);
  return decodedAs(IdentityLinkTBE, present(opened, "linkDecryption", "the key does not open it"));
}

/** One of the real client's keys has signed the pseudonyms. Throws CredentialError `linkSignature`. */
export function demandLinkSignature(
  suite: CipherSuite,
  credentialData: Uint8Array,
  link: IdentityLinkTBE,
  realKeys: readonly Uint8Array[],
): void {
  const signed = PseudonymousCredentialTBS.encode(decodedAs(PseudonymousCredential, credentialData));
  const signature = link.pseudonymousCredentialSignature;
  const fits = realKeys.some((key) => verifyWithLabel(suite, key, label, signed, signature));
  demand(fits, "linkSignature", "the signature in the identity link");
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** "Random UUIDs qualified with the domain": nothing else tells a pseudonym from a name. */
function pseudonymIn(text: string, kinds: readonly MimiUri["kind"][]): MimiUri {
  const uri = parseMimiUri(text);
  const fits = uri.ok && kinds.includes(uri.value.kind) && uri.value.names.length === 1;
  if (fits && uuidForm.test(uri.value.names[0] ?? "")) return uri.value;
  return refuse("namesNobody", `${text} is no pseudonym of a ${kinds[0]}`);
}

/** A UUID of version 4. RFC 9562 §5.4 */
function uuid(random: RandomSource): string {
  const octets = random.bytes(16);
  octets[6] = ((octets[6] ?? 0) & 0x0f) | 0x40;
  octets[8] = ((octets[8] ?? 0) & 0x3f) | 0x80;
  const digits = hex(octets);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join("-");
}
