/** Requests and responses that only a client and a gateway can read. RFC 9458 §4 */
import { concat, noBytes, utf8 } from "../../bytes.ts";
import type { CipherSuite } from "../../mls/index.ts";
import type { RandomSource } from "../../random.ts";
import { OhttpError } from "./errors.ts";
import { algorithmsOf, type GatewayKey, type KeyConfiguration } from "./key-configuration.ts";
import { OctetReader, uint16 } from "./octet-reader.ts";

/** What the two ends of an exchange have in common, to protect the response with. */
export interface ResponseKeys {
  readonly encapsulated: Uint8Array;
  readonly secret: Uint8Array;
}

const headLength = 7;
const responseLabel = utf8("message/bhttp response");

/** `request` for the gateway of this configuration. Throws OhttpError where the suite is none of the gateway's. */
export function encapsulateRequest(
  suite: CipherSuite,
  { keyId, kem, publicKey, symmetric }: KeyConfiguration,
  request: Uint8Array,
  random: RandomSource,
): { readonly body: Uint8Array; readonly keys: ResponseKeys } {
  const own = algorithmsOf[suite.id];
  const offered = symmetric.some(({ kdf, aead }) => kdf === own.kdf && aead === own.aead);
  if (kem !== own.kem || !offered) throw new OhttpError("algorithms", 0, "the gateway has others");
  const head = headOf(suite, keyId);
  const length = secretLength(suite);
  const sealed = suite.hpke.sealAndExport(publicKey, infoOf(head), request, responseLabel, length, random);
  if (sealed === undefined) throw new OhttpError("keyConfiguration", 3, "an unusable public key");
  const { kemOutput: encapsulated, ciphertext, secret } = sealed;
  return { body: concat(head, encapsulated, ciphertext), keys: { encapsulated, secret } };
}

/** What came for the gateway. Throws OhttpError. */
export function decapsulateRequest(
  suite: CipherSuite,
  gateway: GatewayKey,
  body: Uint8Array,
): { readonly request: Uint8Array; readonly keys: ResponseKeys } {
  const reader = new OctetReader(body);
  const head = reader.take(headLength);
  if (head[0] !== gateway.keyId) throw new OhttpError("unknownKey", 0, `key ${head[0]}`);
  const expected = headOf(suite, gateway.keyId);
  if (!expected.every((octet, i) => octet === head[i])) throw new OhttpError("algorithms", 1, "others");
  const encapsulated = reader.take(encapsulatedLength(suite));
  const ciphertext = body.subarray(reader.offset);
  const { privateKey } = gateway.keys;
  const info = infoOf(head);
  const request = suite.hpke.open(privateKey, info, noBytes, { kemOutput: encapsulated, ciphertext });
  const length = secretLength(suite);
  const secret = suite.hpke.importSecret(privateKey, encapsulated, info, responseLabel, length);
  if (request === undefined || secret === undefined) {
    throw new OhttpError("notAuthentic", headLength, "the request does not open");
  }
  return { request, keys: { encapsulated, secret } };
}

export function encapsulateResponse(
  suite: CipherSuite,
  keys: ResponseKeys,
  response: Uint8Array,
  random: RandomSource,
): Uint8Array {
  const nonce = random.bytes(secretLength(suite));
  const under = responseCipher(suite, keys, nonce);
  return concat(nonce, suite.aead.seal(under.key, under.nonce, noBytes, response));
}

/** The gateway's response to the client's request. Throws OhttpError. */
export function decapsulateResponse(suite: CipherSuite, keys: ResponseKeys, body: Uint8Array): Uint8Array {
  const reader = new OctetReader(body);
  const under = responseCipher(suite, keys, reader.take(secretLength(suite)));
  const opened = suite.aead.open(under.key, under.nonce, noBytes, body.subarray(reader.offset));
  if (opened === undefined) throw new OhttpError("notAuthentic", reader.offset, "the response does not open");
  return opened;
}

function headOf(suite: CipherSuite, keyId: number): Uint8Array {
  const { kem, kdf, aead } = algorithmsOf[suite.id];
  return concat(Uint8Array.of(keyId), uint16(kem), uint16(kdf), uint16(aead));
}

function infoOf(head: Uint8Array): Uint8Array {
  return concat(utf8("message/bhttp request"), Uint8Array.of(0), head);
}

function secretLength({ aead: { keyLength, nonceLength } }: CipherSuite): number {
  return Math.max(keyLength, nonceLength);
}

/** A symbolic encapsulation names the recipient beside the randomness. */
function encapsulatedLength({ name, hpke }: CipherSuite): number {
  return name.startsWith("symbolic ") ? 2 * hpke.publicKeyLength : hpke.publicKeyLength;
}

function responseCipher(suite: CipherSuite, { encapsulated, secret }: ResponseKeys, nonce: Uint8Array) {
  const { kdf, aead } = suite;
  const prk = kdf.extract(concat(encapsulated, nonce), secret);
  return {
    key: kdf.expand(prk, utf8("key"), aead.keyLength),
    nonce: kdf.expand(prk, utf8("nonce"), aead.nonceLength),
  };
}
