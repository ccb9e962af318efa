/** The operations that ask how a client conducts itself in a room. room-policy-04 §6 and §7.1 */
import { closed, flag, listOf, oneOf, ref, type Schema, variants, whole } from "./closed.ts";
import { type Member, type Operation, text } from "./operation.ts";
import { roomDefinitions } from "./rooms.ts";

const report = oneOf("delivery", "read");
const way = oneOf("direct", "hubProxy", "ohttp");
const parameter = closed({ parameterName: text, parameterValue: text });
const mediaType = closed({ type: text, parameters: listOf(parameter) });

/** Names where they have one, numbers where they have none. */
const named: Schema = { type: ["string", "integer"] };

/** Some members of ExtendedCapabilities. §7.1 */
const capabilities: Schema = closed(
  {},
  {
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
);

const act: Schema = variants("does", {
  notify: [{ kind: report, done: flag }],
  detectLinks: [{ done: flag }],
  sendPreview: [{ done: flag }, { throughProxy: flag }],
  makePreview: [{ done: flag }, { throughProxy: flag }],
  sendAsset: [
    {
      senderDomain: text,
      host: text,
      kind: oneOf("image", "audio", "video", "attachment"),
      mediaType,
      size: whole,
    },
  ],
  download: [{ way }],
  shareHistory: [{ role: whole, automatically: flag, age: whole }],
  botTakesPart: [{ bot: text, role: whole }],
  botTargetsMessage: [{ bot: text }],
  botSendsPerUserContent: [{ bot: text }],
  sendMessage: [{}, { expiresAfter: whole }],
  takeMessage: [{ epoch: whole, current: whole }],
  sendHandshake: [{ wireFormat: text }],
  storeKeyPackage: [{ lifetime: whole }],
  useCredential: [{ lifetime: whole }],
  keepLeaf: [{ age: whole }],
  pad: [{ octets: whole }],
  takePart: [{ supports: capabilities }],
  use: [{ uses: capabilities }],
});

const question: Schema = variants("asks", {
  notify: [{ kind: report, userLikes: flag }],
  downloadWay: [{}],
  uploadHost: [{ user: text }],
  renewLeaf: [{ age: whole }],
});

const policy: Member = {
  schema: ref("policy"),
  says: "the policy components that the room has, as in a room's `state`, see [Rooms](#rooms)",
};

export const conductOperations: readonly Operation[] = [
  {
    name: "policy.conduct",
    family: "policy",
    says: "Decide whether a room's policy allows what a client does, or leaves undone.",
    outcomes: { allowed: "it is allowed", refused: "it is refused" },
    definitions: { ...roomDefinitions, act },
    input: { policy, act: { schema: ref("act"), says: "what the client does, see [Conduct](#conduct)" } },
    output: {},
  },
  {
    name: "policy.choose",
    family: "policy",
    says: "Say what a room's policy has a client do.",
    outcomes: { chosen: "it is `choice`", open: "the policy leaves it to the client" },
    definitions: { ...roomDefinitions, question },
    input: {
      policy,
      question: { schema: ref("question"), says: "what is to be chosen, see [Conduct](#conduct)" },
    },
    output: {
      choice: { schema: { type: ["boolean", "string"] }, says: "what the client does", optional: true },
    },
  },
];
