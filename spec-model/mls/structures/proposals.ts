/** Proposals (RFC 9420 §12.1, mls-extensions §4.7, §4.8 and §6.3). */
import { type Infer, opaque, struct, uint32, v, vector } from "../../wire/index.ts";
import { AppDataUpdate, AppEphemeral } from "./app-data.ts";
import { AnyProtocolVersion, CipherSuiteNumber } from "./basics.ts";
import { Extension } from "./extension.ts";
import { KeyPackage } from "./key-package.ts";
import { LeafNode } from "./leaf-node.ts";
import { PreSharedKeyID } from "./pre-shared-key.ts";
import { ProposalType } from "./registries.ts";

export const Add = struct("Add", { key_package: KeyPackage }).from("RFC 9420 §12.1.1", "adds a client");
export const Update = struct("Update", { leaf_node: LeafNode }).from(
  "RFC 9420 §12.1.2",
  "replaces its sender's leaf",
);
export const Remove = struct("Remove", { removed: uint32.as("a leaf index") }).from(
  "RFC 9420 §12.1.3",
  "removes a member",
);
export const PreSharedKey = struct("PreSharedKey", { psk: PreSharedKeyID }).from(
  "RFC 9420 §12.1.4",
  "injects a pre-shared key into the next epoch",
);
export const ReInit = struct("ReInit", {
  group_id: opaque(v),
  version: AnyProtocolVersion,
  cipher_suite: CipherSuiteNumber,
  extensions: vector(Extension),
}).from("RFC 9420 §12.1.5", "closes the group in favour of a new one with these parameters");
export type ReInit = Infer<typeof ReInit>;
export const ExternalInit = struct("ExternalInit", { kem_output: opaque(v) }).from(
  "RFC 9420 §12.1.6",
  "carries an external commit's init secret",
);
export const GroupContextExtensions = struct("GroupContextExtensions", {
  extensions: vector(Extension),
}).from("RFC 9420 §12.1.7", "replaces all extensions of the GroupContext");
export const SelfRemove = struct("SelfRemove", {}).from("mls-extensions §6.3", "its sender leaves the group");

export const Proposal = struct("Proposal", { proposal_type: ProposalType })
  .select("proposal_type", {
    add: Add,
    update: Update,
    remove: Remove,
    psk: PreSharedKey,
    reinit: ReInit,
    external_init: ExternalInit,
    group_context_extensions: GroupContextExtensions,
    app_data_update: AppDataUpdate,
    app_ephemeral: AppEphemeral,
    self_remove: SelfRemove,
  })
  .from("RFC 9420 §12.1", "one change that somebody proposes")
  .decided({
    question: "what to do with a proposal of an unknown type",
    reading: "the message around it is malformed",
    reason: "its length is not on the wire, and a group may only use proposals that all members support",
    alternatives: [],
  });
export type Proposal = Infer<typeof Proposal>;
