/** What an MLS layer refuses: for each of some rules of the extensions a member or committer that breaks it. mls-extensions, semiprivatemessage-07 */
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type Capabilities,
  ComponentsList,
  cipherSuite,
  commit,
  componentIds,
  createGroup,
  dictionaryExtension,
  dictionaryOf,
  type Extension,
  ExternalSenders,
  externalCommit,
  followHandshake,
  generateKeyPackage,
  groupInfo,
  joinByWelcome,
  type MemberState,
  type MlsApplication,
  type MlsErrorCode,
  mlsRules,
  type OwnKeyPackage,
  type Proposal,
  type PublicMessage,
  propose,
  proposeExternally,
  RequiredCapabilities,
  receive,
  type SemiPrivateMessage,
  startPublicGroup,
  WireFormats,
} from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import type { Expected } from "./expected.ts";
import { openedByHub, receivedByHub } from "./forged-handshake.ts";

const [topic, log, unknown] = [0x8001, 0x8002, 0x9999];
const application: MlsApplication = {
  now: 1000n,
  components: new Map([topic, log].map((id) => [id, (_current, updates) => updates.at(-1) ?? noBytes])),
  ephemeralComponents: new Map(),
};
const able: Capabilities = {
  versions: ["mls10"],
  cipherSuites: [1],
  extensions: ["app_data_dictionary", "supported_wire_formats", "required_wire_formats"],
  proposals: ["app_data_update", "app_ephemeral", "self_remove"],
  credentials: ["basic"],
};
const componentList = (...ids: number[]) => ComponentsList.encode({ componentIds: ids });
const supporting: readonly Extension[] = [
  {
    extensionType: "supported_wire_formats",
    extensionData: WireFormats.encode({ wireFormats: ["mls_semiprivate_message"] }),
  },
  dictionaryExtension(new Map([[componentIds.app_components, componentList(topic, log)]])),
];
const requiredFormats: Extension = {
  extensionType: "required_wire_formats",
  extensionData: WireFormats.encode({ wireFormats: ["mls_semiprivate_message"] }),
};
const requiring = (proposalTypes: RequiredCapabilities["proposalTypes"]): Extension => ({
  extensionType: "required_capabilities",
  extensionData: RequiredCapabilities.encode({ extensionTypes: [], proposalTypes, credentialTypes: [] }),
});
const usual: readonly Extension[] = [
  requiring(["app_data_update", "self_remove"]),
  dictionaryExtension(new Map([[topic, utf8("first")]])),
];

const random = () => expandEntropy(noBytes, "answers about MLS");

function client(name: string, extensions = supporting, capabilities = able): OwnKeyPackage {
  const credential = { credentialType: "basic" as const, identity: utf8(name) };
  const lifetime = { notBefore: 0n, notAfter: 2000n };
  const options = { credential, leafExtensions: [...extensions], capabilities, lifetime };
  return generateKeyPackage(1, options, application, expandEntropy(noBytes, `key package of ${name}`));
}

function founded(extensions: readonly Extension[] = usual): MemberState {
  const creator = client("alice");
  return createGroup({ groupId: utf8("room"), extensions: [...extensions], creator }, application, random());
}
const add = ({ keyPackage }: OwnKeyPackage): Proposal => ({ proposalType: "add", keyPackage });
const commits = (member: MemberState, proposals: Proposal[], app = application) =>
  commit(member, { proposals }, app, random());
const update: Proposal = {
  proposalType: "app_data_update",
  componentId: topic,
  op: "update",
  update: utf8("x"),
};
const leave: Proposal = { proposalType: "self_remove" };

/** Alice's group with Bob in it. */
function both(extensions: readonly Extension[] = usual, bobs = client("bob")) {
  const made = commits(founded(extensions), [add(bobs)]);
  if (made.welcome === undefined) throw new Error("Bob is welcome");
  return { alice: made.state, bob: joinByWelcome(made.welcome, { own: bobs }, application).state };
}

