/** The operations of the crypto family on credentials: whom one authenticates, by what one believes. */
import { bytes, decimal, type Member, type Operation, text } from "./operation.ts";

const texts = { type: "array", items: text } as const;
const listOf = (
  properties: Record<string, typeof bytes | typeof text | typeof texts>,
  optional: string[],
) => ({
  type: "array",
  items: {
    type: "object",
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  },
});

const input: Readonly<Record<string, Member>> = {
  credential: { schema: bytes, says: "a Credential (RFC 9420 §5.3)" },
  signatureKey: { schema: bytes, says: "the signature public key of the leaf, or of the external sender" },
  now: { schema: decimal, says: "in seconds since the UNIX epoch" },
  registered: {
    schema: listOf({ uri: text, signatureKey: bytes }, []),
    says: "the keys that are known to be those of clients or providers; basic credentials of others are not believed",
    optional: true,
  },
  anchors: {
    schema: listOf({ certificate: bytes, domains: texts }, []),
    says: "the authorities that are trusted: the `certificate` of each in DER, and the `domains` for which it is",
    optional: true,
  },
  issuers: {
    schema: listOf({ issuer: text, keyId: text, algorithm: text, publicKey: bytes, domains: texts }, [
      "keyId",
    ]),
    says: "the issuers of tokens that are trusted, once for each of their keys: the `issuer` (`iss`), the `keyId` (`kid`), the JWS `algorithm` (`EdDSA`, `ES256`), the `publicKey` as MLS has it, and the `domains`",
    optional: true,
  },
  expected: {
    schema: { type: "object", properties: { domain: text, user: text }, additionalProperties: false },
    says: "the provider and the user that it has to be about",
    optional: true,
  },
};

const outcomes = {
  authenticated: "it authenticates somebody, and `output` says whom",
  refused: "it authenticates nobody",
} as const;

const kinds =
  "Basic credentials hold a MIMI URI. X.509 credentials hold a chain of certificates (RFC 5280 §6.1) whose first one names its holder by URIs in its subjectAltName. Those of type 0xf0c2 hold a JSON Web Token (identity-05 §6.2); no draft has registered a type for them.";

export const credentialOperations: readonly Operation[] = [
  {
    name: "credential.authenticate",
    family: "crypto",
    says: `Decide whom the credential of a client's leaf authenticates (RFC 9420 §5.3.1, identity-05 §4 and §5.1). ${kinds}`,
    outcomes,
    input,
    output: {
      client: { schema: text, says: "the client's URI" },
      user: { schema: text, says: "the URI of the client's user, or a pseudonym's" },
    },
  },
  {
    name: "credential.authenticate-provider",
    family: "crypto",
    says: `Decide which provider the credential of an external sender authenticates (protocol-06 §7.4). ${kinds} A provider is named by a URI or a DNS name.`,
    outcomes,
    input,
    output: { domain: { schema: text, says: "the provider's domain, in lower case" } },
  },
];
