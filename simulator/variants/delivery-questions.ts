/** Open questions about updates, leaving and fan-out, which the machines answer. protocol-06 §3.5, §5.3 to §5.5 */
import { type HubRoomContext, type HubRoomEvent, hubDecision } from "../../spec-model/hub/index.ts";
import { isRefused } from "../../spec-model/room/index.ts";
import type { MachineArgs } from "./alteration.ts";
import { ask } from "./ask.ts";
import { keepingQuestions } from "./keeping-questions.ts";
import { readingQuestions } from "./reading-questions.ts";
import type { Question } from "./variant.ts";

const hubRoom = "hub room";
type AtHub = { readonly context: HubRoomContext; readonly event: HubRoomEvent };

export const deliveryQuestions: readonly Question[] = [
  ask(
    "room.externalCommit",
    "protocol-06 §3.5, §5.5, §5.6",
    "An external commit cannot take up most of what is pending. Does the hub let it in all the same?",
    {
      refuseIfNotCarryable: "not while anything is pending that it leaves out, the hub's own proposals aside",
      acceptAndVoid: "yes: what is pending is void, and only the hub's own proposals are made again",
      refuseAll: "not while anything at all is pending",
    },
    "a user that has left, or has been banned, would be back, and §3.5 promises that the next commit removes it",
    (answer) => ({
      machines: [
        {
          machine: hubRoom,
          decides: "leavesOutPendingProposal",
          by: (usual, args) => {
            const { context, event } = args as unknown as AtHub;
            if (!isExternalCommit(event)) return usual;
            return answer === "refuseAll" ? context.pending.length > 0 : false;
          },
        },
      ],
    }),
  ),
  ask(
    "room.commitCovers",
    "protocol-06 §3.5, RFC 9420 §12.4",
    "Does the hub accept a commit that leaves out proposals that it has accepted?",
    { allPending: "no", anySubset: "yes: what is left out is void" },
    "§3.5 has the leaver's proposals in the next commit, and only the hub can see to it",
    () => ({ machines: [{ machine: hubRoom, without: "leavesOutPendingProposal" }] }),
  ),
  ask(
    "room.allLeaving",
    "protocol-06 §3.5",
    "Everybody in the group is leaving, and nobody may commit it. What does the hub do?",
    { hubCloses: "it closes the group", stall: "nothing: the group stays, and nobody can commit in it" },
    "MLS knows no empty group, and the last member cannot remove itself",
    () => ({
      machines: [
        { machine: hubRoom, without: "leavesNobody" },
        { machine: "participant room", without: "leavesNobody" },
      ],
    }),
    "everybody",
  ),
  ask(
    "room.pendingTogether",
    "protocol-06 §5.3, RFC 9420 §12.2",
    "Has a proposal to fit what is pending, so that one commit can have all of it?",
    { jointly: "yes", eachAlone: "no: each is judged by itself" },
    "a hub that accepts two that no commit can have together accepts no commit any more",
    () => ({
      machines: [
        {
          machine: hubRoom,
          decides: "isUnauthorised",
          by: (usual, args) => usual && !isAboutTogether(args),
        },
      ],
    }),
  ),
  ask(
    "client.forbiddenCommit",
    "arch-03 §4.4, protocol-06 §5.3",
    "The hub has accepted a commit that the policy forbids, as the client reads it. What does the client do?",
    { acceptAndAlarm: "it follows the hub and tells its user", strand: "it stays in the epoch before" },
    "whoever drops what the hub has put in order takes no further part in the room",
    () => ({
      machines: ["adopt", "enterEpoch"].map((leavesOut) => ({
        machine: "participant room",
        guarded: "isAgainstPolicy",
        leavesOut,
      })),
    }),
    "client",
  ),
  ask(
    "hub.repeatedRequest",
    "protocol-06 §5.3, §5.4",
    "A request that was accepted comes again, because its answer was lost. What does the hub answer?",
    { sameAnswer: "what it answered before, by the body", judgedAnew: "what it answers to any such request" },
    "a client cannot tell a lost answer from a lost race otherwise",
    () => ({ machines: [{ machine: hubRoom, without: "isRepeated" }] }),
  ),
  ask(
    "hub.notifiesSender",
    "protocol-06 §3.4, §5.5",
    "Does the sender's provider get back what it has submitted? The text says no, the figures say yes.",
    { yes: "yes, as everybody", no: "no: the answer to its request has to do for all of its clients" },
    "the other clients of the sender's provider get it in no other way",
    () => ({
      machines: [
        {
          machine: hubRoom,
          changes: "fanOut",
          to: (params, args) => {
            const { event } = args as unknown as AtHub;
            const asker = "from" in event ? event.from : undefined;
            const providers = params["providers"] as readonly string[];
            return { ...params, providers: providers.filter((each) => each !== asker) };
          },
        },
      ],
    }),
  ),
  ask(
    "hub.senderDomain",
    "protocol-06 §5.4",
    "Has the sender that a submission names to be a user of the provider that it comes from?",
    { checked: "yes", unchecked: "no text asks for it: whatever is a participant may be named" },
    "nothing else that the hub sees says who has sent a message",
    () => ({ lacksRule: "providers-speak-for-their-own" }),
  ),
  ...keepingQuestions,
  ...readingQuestions,
];

function isExternalCommit(event: HubRoomEvent): boolean {
  return event.type === "commit" && !isRefused(event.verified) && event.verified.author.kind === "newMember";
}

/** Rules that forbid changes in one commit which are allowed one by one. */
const together = new Set([
  "one-change-per-user",
  "roles-change-apart",
  "preauthorisations-change-apart",
  "one-metadata-update",
  "one-update-per-component",
  "component-removed-alone",
  "link-changed-once",
  "reinit-alone",
  "one-context-change",
  "one-change-per-leaf",
  "client-added-once",
]);

function isAboutTogether(args: MachineArgs): boolean {
  const { context, event } = args as unknown as AtHub;
  const decision = hubDecision(context, event);
  const isProposed = event.type === "proposals" || event.type === "ownProposals";
  return isProposed && !decision.allowed && together.has(decision.rule);
}
