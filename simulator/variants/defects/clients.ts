/** Clients that leave something out of what they send, or go by another name than the room's. protocol-06 §3.5, §5.3, §6 */
import type { LocalMessage, Output } from "../../../spec-model/actor.ts";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { pseudonymousCredential } from "../../../spec-model/credentials/index.ts";
import { KeyMaterialRequest } from "../../../spec-model/key-material/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import type { ClientState, Persona } from "../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { attempt, clientCredential, holderOfUri, isRefused } from "../../../spec-model/room/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";
import type { Alteration, Habit } from "../alteration.ts";
import type { Defect, Party } from "../variant.ts";

type Row = readonly [
  id: string,
  says: string,
  breaks: readonly string[],
  alteration: Alteration,
  party?: Party,
];
type Ask = Extract<LocalMessage, { type: "ask" }>;

const rows: readonly Row[] = [
  [
    "client-leaves-by-half",
    "proposes only the first of what its user's leave takes",
    ["protocol-3.5-leave-proposes-all"],
    asking("update", (body) =>
      changedBundle(body, (bundle) =>
        "moreProposals" in bundle ? { ...bundle, moreProposals: [] } : bundle,
      ),
    ),
  ],
  [
    "client-repeats-group-info",
    "sends with a commit the GroupInfo that it sent with the one before",
    ["room-policy-7-group-info-with-commit"],
    { habit: repeatingGroupInfo },
  ],
  [
    "client-does-not-sign",
    "asks for key material without a signature",
    ["arch-6-signed-by-sender"],
    asking("keyMaterial", (body) => {
      const request = KeyMaterialRequest.decode(body);
      return KeyMaterialRequest.encode({ ...request, keyMaterialRequestSignature: noBytes });
    }),
  ],
  [
    "client-founds-without-hub",
    "creates rooms whose groups have no external senders",
    ["protocol-7.4-external-senders"],
    {
      habit: () => ({
        mls: (layer) => ({
          ...layer,
          createGroup: (options, app, random) =>
            layer.createGroup({ ...options, extensions: withoutSenders(options.extensions) }, app, random),
        }),
      }),
    },
  ],
  [
    "client-lists-another-key-as-hub",
    "lists its own key as that of the hub among the external senders",
    ["protocol-7.4-hub-listed"],
    {
      client: (state) => ({
        ...state,
        provider: { ...state.provider, signatureKey: state.signature.publicKey },
      }),
    },
  ],
  [
    "client-unmasks-itself",
    "has its own name in its leaf where everybody goes by pseudonyms",
    ["protocol-6-only-pseudonyms"],
    inMask((state, { realClient }) => ({ ...state, credential: clientCredential(realClient) })),
  ],
  [
    "client-has-basic-credential",
    "has its pseudonym in a basic credential, which links it to nobody",
    ["protocol-6.1-all-leaves"],
    inMask((state) => ({ ...state, credential: clientCredential(state.client) })),
  ],
  [
    "client-links-nobody",
    "has an identity link with nothing in it",
    ["protocol-6-real-for-participants"],
    inMask((state, persona) => masked(state, { ...persona, link: "blank" })),
  ],
  [
    "client-has-own-user-pseudonym",
    "gives each client of a user another user pseudonym",
    ["protocol-6.1-one-pseudonym"],
    inMask((state, persona) => masked({ ...state, user: state.client.replace("/d/", "/p/") }, persona)),
  ],
  [
    "client-lists-real-user",
    "puts its user on the list by name, where its leaf has a pseudonym",
    ["protocol-6.1-list-has-pseudonym"],
    inMask((state, { realClient }) => ({ ...state, user: holderOfUri(realClient)?.user ?? state.user })),
  ],
  [
    "client-downloads-directly",
    "downloads straight from the asset's server, whatever the room has",
    ["protocol-5.10.1-direct"],
    {
      habit: () => ({
        takes: (input) => {
          const { intention } = input as { readonly intention?: { readonly type: string } };
          return input.type === "intention" && intention?.type === "downloadAsset"
            ? [{ ...input, intention: { ...intention, way: "direct" } }]
            : [input];
        },
      }),
    },
  ],
  [
    "hub-has-no-word-for-no-room",
    "answers 404 where somebody asks for the GroupInfo of a room that it has not",
    ["protocol-5.6-no-such-room"],
    {
      habit: () => ({
        gives: (outputs) =>
          outputs.some((each) => each.type === "decided" && each.text.endsWith("of a room that it has not"))
            ? outputs.map((each) =>
                each.type === "response"
                  ? { ...each, response: { ...each.response, status: 404, body: noBytes } }
                  : each,
              )
            : outputs,
      }),
    },
    "hub",
  ],
];

export const clientDefects: readonly Defect[] = rows.map(
  ([id, says, breaks, alteration, party = "client"]) => ({
    kind: "defect",
    id,
    says,
    party,
    breaks,
    alteration,
  }),
);

/** A client that asks its provider for something else. */
function asking(operation: Ask["operation"], change: (body: Uint8Array) => Uint8Array): Alteration {
  return {
    habit: () => ({ gives: (outputs) => outputs.map((each) => askingOtherwise(each, operation, change)) }),
  };
}

function askingOtherwise(
  output: Output,
  operation: Ask["operation"],
  change: (body: Uint8Array) => Uint8Array,
): Output {
  if (output.type !== "local" || output.message.type !== "ask") return output;
  if (output.message.operation !== operation) return output;
  const { body } = output.message;
  const instead = attempt(() => change(body));
  return { ...output, message: { ...output.message, body: isRefused(instead) ? body : instead } };
}

/** Remembers the last one. */
function repeatingGroupInfo(): Habit {
  let last: Bundle | undefined;
  const changed = (body: Uint8Array) =>
    changedBundle(body, (bundle) => {
      if (!("groupInfoOption" in bundle)) return bundle;
      const before = last ?? bundle;
      last = bundle;
      return { ...bundle, groupInfoOption: before.groupInfoOption } as Bundle;
    });
  return { gives: (outputs) => outputs.map((output) => askingOtherwise(output, "update", changed)) };
}

type Bundle = UpdateRequest["bundle"];

function changedBundle(body: Uint8Array, change: (bundle: Bundle) => Bundle): Uint8Array {
  return UpdateRequest.encode({ bundle: change(UpdateRequest.decode(body).bundle) });
}

function withoutSenders<T extends { readonly extensionType: unknown }>(extensions: readonly T[]): T[] {
  return extensions.filter(({ extensionType }) => extensionType !== "external_senders");
}

/** Only who goes by a pseudonym can get that wrong. */
function inMask(change: (state: ClientState, persona: Persona) => ClientState): Alteration {
  return { client: (state) => (state.persona === undefined ? state : change(state, state.persona)) };
}

/** The client with the credential that it would have as this persona. */
function masked(state: ClientState, persona: Persona): ClientState {
  const { client, user, signature } = state;
  const { realClient, signaturePrivateKey, linkKey, link } = persona;
  const credential = pseudonymousCredential(
    cipherSuite(state.suite),
    { client, user, signatureKey: signature.publicKey },
    { credential: clientCredential(realClient), signaturePrivateKey },
    linkKey,
    expandEntropy(utf8(client), "another credential"),
    link,
  );
  return { ...state, persona, credential };
}
