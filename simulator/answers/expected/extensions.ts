/** What extensions of MLS ask of clients besides refusals, and small judgements of clients. mls-extensions, protocol-06 §7.6 */
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  appAck,
  bindCredential,
  type Capabilities,
  cipherSuite,
  dictionaryExtension,
  type LeafNode,
  mediaTypesData,
  componentIds as mlsComponents,
  multiCredential,
  multiCredentialTypes,
  type PendingProposal,
  type Proposal,
} from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { topic } from "../commits.ts";
import { type Expected, of, same } from "./expected.ts";

const update = (text: string): Proposal => ({
  proposalType: "app_data_update",
  componentId: topic,
  op: "update",
  update: utf8(text),
});
const ephemeral = (text: string): Proposal => ({
  proposalType: "app_ephemeral",
  componentId: topic,
  data: utf8(text),
});

const commits = of("mls-extensions §4.7 and §4.8", [
  [
    "ephemerals-before-updates",
    "AppEphemerals reach their component before AppDataUpdates",
    ({ committed }) => same(committed([update("x"), ephemeral("a")]).heard, ["ephemeral a", "update x"]),
  ],
  [
    "ephemerals-in-order",
    "several AppEphemerals reach their component in the commit's order",
    ({ committed }) =>
      same(committed([ephemeral("b"), ephemeral("a")]).heard, ["ephemeral b", "ephemeral a"]),
  ],
  [
    "updates-need-no-path",
    "a commit of AppDataUpdates and nothing else has no path",
    ({ committed }) => !committed([update("x")]).hasPath,
  ],
  [
    "ephemerals-need-no-path",
    "a commit of AppEphemerals and nothing else has no path",
    ({ committed }) => !committed([ephemeral("a")]).hasPath,
  ],
  ["nothing-needs-path", "a commit of nothing has a path", ({ committed }) => committed([]).hasPath],
  [
    "last-update-kept",
    "what a component keeps is what the update says",
    ({ committed }) => committed([update("x")]).kept === "x",
  ],
]);

const advertising = (...types: readonly string[]) => [
  dictionaryExtension(
    new Map([
      [
        mlsComponents.content_media_types,
        mediaTypesData(types.map((type) => ({ type: utf8(type), parameters: [] }))),
      ],
    ]),
  ),
];
const leafWith = (...types: readonly string[]) =>
  ({ extensions: advertising(...types) }) as unknown as LeafNode;

const contents = of("mls-extensions §6.2.3 and §8.2", [
  [
    "media-types-lacking",
    "who lacks a media type that the group requires is not to be added",
    ({ lackingMediaTypes }) =>
      lackingMediaTypes(leafWith("text/plain"), advertising("text/plain", "text/markdown")).length === 1,
  ],
  [
    "media-types-there",
    "who has all media types that the group requires lacks none",
    ({ lackingMediaTypes }) =>
      lackingMediaTypes(leafWith("text/plain", "image/png"), advertising("text/plain")).length === 0,
  ],
  [
    "app-ack-again",
    "an own AppAck that a commit has left out is proposed again",
    ({ appAcksLeftOut }) => appAcksLeftOut([ownAck], 0, []).length === 1,
  ],
  [
    "app-ack-once",
    "an AppAck that was committed is not proposed again",
    ({ appAcksLeftOut }) => appAcksLeftOut([ownAck], 0, [ownAck.proposal]).length === 0,
  ],
]);

const acknowledgement = appAck([{ sender: 1, generation: 0 }]);
const ownAck = {
  proposal: acknowledgement,
  sender: { senderType: "member" as const, leafIndex: 0 },
  reference: noBytes,
  // What it was sent in does not matter here.
} as unknown as PendingProposal;

