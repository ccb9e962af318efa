/** The operations of the flows family: one for each seat. */
import { ref } from "./closed.ts";
import { flowDefinitions } from "./flow-parts.ts";
import { bytes, decimal, type Member, type Operation, text } from "./operation.ts";

const closed = (
  properties: { readonly [name: string]: Member["schema"] },
  ...optional: readonly string[]
) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const listOf = (items: Member["schema"]) => ({ type: "array", items });
const oneOf = (...choices: readonly Member["schema"][]) => ({ anyOf: choices });
const orNull = (type: Member["schema"]) => oneOf(type, { type: "null" });
const number = { type: "integer", minimum: 0 } as const;
const keyPair = { publicKey: bytes, privateKey: bytes };

const providerSetup = closed(
  {
    domain: text,
    directory: text,
    cipherSuite: number,
    signature: closed(keyPair),
    franking: closed(keyPair),
    receiver: closed(keyPair),
    gateway: closed({ keyId: number, ...keyPair }),
    hubKey: bytes,
    accounts: listOf(closed({ user: text, clients: listOf(text), profile: listOf(ref("profileEntry")) })),
    consents: listOf(closed({ requester: text, target: text, room: text }, "room")),
    policy: ref("providerPolicy"),
    assetHosts: { type: "object", additionalProperties: listOf(text) },
    roomEnvelope: ref("envelope"),
  },
  "roomEnvelope",
);
const free = listOf(
  closed(
    {
      structure: { enum: ["UpdateRoomResponse", "GroupInfoResponse", "encapsulated response"] },
      because: text,
      openWith: bytes,
    },
    "openWith",
  ),
);
const step = (kind: string, members: { readonly [name: string]: Member["schema"] }, ...optional: string[]) =>
  closed({ at: number, free, kind: { const: kind }, ...members }, "free", ...optional);
const request = { exchange: text, method: { enum: ["GET", "POST"] }, path: text, body: bytes };
const answered = { exchange: text, status: number, body: bytes };
const providerStep = oneOf(
  step("request", { ...request, peer: text, host: text, from: text }),
  step("answer", { ...answered, retryAfter: number }, "retryAfter"),
  step("noAnswer", { exchange: text }),
  step("client", { client: text, message: ref("saidByClient") }),
  step("operator", { wish: ref("wish") }),
  step("retry", { room: text, provider: text }),
);
const providerOutputs = listOf(
  oneOf(
    closed({ kind: { const: "request" }, to: text, ...request }),
    closed({ kind: { const: "answer" }, ...answered }),
    closed({ kind: { const: "client" }, to: text, message: ref("toldToClient") }),
  ),
);

const clientSetup = closed({
  client: text,
  user: text,
  cipherSuite: number,
  signature: closed(keyPair),
  provider: closed({ domain: text, signatureKey: bytes, frankingKey: bytes }),
  keyPackages: listOf(closed({ keyPackage: bytes, initPrivateKey: bytes, encryptionPrivateKey: bytes })),
});
const joining = closed({
  initSecret: bytes,
  groupInfo: bytes,
  ratchetTree: bytes,
  selfRemoves: listOf(bytes),
});
const made = closed({ pathSecret: bytes, joining }, "pathSecret", "joining");
const founding = closed({
  groupInfo: bytes,
  ratchetTree: bytes,
  epochSecret: bytes,
  encryptionPrivateKey: bytes,
});
const sent = closed({ message: bytes, pathSecret: bytes, joining }, "pathSecret", "joining");
const clientStep = oneOf(
  closed({ at: number, room: text, message: bytes, made }, "made"),
  closed({ at: number, room: text, founding }),
  closed({ at: number, room: text, sent }),
  closed({ at: number, room: text, said: closed({ message: bytes, content: bytes }) }),
  closed({ at: number, room: text, to: bytes, status: number, body: bytes }, "to"),
);
const clientOutput = closed({
  epoch: orNull(decimal),
  epochAuthenticator: orNull(bytes),
  participants: listOf(closed({ user: text, role: number })),
  clients: listOf(text),
  proposals: listOf(bytes),
  shown: listOf(closed({ messageId: bytes, sender: text, acceptedTimestamp: decimal, content: bytes })),
});

function flow(
  seat: string,
  says: string,
  kind: {
    readonly setup: Member["schema"];
    readonly step: Member["schema"];
    readonly output: Member["schema"];
  },
): Operation {
  return {
    name: `flow.${seat}`,
    family: "flows",
    says,
    outcomes: { played: "`output` holds what the seat did" },
    input: {
      setup: { schema: kind.setup, says: "the seat's keys and what it knows before the flow begins" },
      steps: { schema: listOf(kind.step), says: "what reaches the seat, in this order" },
      change: {
        schema: closed({ at: number, remove: number, insert: listOf(kind.step) }),
        says: "first of all `remove` steps go from the place `at` on (from 0), and `insert` come there",
        optional: true,
      },
      play: { schema: number, says: "how many steps are played; all where it is left out", optional: true },
    },
    output: {
      steps: { schema: listOf(kind.output), says: "what the seat did in each step, and what it is then" },
      last: { schema: kind.output, says: "the last of `steps`: it need not be given again" },
    },
    definitions: flowDefinitions,
  };
}

const provider = { setup: providerSetup, step: providerStep, output: providerOutputs };
const client = { setup: clientSetup, step: clientStep, output: clientOutput };

export const flowOperations: readonly Operation[] = [
  flow("hub", "Be the provider that hosts the rooms of the flow.", provider),
  flow("follower", "Be a provider whose users take part in rooms hosted elsewhere.", provider),
  flow("requester", "Be the provider of users who want to be introduced to others.", provider),
  flow("target", "Be the provider of users whom others ask for.", provider),
  flow("client", "Be a client: found groups, come into others, and follow what is delivered.", client),
];
