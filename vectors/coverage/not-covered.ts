/** Requirements with a form on the wire or in a policy that no case is about, and why not. */

export interface NotCovered {
  readonly because: string;
  readonly requirements: readonly string[];
}

const protocol = (...ids: readonly string[]) => ids.map((id) => `protocol-${id}`);
const content = (...ids: readonly string[]) => ids.map((id) => `content-${id}`);

export const notCovered: readonly NotCovered[] = [
  {
    because: "that something is drawn at random shows in no single case",
    requirements: content("4.1-salt-random"),
  },
  {
    because: "the draft does not say how it would show",
    requirements: ["arch-4.4-discards", ...protocol("4.1-host-port-ignored"), "identity-6.1-one-meaning"],
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