const { multi, weakMulti } = multiCredentialTypes;
const leafKey = utf8("the leaf's signature key");
const app = { now: 1000n };
const capable = (...cipherSuites: number[]): Capabilities => ({
  versions: ["mls10"],
  cipherSuites,
  extensions: [],
  proposals: [],
  credentials: ["basic", multi, weakMulti],
});
function bindingOf(suiteId: 1 | 2, name: string) {
  const suite = cipherSuite(suiteId);
  const keys = suite.signature.generateKeyPair(expandEntropy(utf8(name), "answers about bindings"));
  const credential = { credentialType: "basic" as const, identity: utf8(name) };
  return bindCredential(suite, { credential, ...keys }, leafKey);
}
const bindings = () => [bindingOf(1, "alice at work"), bindingOf(2, "alice at home")];
const damaged = () => bindings().map((each, i) => (i === 0 ? { ...each, signature: noBytes } : each));
const leafOf = (kind: "multi" | "weakMulti", made = bindings()) => ({
  credential: multiCredential(kind, made),
  signatureKey: leafKey,
});

const credentials = of("mls-extensions §6.5", [
  [
    "binding-suite-supported",
    "a binding of a cipher suite that some member lacks is refused",
    ({ multiCredentialProblem }) =>
      multiCredentialProblem(leafOf("multi"), [capable(1, 2), capable(1)], capable(1, 2), app) !== undefined,
  ],
  [
    "multi-all-valid",
    "a multi credential with a binding that is not valid is refused",
    ({ multiCredentialProblem }) =>
      multiCredentialProblem(leafOf("multi", damaged()), [capable(1, 2)], capable(1, 2), app) !== undefined,
  ],
  [
    "multi-accepted",
    "a multi credential of valid bindings that everybody supports is taken",
    ({ multiCredentialProblem }) =>
      multiCredentialProblem(leafOf("multi"), [capable(1, 2)], capable(1, 2), app) === undefined,
  ],
  [
    "weak-multi-own-valid",
    "a weak multi credential with a binding that is not valid is refused by whoever supports it",
    ({ multiCredentialProblem }) =>
      multiCredentialProblem(leafOf("weakMulti", damaged()), [capable(1, 2)], capable(1, 2), app) !==
      undefined,
  ],
  [
    "weak-multi-one-each",
    "a weak multi credential of which every member supports some binding is taken",
    ({ multiCredentialProblem }) =>
      multiCredentialProblem(leafOf("weakMulti"), [capable(1), capable(2)], capable(1), app) === undefined,
  ],
]);

const fetchedFrom = (url: string) =>
  ({ representation: "httpsUri", ratchetTreeUrl: utf8(url), treeSignature: noBytes }) as const;
const trees = of("ratchet-tree-options-03 §3", [
  [
    "tree-from-listed-domain",
    "a tree is fetched from the group's source domains and from no other",
    ({ treeOptionProblem }) =>
      treeOptionProblem(fetchedFrom("https://evil.example/tree"), {
        domains: ["trees.example"],
        privateHandshakes: false,
      }) !== undefined,
  ],
  [
    "tree-from-anywhere-listed",
    "a tree at a listed domain can be had",
    ({ treeOptionProblem }) =>
      treeOptionProblem(fetchedFrom("https://trees.example/tree"), {
        domains: ["trees.example"],
        privateHandshakes: false,
      }) === undefined,
  ],
  [
    "tree-not-of-service",
    "the distribution service has no tree of a group whose handshakes it cannot read",
    ({ treeOptionProblem }) =>
      treeOptionProblem(
        { representation: "distributionService" },
        { domains: undefined, privateHandshakes: true },
      ) !== undefined,
  ],
]);

const policyOf = (readReceipts: "optional" | "forbidden") => ({
  statusNotifications: { deliveryNotifications: "optional" as const, readReceipts },
});
const small = of("message-status-01 §3, protocol-06 §7.6", [
  [
    "reports-as-policy-says",
    "a forbidden read receipt is not sent, whatever the user likes",
    ({ sendsNotification }) => !sendsNotification(policyOf("forbidden"), "read", true),
  ],
  [
    "reports-as-user-likes",
    "an optional read receipt is for the user to send or not",
    ({ sendsNotification }) =>
      sendsNotification(policyOf("optional"), "read", true) &&
      !sendsNotification(policyOf("optional"), "read", false),
  ],
  [
    "description-is-plain",
    "a description without a media type is plain text",
    ({ readDescription }) => readDescription({ mediaType: "", descriptionContent: utf8("x") }).text === "x",
  ],
]);

export const extensionsExpected: readonly Expected[] = [
  ...commits,
  ...contents,
  ...credentials,
  ...trees,
  ...small,
];
