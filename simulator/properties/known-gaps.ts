/**
 * Violations that are no mistakes of the model: the drafts leave a gap, and no implementation of them does better.
 * A run that shows one of these is not a failure, and each is worth a finding.
 */
export interface KnownGap {
  /** The property's id. */
  readonly property: string;
  /** In which scenarios; `*` for all. */
  readonly scenarios: readonly string[];
  /** What the finding's detail matches. */
  readonly matches?: RegExp;
  readonly because: string;
}

export const knownGaps: readonly KnownGap[] = [
  {
    property: "I23",
    scenarios: ["consent-revoked"],
    because: "protocol-06 §5.2 asks for consent when key material is claimed, and at no later moment",
  },
  ...["L01", "L08"].map((property) => ({
    property,
    scenarios: ["consent-revoked"],
    because:
      "a Welcome that its target's provider withholds leaves a member that cannot know it: protocol-06 has no way back",
  })),
  {
    property: "I26",
    scenarios: ["*"],
    matches: /told of no recipients/,
    because:
      "a notification names a provider and no clients: it cannot know which of its own are being removed",
  },
  {
    property: "L07",
    scenarios: ["*"],
    matches: /waits for another event/,
    because:
      "protocol-06 §5.5 has a hub retry and never says for how long: who was the last of its provider to be removed, " +
      "while that was down for long, is sent nothing any more",
  },
  {
    property: "L13",
    scenarios: ["room-destroyed"],
    because:
      "no message of the drafts says that a room is destroyed: clients find out by what is refused to them",
  },
];

/** How traces mark these. */
export const knownAs = "a known gap of the drafts";

/** The gap that a violation comes from; undefined where it is a failure. */
export function knownGap(scenario: string, property: string, detail: string): KnownGap | undefined {
  return knownGaps.find(
    (gap) =>
      gap.property === property &&
      (gap.scenarios.includes("*") || gap.scenarios.includes(scenario)) &&
      (gap.matches?.test(detail) ?? true),
  );
}
