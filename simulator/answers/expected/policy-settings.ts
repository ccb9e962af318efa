/** Contents of policy components, for questions about them. room-policy-04 §6 and §7 */
import type { RoomPolicy } from "../../../spec-model/room/index.ts";

type Operational = NonNullable<RoomPolicy["operational"]>;

const nothing: Operational["mandatoryCapabilities"] = {
  versions: [],
  cipherSuites: [],
  extensions: [],
  proposals: [],
  credentials: [],
  wireFormats: [],
  componentIds: [],
  safeAadTypes: [],
  mediaTypes: [],
  contentTypes: [],
};
const times = { minimumTime: 10, defaultTime: 20, maximumTime: 30 };
export const disordered = { minimumTime: 30, defaultTime: 20, maximumTime: 10 };

export const capabilitiesWith = (changes: Partial<typeof nothing>) => ({ ...nothing, ...changes });

export function operational(changes: Partial<Operational> = {}): Pick<RoomPolicy, "operational"> & {
  readonly operational: Operational;
} {
  return {
    operational: {
      mandatoryCapabilities: nothing,
      defaultCapabilities: nothing,
      forbiddenCapabilities: nothing,
      handshakeFormats: ["mls_public_message"],
      externalProposalAllowed: true,
      externalCommitAllowed: true,
      pendingProposalPolicy: { pendingProposalStrategy: "immediate_commit" },
      LeafNodeUpdateTime: times,
      appMessagePolicy: { epochTolerance: 1, padToSize: 32, maxGenerationsSkipahead: 100 },
      maxKpLifetime: 100,
      maxCredentialLifetime: 200,
      resumptionPskLifetime: 300,
      senderNonceKeypairLifetime: times,
      maxKeypairs: 10,
      bufferIncomingMessageTime: times,
      maxBufferedMessages: 10,
      ...changes,
    },
  };
}

export const links = {
  autodetectHyperlinksInText: "forbidden",
  sendLinkPreviews: "forbidden",
  automaticLinkPreviews: "required",
  linkPreviewProxyUse: "required",
  linkPreviewProxy: [{ uri: "https://proxy.example" }],
} as const satisfies NonNullable<RoomPolicy["linkPreview"]>;

export function assets(changes: Partial<NonNullable<RoomPolicy["assets"]>> = {}): {
  readonly assets: NonNullable<RoomPolicy["assets"]>;
} {
  return {
    assets: {
      assetUploadLocation: "localProvider",
      uploadDomains: [
        { provider: { domain: "a.example" }, assetUploadDestinations: [{ domain: "assets.a.example" }] },
        { provider: { domain: "b.example" }, assetUploadDestinations: [{ domain: "assets.b.example" }] },
      ],
      downloadPrivacy: {
        allowedDownloadTypes: ["ohttp", "hubProxy"],
        forbiddenDownloadTypes: ["hubProxy"],
        defaultDownloadType: "ohttp",
      },
      maxImage: 10,
      maxAudio: 20,
      maxVideo: 30,
      maxAttachment: 40,
      forbiddenMediaTypes: [],
      permittedMediaTypes: undefined,
      ...changes,
    },
  };
}

export function mediaType(type: string, ...parameters: readonly (readonly [string, string])[]) {
  return {
    type,
    parameters: parameters.map(([parameterName, parameterValue]) => ({ parameterName, parameterValue })),
  };
}

export const picture = {
  senderDomain: "b.example",
  host: "assets.b.example",
  kind: "image",
  mediaType: mediaType("image/png"),
  size: 10,
} as const;

export const dealer = {
  name: "dealer",
  description: "",
  homepage: { uri: "" },
  localClientBot: false,
  botRoleIndex: 2,
  canTargetMessageInGroup: false,
  perUserContent: false,
};

export const history = {
  historySharing: "optional",
  rolesThatCanShare: [3],
  automaticallyShare: false,
  maxTimePeriod: 60,
} as const satisfies NonNullable<RoomPolicy["history"]>;

export const loggers = (logging: "optional" | "required", ...uris: readonly string[]) => ({
  logging: {
    logging,
    loggingClients: uris.map((uri) => ({ uri })),
    machineReadablePolicy: { uri: "" },
    humanReadablePolicy: { uri: "" },
  },
});
