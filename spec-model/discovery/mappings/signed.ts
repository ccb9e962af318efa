/** Proofs of control, mappings and removals: making them and telling whether they are genuine. R1, R4, R9, R10 */
import { equalBytes, textOf, utf8 } from "../../bytes.ts";
import { type CipherSuite, type KeyPair, signWithLabel, verifyWithLabel } from "../../mls/index.ts";
import {
  type ControlProof,
  ControlProofTBS,
  type Mapping,
  MappingTBS,
  type Removal,
  RemovalTBS,
  type Service,
} from "./structures.ts";

/** The keys of issuers that are trusted to say who has an identifier, by domain. */
export type TrustedIssuers = Readonly<Record<string, Uint8Array>>;

/** What a company that assigns identifiers signs, once it has seen that the holder has this one. R1 */
export function proveControl(
  suite: CipherSuite,
  issuer: { readonly domain: string; readonly keys: KeyPair },
  claim: { readonly identifier: string; readonly holderKey: Uint8Array; readonly assigned: bigint },
): ControlProof {
  const unsigned = { ...claim, issuer: issuer.domain };
  const signed = ControlProofTBS.encode(unsigned);
  return {
    ...unsigned,
    issuerSignature: signWithLabel(suite, issuer.keys.privateKey, "ControlProof", signed),
  };
}

export function isGenuineProof(suite: CipherSuite, trusted: TrustedIssuers, proof: ControlProof): boolean {
  const key = trusted[proof.issuer];
  if (key === undefined) return false;
  const signed = ControlProofTBS.encode(proof);
  return verifyWithLabel(suite, key, "ControlProof", signed, proof.issuerSignature);
}

/** What a recipient signs: the services, in the order it prefers them. R1, R2 */
export function authoriseMapping(
  suite: CipherSuite,
  holder: KeyPair,
  content: {
    readonly proof: ControlProof;
    readonly services: Service[];
    readonly authorised: bigint;
  },
): Mapping {
  const signed = MappingTBS.encode(content);
  return { ...content, holderSignature: signWithLabel(suite, holder.privateKey, "Mapping", signed) };
}

/** Whether the recipient authorised it and may: what the discovery provider checks, and every sender again. R4 */
export function isGenuineMapping(suite: CipherSuite, trusted: TrustedIssuers, mapping: Mapping): boolean {
  const signed = MappingTBS.encode(mapping);
  const { holderKey } = mapping.proof;
  return (
    isGenuineProof(suite, trusted, mapping.proof) &&
    verifyWithLabel(suite, holderKey, "Mapping", signed, mapping.holderSignature)
  );
}

/** An order of the recipient's to forget what it authorised until `until`. R9 */
export function removeOwn(
  suite: CipherSuite,
  holder: KeyPair,
  order: { readonly identifier: string; readonly until: bigint },
): Removal {
  return signedRemoval(suite, holder.privateKey, {
    ...order,
    author: "holder",
    signer: holder.publicKey,
  });
}

/** An order of the issuer's to forget everybody who was assigned the identifier before `until`. R10 */
export function removeUnassigned(
  suite: CipherSuite,
  issuer: { readonly domain: string; readonly keys: KeyPair },
  order: { readonly identifier: string; readonly until: bigint },
): Removal {
  return signedRemoval(suite, issuer.keys.privateKey, {
    ...order,
    author: "issuer",
    signer: utf8(issuer.domain),
  });
}

/** Whether the one who is named signed it; for an issuer: one that is trusted, and that issued these proofs. */
export function isGenuineRemoval(
  suite: CipherSuite,
  trusted: TrustedIssuers,
  removal: Removal,
  proofs: readonly ControlProof[],
): boolean {
  const issuer = textOf(removal.signer) ?? "";
  const isEntitled =
    removal.author === "holder"
      ? proofs.some((proof) => equalBytes(proof.holderKey, removal.signer))
      : proofs.every((proof) => proof.issuer === issuer);
  const key = removal.author === "holder" ? removal.signer : trusted[issuer];
  if (!isEntitled || key === undefined) return false;
  return verifyWithLabel(suite, key, "Removal", RemovalTBS.encode(removal), removal.signature);
}

function signedRemoval(
  suite: CipherSuite,
  privateKey: Uint8Array,
  unsigned: Omit<Removal, "signature">,
): Removal {
  const signed = RemovalTBS.encode(unsigned);
  return { ...unsigned, signature: signWithLabel(suite, privateKey, "Removal", signed) };
}