/** A hub's key, which the group lists. */
function withHub() {
  const keys = cipherSuite(1).signature.generateKeyPair(random());
  const credential = { credentialType: "basic" as const, identity: utf8("mimi://a.example") };
  const sender = { signatureKey: keys.publicKey, credential };
  const senders: Extension = {
    extensionType: "external_senders",
    extensionData: ExternalSenders.encode([sender]),
  };
  const { alice, bob } = both([...usual, senders]);
  const proposes = (senderIndex: number, proposal: Proposal) =>
    proposeExternally(
      alice.groupContext,
      { sender: { senderType: "external", senderIndex }, signaturePrivateKey: keys.privateKey },
      proposal,
      application,
    );
  return { bob, proposes };
}

const turned = (octets: Uint8Array) => octets.map((octet, i) => (i === 0 ? octet ^ 1 : octet));

/** A commit of Alice's in which somebody on the way has changed something. */
function tampered(change: (message: PublicMessage) => PublicMessage) {
  const { alice, bob } = both();
  const { message } = commits(alice, [update]);
  if (message.wireFormat !== "mls_public_message") throw new Error("commits are PublicMessages");
  const publicMessage = change(message.publicMessage);
  const view = startPublicGroup(groupInfo(alice, application), alice.tree, application);
  return { bob, view, message: { ...message, publicMessage } };
}

/** What a hub makes of a hidden proposal that says something false of itself. */
function hiddenFromHub(lies: (honest: SemiPrivateMessage) => Partial<SemiPrivateMessage>) {
  const { alice } = both(receivedByHub([...usual, requiredFormats]));
  return openedByHub(alice, update, lies, application);
}

const attempts: Partial<Record<MlsErrorCode, () => unknown>> = {
  pathMissing: () => {
    const { alice, bob } = both();
    const { message } = propose(bob, leave, {}, application, random());
    const heard = receive(alice, message, application).state;
    const made = commit(heard, { crafted: { withoutPath: true } }, application, random());
    const view = startPublicGroup(groupInfo(alice, application), alice.tree, application);
    return followHandshake(followHandshake(view, message, application).group, made.message, application);
  },
  selfRemoveTwice: () => {
    const { bob } = both();
    return propose(propose(bob, leave, {}, application, random()).state, leave, {}, application, random());
  },
  selfRemoveByValue: () => commits(both().alice, [leave]),
  proposalTypeUnsupported: () => {
    const modest = { ...able, proposals: able.proposals.filter((each) => each !== "self_remove") };
    const { alice, bob } = both([], client("bob", supporting, modest));
    const { message } = propose(alice, leave, {}, application, random());
    return commits(receive(bob, message, application).state, []);
  },
  leafChangedTwice: () => {
    const { alice, bob } = both();
    const { message } = propose(bob, leave, {}, application, random());
    const heard = receive(alice, message, application).state;
    return commits(heard, [{ proposalType: "remove", removed: bob.leafIndex }]);
  },
  dictionaryReplaced: () => {
    const { alice } = both();
    const { extensions } = alice.groupContext;
    const changed = dictionaryExtension(new Map([...dictionaryOf(extensions), [log, noBytes]]));
    const others = extensions.filter(({ extensionType }) => extensionType !== "app_data_dictionary");
    return commits(alice, [{ proposalType: "group_context_extensions", extensions: [...others, changed] }]);
  },
  appDataUpdateRefused: () => {
    const strict = { ...application, components: new Map([[topic, () => ({ refused: "too long" })]]) };
    return commits(both().alice, [update], strict);
  },
  unknownComponent: () =>
    commits(both().alice, [{ proposalType: "app_ephemeral", componentId: unknown, data: noBytes }]),
  requiredWireFormat: () => commits(founded([requiredFormats]), [add(client("bob", []))]),
  requiredComponent: () => {
    const required = new Map([[componentIds.app_components, componentList(topic)]]);
    return commits(founded([dictionaryExtension(required)]), [add(client("bob", []))]);
  },
  requiredSafeAad: () => {
    const required = new Map([[componentIds.safe_aad, componentList(topic)]]);
    return commits(founded([dictionaryExtension(required)]), [add(client("bob"))]);
  },
  credentialRefused: () => {
    const { alice } = both();
    const strict: MlsApplication = {
      ...application,
      validateCredential: () => ({ refused: "nobody knows it" }),
    };
    return commits(alice, [add(client("carol"))], strict);
  },
  semiPrivateNotRequired: () =>
    propose(both().alice, update, { wireFormat: "mls_semiprivate_message" }, application, random()),
  externalSenderContent: () => {
    const { bob, proposes } = withHub();
    return receive(bob, proposes(0, leave), application);
  },
  unknownExternalSender: () => {
    const { bob, proposes } = withHub();
    return receive(bob, proposes(1, { proposalType: "remove", removed: 1 }), application);
  },
  membershipTag: () => {
    const { bob, message } = tampered((whole) => ({
      ...whole,
      ...(whole.membershipTag === undefined ? {} : { membershipTag: turned(whole.membershipTag) }),
    }));
    return receive(bob, message, application);
  },
  messageSignature: () => {
    // Whoever only follows the group has no key for the tag, and the signature to go by.
    const { view, message } = tampered((whole) => ({
      ...whole,
      auth: { ...whole.auth, signature: turned(whole.auth.signature) },
    }));
    return followHandshake(view, message, application);
  },
  partialContextHash: () =>
    hiddenFromHub(({ partialContextHash }) => ({ partialContextHash: turned(partialContextHash) })),
  framedContentTbsHash: () =>
    hiddenFromHub(({ framedContentTbsHash }) => ({ framedContentTbsHash: turned(framedContentTbsHash) })),
  noExternalReceivers: () =>
    propose(
      both([...usual, requiredFormats]).alice,
      update,
      { wireFormat: "mls_semiprivate_message" },
      application,
      random(),
    ),
};

