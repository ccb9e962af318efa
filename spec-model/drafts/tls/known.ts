/** What other documents define, so that a draft may use it: the structures that are modelled, and names of RFCs. */
import { structures } from "../../structures.ts";
import { presentation } from "../../wire/index.ts";
import { parseTls } from "./parser.ts";
import type { Definition } from "./syntax.ts";

export interface Known {
  readonly definition: Definition;
  /** e.g. `RFC 9420 §7.2` */
  readonly source: string;
}

let known: ReadonlyMap<string, Known> | undefined;

/** The modelled structures by name, read back from the presentation of their declarations. */
export function knownDefinitions(): ReadonlyMap<string, Known> {
  known ??= new Map(
    structures.flatMap(({ name, codec, source }) =>
      parseTls(presentation(codec, name)).definitions.map(
        (definition) => [name, { definition, source }] as const,
      ),
    ),
  );
  return known;
}

/** Types that are part of the language itself, or so widely used that every draft may. */
export const builtInTypes: ReadonlySet<string> = new Set([
  ...[8, 16, 24, 32, 40, 48, 56, 64, 96, 128, 256].flatMap((bits) => [
    `uint${bits}`,
    `int${bits}`,
    `uint${bits}_t`,
  ]),
  "opaque",
  "optional",
  "struct",
  "enum",
  "T",
]);

/** Names of types of RFC 8446, RFC 5246, RFC 9147, RFC 9420 and others whose structures are not modelled. */
export const namesOfRfcs: ReadonlySet<string> = new Set(
  `
  ContentType ProtocolVersion TLSPlaintext TLSInnerPlaintext TLSCiphertext AlertLevel AlertDescription Alert
  HandshakeType Handshake Random CipherSuite ClientHello ServerHello HelloRetryRequest Extension ExtensionType
  KeyShareEntry KeyShareClientHello KeyShareHelloRetryRequest KeyShareServerHello UncompressedPointRepresentation
  PskKeyExchangeMode PskKeyExchangeModes Empty EarlyDataIndication PskIdentity PskBinderEntry OfferedPsks
  PreSharedKeyExtension SupportedVersions Cookie SignatureScheme SignatureSchemeList NamedGroup NamedGroupList
  DistinguishedName CertificateAuthoritiesExtension OIDFilter OIDFilterExtension PostHandshakeAuth
  EncryptedExtensions CertificateRequest CertificateType CertificateEntry Certificate CertificateVerify Finished
  NewSessionTicket EndOfEarlyData KeyUpdateRequest KeyUpdate HkdfLabel ServerName ServerNameList NameType HostName
  MaxFragmentLength StatusType CertificateStatusType CertificateStatusRequest CertificateStatus OCSPStatusRequest
  ResponderID ResponderIDList Extensions OCSPResponse ProtocolName ProtocolNameList HeartbeatMode SignatureAlgorithm
  HashAlgorithm SignatureAndHashAlgorithm ASN1Cert CompressionMethod SessionID ServerHelloDone ClientKeyExchange
  ServerKeyExchange ConnectionEnd PRFAlgorithm BulkCipherAlgorithm CipherType MACAlgorithm SecurityParameters
  DTLSPlaintext DTLSCiphertext RecordNumber ACK ConnectionId NewConnectionId RequestConnectionId
  CertificateCompressionAlgorithm CertificateCompressionAlgorithms CompressedCertificate Credential
  DelegatedCredential ECHClientHello ECHConfig ECHConfigList ECHConfigContents HpkeKeyConfig HpkeSymmetricCipherSuite
  HpkePublicKey HpkeKemId HpkeKdfId HpkeAeadId HpkeAead ImportedIdentity Opaque URL TransItem DigitallySigned LogID
  SignedCertificateTimestamp SerializedSCT SerializedTransItem TimestampedEntry MerkleTreeLeaf LogEntryType Version
  TokenChallenge Token TokenRequest TokenResponse KeyConfig
  AuthenticatedContentTBM UpdatePath HPKECiphertext MLSCiphertext MLSPlaintext ParentNode LeafNode UncheckedNode
  Epoch MessageHash NodeInfo VendorId HPKEPublicKey
  Time Duration Report ReportMetadata TaskId BatchId AggregationJobId ExtensionType
  `
    .trim()
    .split(/\s+/),
);
