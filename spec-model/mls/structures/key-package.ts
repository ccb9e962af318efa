/** KeyPackages (RFC 9420 §10). */
import { type Infer, opaque, struct, v, vector } from "../../wire/index.ts";
import { AnyProtocolVersion, CipherSuiteNumber, HPKEPublicKey } from "./basics.ts";
import { Extension } from "./extension.ts";
import { LeafNode } from "./leaf-node.ts";

const signedFields = {
  version: AnyProtocolVersion,
  cipher_suite: CipherSuiteNumber,
  init_key: HPKEPublicKey.as("a Welcome to this client is encrypted to it; used once"),
  leaf_node: LeafNode,
  extensions: vector(Extension),
};

export const KeyPackageTBS = struct("KeyPackageTBS", signedFields).from(
  "RFC 9420 §10",
  "what a KeyPackage's signature covers",
);

export const KeyPackage = struct("KeyPackage", signedFields)
  .followedBy({ signature: opaque(v).as("over KeyPackageTBS") })
  .from("RFC 9420 §10", "what a client publishes so that others can add it to groups");
export type KeyPackage = Infer<typeof KeyPackage>;
