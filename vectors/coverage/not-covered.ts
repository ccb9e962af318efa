/** Requirements with a form on the wire or in a policy that no case is about, and why not. */

export interface NotCovered {
  readonly because: string;
  readonly requirements: readonly string[];
}

const content = (...ids: readonly string[]) => ids.map((id) => `content-${id}`);

export const notCovered: readonly NotCovered[] = [
  {
    because: "that something is drawn at random shows in no single case",
    requirements: content("4.1-salt-random"),
  },
  {
    because:
      "it says what everybody does with what a policy refuses, and policies are asked whether they refuse it",
    requirements: ["arch-4.4-discards"],
  },
  {
    because:
      "no draft of MIMI has a wire format for identifier and discovery providers, nor a policy with their rules",
    requirements: [
      "discovery-6-only-recipient-authorises",
      "discovery-7-preference-tags",
      "discovery-9-verifiable",
      "discovery-14-who-removes",
    ],
  },
];
