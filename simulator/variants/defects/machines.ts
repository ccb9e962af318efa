/** Mistakes of one branch or one action in a machine: what is forgotten is named as the machine names it. */
import type { MachineChange } from "../alteration.ts";
import type { Defect, Party } from "../variant.ts";

type Row = readonly [id: string, says: string, change: Forgotten, breaks: readonly string[]];
type Forgotten = MachineChange extends infer Change
  ? Change extends unknown
    ? Omit<Change, "machine">
    : never
  : never;

const hub: readonly Row[] = [
  [
    "hub-takes-repeats-for-new",
    "judges an update or a message that comes again as if it were new",
    { without: "isRepeated" },
    ["protocol-5.3-success-will-be-sent", "protocol-5.4-accepted-will-be-sent"],
  ],
  [
    "hub-ignores-epoch",
    "does not compare the epoch of an update with its own",
    { without: "isForAnotherEpoch" },
    ["protocol-5.3-wrong-epoch"],
  ],
  [
    "hub-calls-invalid-forbidden",
    "answers notAllowed where a proposal is invalid",
    { without: "isInvalid" },
    ["protocol-5.3-invalid-proposal"],
  ],
  [
    "hub-lets-leave-be-left-out",
    "accepts commits that leave out pending proposals",
    { without: "leavesOutPendingProposal" },
    ["protocol-3.5-leave-in-next-commit", "protocol-3.5-leave-soon", "protocol-7.3-commit-takes-all"],
  ],
  [
    "hub-allows-everything",
    "asks no policy",
    { without: "isUnauthorised" },
    [
      "protocol-4.3-hub-enforces-policy",
      "protocol-7.1-hub-decides",
      "protocol-5.3-not-allowed",
      "arch-4.4-discards",
    ],
  ],
  [
    "hub-overlooks-reinit",
    "goes on with a group that a ReInit has closed",
    { without: "endsGroup" },
    ["protocol-5.4.1-rotation-re-inits"],
  ],
  [
    "hub-takes-any-successor",
    "takes a group for a room without a look at what the ReInit announced",
    { without: "isNotAgreed" },
    ["protocol-5.4.1-rotation-re-inits"],
  ],
  [
    "hub-ignores-welcome",
    "does not compare the Welcome with what the commit adds",
    { without: "welcomeDoesNotFit" },
    ["protocol-5.5-welcome-to-owners"],
  ],
  [
    "hub-accepts-unroutable-welcome",
    "accepts a Welcome for a KeyPackage that never passed it",
    { without: "welcomeHasNoWay" },
    ["protocol-5.2-through-hub"],
  ],
  [
    "hub-forgets-key-packages",
    "does not note which provider a KeyPackage came from",
    { leavesOut: "rememberKeyPackages" },
    [
      "protocol-3.2-welcome-way-remembered",
      "protocol-4.3.1-hub-records-references",
      "protocol-5.2-references-kept",
    ],
  ],
  [
    "hub-forgets-own-proposals",
    "does not propose again what an external commit voided",
    { without: "voidsOwnProposals" },
    ["protocol-5.5-proposals-again"],
  ],
  [
    "hub-keeps-deserted-group",
    "goes on with a group that everybody is leaving",
    { without: "leavesNobody" },
    ["room-policy-5-temporary-room"],
  ],
  [
    "hub-takes-old-messages",
    "takes messages of any epoch that is past",
    { without: "isTooOld" },
    ["protocol-5.4-epoch-too-old"],
  ],
  [
    "hub-takes-messages-to-come",
    "takes messages of epochs that it has not reached",
    { without: "isFromTheFuture" },
    ["protocol-5.4-future-not-allowed"],
  ],
  [
    "hub-forgets-proposals",
    "answers success to proposals and does not keep them",
    { leavesOut: "cacheProposals" },
    ["protocol-3.5-hub-keeps-leave", "protocol-7.1-in-force-at-once", "protocol-5.6-pending-proposals"],
  ],
  [
    "hub-drops-accepted-messages",
    "answers accepted and fans nothing out",
    { leavesOut: "fanOut", on: "submit" },
    ["protocol-5.4-accepted-will-be-sent", "protocol-5.5-success-is-promise", "arch-5.4-distributed"],
  ],
  [
    "hub-drops-accepted-commits",
    "answers success to a commit and fans nothing out",
    { leavesOut: "fanOut", on: "commit" },
    ["protocol-5.3-success-will-be-sent", "protocol-7.3-agreement", "arch-5.2-hub-distributes"],
  ],
  [
    "hub-drops-accepted-proposals",
    "answers success to proposals and fans nothing out",
    { leavesOut: "fanOut", on: "proposals" },
    ["protocol-5.5-to-all-with-participants", "protocol-4.2-change-before-commit"],
  ],
  [
    "hub-keeps-own-proposals-to-itself",
    "does not fan out what it proposes itself",
    { leavesOut: "fanOut", on: "ownProposals" },
    ["protocol-5.5-own-messages-too"],
  ],
  [
    "hub-stays-in-old-epoch",
    "accepts a commit and goes on in the epoch that it ended",
    { leavesOut: "beginEpoch" },
    ["protocol-4.3.1-room-state-kept", "protocol-7.2-hub-knows-members"],
  ],
  [
    "hub-forgets-shown-code",
    "does not note the code that a joiner showed",
    { leavesOut: "rememberCode" },
    ["protocol-5.6-correlates", "room-policy-8.1.1-join-code"],
  ],
  [
    "hub-loses-join-codes",
    "does not note the codes that it gives out",
    { leavesOut: "issueCode" },
    ["room-policy-8.1.1-join-code"],
  ],
];

