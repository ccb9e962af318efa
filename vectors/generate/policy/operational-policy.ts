/** An operational policy as the state of a room has it, which asks for nothing and forbids nothing. room-policy-04 §7.1 */
import type { PolicyState } from "../../../spec-model/room/index.ts";

type Operational = NonNullable<PolicyState["operational"]>;

export const nothingOfMls: Operational["mandatoryCapabilities"] = {
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

export const times = { minimumTime: 10, defaultTime: 20, maximumTime: 30 };

export function operationalPolicy(changes: Partial<Operational>): Operational {
  return {
    mandatoryCapabilities: nothingOfMls,
    defaultCapabilities: nothingOfMls,
    forbiddenCapabilities: nothingOfMls,
    handshakeFormats: [],
    externalProposalAllowed: true,
    externalCommitAllowed: true,
    pendingProposalPolicy: { pendingProposalStrategy: "unspecified" },
    LeafNodeUpdateTime: times,
    appMessagePolicy: { epochTolerance: 0, padToSize: 0, maxGenerationsSkipahead: 100 },
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
