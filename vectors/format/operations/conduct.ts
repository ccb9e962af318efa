/** The operations that ask how a client conducts itself in a room. room-policy-04 §6 and §7.1 */
import { anything, type Member, type Operation, text } from "./operation.ts";

type Schema = Member["schema"];

const flag = { type: "boolean" } as const;
const whole = { type: "integer", minimum: 0 } as const;
const oneOf = (...values: readonly string[]): Schema => ({ enum: values });

/** A closed object in which `name` is one of `values`. */
function variant(
  name: string,
  values: readonly string[],
  members: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: "object",
    properties: { [name]: { enum: values }, ...members, ...optional },
    required: [name, ...Object.keys(members)],
    additionalProperties: false,
  };
}

const report = oneOf("delivery", "read");
const way = oneOf("direct", "hubProxy", "ohttp");
const parameter = {
  type: "object",
  properties: { parameterName: text, parameterValue: text },
  required: ["parameterName", "parameterValue"],
  additionalProperties: false,
} as const;
const mediaType = {
  type: "object",
  properties: { type: text, parameters: { type: "array", items: parameter } },
  required: ["type", "parameters"],
  additionalProperties: false,
} as const;

const listOf = (items: Schema): Schema => ({ type: "array", items });
/** Names where they have one, numbers where they have none. */
const named: Schema = { type: ["string", "integer"] };

/** Some members of ExtendedCapabilities. §7.1 */
const capabilities: Schema = {
  type: "object",
  properties: {
    versions: listOf(named),
    cipherSuites: listOf(whole),
    extensions: listOf(named),
    proposals: listOf(named),
    credentials: listOf(named),
    wireFormats: listOf(named),
    componentIds: listOf(whole),
    safeAadTypes: listOf(whole),
    mediaTypes: listOf(mediaType),
    contentTypes: listOf(named),
  },
  additionalProperties: false,
};

const act: Schema = {
  oneOf: [
    variant("does", ["notify"], { kind: report, done: flag }),
    variant("does", ["detectLinks"], { done: flag }),
    variant("does", ["sendPreview", "makePreview"], { done: flag }, { throughProxy: flag }),
    variant("does", ["sendAsset"], {
      senderDomain: text,
      host: text,
      kind: oneOf("image", "audio", "video", "attachment"),
      mediaType,
      size: whole,
    }),
    variant("does", ["download"], { way }),
    variant("does", ["shareHistory"], { role: whole, automatically: flag, age: whole }),
    variant("does", ["botTakesPart"], { bot: text, role: whole }),
    variant("does", ["botTargetsMessage", "botSendsPerUserContent"], { bot: text }),
    variant("does", ["sendMessage"], {}, { expiresAfter: whole }),
    variant("does", ["takeMessage"], { epoch: whole, current: whole }),
    variant("does", ["sendHandshake"], { wireFormat: text }),
    variant("does", ["storeKeyPackage", "useCredential"], { lifetime: whole }),
    variant("does", ["keepLeaf"], { age: whole }),
    variant("does", ["pad"], { octets: whole }),
    variant("does", ["takePart"], { supports: capabilities }),
    variant("does", ["use"], { uses: capabilities }),
  ],
};

const question: Schema = {
  oneOf: [
    variant("asks", ["notify"], { kind: report, userLikes: flag }),
    variant("asks", ["downloadWay"], {}),
    variant("asks", ["uploadHost"], { user: text }),
    variant("asks", ["renewLeaf"], { age: whole }),
  ],
};

const policy: Member = {
  schema: anything,
  says: "the policy components that the room has, as in a room's `state`, see [Rooms](#rooms)",
};

export const conductOperations: readonly Operation[] = [
  {
    name: "policy.conduct",
    family: "policy",
    says: "Decide whether a room's policy allows what a client does, or leaves undone.",
    outcomes: { allowed: "it is allowed", refused: "it is refused" },
    input: { policy, act: { schema: act, says: "what the client does, see [Conduct](#conduct)" } },
    output: {},
  },
  {
    name: "policy.choose",
    family: "policy",
    says: "Say what a room's policy has a client do.",
    outcomes: { chosen: "it is `choice`", open: "the policy leaves it to the client" },
    input: { policy, question: { schema: question, says: "what is to be chosen, see [Conduct](#conduct)" } },
    output: {
      choice: { schema: { type: ["boolean", "string"] }, says: "what the client does", optional: true },
    },
  },
];
