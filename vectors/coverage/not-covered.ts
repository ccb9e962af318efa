/** Requirements with a form on the wire or in a policy that no case is about, and why not. */

export interface NotCovered {
  readonly because: string;
  readonly requirements: readonly string[];
}

const protocol = (...ids: readonly string[]) => ids.map((id) => `protocol-${id}`);
const content = (...ids: readonly string[]) => ids.map((id) => `content-${id}`);

export const notCovered: readonly NotCovered[] = [
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