const fanOut: readonly Row[] = [
  [
    "hub-forgets-queued",
    "forgets what is accepted while a follower has not answered yet",
    { leavesOut: "enqueue", on: "queue" },
    ["protocol-5.5-to-all-with-participants"],
  ],
  [
    "hub-never-retries",
    "does not repeat a notify that nobody answered",
    { leavesOut: "wake" },
    ["protocol-5.5-retries"],
  ],
  [
    "hub-takes-any-answer",
    "takes every answer to a notify for 201",
    { always: "isAccepted" },
    ["protocol-5.5-retries"],
  ],
  [
    "hub-repeats-delivered",
    "sends a notify that was answered 201 again with the next",
    { leavesOut: "takeQueued", on: "answered" },
    ["protocol-5.5-ordered"],
  ],
];

const follower: readonly Row[] = [
  [
    "follower-acts-on-repeats",
    "acts on a notify again that it has had",
    { without: "isRepeated" },
    ["protocol-5.5-repeated-notify-ignored"],
  ],
  [
    "follower-forgets-bodies",
    "does not remember which notifies it has had",
    { leavesOut: "rememberBody" },
    ["protocol-5.5-repeated-notify-ignored"],
  ],
  [
    "follower-believes-anybody",
    "takes a notify from any provider",
    { without: "isNotFromHub" },
    ["arch-3-one-hub"],
  ],
  [
    "follower-drops",
    "answers 201 and hands nothing to its clients",
    { leavesOut: "deliver" },
    ["arch-5.4-delivered", "arch-2-followers-use-hub"],
  ],
  [
    "follower-forgets-joiners",
    "does not note which of its clients have come in",
    { leavesOut: "admitClients" },
    ["arch-5.4-delivered"],
  ],
  [
    "follower-never-answers",
    "takes a notify and does not answer",
    { leavesOut: "answer" },
    ["protocol-5.5-repeated-notify-accepted"],
  ],
  [
    "follower-delivers-to-leavers",
    "does not note that a client has left",
    { leavesOut: "dropClient" },
    ["arch-5.4-delivered"],
  ],
];