/** What comes of it, found out once: it is the same for every implementation but for its refusal. */
function once(act: () => unknown): () => unknown {
  let outcome: { readonly value?: unknown; readonly error?: unknown } | undefined;
  return () => {
    outcome ??= outcomeOf(act);
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  };
}

function outcomeOf(act: () => unknown): { readonly value?: unknown; readonly error?: unknown } {
  try {
    return { value: act() };
  } catch (error) {
    return { error };
  }
}

/** By the rule that the model refuses each by. */
export const mlsAttempts: Partial<Record<MlsErrorCode, () => unknown>> = Object.fromEntries(
  Object.entries(attempts).map(([code, act]) => [code, once(act)]),
);

/** Coming in with a SelfRemove that somebody else has signed. mls-extensions §6.3.1 */
export const joinsWithForged: () => unknown = once(() => {
  const { alice, bob } = both();
  const { message } = propose(bob, leave, {}, application, random());
  if (message.wireFormat !== "mls_public_message") throw new Error("SelfRemoves are PublicMessages");
  const { auth } = message.publicMessage;
  const forged = { ...auth, signature: turned(auth.signature) };
  const selfRemoves = [{ ...message, publicMessage: { ...message.publicMessage, auth: forged } }];
  const group = { groupInfo: groupInfo(alice, application), ratchetTree: alice.tree };
  return externalCommit({ ...group, joiner: client("carol"), selfRemoves }, application, random());
});

const joinerVerifies: Expected = {
  id: "A-mls-joiner-verifies-leavers",
  says: "who joins by an external commit verifies the signatures of the SelfRemoves that it takes up",
  draft: "mls-extensions §6.3.1",
  holds: ({ mlsRefusal }) => mlsRefusal(joinsWithForged) !== undefined,
};

const refusals = (Object.keys(attempts) as MlsErrorCode[]).map((code): Expected => {
  const [draft, says] = mlsRules[code];
  return {
    id: `A-mls-${code}`,
    says: `it is refused: ${says}`,
    draft,
    holds: ({ mlsRefusal }) => mlsRefusal(mlsAttempts[code] ?? (() => undefined)) !== undefined,
  };
});

export const mlsExpected: readonly Expected[] = [...refusals, joinerVerifies];
