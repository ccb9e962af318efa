/** What shows that the model obeys mls-extensions, semiprivatemessage-07 and ratchet-tree-options-03. */
import { type EvidenceByRequirement, rulesOf, testsOf } from "./links.ts";

const rule = rulesOf("mls/rules.ts");
const refusals = testsOf("spec-model/mls/refusals/refusals");
const flow = testsOf("spec-model/mls/basic-flow");
const extensions = testsOf("spec-model/mls/extensions-flow");
const appData = testsOf("spec-model/requirements/app-data");
const psk = testsOf("spec-model/mls/pre-shared-keys");
const symbolicLayer = testsOf("spec-model/mls/symbolic/layer");
const required = testsOf("spec-model/requirements/mls-extensions");
const halfPublic = testsOf("spec-model/requirements/half-public");
const multi = testsOf("spec-model/mls/multi-credential");
const advertisement = testsOf("spec-model/mls/content-advertisement");
const treeLocation = testsOf("spec-model/mls/tree-location");
const appAcks = testsOf("spec-model/mls/app-acks");
const hub = testsOf("spec-model/hub/room-machine");
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
    testsOf("spec-model/participant/key-packages")(
      "keeps them where it is one of last resort: the next Welcome may rest on it, too",
    ),
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
  "mls-extensions-4.1-label": [
    rulesOf("mls/safe-application.ts")("componentLabel"),
    required("is a fixed text, the component's ID and the operation's name"),
  ],
  "mls-extensions-4.6-app-components": [
    ...refused("requiredComponent"),
    required("advertises the components it supports, and those that attach data to messages"),
  ],
  "mls-extensions-4.6-safe-aad": [
    ...refused("requiredSafeAad"),
    required("advertises the components it supports, and those that attach data to messages"),
    extensions("carry SafeAAD items where the group wants them"),
  ],
  "mls-extensions-4.8-between": [
    required("reach their components after the default proposals and before the AppDataUpdates, in order"),
  ],
  "mls-extensions-4.8-in-order": [
    required("reach their components after the default proposals and before the AppDataUpdates, in order"),
  ],
  "mls-extensions-4.8-no-path": [
    required("need no path, and come from members, external senders and joiners"),
  ],
  "mls-extensions-6.1-app-ack-ranges": [
    rulesOf("mls/app-acks.ts")("appAck"),
    appAcks("has each sender's generations as inclusive ranges, as few as there can be (any messages)"),
  ],
  "mls-extensions-8.2-again-after-external": [
    rulesOf("mls/app-acks.ts")("appAcksLeftOut"),
    appAcks("that an external commit has voided is proposed again, and then committed"),
    appAcks("that was committed is not"),
  ],
  "mls-extensions-6.2.1-lists-not-empty": [
    advertisement("is never empty, neither where it is made nor where it is read"),
  ],
  "mls-extensions-6.2.2-parameter-values": [
    advertisement("has values of parameters without quotes and escapes"),
  ],
  "mls-extensions-6.2.3-not-without-types": [
    rulesOf("mls/content-advertisement.ts")("lackingMediaTypes"),
    advertisement("says of a client which of the group's required types it lacks"),
  ],
  "mls-extensions-6.2.4-framed": [
    rulesOf("mls/content-advertisement.ts")("frameContent"),
    advertisement("is framed with its media type, and elsewhere as it is"),
    advertisement("is refused where it is not framed"),
  ],
  "mls-extensions-6.2.4-empty-type": [
    rulesOf("mls/content-advertisement.ts")("unframeContent"),
    advertisement("is of the first required type where it names none"),
  ],
  "mls-extensions-6.3.1-joiner-validates": [
    required("are validated by whoever joins with them, but for the membership tag"),
  ],
  "mls-extensions-6.3.1-hub-validates": [required("are validated by the hub, but for the membership tag")],
  "mls-extensions-6.3.1-order": [
    required("count after Updates and before Removes, in whatever order they came"),
  ],
  "mls-extensions-6.3.1-removed-informed": [
    hub("sends messages to nobody who is leaving, and the commit that removes them still to them"),
  ],
  "mls-extensions-6.4.1-policy-on-mark": [stock("are handed out when nothing else is left, again and again")],
  "mls-extensions-6.4.2-marked-without-data": [
    required("marks a KeyPackage of last resort, and no other, by a component without data"),
  ],
  "mls-extensions-6.5.1-binding-signature": [
    rulesOf("mls/multi-credential.ts")("bindCredential"),
    multi("is signed over its suite, credential and key, and the leaf's signature key"),
  ],
  "mls-extensions-6.5.1-suite-supported": [
    multi("may be of another cipher suite than the group's, as long as the members support it"),
  ],
  "mls-extensions-6.5.2-binding-valid": [multi("is valid only with its credential, key and leaf (%s)")],
  "mls-extensions-6.5.2-multi": [
    multi("is accepted where every member supports every binding, and refused where one does not"),
    multi("is refused where any binding is not valid, or a member does not know the type"),
  ],
  "mls-extensions-6.5.2-weak-multi": [
    multi(
      "is accepted where every member supports some binding, not the same, and refused where one has none",
    ),
    multi("is refused where a binding that this client supports is not valid, whatever the others are"),
  ],
  "semiprivatemessage-3-agreed-receivers": [
    halfPublic("are those in the epoch's GroupContext, the same for all members"),
  ],
  "semiprivatemessage-3-advertised": [...refused("requiredWireFormat")],
  "semiprivatemessage-3.1-own-generation": [
    halfPublic("has a key of its own from the sender's handshake ratchet, and a reuse guard of its own"),
  ],
  "semiprivatemessage-3.1-ciphertext": [
    halfPublic("has its content under the group's AEAD, with the reuse guard in the nonce"),
  ],
  "semiprivatemessage-3.3-signature": [
    halfPublic(
      "is refused by an external receiver with the GroupContext where the signature is not the sender's",
    ),
  ],
  "ratchet-tree-options-3-https": [treeLocation("is fetched by https and in no other way")],
  "ratchet-tree-options-3-distribution-service": [
    treeLocation(
      "a tree that the distribution service keeps is for groups without handshakes in PrivateMessages",
    ),
  ],
  "ratchet-tree-options-3.1-domains-not-empty": [treeLocation("a list of source domains has at least one")],
  "ratchet-tree-options-3.1-listed-domain": [
    rulesOf("mls/tree-location.ts")("treeOptionProblem"),
    treeLocation("is fetched from the group's source domains only, where it has named some"),
  ],
  "ratchet-tree-options-4-presence": [
    halfPublic("says of a tree that was (%s) and is (%s) part of the GroupInfo: %s"),
    halfPublic("is refused where it says otherwise than the signature covers"),
  ],
  "mls-extensions-6.3.1-attached": [
    testsOf("spec-model/requirements/between-providers")(
      "is given along with the GroupInfo, so that whoever joins covers it",
    ),
  ],
  "mls-extensions-6.2.3-advertises": [
    testsOf("spec-model/participant/readable")(
      "advertises in its leaf the container and the types that it reads",
    ),
  ],
};