const clientLink: readonly Row[] = [
  [
    "provider-drops-for-absent",
    "does not keep what comes while a client is away",
    { leavesOut: "enqueue" },
    ["arch-5.4-delivered"],
  ],
  [
    "provider-never-empties-queue",
    "hands everything that it has kept to a client whenever it returns",
    { leavesOut: "clearQueue" },
    ["protocol-5.5-ordered"],
  ],
];

const client: readonly Row[] = [
  [
    "client-acts-on-the-past",
    "processes commits and proposals of past epochs",
    { without: "isForThePast" },
    ["room-policy-7-order-of-handshakes"],
  ],
  [
    "client-drops-the-future",
    "does not keep what comes before the commit it depends on",
    { leavesOut: "buffer" },
    ["protocol-4.2-change-before-commit", "room-policy-7-order-of-handshakes"],
  ],
  [
    "client-does-not-know-own-update",
    "does not recognise its own update when the hub sends it back",
    { without: "isOwnUpdate" },
    ["protocol-5.5-own-message-back"],
  ],
  [
    "client-does-not-know-own-message",
    "does not recognise its own message when the hub sends it back",
    { without: "isOwnMessage" },
    ["protocol-5.5-own-message-back"],
  ],
  [
    "client-sends-before-committing",
    "sends messages while proposals are pending",
    { without: "mustCommitFirst" },
    ["mls-extensions-6.3.1-commit-first"],
  ],
  [
    "client-ignores-proposals",
    "does not take up pending proposals in its commits",
    { leavesOut: "hearProposals" },
    ["protocol-7.3-commit-takes-all", "mls-extensions-6.3.1-included"],
  ],
  [
    "client-lets-proposals-wait",
    "commits nothing by itself, whatever delay the room's policy has",
    { leavesOut: "awaitCommit" },
    ["room-policy-7.1-pending-proposals"],
  ],
  [
    "client-does-not-adopt-proposals",
    "hears proposals and does not process them",
    { leavesOut: "adopt", on: "proposalsArrived" },
    ["protocol-7.3-commit-takes-all", "protocol-7.3-agreement"],
  ],
  [
    "client-forgets-lost-race",
    "keeps its own commit when another one came first",
    { leavesOut: "discardOwnUpdate" },
    ["protocol-7.3-agreement"],
  ],
  [
    "client-does-not-merge",
    "goes on in the old epoch after its commit was accepted",
    { leavesOut: "mergeOwnCommit" },
    ["protocol-7.3-agreement", "arch-4.4-same-view"],
  ],
  [
    "client-overlooks-removal",
    "does not notice that a commit removes it",
    { without: "removesThisClient" },
    ["mls-extensions-6.3.1-removed-gets-commit"],
  ],
  [
    "client-ignores-reinit",
    "does not notice that a commit ends the group",
    { without: "closesGroup" },
    ["protocol-5.4.1-rotation-re-inits"],
  ],
  [
    "client-does-not-rebuild",
    "gives up an update that lost its race",
    { without: "isOutdated" },
    ["protocol-5.3-wrong-epoch"],
  ],
  [
    "client-does-not-judge-commits",
    "does not check what the policy says of a commit",
    { without: "isAgainstPolicy" },
    ["protocol-9-clients-verify-changes"],
  ],
];

const stock: readonly Row[] = [
  [
    "provider-skips-consent",
    "hands out key material without consent",
    { without: "lacksConsent" },
    ["protocol-5.2-no-consent", "protocol-5.2-no-consent-this-room"],
  ],
  [
    "provider-skips-signature",
    "does not verify the signature of a request for key material",
    { without: "isNotGenuine" },
    ["arch-5.1-server-verifies-actor"],
  ],
  [
    "provider-reuses-key-packages",
    "leaves what it has handed out in stock",
    { leavesOut: "takeOut" },
    ["protocol-5.2-never-twice", "mls-extensions-6.4.1-not-reused"],
  ],
  [
    "provider-keeps-deleted-users",
    "goes on handing out the key material of a closed account",
    { leavesOut: "forget" },
    ["protocol-5.2-user-deleted"],
  ],
  [
    "provider-ignores-capabilities",
    "answers a success where no client is compatible",
    { without: "isForNoClient" },
    ["protocol-5.2-no-compatible"],
  ],
];

