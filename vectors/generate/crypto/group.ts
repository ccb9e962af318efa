/** A real MLS group of Alice, Bob and Cathy, whose handshakes the hub may read. RFC 9420, semiprivatemessage-07 */
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  type Capabilities,
  commit,
  componentIds,
  createGroup,
  dictionaryExtension,
  type Extension,
  type ExternalReceiver,
  ExternalReceivers,
  ExternalSenders,
  generateKeyPackage,
  joinByWelcome,
  type MemberState,
  type MlsApplication,
  type OwnKeyPackage,
  type Proposal,
  RequiredCapabilities,
  WireFormats,
} from "../../../spec-model/mls/index.ts";
import { clientCredential, providerCredential } from "../../../spec-model/room/index.ts";
import { aliceClient, bobClient, hubDomain, type Scene } from "./keys.ts";

export const cathyClient = "mimi://c.example/d/cathy/ClientC1";
export const groupId = "mimi://hub.example/g/clubhouse";

/** A component whose data is its last update. */
export const topic = 0x8001;
const wireFormat = "mls_semiprivate_message";

export const application: MlsApplication = {
  components: new Map([[topic, (_current, updates) => updates.at(-1) ?? new Uint8Array()]]),
};

export interface Group {
  readonly alice: MemberState;
  readonly bob: MemberState;
  readonly receivers: readonly { readonly receiver: ExternalReceiver; readonly privateKey: Uint8Array }[];
}

/** All three in one epoch, by one commit with a path. */
export function foundGroup(scene: Scene): Group {
  const random = scene.random("group");
  const receivers = [hubDomain, "archive.example"].map((domain) => ({
    receiver: {
      externalReceiverPublicKey: scene.hpkeOf(domain).publicKey,
      credential: providerCredential(domain),
    },
    privateKey: scene.hpkeOf(domain).privateKey,
  }));
  const extensions = extensionsOf(
    scene,
    receivers.map(({ receiver }) => receiver),
  );
  const [creator, bobs, cathys] = [aliceClient, bobClient, cathyClient].map((client) =>
    keyPackage(scene, client),
  ) as [OwnKeyPackage, OwnKeyPackage, OwnKeyPackage];
  const founder = createGroup({ groupId: utf8(groupId), extensions, creator }, application, random);
  const proposals = [bobs, cathys].map(
    (own): Proposal => ({
      proposalType: "add",
      keyPackage: own.keyPackage,
    }),
  );
  const made = commit(founder, { proposals, forcePath: true }, application, random);
  if (made.welcome === undefined) throw new Error("nobody to welcome");
  const bob = joinByWelcome(made.welcome, { own: bobs }, application).state;
  return { alice: made.state, bob, receivers };
}

export function topicUpdate(text: string): Proposal {
  return { proposalType: "app_data_update", componentId: topic, op: "update", update: utf8(text) };
}

const capabilities: Capabilities = {
  versions: ["mls10"],
  cipherSuites: [1, 2, 3],
  extensions: ["app_data_dictionary", "supported_wire_formats", "required_wire_formats"],
  proposals: ["app_data_update", "self_remove"],
  credentials: ["basic"],
};
const wireFormats = WireFormats.encode({ wireFormats: [wireFormat] });

function keyPackage(scene: Scene, client: string): OwnKeyPackage {
  const options = {
    credential: clientCredential(client),
    capabilities,
    lifetime: { notBefore: 1_799_996_400n, notAfter: 1_807_776_000n },
    leafExtensions: [{ extensionType: "supported_wire_formats" as const, extensionData: wireFormats }],
    signatureKeyPair: scene.signatureOf(client),
  };
  const random = scene.random(`KeyPackage of ${client}`);
  return generateKeyPackage(scene.suite.id, options, application, random);
}

function extensionsOf(scene: Scene, receivers: ExternalReceiver[]): Extension[] {
  const hub = {
    signatureKey: scene.signatureOf(hubDomain).publicKey,
    credential: providerCredential(hubDomain),
  };
  const required = {
    extensionTypes: ["app_data_dictionary" as const],
    proposalTypes: ["app_data_update" as const, "self_remove" as const],
    credentialTypes: [],
  };
  return [
    { extensionType: "required_capabilities", extensionData: RequiredCapabilities.encode(required) },
    { extensionType: "external_senders", extensionData: ExternalSenders.encode([hub]) },
    dictionaryExtension(
      new Map([
        [componentIds.external_receivers, ExternalReceivers.encode(receivers)],
        [topic, utf8("Welcome")],
      ]),
    ),
    { extensionType: "required_wire_formats", extensionData: wireFormats },
  ];
}
