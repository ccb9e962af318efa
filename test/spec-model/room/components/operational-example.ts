/** An operational policy that asks for little, for tests to change. */
import type { RoomPolicy } from "../../../../spec-model/room/index.ts";
import { OperationalParameters } from "../../../../spec-model/room/structures/index.ts";

type Operational = NonNullable<RoomPolicy["operational"]>;

const nothing = {
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

export function operational(changes: Partial<Operational>): Operational {
  return {
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
  };
}

export function operationalOctets(): Uint8Array {
  const wide = { minimumTime: 10n, defaultTime: 20n, maximumTime: 30n };
  const lists = () => structuredClone(nothing);
  return OperationalParameters.encode({
    mandatoryCapabilities: lists(),
    defaultCapabilities: lists(),
    forbiddenCapabilities: lists(),
    handshakeFormats: ["mls_public_message"],
    externalProposalAllowed: true,
    externalCommitAllowed: true,
    pendingProposalPolicy: { pendingProposalStrategy: "immediate_commit" },
    LeafNodeUpdateTime: wide,
    appMessagePolicy: { epochTolerance: 1, padToSize: 32, maxGenerationsSkipahead: 100 },
    maxKpLifetime: 100n,
    maxCredentialLifetime: 200n,
    resumptionPskLifetime: 300n,
    senderNonceKeypairLifetime: wide,
    maxKeypairs: 10,
    bufferIncomingMessageTime: wide,
    maxBufferedMessages: 10,
  });
}
