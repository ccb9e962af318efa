/** How the ratchet tree and the GroupInfo reach a hub without being sent whole (ratchet-tree-options-03). */
import { closedEnum, type Infer, opaque, optional, struct, v, vector } from "../../wire/index.ts";
import { Extension } from "./extension.ts";
import { Node } from "./tree.ts";

export const RatchetTreeRepresentation = closedEnum("RatchetTreeRepresentation", 255, {
  full: 1,
  httpsUri: 2,
  outOfBand: 3,
  distributionService: 4,
})
  .from("ratchet-tree-options-03 §3", "where the tree is")
  .decided({
    question: "the enumeration says httpsUri, the select httpsUrl",
    reading: "one name, httpsUri",
    reason: "the case can mean nothing else",
    alternatives: [],
  });

export const RatchetTreeOption = struct("RatchetTreeOption", { representation: RatchetTreeRepresentation })
  .select("representation", {
    full: { ratchet_tree: vector(optional(Node)) },
    httpsUri: { ratchet_tree_url: opaque(v), tree_signature: opaque(v) },
    outOfBand: { tree_signature: opaque(v) },
    distributionService: {},
  })
  .from("ratchet-tree-options-03 §3", "the tree, or where to get it")
  .decided({
    question: "the nodes of ratchet_tree are written Node, not optional<Node>",
    reading: "optional<Node>, as in the ratchet_tree extension",
    reason: "a tree with blank nodes has no other encoding",
    alternatives: ["Node without the presence octet, for full trees only"],
  });
export type RatchetTreeOption = Infer<typeof RatchetTreeOption>;

export const Domain = struct("Domain", { domain: opaque(v) }).from(
  "ratchet-tree-options-03 §3.1",
  "a domain that trees may be fetched from",
);
export const DomainList = struct("DomainList", { domains: vector(Domain) }).from(
  "ratchet-tree-options-03 §3.1",
  "the content of ratchet_tree_source_domains",
);

export const RatchetTreePresence = closedEnum("RatchetTreePresence", 255, {
  no_ratchet_tree: 0,
  present: 1,
  removed: 2,
  added: 3,
}).from("ratchet-tree-options-03 §4", "whether GroupInfos carry the tree, in this epoch and the one before");

export const PartialGroupInfo = struct("PartialGroupInfo", {
  ratchet_tree_presence: RatchetTreePresence,
  group_info_extensions: vector(Extension).as("without ratchet_tree"),
  signature: opaque(v).as("of the whole GroupInfo"),
}).from("ratchet-tree-options-03 §4", "what a hub that follows the handshake lacks of the GroupInfo");
export type PartialGroupInfo = Infer<typeof PartialGroupInfo>;
