/** Requirements with a form on the wire or in a policy that no case is about, and why not. */

export interface NotCovered {
  readonly because: string;
  readonly requirements: readonly string[];
}

const protocol = (...ids: readonly string[]) => ids.map((id) => `protocol-${id}`);
const roomPolicy = (...ids: readonly string[]) => ids.map((id) => `room-policy-${id}`);
const content = (...ids: readonly string[]) => ids.map((id) => `content-${id}`);

export const notCovered: readonly NotCovered[] = [
  {
    because: "the policy family has no cases of this rule yet; the model's own tests have",
    requirements: [...protocol("7.5-one-identifier")],
  },
  {
    because:
      "it is about settings of a room that say how clients conduct themselves; no operation asks for that yet",
    requirements: [
      ...roomPolicy("6.1-delivery-notifications", "6.1-read-receipts"),
      ...roomPolicy(
        "6.3-autodetect-not-mandatory",
        "6.3-sent-previews",
        "6.3-automatic-previews",
        "6.3-proxy-use",
      ),
      ...roomPolicy("6.4-upload-location", "6.4-host-listed", "6.4-host-of-sender"),
      ...roomPolicy("6.4-download-types", "6.4-maximum-sizes", "6.4-permitted-types", "6.4-forbidden-types"),
      ...roomPolicy("6.4-type-without-parameters", "6.5-forbidden-empty", "6.5-required-has-client"),
      ...roomPolicy("6.5-one-per-provider", "6.6-forbidden-empty", "6.6-roles-that-share"),
      ...roomPolicy("6.6-automatically", "6.6-period", "6.7-bot-role", "6.7-targeted"),
      ...roomPolicy("6.7-per-user", "6.8-expiry-setting", "6.8-bounds", "6.8-forbidden-empty"),
      ...protocol("5.10-upload-policy", "5.10.1-direct"),
      "message-status-3-policy",
    ],
  },
  {
    because: "the content family has no cases of it yet; the model's own tests have",
    requirements: [
      ...content("4.4-content-id", "4.4-content-id-target", "4.5-unencrypted", "4.5-aes-128-gcm"),
      ...content("9.2-exported-salt"),
      ...protocol("7.6-empty-media-type"),
    ],
  },
  {
    because: "it is about what people see",
    requirements: content("7.1.1-no-html", "7.1.1-html-escaped", "7.1.1-html-as-text"),
  },
  {
    because: "that something is drawn at random shows in no single case",
    requirements: content("4.1-salt-random"),
  },
  {
    because: "the draft does not say how it would show",
    requirements: [
      "arch-4.4-envelope",
      "arch-4.4-discards",
      ...protocol("4.1-host-port-ignored"),
      "identity-6.1-one-meaning",
    ],
  },
  {
    because:
      "the identifier and discovery providers have no seat in the flows, and MIMI no wire format for them",
    requirements: [
      "discovery-6-only-recipient-authorises",
      "discovery-7-preference-tags",
      "discovery-9-verifiable",
      "discovery-14-who-removes",
    ],
  },
];
