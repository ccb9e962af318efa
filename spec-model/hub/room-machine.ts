/** The hub's view of one room: what it accepts, in which order, and what follows. protocol-06 §5.3 to §5.6 */
import { assign, setup } from "xstate";
import { isRefused } from "../room/index.ts";
import type {
  CommitEvent,
  HubRoomContext,
  HubRoomEvent,
  HubRoomInput,
  OwnProposalsEvent,
  ProposalsEvent,
  SubmitEvent,
  SucceedEvent,
} from "./room-context.ts";
import * as rules from "./room-rules.ts";
import * as updates from "./room-updates.ts";
import type { HubWish } from "./wishes.ts";

type Args = { readonly context: HubRoomContext; readonly event: HubRoomEvent };
type Asking = Extract<HubRoomEvent, { readonly request: string }>;
type Guard = (args: Args) => boolean;

const handshake =
  (holds: (room: HubRoomContext, event: CommitEvent | ProposalsEvent) => boolean): Guard =>
  ({ context, event }) =>
    (event.type === "commit" || event.type === "proposals") && holds(context, event);
const commit =
  (holds: (room: HubRoomContext, event: CommitEvent) => boolean): Guard =>
  ({ context, event }) =>
    event.type === "commit" && holds(context, event);
const proposed =
  (holds: (room: HubRoomContext, event: ProposalsEvent | OwnProposalsEvent) => boolean): Guard =>
  ({ context, event }) =>
    (event.type === "proposals" || event.type === "ownProposals") && holds(context, event);
const submit =
  (holds: (room: HubRoomContext, event: SubmitEvent) => boolean): Guard =>
  ({ context, event }) =>
    event.type === "submit" && holds(context, event);

const succeed =
  (holds: (room: HubRoomContext, event: SucceedEvent) => boolean): Guard =>
  ({ context, event }) =>
    event.type === "succeed" && holds(context, event);

/** An answer with a code of the draft; what else the code carries is the answering side's to fill in. */
const answer = (code: string) => ({
  type: "answer" as const,
  params: ({ context, event }: Args) => ({
    request: (event as Asking).request,
    code,
    ...updates.reason(context, event),
  }),
});
const answerAgain = {
  type: "answerAgain" as const,
  params: ({ event }: Args) => ({ request: (event as Asking).request }),
};
const accept = {
  type: "accept" as const,
  params: ({ context }: Args) => ({ place: context.accepted }),
};
const proposeAgain = {
  type: "proposeAgain" as const,
  params: ({ context }: Args) => ({ wishes: context.own }),
};
const giveUp = {
  type: "giveUp" as const,
  params: ({ context, event }: Args) => updates.reason(context, event),
};
const fanOut = {
  type: "fanOut" as const,
  params: ({ context, event }: Args) => updates.recipients(context, event),
};

