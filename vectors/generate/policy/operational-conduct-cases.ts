/** How clients and hubs run a room's group, where its operational policy says so. room-policy-04 §7.1 */
import type { Level, VectorGroup } from "../../format/case.ts";
import type { Act, ConductPolicy, OperationalAct } from "../../format/conduct.ts";
import { choiceGroup, conductGroup, type ExpectedAct } from "./conduct-group.ts";
import { nothingOfMls, operationalPolicy, times } from "./operational-policy.ts";

export function operationalConductGroups(): VectorGroup[] {
  return [epochs(), formats(), ages(), padding(), capabilities(), renewals()];
}

type Operational = Parameters<typeof operationalPolicy>[0];

const withPolicy = (changes: Operational): ConductPolicy => ({ operational: operationalPolicy(changes) });
const none: ConductPolicy = {};

/** The draft names these fields, and says little of them: units and comparisons are this project's reading. */
const level: Level = "SHOULD";

function right(slug: string, comment: string, act: Act, policy?: ConductPolicy): ExpectedAct {
  const own = policy === undefined ? {} : { policy };
  return { id: `conduct-${slug}`, comment, act, ...own, level, requirements: [] };
}

/** The same as `parent` but for the fault. */
function wrong(
  slug: string,
  parent: string,
  [path, op]: readonly [string, string],
  act: Act,
  policy?: ConductPolicy,
): ExpectedAct {
  const refused = { parent: `conduct-${parent}`, path, op };
  return { ...right(slug, op, act, policy), refused };
}

function epochs(): VectorGroup {
  const tolerating = (epochTolerance: number): Operational => ({
    appMessagePolicy: { epochTolerance, padToSize: 0, maxGenerationsSkipahead: 100 },
  });
  const of = (epoch: number): OperationalAct => ({ does: "takeMessage", epoch, current: 9 });
  const requirements = ["protocol-5.4-epoch-too-old"];
  const cases = [
    right("epoch-current", "a message of the current epoch", of(9)),
    right("epoch-tolerated", "a message that is two epochs old, where two are tolerated", of(7)),
    wrong("epoch-too-old", "epoch-tolerated", ["act.epoch", "three epochs old"], of(6)),
    wrong("epoch-to-come", "epoch-current", ["act.epoch", "of an epoch that is still to come"], of(10)),
    right("epoch-current-only", "a message of the current epoch, where no other is tolerated", of(9), none),
    wrong(
      "epoch-before",
      "epoch-current-only",
      ["act.epoch", "an epoch old, where nothing says that it is tolerated"],
      of(8),
      none,
    ),
  ];
  return conductGroup(
    "A hub tolerates application messages of two epochs before",
    withPolicy(tolerating(2)),
    cases.map((each) => ({ ...each, requirements })),
  );
}

function formats(): VectorGroup {
  const sent = (wireFormat: string): OperationalAct => ({ does: "sendHandshake", wireFormat });
  const hidden = withPolicy({ handshakeFormats: ["mls_semiprivate_message"] });
  return conductGroup("Handshakes are SemiPrivateMessages", hidden, [
    right("format-listed", "the format that is listed", sent("mls_semiprivate_message")),
    wrong(
      "format-unlisted",
      "format-listed",
      ["act.wireFormat", "a PublicMessage"],
      sent("mls_public_message"),
    ),
    right("format-any", "an empty list takes no position", sent("mls_public_message"), withPolicy({})),
  ]);
}

