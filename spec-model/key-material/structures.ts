/** Claiming KeyPackages of a user's clients. protocol-06 §5.2 */
import { IdentifierUri, Protocol } from "../framing.ts";
import {
  Capabilities,
  CipherSuiteNumber,
  Credential,
  KeyPackage,
  RequiredCapabilities,
  SignaturePublicKey,
} from "../mls/structures/index.ts";
import { arm, closedEnum, type Infer, opaque, optional, struct, v, vector } from "../wire/index.ts";

const wanted = {
  acceptableCiphersuites: vector(CipherSuiteNumber).as("at least one"),
  requiredCapabilities: RequiredCapabilities,
  requesterSignatureKey: SignaturePublicKey,
  requesterCredential: Credential,
};
const asked = {
  protocol: Protocol,
  requestingUser: IdentifierUri,
  targetUser: IdentifierUri,
  roomId: IdentifierUri.as("the room that the KeyPackages are for"),
};
const roomDecision = {
  question: "how a request outside the context of a room leaves roomId out",
  reading: "with a zero-length uri",
  reason: "the field is not optional, and only a request for adding to a room has to name one",
  alternatives: ["refuse a request without a room", "optional<IdentifierUri>"],
};

export const KeyMaterialRequest = struct("KeyMaterialRequest", asked)
  .select("protocol", {
    mls10: {
      ...wanted,
      key_material_request_signature: opaque(v).as("of requesterSignatureKey, over KeyMaterialRequestTBS"),
    },
  })
  .from("protocol-06 §5.2", "asks for a KeyPackage of each client of one user")
  .decided(roomDecision);
export type KeyMaterialRequest = Infer<typeof KeyMaterialRequest>;

export const KeyMaterialRequestTBS = struct("KeyMaterialRequestTBS", asked)
  .select("protocol", { mls10: wanted })
  .from("protocol-06 §5.2", "what a request's signature covers")
  .decided(roomDecision);
export type KeyMaterialRequestTBS = Infer<typeof KeyMaterialRequestTBS>;

const semicolons = {
  question: "values are separated by semicolons",
  reading: "commas",
  reason: "RFC 8446 §3.5; nothing else can be meant",
  alternatives: [],
};

export const KeyMaterialUserCode = closedEnum("KeyMaterialUserCode", 255, {
  success: 0,
  partialSuccess: 1,
  incompatibleProtocol: 2,
  noCompatibleMaterial: 3,
  userUnknown: 4,
  noConsent: 5,
  noConsentForThisRoom: 6,
  userDeleted: 7,
})
  .from("protocol-06 §5.2", "what became of the request as a whole")
  .decided(semicolons);
export type KeyMaterialUserCode = Infer<typeof KeyMaterialUserCode>;

export const KeyMaterialClientCode = closedEnum("KeyMaterialClientCode", 255, {
  success: 0,
  keyMaterialExhausted: 1,
  nothingCompatible: 2,
})
  .from("protocol-06 §5.2", "what became of the request for one client")
  .decided(semicolons);
export type KeyMaterialClientCode = Infer<typeof KeyMaterialClientCode>;

export const ClientKeyMaterial = struct("ClientKeyMaterial", {
  clientStatus: KeyMaterialClientCode,
  clientUri: IdentifierUri,
})
  .selectBy("protocol", (_, enclosing) => protocolOf(enclosing), {
    mls10: arm({}).select("clientStatus", {
      success: { keyPackage: KeyPackage },
      keyMaterialExhausted: {},
      nothingCompatible: {
        clientCapabilities: optional(Capabilities).as("may be left out for privacy"),
      },
    }),
  })
  .from("protocol-06 §5.2", "what one client of the target has to offer")
  .decided({
    question: "the select on protocol stands in a structure without such a field",
    reading: "the protocol of the KeyMaterialResponse around it",
    reason: "it is the only field of that name that a receiver has read by then",
    alternatives: ["a Protocol field of its own in each ClientKeyMaterial"],
  })
  .decided({
    question: "the select on clientStatus has no case for keyMaterialExhausted",
    reading: "a case without fields",
    reason: "there is no key material to send; other selects of the draft leave out empty cases, too",
    alternatives: ["such clients are left out of the list"],
  });
export type ClientKeyMaterial = Infer<typeof ClientKeyMaterial>;

export const KeyMaterialResponse = struct("KeyMaterialResponse", {
  protocol: Protocol,
  userStatus: KeyMaterialUserCode,
  userUri: IdentifierUri,
  clients: vector(ClientKeyMaterial).as("empty unless success, partialSuccess or noCompatibleMaterial"),
}).from("protocol-06 §5.2", "the key material of a user's clients, or why there is none");
export type KeyMaterialResponse = Infer<typeof KeyMaterialResponse>;

function protocolOf(response: unknown): Protocol | undefined {
  return (response as { protocol?: Protocol } | undefined)?.protocol;
}
