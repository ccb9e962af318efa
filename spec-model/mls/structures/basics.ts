/** The small types that every other structure of RFC 9420 is made of. */
import { alias, closedEnum, type Infer, opaque, openEnum, struct, uint16, v } from "../../wire/index.ts";

/** Where a structure can only be of this version. */
export const ProtocolVersion = closedEnum("ProtocolVersion", 65535, { mls10: 1 }).from(
  "RFC 9420 §6",
  "the version of MLS",
);

/** Where a version is compared or advertised; unknown ones stay numbers. */
export const AnyProtocolVersion = openEnum("ProtocolVersion", 2, { mls10: 1 }).from(
  "RFC 9420 §6",
  "a version of MLS, perhaps an unknown one",
);
export type AnyProtocolVersion = Infer<typeof AnyProtocolVersion>;

export const CipherSuiteNumber = alias("CipherSuite", uint16).from(
  "RFC 9420 §5.1",
  "the number of a cipher suite",
);

export const HPKEPublicKey = alias("HPKEPublicKey", opaque(v)).from(
  "RFC 9420 §5.1.1",
  "a public key in the KEM's own format",
);
export const SignaturePublicKey = alias("SignaturePublicKey", opaque(v)).from(
  "RFC 9420 §5.1.1",
  "a public key in the signature scheme's own format",
);
export const MAC = alias("MAC", opaque(v)).from("RFC 9420 §6.1", "a message authentication code");
export const KeyPackageRef = alias("KeyPackageRef", opaque(v)).from(
  "RFC 9420 §5.2",
  "the hash that stands for a KeyPackage",
);
export const ProposalRef = alias("ProposalRef", opaque(v)).from(
  "RFC 9420 §5.2",
  "the hash that stands for a proposal's message",
);
export const ComponentID = alias("ComponentID", uint16).from(
  "mls-extensions §4.1",
  "which part of the application a value belongs to",
);

export const HPKECiphertext = struct("HPKECiphertext", { kem_output: opaque(v), ciphertext: opaque(v) }).from(
  "RFC 9420 §7.6",
  "an encapsulated key and what is encrypted under it",
);
export type HPKECiphertext = Infer<typeof HPKECiphertext>;