export const hubRoomMachine = setup({
  types: {
    context: {} as HubRoomContext,
    events: {} as HubRoomEvent,
    input: {} as HubRoomInput,
  },
  guards: {
    isRepeated: ({ context, event }) => "request" in event && rules.isRepeated(context, event),
    isForAnotherEpoch: handshake(rules.isForAnotherEpoch),
    isInvalid: ({ event }) => "verified" in event && isRefused(event.verified),
    leavesOutPendingProposal: commit(rules.leavesOutPendingProposal),
    isUnauthorised: ({ context, event }) => updates.decision(context, event).allowed === false,
    welcomeDoesNotFit: commit(rules.welcomeDoesNotFit),
    welcomeHasNoWay: commit(rules.welcomeHasNoWay),
    endsGroup: commit((_, event) => event.reInit),
    voidsOwnProposals: commit(rules.voidsOwnProposals),
    leavesNobody: proposed(rules.leavesNobody),
    hasTravelled: ({ event }) => event.type === "ownProposals" && event.stapled,
    isNotAgreed: succeed(rules.isNotAgreed),
    isTooOld: submit(rules.isTooOld),
    isFromTheFuture: submit(rules.isFromTheFuture),
  },
  actions: {
    answer: (_, _params: { request: string; code: string; rule?: string; says?: string }) => {},
    answerAgain: (_, _params: { request: string }) => {},
    accept: (_, _params: { place: number }) => {},
    proposeAgain: (_, _params: { wishes: readonly HubWish[] }) => {},
    giveUp: (_, _params: updates.Reason) => {},
    fanOut: (_, _params: updates.Recipients) => {},
    closeGroup: () => {},
    takeGroup: () => {},
    beginGroup: assign(({ context, event }) => updates.beginGroup(context, event)),
    beginEpoch: assign(({ context, event }) => updates.beginEpoch(context, event)),
    cacheProposals: assign(({ context, event }) => updates.cacheProposals(context, event)),
    logMessage: assign(({ context, event }) => updates.counted(context, event)),
    issueCode: assign(({ context, event }) => updates.issueCode(context, event)),
    rememberCode: assign(({ context, event }) => updates.rememberCode(context, event)),
    rememberKeyPackages: assign(({ context, event }) => updates.rememberKeyPackages(context, event)),
  },
}).createMachine({
  id: "hub room",
  context: ({ input }) => updates.firstContext(input),
  initial: "live",
  states: {
    live: {
      initial: "quiet",
      states: {
        quiet: {},
        proposalsPending: {},
      },
      on: {
        commit: [
          { guard: "isRepeated", actions: answerAgain },
          { guard: "isForAnotherEpoch", actions: answer("wrongEpoch") },
          { guard: "isInvalid", actions: answer("invalidProposal") },
          { guard: "leavesOutPendingProposal", actions: answer("notAllowed") },
          { guard: "isUnauthorised", actions: answer("notAllowed") },
          { guard: "welcomeDoesNotFit", actions: answer("notAllowed") },
          { guard: "welcomeHasNoWay", actions: answer("notAllowed") },
          {
            guard: "endsGroup",
            target: "superseded",
            actions: [accept, answer("success"), fanOut, "beginEpoch"],
          },
          {
            guard: "voidsOwnProposals",
            target: ".quiet",
            actions: [accept, answer("success"), proposeAgain, fanOut, "beginEpoch"],
          },
          { target: ".quiet", actions: [accept, answer("success"), fanOut, "beginEpoch"] },
        ],
        proposals: [
          { guard: "isRepeated", actions: answerAgain },
          { guard: "isForAnotherEpoch", actions: answer("wrongEpoch") },
          { guard: "isInvalid", actions: answer("invalidProposal") },
          { guard: "isUnauthorised", actions: answer("notAllowed") },
          {
            guard: "leavesNobody",
            target: "deserted",
            actions: [accept, answer("success"), fanOut, "cacheProposals", "closeGroup"],
          },
          { target: ".proposalsPending", actions: [accept, answer("success"), fanOut, "cacheProposals"] },
        ],
        ownProposals: [
          { guard: "isInvalid", actions: giveUp },
          { guard: "isUnauthorised", actions: giveUp },
          {
            guard: "leavesNobody",
            target: "deserted",
            actions: [accept, fanOut, "cacheProposals", "closeGroup"],
          },
          { guard: "hasTravelled", target: ".proposalsPending", actions: [accept, "cacheProposals"] },
          { target: ".proposalsPending", actions: [accept, fanOut, "cacheProposals"] },
        ],
        submit: [
          { guard: "isRepeated", actions: answerAgain },
          { guard: "isTooOld", actions: answer("epochTooOld") },
          { guard: "isFromTheFuture", actions: answer("notAllowed") },
          { guard: "isUnauthorised", actions: answer("notAllowed") },
          { actions: [accept, answer("accepted"), fanOut, "logMessage"] },
        ],
        groupInfo: [
          { guard: "isUnauthorised", actions: answer("notAuthorized") },
          { actions: [answer("success"), "rememberCode"] },
        ],
        keyMaterialPassed: { actions: "rememberKeyPackages" },
        codeIssued: { actions: "issueCode" },
        destroy: [
          { guard: "isUnauthorised", actions: answer("notAllowed") },
          { target: "destroyed", actions: answer("success") },
        ],
      },
    },
    // Everybody has left, and nobody can commit it: MLS knows no empty group. What is pending stays so.
    deserted: { type: "final" },
    // A ReInit has closed the group: the room waits for the one that follows. RFC 9420 §11.2
    superseded: {
      on: {
        commit: [{ guard: "isRepeated", actions: answerAgain }, { actions: answer("notAllowed") }],
        proposals: [{ guard: "isRepeated", actions: answerAgain }, { actions: answer("notAllowed") }],
        submit: [{ guard: "isRepeated", actions: answerAgain }, { actions: answer("notAllowed") }],
        groupInfo: { actions: answer("notAuthorized") },
        succeed: [
          { guard: "isNotAgreed", actions: answer("notAllowed") },
          { guard: "isUnauthorised", actions: answer("notAllowed") },
          { target: "live", actions: ["takeGroup", answer("success"), "beginGroup"] },
        ],
      },
    },
    destroyed: { type: "final" },
  },
});
