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
  /** Only in runs with a fault of this kind. */
  readonly fault?: string;
  /** Only beside another violation that is found at the same moment in the same room, with a detail like this. */
  readonly beside?: RegExp;
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
  // Whom the hub has given up on does not know what it could commit, or that it is a member at all.
  ...["L02", "L03", "L08"].map((property) => ({
    property,
    scenarios: ["*"],
    beside: /waits for another event/,
    because:
      "protocol-06 §5.5 never says for how long a hub retries: what it has given up on can be what nobody else can commit",
  })),
  // What the server had answered for is gone: nobody can prove it to the replica, or hand it over.
  ...["I02", "I14", "I23", "I31", "I35", "I47", "I50", "L01", "L02", "L03", "L05", "L08"].map((property) => ({
    property,
    scenarios: ["*"],
    fault: "lagging failover",
    because:
      "protocol-06 §5.5 lets a hub fail, and says of neither hub nor follower what must be left of what it has accepted",
  })),
  // Whoever takes an addition when the KeyPackage has expired refuses what the hub has accepted in time, and is lost;
  // and where nobody else is left, nobody commits what others have proposed.
  ...(
    [
      ["I12", /outside the leaf's lifetime/],
      ["I35", undefined],
      ["L01", undefined],
      ["L02", undefined],
      ["L03", undefined],
      ["L08", undefined],
    ] as const
  ).map(([property, matches]) => ({
    property,
    scenarios: ["*"],
    fault: "expiry",
    ...(matches === undefined ? {} : { matches }),
    because:
      "RFC 9420 §7.3 has every receiver look at lifetimes by its own clock, and no draft says whose clock decides",
  })),
  {
    property: "L13",
    scenarios: ["room-destroyed"],
    because:
      "no message of the drafts says that a room is destroyed: clients find out by what is refused to them",
  },
];

/** How traces mark these. */
export const knownAs = "a known gap of the drafts";

/** What does not hold, and in which run. */
export interface Shown {
  readonly scenario: string;
  readonly property: string;
  readonly detail: string;
  /** The kinds of the run's faults, as `kindOf` names them. */
  readonly faults: ReadonlySet<string>;
  /** The details of everything that was found not to hold at the same moment. */
  readonly beside?: readonly string[];
}

/** The gap that a violation comes from; undefined where it is a failure. */
export function knownGap(shown: Shown): KnownGap | undefined {
  const { scenario, property, detail, faults } = shown;
  return knownGaps.find(
    (gap) =>
      gap.property === property &&
      (gap.scenarios.includes("*") || gap.scenarios.includes(scenario)) &&
      (gap.fault === undefined || faults.has(gap.fault)) &&
      (gap.matches?.test(detail) ?? true) &&
      (gap.beside === undefined || isBeside(gap.beside, shown)),
  );
}

/** Whether the other one is about the same room; where a client lacks something, it is that client's provider that does. */
function isBeside(other: RegExp, { detail, beside = [] }: Shown): boolean {
  const client = /^mimi:\/\/([^/]+)\/d\//.exec(detail)?.[1];
  return beside.some(
    (each) =>
      other.test(each) &&
      roomIn(each) === roomIn(detail) &&
      (client === undefined || each.startsWith(`${client} `)),
  );
}

function roomIn(detail: string): string | undefined {
  return /mimi:\/\/[^/]+\/r\/[^\s,:]+/.exec(detail)?.[0];
}
