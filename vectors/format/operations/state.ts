/** The operations of the state family. */
import { bytes, decimal, type Member, type Operation, text } from "./operation.ts";

const list = (items: Member["schema"], says: string): Member => ({ schema: { type: "array", items }, says });
const number = { type: "integer", minimum: 0 } as const;
const texts = { type: "array", items: text } as const;
const applied = { applied: "`output` holds what comes of it", refused: "nothing changes" };
const uri = (says: string): Member => ({ schema: text, says });
const closed = (
  properties: { readonly [name: string]: Member["schema"] },
  ...optional: readonly string[]
) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const components: readonly Operation[] = [
  {
    name: "dictionary.update",
    family: "state",
    says: "Apply the AppDataUpdate proposals of one commit to a dictionary (mls-extensions §4.7).",
    outcomes: applied,
    input: {
      dictionary: {
        schema: bytes,
        says: "an AppDataDictionary; left out where the group has none yet",
        optional: true,
      },
      updates: list(bytes, "AppDataUpdates in the order of the commit"),
      replacing: list(number, "the components that are known whose data is their last update"),
      appending: list(
        number,
        "the components that are known whose data is all updates, one behind the other",
      ),
    },
    output: { dictionary: { schema: bytes, says: "the AppDataDictionary afterwards" } },
  },
  {
    name: "room-component.update",
    family: "state",
    says: "Apply the updates of one commit to the data of one MIMI component, by that component's own rules.",
    outcomes: applied,
    input: {
      component: { schema: text, says: "the component's name in its draft" },
      componentId: { schema: number, says: "its number" },
      current: { schema: bytes, says: "its data; left out where it has none", optional: true },
      updates: list(bytes, "the contents of its AppDataUpdates in the order of the commit"),
    },
    output: { data: { schema: bytes, says: "its data afterwards" } },
  },
  {
    name: "participants.update",
    family: "state",
    says: "Apply ParticipantListUpdates of one commit to a participant list (protocol-06 §7.5). Whether they are allowed is not asked.",
    outcomes: applied,
    input: {
      list: { schema: bytes, says: "a ParticipantListData" },
      updates: list(bytes, "ParticipantListUpdates in the order of the commit; all refer to `list`"),
    },
    output: { list: { schema: bytes, says: "the ParticipantListData afterwards" } },
  },
];

const entries = list(bytes, "ConsentEntries in the order in which the target's provider takes them");
const consent: readonly Operation[] = [
  {
    name: "consent.in-force",
    family: "state",
    says: "As the target's provider, say whether the requester may have key material (protocol-06 §5.2, §5.7, §8).",
    outcomes: {
      granted: "the requester may",
      otherRoom: "not for this room, though for another or for any",
      missing: "the requester may not",
    },
    input: {
      entries,
      requester: uri("who asks for key material"),
      target: uri("whose"),
      room: { ...uri("the room that it is for; left out: none"), optional: true },
    },
    output: {},
  },
  {
    name: "consent.follow",
    family: "state",
    says: "As the target's provider, take consent entries one after the other.",
    outcomes: { followed: "`output` holds what is to be done" },
    input: {
      entries,
      tellsRevocations: {
        schema: { type: "boolean" },
        says: "whether the requester's provider hears of revocations (protocol-06 §5.7 leaves it open)",
      },
    },
    output: {
      effects: list(
        { enum: ["showRequest", "withdrawRequest", "conveyGrant", "conveyRevocation", "nothing"] },
        "one for each entry: the target's clients show a request or take it off, the requester's provider is told of a grant or a revocation, or nobody is told anything",
      ),
    },
  },
];

const keyPackage = closed({
  reference: text,
  client: text,
  protocol: text,
  cipherSuite: number,
  notAfter: decimal,
  capabilities: texts,
  isLastResort: { type: "boolean" },
});
const claim = closed({
  requester: text,
  room: text,
  protocol: text,
  acceptableCiphersuites: { type: "array", items: number },
  requiredCapabilities: texts,
  now: decimal,
  consent: { enum: ["granted", "otherRoom", "missing"] },
});
const statuses = { enum: ["success", "keyMaterialExhausted", "nothingCompatible"] };
const material = closed({ client: text, status: statuses, reference: { type: ["string", "null"] } });
const claims: readonly Operation[] = [
  {
    name: "key-packages.claim",
    family: "state",
    says: "As the target's provider, answer claims of one user's KeyPackages, one after the other (protocol-06 §5.2). The outcome is the user code of the last answer; of several KeyPackages of a client that fit, the one stored first is handed out.",
    outcomes: {
      success: "material for every client",
      partialSuccess: "material for some",
      incompatibleProtocol: "none is for that protocol",
      noCompatibleMaterial: "no client has any that fits",
      userUnknown: "there is no such user",
      noConsent: "the user has not agreed, or the provider does not say more",
      noConsentForThisRoom: "the user has agreed to another room",
      userDeleted: "there is no such user any more",
    },
    input: {
      stock: list(
        keyPackage,
        "the KeyPackages in the order in which they were stored; times in seconds since the UNIX epoch",
      ),
      deleted: {
        schema: { type: "boolean" },
        says: "whether the user has been deleted before the claims",
        optional: true,
      },
      claims: list(claim, "the claims, with what the provider found out about consent"),
    },
    output: {
      clients: list(
        material,
        "the clients of the last answer, by client; `reference` is null where there is no KeyPackage",
      ),
    },
  },
];

export const stateOperations: readonly Operation[] = [...components, ...consent, ...claims];
