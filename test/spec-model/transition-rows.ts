/**
 * The transition tables of a hub, a follower and a client, row by row: what reaches each, or why nothing can. The rows
 * are named as in the project's analysis of the drafts: H for hubs, F for followers, C for participants' clients.
 */

export interface TransitionRow {
  readonly row: string;
  /** The event, in a few words. */
  readonly event: string;
  /** Scenarios that go through it, by name. */
  readonly scenarios?: readonly string[];
  /** Tests of it: the file below test/, and the beginning of the test's name. */
  readonly tests?: readonly (readonly [file: string, name: string])[];
  /** Why nothing reaches it, or what of it is not reached. */
  readonly missing?: string;
}

const hub = "spec-model/hub/room-machine.test.ts";
const client = "spec-model/participant/room-machine.test.ts";
const follower = "spec-model/follower/room-machine.test.ts";
const stock = "spec-model/key-material/stock-machine.test.ts";

export const transitionRows: readonly TransitionRow[] = [
  {
    row: "H1",
    event: "create room",
    scenarios: ["clubhouse", "one-to-one", "policy-envelope"],
  },
  {
    row: "H2",
    event: "GET directory",
    scenarios: ["clubhouse"],
    tests: [["spec-model/provider/provider.test.ts", "gives its directory"]],
  },
  {
    row: "H3",
    event: "keyMaterial relayed",
    scenarios: ["clubhouse"],
    tests: [[hub, "sends the Welcome to the provider that the KeyPackage came from"]],
  },
  {
    row: "H4",
    event: "update with a member's commit",
    scenarios: ["clubhouse", "commit-race", "kick"],
    tests: [
      [hub, "accepts a commit of the current epoch"],
      [hub, "refuses a commit of another epoch with wrongEpoch"],
      [hub, "refuses what the public group refused"],
      [hub, "keeps accepted proposals, and takes only a commit that covers them"],
      [hub, "refuses a Welcome with other secrets than for the Adds"],
      [hub, "answers a request that comes again as it did the first time"],
    ],
    missing: "invalidProposal cannot name a proposal in the commit itself: it has no reference",
  },
  {
    row: "H5",
    event: "update with an external commit",
    scenarios: ["clubhouse", "open-join", "join-link", "hub-ban", "self-remove"],
    tests: [[hub, "lets no external commit in while what others proposed is pending"]],
    missing: "that a pending proposal of others is voided by it: the default refuses such a commit",
  },
  {
    row: "H6",
    event: "update with proposals",
    scenarios: ["clubhouse", "self-remove"],
    tests: [
      [hub, "refuses proposals of another epoch"],
      [hub, "refuses a second pending change of the same user"],
    ],
  },
  {
    row: "H7",
    event: "the hub's own proposal",
    scenarios: ["hub-ban", "lost-device", "parent-room"],
    tests: [
      [hub, "keeps and fans out what it may propose"],
      [hub, "proposes it again when an external commit has voided it"],
    ],
  },
  {
    row: "H8",
    event: "submitMessage",
    scenarios: ["clubhouse", "moderated-room"],
    tests: [[hub, "says epochTooOld for messages of past epochs"]],
  },
  {
    row: "H9",
    event: "fan-out pump",
    scenarios: ["clubhouse"],
    tests: [["spec-model/hub/delivery-machine.test.ts", "holds what comes while a request waits"]],
  },
  {
    row: "H10",
    event: "notify answered",
    scenarios: ["clubhouse"],
    tests: [
      ["spec-model/hub/delivery-machine.test.ts", "repeats the same items until they are answered 201"],
    ],
  },
  {
    row: "H11",
    event: "groupInfo",
    scenarios: ["clubhouse", "join-link", "ban-and-unban"],
    tests: [
      [hub, "gives the GroupInfo to a participant's client"],
      [
        "spec-model/hub/no-such-room.test.ts",
        "is answered noSuchRoom where the provider's refusals are detailed",
      ],
    ],
  },
  { row: "H12", event: "reportAbuse", scenarios: ["abuse-report"] },
  { row: "H13", event: "proxyDownload", scenarios: ["asset-download"] },
  {
    row: "H14",
    event: "the last participant of a follower leaves",
    scenarios: ["unneeded-sender"],
    tests: [["spec-model/hub/own-proposals.test.ts", "takes a provider out of the external senders"]],
  },
  { row: "H15", event: "a user leaves the parent room", scenarios: ["parent-room"] },
  {
    row: "H16",
    event: "destroy room",
    scenarios: ["room-destroyed"],
    tests: [[hub, "is destroyed only by one who may"]],
  },
  {
    row: "H17",
    event: "policy component update",
    scenarios: ["role-changes"],
    tests: [["spec-model/hub/own-proposals.test.ts", "follows a change of the roles"]],
  },
  {
    row: "H18",
    event: "restart",
    scenarios: ["hub-restart"],
    tests: [
      ["simulator/run/restarts.test.ts", "%s can stop after any of its steps"],
      ["simulator/run/swarm.test.ts", "put a replica in a hub's place that lags"],
    ],
  },
  {
    row: "H19",
    event: "time passes",
    tests: [["spec-model/hub/own-proposals.test.ts", "forgets KeyPackages that have expired"]],
    missing: "removal of leaves that are not renewed: no draft says who proposes it, and when",
  },

  {
    row: "F1",
    event: "a client uploads KeyPackages",
    scenarios: ["clubhouse"],
    tests: [["spec-model/provider/key-material.test.ts", "are taken from the client itself"]],
  },
  {
    row: "F2",
    event: "keyMaterial as the target",
    scenarios: ["clubhouse", "partial-key-material"],
    tests: [[stock, "gives one KeyPackage for each client"]],
  },
  {
    row: "F3",
    event: "a local client asks",
    scenarios: ["clubhouse"],
    tests: [["spec-model/participant/request-machine.test.ts", "is of unknown outcome in the end"]],
  },
  {
    row: "F4",
    event: "the hub answers",
    scenarios: ["clubhouse"],
    missing: "queueing for sibling clients: by default the hub notifies the sender's provider, too",
  },
  {
    row: "F5",
    event: "notify",
    scenarios: ["clubhouse"],
    tests: [
      [follower, "answers a repeated body 201 and does nothing else"],
      [follower, "takes nothing from a provider that is not the room's hub"],
      [follower, "has left when its last client has"],
    ],
  },
  {
    row: "F6",
    event: "notify with a Welcome",
    scenarios: ["clubhouse", "consent-revoked"],
    tests: [[follower, "begins with a Welcome"]],
  },
  {
    row: "F7",
    event: "learn local membership",
    scenarios: ["clubhouse"],
    tests: [[follower, "learns from an external commit"]],
    missing: "removals are learnt from the clients: a Remove names a leaf, and a follower has no tree",
  },
  {
    row: "F8",
    event: "requestConsent in",
    tests: [
      ["spec-model/provider/consents.test.ts", "is answered 201, and shown by all of the user's clients"],
    ],
  },
  {
    row: "F9",
    event: "updateConsent in",
    tests: [["spec-model/provider/consents.test.ts", "is answered 201, and told to the requester's clients"]],
  },
  {
    row: "F10",
    event: "identifierQuery",
    tests: [
      [
        "spec-model/provider/outside-rooms.test.ts",
        "of another provider is answered from the users' profiles",
      ],
    ],
  },
  { row: "F11", event: "reportAbuse of a local user", scenarios: ["abuse-report"] },
  { row: "F12", event: "download for a local client", scenarios: ["asset-download"] },

  { row: "C1", event: "publish KeyPackages", scenarios: ["clubhouse"] },
  { row: "C2", event: "add a user", scenarios: ["clubhouse"] },
  {
    row: "C3",
    event: "hears proposals",
    scenarios: ["self-remove", "hub-ban", "pending-proposals"],
    tests: [[client, "sends no message while it knows of proposals"]],
  },
  {
    row: "C4",
    event: "update answered",
    scenarios: ["commit-race", "hub-restart"],
    tests: [
      [client, "merges its own commit when the hub accepts it"],
      [client, "waits for the commit that the hub has accepted instead"],
      [client, "does not know what became of an update without an answer"],
    ],
  },
  {
    row: "C5",
    event: "hears a commit",
    scenarios: ["clubhouse"],
    tests: [
      [client, "follows another's commit into the next epoch"],
      [client, "adopts what the hub has sequenced against the room's policy"],
    ],
  },
  {
    row: "C6",
    event: "own commit comes back",
    scenarios: ["clubhouse"],
    tests: [[client, "merges it, too, when it comes back before the answer"]],
  },
  {
    row: "C7",
    event: "Welcome",
    scenarios: ["clubhouse"],
    tests: [[client, "raises an alarm at a Welcome that MLS refuses"]],
  },
  {
    row: "C8",
    event: "external join",
    scenarios: ["clubhouse", "open-join"],
    tests: [[client, "asks for the GroupInfo again when another commit came first"]],
  },
  {
    row: "C9",
    event: "send a message",
    scenarios: ["clubhouse", "commit-race", "hub-restart"],
    tests: [[client, "takes up messages, and no own ones"]],
  },
  {
    row: "C10",
    event: "receive a message",
    scenarios: ["clubhouse"],
    tests: [["simulator/run/damaged-messages.test.ts", "in a notify reaches the clients"]],
  },
  {
    row: "C11",
    event: "edit, delete, react",
    scenarios: ["clubhouse"],
    missing: "deletion: no intention for it yet; the timeline's tests go through it",
  },
  {
    row: "C12",
    event: "leave",
    scenarios: ["clubhouse", "self-remove", "everybody-leaves"],
    tests: [[client, "proposes it again when an epoch begins without it"]],
  },
  {
    row: "C13",
    event: "removed",
    scenarios: ["kick", "hub-ban", "lost-device"],
    tests: [[client, "is out when a commit removes it"]],
  },
  { row: "C14", event: "report", scenarios: ["abuse-report"] },
  { row: "C15", event: "download an asset", scenarios: ["asset-download"] },
  {
    row: "C16",
    event: "detect suppression",
    missing: "AppAck has no profile in MIMI, and no client of the model sends it",
  },
];