/** Lifetimes and ages, in seconds: each at its limit and a second above. */
function ages(): VectorGroup {
  const policy = withPolicy({ maxKpLifetime: 100, maxCredentialLifetime: 200, LeafNodeUpdateTime: times });
  const acts: readonly (readonly [string, string, number, (seconds: number) => OperationalAct, string])[] = [
    [
      "key-package",
      "a KeyPackage lives",
      100,
      (lifetime) => ({ does: "storeKeyPackage", lifetime }),
      "lifetime",
    ],
    [
      "credential",
      "a credential lives",
      200,
      (lifetime) => ({ does: "useCredential", lifetime }),
      "lifetime",
    ],
    ["leaf", "a leaf keeps its keys", times.maximumTime, (age) => ({ does: "keepLeaf", age }), "age"],
  ];
  return conductGroup(
    "Seconds that things last",
    policy,
    acts.flatMap(([slug, says, most, act, member]) => [
      right(`${slug}-at-most`, `${says} ${most} seconds`, act(most)),
      wrong(`${slug}-too-long`, `${slug}-at-most`, [`act.${member}`, "a second more"], act(most + 1)),
      right(`${slug}-any`, `${says} as long as it likes, where there is no policy`, act(most + 1), none),
    ]),
  );
}

function padding(): VectorGroup {
  const padded = (octets: number): OperationalAct => ({ does: "pad", octets });
  const to = (padToSize: number) =>
    withPolicy({ appMessagePolicy: { epochTolerance: 0, padToSize, maxGenerationsSkipahead: 100 } });
  return conductGroup("Contents are padded to multiples of 32 octets", to(32), [
    right("padding-one", "32 octets", padded(32)),
    right("padding-two", "64 octets", padded(64)),
    wrong("padding-above", "padding-two", ["act.octets", "an octet more than a multiple"], padded(65)),
    wrong("padding-below", "padding-one", ["act.octets", "an octet less"], padded(31)),
    right("padding-none", "0 asks for nothing", padded(31), to(0)),
  ]);
}

function capabilities(): VectorGroup {
  const [markdown, plain] = ["text/markdown", "text/plain"].map((type) => ({ type, parameters: [] }));
  if (markdown === undefined || plain === undefined) throw new Error("two media types");
  const mandatory = { ...nothingOfMls, mediaTypes: [markdown], componentIds: [37, 39] };
  const policy = withPolicy({
    mandatoryCapabilities: mandatory,
    forbiddenCapabilities: { ...nothingOfMls, wireFormats: ["mls_public_message"], mediaTypes: [plain] },
  });
  const joining = (componentIds: readonly number[], mediaTypes = [plain, markdown]): OperationalAct => ({
    does: "takePart",
    supports: { componentIds, mediaTypes },
  });
  return conductGroup("Some capabilities are mandatory, some forbidden", policy, [
    right("support-all", "a client supports all that is mandatory, and more", joining([36, 37, 39])),
    wrong(
      "support-lacking-component",
      "support-all",
      ["act.supports.componentIds", "a mandatory component is missing"],
      joining([36, 37]),
    ),
    wrong(
      "support-lacking-media-type",
      "support-all",
      ["act.supports.mediaTypes", "a mandatory media type is missing"],
      joining([36, 37, 39], [plain]),
    ),
    right("use-allowed", "a media type is used that nobody forbids", {
      does: "use",
      uses: { mediaTypes: [markdown] },
    }),
    wrong("use-forbidden", "use-allowed", ["act.uses.mediaTypes", "a forbidden media type"], {
      does: "use",
      uses: { mediaTypes: [plain] },
    }),
    wrong("use-forbidden-format", "use-allowed", ["act.uses", "a forbidden wire format besides"], {
      does: "use",
      uses: { mediaTypes: [markdown], wireFormats: ["mls_public_message"] },
    }),
  ]);
}

function renewals(): VectorGroup {
  const policy = withPolicy({ LeafNodeUpdateTime: times });
  const asking = (slug: string, comment: string, age: number, choice: boolean) => ({
    id: `choose-renewal-${slug}`,
    comment,
    policy,
    question: { asks: "renewLeaf", age } as const,
    choice,
    level,
    requirements: [],
  });
  return choiceGroup("Whether a client renews its leaf, which it does after 20 seconds", [
    asking("due", "the keys are 20 seconds old", 20, true),
    asking("early", "the keys are 19 seconds old", 19, false),
    {
      id: "choose-renewal-open",
      comment: "the room has no operational policy",
      policy: none,
      question: { asks: "renewLeaf", age: 20 },
      level,
      requirements: [],
    },
  ]);
}
