/** Actors that tell somebody in between what is none of its business. protocol-06 §5.4.1, §5.10 and §9 */
import type { Output } from "../../../spec-model/actor.ts";
import { concat, utf8 } from "../../../spec-model/bytes.ts";
import { type MlsLayer, safeAad, safeAadItems } from "../../../spec-model/mls/index.ts";
import type { Alteration, AnyInput } from "../alteration.ts";
import type { Defect, Party } from "../variant.ts";

type Row = readonly [
  id: string,
  says: string,
  party: Party,
  breaks: readonly string[],
  alteration: Alteration,
];

const rows: readonly Row[] = [
  [
    "client-puts-content-in-aad",
    "puts what it says into the additional authenticated data, which is not encrypted",
    "client",
    [
      "protocol-5.4.1-content-hidden",
      "protocol-9-servers-learn-no-content",
      "arch-5-content-for-clients-only",
      "arch-4.1-keys-with-clients",
    ],
    { habit: () => ({ mls: (layer) => ({ ...layer, encryptApplication: inClear(layer) }) }) },
  ],
  [
    "hub-franks-with-known-key",
    "takes its public signature key for hub_key",
    "hub",
    ["protocol-5.4.1.2-hub-key-secret"],
    {
      provider: (state) => ({
        ...state,
        keys: { ...state.keys, hubKey: state.keys.signature.publicKey },
      }),
    },
  ],
  [
    "hub-names-sender",
    "tells followers in the path of a notify who has sent the message",
    "hub",
    ["protocol-5.4.1.2-sender-not-fanned-out"],
    { habit: () => ({ gives: (outputs, _, input) => outputs.map((each) => namingSender(each, input)) }) },
  ],
  [
    "provider-names-downloader",
    "tells the hub's proxy for whom it downloads",
    "provider",
    ["protocol-5.10.2-no-room-no-requester"],
    { habit: () => ({ gives: (outputs, _, input) => telling(outputs, input, "proxyDownload") }) },
  ],
  [
    "relay-names-downloader",
    "tells the OHTTP gateway whose request it relays",
    "provider",
    ["protocol-5.10.3-relay-hides"],
    { habit: () => ({ gives: (outputs, _, input) => telling(outputs, input, "ohttp") }) },
  ],
  [
    "relay-names-seeker",
    "tells the discovery provider whose lookup it relays",
    "provider",
    ["discovery-11-not-both-ends"],
    { habit: () => ({ gives: (outputs, _, input) => telling(outputs, input, "lookup") }) },
  ],
];

const answers: readonly Row[] = [
  [
    "provider-tells-who-exists",
    "answers otherwise where the user who is asked for does not exist",
    "provider",
    ["protocol-5.7-unknown-hidden"],
    { provider: (state) => ({ ...state, policy: { ...state.policy, refusals: "detailed" } }) },
  ],
  [
    "provider-tells-what-was-shown",
    "says in its answer to a request for consent whether it has shown it to the user",
    "provider",
    ["protocol-8-viewing-hidden"],
    { habit: () => ({ gives: (outputs) => outputs.map((each) => tellingShown(each, outputs)) }) },
  ],
  [
    "provider-counts-no-tokens",
    "has as many tokens made for lookups as a user asks for",
    "provider",
    ["discovery-13-enumeration"],
    {
      provider: (state) => ({
        ...state,
        policy: { ...state.policy, tokensPerUser: Number.MAX_SAFE_INTEGER },
      }),
    },
  ],
];

export const disclosures: readonly Defect[] = [...rows, ...answers].map(
  ([id, says, party, breaks, alteration]) => ({
    kind: "defect",
    id,
    says,
    party,
    breaks,
    alteration,
  }),
);

/** A component that nobody has registered. */
const ownComponent = 0xff00;

function inClear({ encryptApplication }: MlsLayer): MlsLayer["encryptApplication"] {
  return (member, applicationData, options, app, random) => {
    const items = [
      ...safeAadItems(options.authenticatedData ?? safeAad([])),
      { componentId: ownComponent, aadItemData: applicationData },
    ];
    return encryptApplication(
      member,
      applicationData,
      { ...options, authenticatedData: safeAad(items) },
      app,
      random,
    );
  };
}

/** The request that came in says who sends: its body ends with the URI. */
function namingSender(output: Output, input: AnyInput): Output {
  if (output.type !== "request" || output.operation !== "notify") return output;
  const [uri] =
    input.type === "request"
      ? (/mimi:\/\/[a-z.]+\/u\/[a-z]+/.exec(Buffer.from(input.request.body).toString("latin1")) ?? [])
      : [];
  if (uri === undefined) return output;
  const path = `${output.request.path}?sender=${encodeURIComponent(uri)}`;
  return { ...output, request: { ...output.request, path } };
}

function telling(outputs: readonly Output[], input: AnyInput, operation: string): readonly Output[] {
  if (input.type !== "local") return outputs;
  const who = utf8(input.from);
  return outputs.map((output) =>
    output.type === "request" && output.operation === operation
      ? { ...output, request: { ...output.request, body: concat(output.request.body, who) } }
      : output,
  );
}

function tellingShown(output: Output, all: readonly Output[]): Output {
  if (output.type !== "response" || output.response.status !== 201) return output;
  const isShown = all.some((each) => each.type === "local" && each.message.type === "consentNews");
  return isShown ? { ...output, response: { ...output.response, body: Uint8Array.of(1) } } : output;
}
