/** The hub's view of one room: what it accepts, in which order, and what follows. protocol-06 §5.3 to §5.6 */
import { assign, setup } from "xstate";
import type {
  CommitEvent,
  GroupInfoEvent,
  HubRoomContext,
  HubRoomEvent,
  HubRoomInput,
  ProposalsEvent,
  SubmitEvent,
} from "./room-context.ts";
import * as rules from "./room-rules.ts";
import * as updates from "./room-updates.ts";

type Args = { readonly context: HubRoomContext; readonly event: HubRoomEvent };
type Asking = CommitEvent | ProposalsEvent | SubmitEvent | GroupInfoEvent;
type Guard = (args: Args) => boolean;

const handshake =
  (holds: (room: HubRoomContext, event: CommitEvent | ProposalsEvent) => boolean): Guard =>
  ({ context, event }) =>
    (event.type === "commit" || event.type === "proposals") && holds(context, event);
const commit =
  (holds: (room: HubRoomContext, event: CommitEvent) => boolean): Guard =>
  ({ context, event }) =>
    event.type === "commit" && holds(context, event);
const submit =
  (holds: (room: HubRoomContext, event: SubmitEvent) => boolean): Guard =>
  ({ context, event }) =>
    event.type === "submit" && holds(context, event);

/** An answer with a code of the draft; what else the code carries is the answering side's to fill in. */
const answer = (code: string) => ({
  type: "answer" as const,
  params: ({ context, event }: Args) => ({
    request: (event as Asking).request,
    code,
    ...updates.reason(context, event),
  }),
});
const accept = {
  type: "accept" as const,
  params: ({ context, event }: Args) => ({ request: (event as Asking).request, place: context.accepted }),
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
    isForAnotherEpoch: handshake(rules.isForAnotherEpoch),
    isInvalid: handshake(rules.isInvalid),
    leavesOutPendingProposal: commit(rules.leavesOutPendingProposal),
    isUnauthorised: ({ context, event }) => updates.decision(context, event).allowed === false,
    welcomeDoesNotFit: commit(rules.welcomeDoesNotFit),
    welcomeHasNoWay: commit(rules.welcomeHasNoWay),
    isTooOld: submit(rules.isTooOld),
    isFromTheFuture: submit(rules.isFromTheFuture),
  },
  actions: {
    answer: (_, _params: { request: string; code: string; rule?: string; says?: string }) => {},
    accept: (_, _params: { request: string; place: number }) => {},
    fanOut: (_, _params: updates.Recipients) => {},
    tellDestroyed: () => {},
    beginEpoch: assign(({ context, event }) => updates.beginEpoch(context, event)),
    cacheProposals: assign(({ context, event }) => updates.cacheProposals(context, event)),
    logMessage: assign(({ context }) => ({ accepted: context.accepted + 1 })),
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
          { guard: "isForAnotherEpoch", actions: answer("wrongEpoch") },
          { guard: "isInvalid", actions: answer("invalidProposal") },
          { guard: "leavesOutPendingProposal", actions: answer("notAllowed") },
          { guard: "isUnauthorised", actions: answer("notAllowed") },
          { guard: "welcomeDoesNotFit", actions: answer("notAllowed") },
          { guard: "welcomeHasNoWay", actions: answer("notAllowed") },
          { target: ".quiet", actions: [accept, answer("success"), fanOut, "beginEpoch"] },
        ],
        proposals: [
          { guard: "isForAnotherEpoch", actions: answer("wrongEpoch") },
          { guard: "isInvalid", actions: answer("invalidProposal") },
          { guard: "isUnauthorised", actions: answer("notAllowed") },
          { target: ".proposalsPending", actions: [accept, answer("success"), fanOut, "cacheProposals"] },
        ],
        submit: [
          { guard: "isTooOld", actions: answer("epochTooOld") },
          { guard: "isFromTheFuture", actions: answer("notAllowed") },
          { guard: "isUnauthorised", actions: answer("notAllowed") },
          { actions: [accept, answer("accepted"), fanOut, "logMessage"] },
        ],
        groupInfo: [
          { guard: "isUnauthorised", actions: answer("notAuthorized") },
          { actions: answer("success") },
        ],
        keyMaterialPassed: { actions: "rememberKeyPackages" },
        destroy: { target: "destroyed", actions: "tellDestroyed" },
      },
    },
    destroyed: { type: "final" },
  },
});
