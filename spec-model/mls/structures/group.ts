/** What describes a group's epoch, and how newcomers learn it (RFC 9420 §8.1 and §12.4.3). */
import { type Infer, opaque, optional, struct, uint32, uint64, v, vector } from "../../wire/index.ts";
import { CipherSuiteNumber, HPKECiphertext, KeyPackageRef, MAC, ProtocolVersion } from "./basics.ts";
import { Extension } from "./extension.ts";
import { PreSharedKeyID } from "./pre-shared-key.ts";

export const GroupContext = struct("GroupContext", {
  version: ProtocolVersion,
  cipher_suite: CipherSuiteNumber,
  group_id: opaque(v),
  epoch: uint64,
  tree_hash: opaque(v),
  confirmed_transcript_hash: opaque(v),
  extensions: vector(Extension),
}).from("RFC 9420 §8.1", "what all members of an epoch agree on");
export type GroupContext = Infer<typeof GroupContext>;

const signedGroupInfo = {
  group_context: GroupContext,
  extensions: vector(Extension),
  confirmation_tag: MAC,
  signer: uint32.as("a leaf index"),
};
export const GroupInfoTBS = struct("GroupInfoTBS", signedGroupInfo).from(
  "RFC 9420 §12.4.3",
  "what a GroupInfo's signature covers",
);
export const GroupInfo = struct("GroupInfo", signedGroupInfo)
  .followedBy({ signature: opaque(v).as("over GroupInfoTBS") })
  .from("RFC 9420 §12.4.3", "a member's description of an epoch for newcomers");
export type GroupInfo = Infer<typeof GroupInfo>;

export const PathSecret = struct("PathSecret", { path_secret: opaque(v) }).from(
  "RFC 9420 §12.4.3.1",
  "the secret of the lowest node that the committer and the newcomer have in common",
);
export const GroupSecrets = struct("GroupSecrets", {
  joiner_secret: opaque(v),
  path_secret: optional(PathSecret),
  psks: vector(PreSharedKeyID),
}).from("RFC 9420 §12.4.3.1", "what one newcomer needs to enter the epoch");
export type GroupSecrets = Infer<typeof GroupSecrets>;

export const EncryptedGroupSecrets = struct("EncryptedGroupSecrets", {
  new_member: KeyPackageRef,
  encrypted_group_secrets: HPKECiphertext,
}).from("RFC 9420 §12.4.3.1", "GroupSecrets for the owner of one KeyPackage");
export type EncryptedGroupSecrets = Infer<typeof EncryptedGroupSecrets>;

export const Welcome = struct("Welcome", {
  cipher_suite: CipherSuiteNumber,
  secrets: vector(EncryptedGroupSecrets),
  encrypted_group_info: opaque(v),
}).from("RFC 9420 §12.4.3.1", "brings added clients into the group");
export type Welcome = Infer<typeof Welcome>;
