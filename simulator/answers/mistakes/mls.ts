/** MLS layers that lack one rule of the extensions. mls-extensions §4 to §6, semiprivatemessage-07 §3 */
import { type MlsErrorCode, mlsRules } from "../../../spec-model/mls/index.ts";
import { joinsWithForged } from "../expected/mls.ts";
import { type AnswerDefect, by, type Row } from "./mistake.ts";

/** Each with the requirements that it stands for. */
const lacking: readonly (readonly [code: MlsErrorCode, breaks: readonly string[]])[] = [
  ["pathMissing", ["mls-extensions-6.3.1-needs-path"]],
  ["selfRemoveTwice", ["mls-extensions-6.3.1-once"]],
  ["selfRemoveByValue", ["mls-extensions-6.3.1-by-reference"]],
  ["proposalTypeUnsupported", ["mls-extensions-6.3.1-supported-by-all"]],
  ["leafChangedTwice", ["mls-extensions-6.3.1-remove-invalid"]],
  ["dictionaryReplaced", ["mls-extensions-4.7-not-by-context-extensions"]],
  ["appDataUpdateRefused", ["mls-extensions-4.7-refused-by-component"]],
  ["unknownComponent", ["mls-extensions-4.8-unknown-component"]],
  ["requiredWireFormat", ["mls-extensions-5-wire-formats"]],
  ["requiredComponent", ["mls-extensions-5-required-components", "mls-extensions-4.6-app-components"]],
  ["requiredSafeAad", ["mls-extensions-4.6-safe-aad"]],
  ["credentialRefused", ["identity-5.1-validates-others"]],
  ["semiPrivateNotRequired", ["semiprivatemessage-3-required"]],
  ["externalSenderContent", ["mls-extensions-6.3.1-not-external"]],
  ["unknownExternalSender", ["protocol-7.4-external-senders-authenticated"]],
  ["membershipTag", ["arch-4.1-no-tampering"]],
  ["messageSignature", ["arch-5.2-authenticated-by-client"]],
  ["noExternalReceivers", ["semiprivatemessage-3-required"]],
];

/** What a hub, which has no secrets, can see to in the handshakes that it reads. */
const lackingAtHub: typeof lacking = [
  ["messageSignature", ["mls-extensions-6.3.1-hub-validates"]],
  ["partialContextHash", ["semiprivatemessage-3.3-partial-context"]],
  [
    "framedContentTbsHash",
    ["semiprivatemessage-3.3-padding-and-hash", "semiprivatemessage-3.1-same-content"],
  ],
];

export const mlsMistakes: readonly AnswerDefect[] = [
  ...by("client", lacking.map(allowing("client"))),
  ...by("hub", lackingAtHub.map(allowing("hub"))),
  ...by("client", [
    [
      "client-joins-with-any-leaver",
      "joins with a SelfRemove whose signature is not the leaver's",
      ["mls-extensions-6.3.1-joiner-validates"],
      ({ mlsRefusal }) => ({ mlsRefusal: (act) => (act === joinsWithForged ? undefined : mlsRefusal(act)) }),
    ],
  ]),
];

function allowing(party: "client" | "hub") {
  return ([code, breaks]: (typeof lacking)[number]): Row => [
    `${party}-allows-${code}`,
    `lets it pass: ${mlsRules[code][1]}`,
    breaks,
    ({ mlsRefusal }) => ({
      mlsRefusal: (act) => {
        const refusal = mlsRefusal(act);
        return refusal === code ? undefined : refusal;
      },
    }),
  ];
}
