/** What ratchet-tree-options-03 requires, in the order of its sections. */
import { rowsOf } from "../rows.ts";

const { declared, must } = rowsOf("ratchet-tree-options-03");

export const treeOptions = [
  declared("3-full", "client", "wire", "The option full holds the whole tree.", "b587f619a6b49d23"),
  declared(
    "3-https",
    "client",
    "wire",
    "The option httpsUri says where the tree is to be fetched by https.",
    "48b688f4f1391f6b",
  ),
  declared(
    "3-distribution-service",
    ["client", "hub"],
    "policy",
    "The option distributionService is not for groups with handshakes in PrivateMessages.",
    "4b3851e9c52a49bb",
    "d082dfb5af9b84a4",
  ),
  declared(
    "3.1-domains-not-empty",
    "client",
    "wire",
    "A list of source domains has at least one.",
    "77de2bc6db9a9f73",
  ),
  must(
    "3.1-listed-domain",
    "client",
    "policy",
    "The tree is fetched from a listed source domain only.",
    "29375d63ea62fbc6",
  ),
  declared(
    "4-reconstructs",
    "hub",
    "machine",
    "Hub and others make GroupInfo and tree of an epoch from those of the last one, the commit and a PartialGroupInfo.",
    "360da1589e634df6",
  ),
  declared(
    "4-presence",
    ["client", "hub"],
    "wire",
    "A PartialGroupInfo says whether the tree was and is part of the GroupInfo.",
    "0215cb9baf580c0e",
    "c238b772e454f736",
    "465ea939970ada65",
    "9e336f88c46aa4dd",
  ),
  declared(
    "4-extensions-without-tree",
    "client",
    "wire",
    "The extensions of a PartialGroupInfo are without the tree.",
    "a5c06816515b94bb",
  ),
  declared(
    "4-signature",
    "client",
    "wire",
    "Its signature is the committer's over the whole GroupInfo.",
    "8f74447ecc3c7d7a",
  ),
];