const consent: readonly Row[] = [
  [
    "provider-forgets-decisions",
    "does not note when a user decided",
    { leavesOut: "noteDecision" },
    ["protocol-8-both-models"],
  ],
  [
    "provider-conveys-no-grant",
    "does not tell the requester's provider of a grant",
    { leavesOut: "conveyGrant" },
    ["protocol-5.7-update-answer"],
  ],
  [
    "provider-hides-requests",
    "does not show the user who asks for consent",
    { leavesOut: "showRequest" },
    ["protocol-5.7-request-answer"],
  ],
];

const reports: readonly Row[] = [
  [
    "hub-takes-reports-of-strangers",
    "takes abuse reports from providers without participants",
    { without: "comesFromStrangers" },
    ["room-policy-8.3-report"],
  ],
  [
    "hub-believes-reporter",
    "takes a report in the name of another provider's user",
    { without: "namesAnotherAsReporter" },
    ["arch-5.2-authenticated-by-server"],
  ],
  [
    "hub-takes-every-reporter",
    "takes reports of users without canReportAbuse",
    { without: "mayNotReport" },
    ["room-policy-8.3-report"],
  ],
  [
    "hub-skips-frank-in-report",
    "counts reported messages that its franks do not prove",
    { without: "hasUnverified" },
    ["protocol-5.9-recomputes", "protocol-5.9-own-frank", "protocol-5.9-own-signature"],
  ],
  ["hub-counts-twice", "counts the same report each time it comes", { without: "isRepeated" }, []],
];

const assets: readonly Row[] = [
  [
    "hub-is-open-proxy",
    "fetches any URL",
    { without: "isForbidden" },
    ["protocol-5.10.2-no-open-proxy", "protocol-5.10.3-known-targets"],
  ],
];

const downloads: readonly Row[] = [
  [
    "client-downloads-anything",
    "downloads whatever a message leads to",
    { without: "isRefused" },
    ["room-policy-6.4-host-listed", "room-policy-6.4-host-of-sender", "room-policy-6.4-download-types"],
  ],
  [
    "client-skips-hash",
    "uses what it has downloaded unverified",
    { without: "isUnusable" },
    ["content-7.1-external-parts"],
  ],
];

const mappings: readonly Row[] = [
  [
    "discovery-skips-proof",
    "takes mappings that the identifier's holder has not signed",
    { without: "isNotGenuine" },
    ["discovery-6-only-recipient-authorises", "discovery-14-who-removes"],
  ],
  [
    "discovery-keeps-former-holder",
    "takes mappings of a number's former holder",
    { without: "isOfFormerHolder" },
    ["discovery-6-only-recipient-authorises"],
  ],
  [
    "discovery-restores-removed",
    "takes a mapping again that has been removed",
    { without: "wasRemoved" },
    ["discovery-14-removal"],
  ],
  [
    "discovery-never-forgets",
    "goes on returning a mapping that has been removed",
    { leavesOut: "forget" },
    ["discovery-14-removal"],
  ],
];

export const machineDefects: readonly Defect[] = [
  ...rows("hub", "hub room", hub),
  ...rows("hub", "fan-out", fanOut),
  ...rows("follower", "follower room", follower),
  ...rows("provider", "client link", clientLink),
  ...rows("client", "participant room", client),
  ...rows("provider", "key material stock", stock),
  ...rows("provider", "consent", consent),
  ...rows("hub", "abuseReports", reports),
  ...rows("hub", "assetFetch", assets),
  ...rows("client", "download", downloads),
  ...rows("discovery provider", "discovery identifier", mappings),
];

function rows(party: Party, machine: string, all: readonly Row[]): Defect[] {
  return all.map(([id, says, forgotten, breaks]) => ({
    kind: "defect",
    id,
    says,
    party,
    breaks,
    alteration: { machines: [{ machine, ...forgotten } as MachineChange] },
  }));
}
