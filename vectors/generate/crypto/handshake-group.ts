/** A group of Alice, Bob and Cathy with the hub as an external sender, and what its members say of handshakes. RFC 9420 */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import {
  type Capabilities,
  type Commit,
  commit,
  createGroup,
  dictionaryExtension,
  type Extension,
  ExternalSenders,
  encodeRatchetTree,
  GroupContext,
  generateKeyPackage,
  joinByWelcome,
  type MemberState,
  MLSMessage,
  type MlsApplication,
  type OwnKeyPackage,
  type Proposal,
  propose,
  proposeExternally,
  RequiredCapabilities,
  signContent,
} from "../../../spec-model/mls/index.ts";
import { clientCredential, providerCredential } from "../../../spec-model/room/index.ts";
import type { JsonObject } from "../../format/case.ts";
import { cathyClient, groupId, topic } from "./group.ts";
import { capabilities, now } from "./key-package-made.ts";
import { aliceClient, bobClient, hubDomain, type Scene } from "./keys.ts";

/** A component that nobody in the room knows. */
export const unknownComponent = 0x8077;
/** A second component with data of its own, and one that takes data on the way. */
export const [subject, poll] = [0x8002, 0x8004] as const;
/** What each of them calls invalid. */
export const refusedData = utf8("!");

/** What the clients in it support. */
export const able: Capabilities = {
  ...capabilities,
  proposals: [...capabilities.proposals, "app_ephemeral"],
};

/** Takes everything: what a dishonest committer makes commits with. */
const everything = [topic, subject, poll, unknownComponent];
const anything: MlsApplication = {
  components: new Map(everything.map((id) => [id, (_current, updates) => updates.at(-1) ?? utf8("")])),
  ephemeralComponents: new Map(everything.map((id) => [id, () => undefined])),
};

const refuses = [hex(refusedData)];
export const knownComponents: JsonObject = {
  components: [topic, subject].map((componentId) => ({ componentId, refuses })),
  ephemeralComponents: [{ componentId: poll, refuses }],
};

export interface HandshakeGroup {
  readonly scene: Scene;
  readonly alice: MemberState;
  readonly bob: MemberState;
  /** Which leaf is Cathy's. */
  readonly cathy: number;
}

/** `cathy`: what Cathy's client supports. */
export function foundHandshakeGroup(scene: Scene, cathy: Capabilities = able): HandshakeGroup {
  const random = scene.random("handshake group");
  const creator = ownKeyPackage(scene, aliceClient, able);
  const bobs = ownKeyPackage(scene, bobClient, able);
  const cathys = ownKeyPackage(scene, cathyClient, cathy);
  const founder = createGroup(
    { groupId: utf8(groupId), extensions: foundingExtensions(scene), creator },
    anything,
    random,
  );
  const proposals = [bobs, cathys].map(({ keyPackage }) => ({ proposalType: "add" as const, keyPackage }));
  const made = commit(founder, { proposals, forcePath: true }, anything, random);
  if (made.welcome === undefined) throw new Error("nobody to welcome");
  const bob = joinByWelcome(made.welcome, { own: bobs }, anything).state;
  return { scene, alice: made.state, bob, cathy: 2 };
}

export function ownKeyPackage(scene: Scene, client: string, supports: Capabilities): OwnKeyPackage {
  const options = {
    credential: clientCredential(client),
    capabilities: supports,
    lifetime: { notBefore: now - 3600n, notAfter: now + 7_776_000n },
    signatureKeyPair: scene.signatureOf(client),
  };
  return generateKeyPackage(scene.suite.id, options, {}, scene.random(`handshakes: KeyPackage of ${client}`));
}

export function foundingExtensions(scene: Scene): Extension[] {
  const required = {
    extensionTypes: ["app_data_dictionary" as const],
    proposalTypes: ["app_data_update" as const],
    credentialTypes: [],
  };
  return [
    { extensionType: "required_capabilities", extensionData: RequiredCapabilities.encode(required) },
    sendersExtension(scene, hubDomain),
    dictionaryExtension(new Map([[topic, utf8("Welcome")]])),
  ];
}

export function sendersExtension(scene: Scene, ...domains: readonly string[]): Extension {
  const senders = domains.map((domain) => ({
    signatureKey: scene.signatureOf(domain).publicKey,
    credential: providerCredential(domain),
  }));
  return { extensionType: "external_senders", extensionData: ExternalSenders.encode(senders) };
}

/** The group as the input of a case has it. */
export function inputOf({ alice }: HandshakeGroup, pending: readonly MLSMessage[] = []): JsonObject {
  return {
    groupContext: hex(GroupContext.encode(alice.groupContext)),
    ratchetTree: hex(encodeRatchetTree(alice.tree)),
    confirmationTag: hex(alice.confirmationTag),
    pending: pending.map((each) => hex(MLSMessage.encode(each))),
  };
}

/** Alice's commit of these proposals, with a path where it needs one or is forced to have one. */
export function committed(
  { scene, alice }: HandshakeGroup,
  purpose: string,
  proposals: readonly Proposal[],
  forcePath = false,
): MLSMessage {
  const random = scene.random(`commit ${purpose}`);
  const findPsk = () => scene.random("a pre-shared key").bytes(32);
  return commit(alice, { proposals, forcePath }, { ...anything, findPsk }, random).message;
}

/** A proposal of Bob's, and how commits refer to it. */
export function proposedByBob({ scene, bob }: HandshakeGroup, proposal: Proposal) {
  const random = scene.random(`proposal ${proposal.proposalType}`);
  return propose(bob, proposal, {}, anything, random);
}

export function proposedByHub({ scene, alice }: HandshakeGroup, proposal: Proposal): MLSMessage {
  const { privateKey } = scene.signatureOf(hubDomain);
  const sender = { senderType: "external", senderIndex: 0 } as const;
  return proposeExternally(
    alice.groupContext,
    { sender, signaturePrivateKey: privateKey },
    proposal,
    anything,
  );
}

export type PublicCommit = Extract<MLSMessage, { wireFormat: "mls_public_message" }>;

/** The commit with something changed, signed by Alice again. Its confirmation tag is that of the honest one. */
export function resigned(
  { scene, alice }: HandshakeGroup,
  message: MLSMessage,
  change: (commit: Commit) => Partial<Commit>,
): PublicCommit {
  if (message.wireFormat !== "mls_public_message") throw new Error("no PublicMessage");
  const { publicMessage } = message;
  const { content } = publicMessage;
  if (content.contentType !== "commit") throw new Error("no commit");
  const changed = { ...content, commit: { ...content.commit, ...change(content.commit) } };
  const { signaturePrivateKey, groupContext } = alice;
  const signature = signContent(scene.suite, signaturePrivateKey, message.wireFormat, changed, groupContext);
  const auth = { ...publicMessage.auth, signature } as typeof publicMessage.auth;
  return { ...message, publicMessage: { ...publicMessage, content: changed, auth } as typeof publicMessage };
}
