/** A client's leaf of the ratchet tree (RFC 9420 §7.2). */
import { closedEnum, type Infer, opaque, struct, uint32, uint64, v, vector } from "../../wire/index.ts";
import { AnyProtocolVersion, CipherSuiteNumber, HPKEPublicKey, SignaturePublicKey } from "./basics.ts";
import { Credential } from "./credential.ts";
import { Extension } from "./extension.ts";
import { CredentialType, ExtensionType, ProposalType } from "./registries.ts";

export const LeafNodeSource = closedEnum("LeafNodeSource", 255, {
  key_package: 1,
  update: 2,
  commit: 3,
}).from("RFC 9420 §7.2", "what brought the leaf into the tree");

export const Capabilities = struct("Capabilities", {
  versions: vector(AnyProtocolVersion),
  cipher_suites: vector(CipherSuiteNumber),
  extensions: vector(ExtensionType).as("beyond those of RFC 9420"),
  proposals: vector(ProposalType).as("beyond those of RFC 9420"),
  credentials: vector(CredentialType),
}).from("RFC 9420 §7.2", "what a client supports");
export type Capabilities = Infer<typeof Capabilities>;

export const Lifetime = struct("Lifetime", {
  not_before: uint64.as("seconds since 1970"),
  not_after: uint64.as("seconds since 1970"),
}).from("RFC 9420 §7.2", "when a KeyPackage may be used");
export type Lifetime = Infer<typeof Lifetime>;

const identityFields = {
  encryption_key: HPKEPublicKey,
  signature_key: SignaturePublicKey,
  credential: Credential,
  capabilities: Capabilities,
  leaf_node_source: LeafNodeSource,
};
const bySource = {
  key_package: { lifetime: Lifetime },
  update: {},
  commit: { parent_hash: opaque(v).as("of the next node on the committer's filtered direct path") },
};
const place = { group_id: opaque(v), leaf_index: uint32 };

export const LeafNode = struct("LeafNode", identityFields)
  .select("leaf_node_source", bySource)
  .followedBy({ extensions: vector(Extension), signature: opaque(v).as("over LeafNodeTBS") })
  .from("RFC 9420 §7.2", "what the group knows about one client");
export type LeafNode = Infer<typeof LeafNode>;

export const LeafNodeTBS = struct("LeafNodeTBS", identityFields)
  .select("leaf_node_source", bySource)
  .followedBy({ extensions: vector(Extension) })
  .select("leaf_node_source", { key_package: {}, update: place, commit: place })
  .from("RFC 9420 §7.2", "what a leaf's signature covers: outside a KeyPackage also its place in the group");
export type LeafNodeTBS = Infer<typeof LeafNodeTBS>;
