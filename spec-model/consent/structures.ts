/** Asking for, giving and taking back consent. protocol-06 §5.7 */
import { IdentifierUri } from "../framing.ts";
import { AppDataDictionary, KeyPackage } from "../mls/structures/index.ts";
import { closedEnum, type Infer, optional, struct, vector } from "../wire/index.ts";

export const ConsentOperation = closedEnum("ConsentOperation", 255, {
  cancel: 0,
  request: 1,
  grant: 2,
  revoke: 3,
}).from("protocol-06 §5.7", "what is said about consent; request and cancel by the requester's provider");
export type ConsentOperation = Infer<typeof ConsentOperation>;

const scope = {
  requesterUri: IdentifierUri.as("who will fetch key material"),
  targetUri: IdentifierUri.as("whose key material it is"),
  roomId: optional(IdentifierUri).as("absent: for any room"),
};
const roomIdDecision = {
  question: "roomId is of the type RoomId, which is not defined",
  reading: "IdentifierUri",
  reason: "it is the type of every other roomId",
  alternatives: ["opaque<V>: the same octets"],
};

export const ConsentEntry = struct("ConsentEntry", { consentOperation: ConsentOperation, ...scope })
  .select("consentOperation", {
    grant: { clientKeyPackages: vector(KeyPackage).as("of the target; may be empty") },
    cancel: {},
    request: {},
    revoke: {},
  })
  .followedBy({ consent_extensions: AppDataDictionary.as("an extension point") })
  .from("protocol-06 §5.7", "the body of requestConsent and updateConsent")
  .decided(roomIdDecision)
  .decided({
    question: "the select has a case for grant only",
    reading: "the other operations have no fields of their own",
    reason: "nothing is said to accompany them",
    alternatives: [],
  });
export type ConsentEntry = Infer<typeof ConsentEntry>;

export const ConsentScope = struct("ConsentScope", scope)
  .from("protocol-06 §5.7", "what a consent is about; a cancel has that of its request")
  .decided(roomIdDecision);
export type ConsentScope = Infer<typeof ConsentScope>;
