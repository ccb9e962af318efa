/** What shows that the model obeys mls-extensions, semiprivatemessage-07 and ratchet-tree-options-03. */
import { type EvidenceByRequirement, rulesOf, testsOf } from "./links.ts";

const rule = rulesOf("mls/rules.ts");
const refusals = testsOf("spec-model/mls/refusals/refusals");
const flow = testsOf("spec-model/mls/basic-flow");
const extensions = testsOf("spec-model/mls/extensions-flow");
const appData = testsOf("spec-model/requirements/app-data");
const psk = testsOf("spec-model/mls/pre-shared-keys");
const symbolicLayer = testsOf("spec-model/mls/symbolic/layer");
const participant = testsOf("spec-model/participant/room-machine");
const stock = testsOf("spec-model/key-material/stock-machine");
const fanOut = testsOf("spec-model/fan-out/structures");

/** The rule of a code, and the case that breaks it. */
const refused = (code: string) => [rule(code), refusals("refuse $says ($code)", code)] as const;

export const extensionsEvidence: EvidenceByRequirement = {
  "mls-extensions-4.2-own-component": [
    ...refused("componentDecryption"),
    extensions("encrypt to a key of the group for one component"),
  ],
  "mls-extensions-4.3-own-component": [extensions("make signatures that no other component accepts")],
  "mls-extensions-4.4-exporter-tree": [
    extensions("of components are the same for all members, in any order of export"),
  ],
  "mls-extensions-4.4-exported-once": [
    ...refused("componentSecretUsed"),
    symbolicLayer("exports a component's secret once, and the same for all members"),
  ],
  "mls-extensions-4.5-component-psk": [
    psk("of type $psktype enter the next epoch, also for newcomers", "application"),
  ],
  "mls-extensions-4.6-sorted": [...refused("dictionaryOrder")],
  "mls-extensions-4.6-one-entry": [...refused("dictionaryOrder")],
  "mls-extensions-4.7-unknown-component": [...refused("unknownComponent"), ...refused("appDataRemoveAbsent")],
  "mls-extensions-4.7-remove-alone": [...refused("appDataRemoveNotAlone")],
  "mls-extensions-4.7-not-by-context-extensions": [...refused("dictionaryReplaced")],
  "mls-extensions-4.7-refused-by-component": [...refused("appDataUpdateRefused")],
  "mls-extensions-4.7-no-path": [flow("carries AppDataUpdates by value without a path")],
  "mls-extensions-4.7-external": [
    flow("carries the hub's and a member's AppDataUpdates by reference"),
    flow("lets a client join by external commit, bringing an AppDataUpdate"),
  ],
  "mls-extensions-4.8-unknown-component": [...refused("unknownComponent"), ...refused("appEphemeralRefused")],
  "mls-extensions-4.9-framed": [
    ...refused("safeAadOrder"),
    extensions("carry SafeAAD items where the group wants them"),
  ],
  "mls-extensions-5-wire-formats": [...refused("requiredWireFormat")],
  "mls-extensions-5-required-components": [...refused("requiredComponent"), ...refused("requiredSafeAad")],
  "mls-extensions-5.1-unknown-capabilities": [extensions("may hold values that nobody knows")],
  "mls-extensions-5.1-unknown-components": [extensions("may hold values that nobody knows")],
  "mls-extensions-6.3.1-by-reference": [...refused("selfRemoveByValue")],
  "mls-extensions-6.3.1-not-external": [...refused("selfRemoveSender")],
  "mls-extensions-6.3.1-needs-path": [
    ...refused("pathMissing"),
    flow("covers SelfRemoves in an external commit"),
  ],
  "mls-extensions-6.3.1-supported-by-all": [...refused("proposalTypeUnsupported")],
  "mls-extensions-6.3.1-public": [...refused("selfRemoveNotPublic")],
  "mls-extensions-6.3.1-included": [flow("covers SelfRemoves in an external commit")],
  "mls-extensions-6.3.1-commit-first": [
    participant("sends no message while it knows of proposals that nobody has committed"),
  ],
  "mls-extensions-6.3.1-removes-sender": [flow("covers SelfRemoves in an external commit")],
  "mls-extensions-6.3.1-joiner-includes": [flow("covers SelfRemoves in an external commit")],
  "mls-extensions-6.3.1-remove-invalid": [
    ...refused("leafChangedTwice"),
    extensions("are committed so that a SelfRemove wins over a Remove, and a Remove over an Update"),
  ],
  "mls-extensions-6.3.1-once": [...refused("selfRemoveTwice")],
  "mls-extensions-6.3.1-removed-gets-commit": [
    participant("is out when a commit removes it, and when nobody is left to commit"),
  ],
  "mls-extensions-6.4.1-not-reused": [
    stock("I19: never hands out the same KeyPackage twice (any order of stocking and claiming)"),
  ],
  "mls-extensions-6.4.1-last-resort-reused": [
    stock("are handed out when nothing else is left, again and again"),
  ],

  "semiprivatemessage-1-handshakes-only": [...refused("applicationInSemiPrivate")],
  "semiprivatemessage-3-required": [...refused("semiPrivateNotRequired"), ...refused("noExternalReceivers")],
  "semiprivatemessage-3-for-each-receiver": [...refused("notForReceiver")],
  "semiprivatemessage-3.1-same-content": [...refused("framedContentTbsHash")],
  "semiprivatemessage-3.2-member-decrypts": [
    ...refused("senderDataDecryption"),
    extensions("carries a proposal and a commit that members process and the hub follows"),
  ],
  "semiprivatemessage-3.2-partial-context": [...refused("partialContextHash")],
  "semiprivatemessage-3.2-padding-and-hash": [...refused("padding"), ...refused("framedContentTbsHash")],
  "semiprivatemessage-3.2-signature": [
    extensions("carries a proposal and a commit that members process and the hub follows"),
    testsOf("spec-model/mls/mutations/mutations")(
      "is refused with a typed error after any change, but for fields that this receiver cannot verify",
    ),
  ],
  "semiprivatemessage-3.3-receiver-decrypts": [
    ...refused("receiverDecryption"),
    extensions("carries a proposal and a commit that members process and the hub follows"),
  ],
  "semiprivatemessage-4-hidden-from-others": [
    testsOf("spec-model/mls/symbolic/half-public")("says nothing to whoever only hears it"),
    ...refused("notPubliclyReadable"),
  ],

  "ratchet-tree-options-3-full": [fanOut("has a ratchet tree option with a Welcome")],
  "ratchet-tree-options-4-reconstructs": [
    extensions("gives the hub the committer's GroupInfo (with ratchet_tree: %s)"),
    extensions("is refused where it describes another epoch"),
  ],
  "ratchet-tree-options-4-extensions-without-tree": [...refused("partialGroupInfoTree")],
  "ratchet-tree-options-4-signature": [
    ...refused("groupInfoSignature"),
    symbolicLayer("takes up and completes GroupInfos, and refuses one that was changed"),
  ],
  "mls-extensions-4.7-dictionary-appended": [
    appData("makes a dictionary behind the other extensions where there is none"),
  ],
  "mls-extensions-4.7-removes-entry": [
    appData("that removes takes out its own component's entry and no other"),
  ],
  "mls-extensions-4.7-after-default": [
    appData("counts after a GroupContextExtensions of the same commit, wherever it stands in it"),
  ],
  "mls-extensions-4.7-in-order": [
    appData("reaches its component in the commit's order, whatever stands between (any order)"),
  ],
  "mls-extensions-4.7-entry-set-or-inserted": [
    appData("reaches its component in the commit's order, whatever stands between (any order)"),
    flow("carries AppDataUpdates by value without a path"),
  ],
  "semiprivatemessage-3.3-partial-context": [
    refusals(
      "refuse $says ($code)",
      "a changed partial context hash, at the receiver whose key is bound to it",
    ),
  ],
  "semiprivatemessage-3.3-padding-and-hash": [
    refusals("refuse $says ($code)", "a message that announces other content, at an external receiver"),
  ],
  "semiprivatemessage-3.1-bound-aad": [refusals("refuse $says ($code)", "a changed framed_content_tbs_hash")],
};
