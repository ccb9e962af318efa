/**
 * A client's part in one room: joining, committing, proposing, leaving, and keeping pace with the hub's log.
 * protocol-06 §3 and §5.3 to §5.6
 */
import { assign, setup } from "xstate";
import type { HandshakeEvent, ParticipantContext, ParticipantEvent } from "./room-context.ts";
import * as rules from "./room-rules.ts";
import * as updates from "./room-updates.ts";

type Args = { readonly context: ParticipantContext; readonly event: ParticipantEvent };

const handshake =
  (holds: (room: ParticipantContext, event: HandshakeEvent) => boolean) =>
  ({ context, event }: Args): boolean =>
    (event.type === "commitArrived" || event.type === "proposalsArrived") && holds(context, event);
const answered =
  (code: string) =>
  ({ event }: Args): boolean =>
    "code" in event && event.code === code;

const adopt = {
  type: "adopt" as const,
  params: ({ event }: Args) => ({ message: updates.messageOf(event) }),
};
const buffer = {
  type: "buffer" as const,
  params: ({ event }: Args) => ({ message: updates.messageOf(event) }),
};
const alarm = { type: "alarm" as const, params: ({ event }: Args) => updates.refusalOf(event) };
const report = { type: "report" as const, params: ({ event }: Args) => updates.answerOf(event) };

export const participantRoomMachine = setup({
  types: {
    context: {} as ParticipantContext,
    events: {} as ParticipantEvent,
    input: {} as { readonly room: string; readonly client: string; readonly user: string },
  },
  guards: {
    isForThePast: handshake(rules.isForThePast),
    isForTheFuture: ({ context, event }) => rules.isForTheFuture(context, event),
    isOwnMessage: ({ event }) => event.type === "messageArrived" && event.verified === undefined,
    isRefusedByMls: ({ event }) => rules.isRefusedByMls(event),
    isOwnCommit: ({ context, event }) => event.type === "commitArrived" && rules.isOwnCommit(context, event),
    removesThisClient: ({ context, event }) =>
      event.type === "commitArrived" && rules.removesMe(context, event),
    isAccepted: answered("success"),
    mustCommitFirst: ({ context }) => context.known.length > 0,
  },
  actions: {
    sendUpdate: () => {},
    sendProposals: () => {},
    askForGroupInfo: () => {},
    buildExternalCommit: () => {},
    sendMessage: () => {},
    createGroup: () => {},
    mergeOwnCommit: () => {},
    discardOwnCommit: () => {},
    leaveLocally: () => {},
    adopt: (_, _params: { message: string }) => {},
    buffer: (_, _params: { message: string }) => {},
    alarm: (_, _params: { code: string; text: string }) => {},
    report: (_, _params: { code: string }) => {},
    refuseToSend: () => {},
    enterEpoch: assign(({ context, event }) => updates.enterEpoch(context, event)),
    enterOwnEpoch: assign(({ context }) => updates.enterOwnEpoch(context)),
    hearProposals: assign(({ context, event }) => updates.hearProposals(context, event)),
    holdCommit: assign(({ event }) => updates.holdCommit(event)),
    dropCommit: assign({ inFlight: undefined }),
  },
}).createMachine({
  id: "participant room",
  context: ({ input }) => ({ ...input, epoch: -1, known: [], inFlight: undefined }),
  initial: "outside",
  states: {
    outside: {
      on: {
        create: { target: "member.idle", actions: ["createGroup", "enterEpoch"] },
        welcomed: [
          { guard: "isRefusedByMls", actions: alarm },
          { target: "member.idle", actions: [adopt, "enterEpoch"] },
        ],
        join: { target: "fetchingGroupInfo", actions: "askForGroupInfo" },
      },
    },
    fetchingGroupInfo: {
      on: {
        groupInfoAnswered: [
          { guard: "isAccepted", target: "joining", actions: "buildExternalCommit" },
          { target: "outside", actions: report },
        ],
      },
    },
    joining: {
      on: {
        commitBuilt: { actions: ["holdCommit", "sendUpdate"] },
        buildFailed: { target: "outside", actions: alarm },
        updateAnswered: [
          { guard: "isAccepted", target: "member.idle", actions: ["mergeOwnCommit", "enterOwnEpoch"] },
          { target: "outside", actions: ["discardOwnCommit", "dropCommit", report] },
        ],
      },
    },
    member: {
      initial: "idle",
      on: {
        commitArrived: [
          { guard: "isForThePast" },
          { guard: "isForTheFuture", actions: buffer },
          { guard: "isOwnCommit", target: ".idle", actions: ["mergeOwnCommit", "enterOwnEpoch"] },
          { guard: "isRefusedByMls", actions: alarm },
          {
            guard: "removesThisClient",
            target: "removed",
            actions: ["discardOwnCommit", "dropCommit", "leaveLocally"],
          },
          { target: ".idle", actions: ["discardOwnCommit", "dropCommit", adopt, "enterEpoch"] },
        ],
        proposalsArrived: [
          { guard: "isForThePast" },
          { guard: "isForTheFuture", actions: buffer },
          { guard: "isRefusedByMls", actions: alarm },
          { actions: [adopt, "hearProposals"] },
        ],
        messageArrived: [
          { guard: "isForTheFuture", actions: buffer },
          { guard: "isOwnMessage" },
          { guard: "isRefusedByMls", actions: alarm },
          { actions: adopt },
        ],
        submitAnswered: { actions: report },
      },
      states: {
        idle: {
          on: {
            commitBuilt: { target: "committing", actions: ["holdCommit", "sendUpdate"] },
            leave: { target: "leaving", actions: "sendProposals" },
            buildFailed: { actions: alarm },
            say: [{ guard: "mustCommitFirst", actions: "refuseToSend" }, { actions: "sendMessage" }],
          },
        },
        committing: {
          on: {
            say: [{ guard: "mustCommitFirst", actions: "refuseToSend" }, { actions: "sendMessage" }],
            updateAnswered: [
              { guard: "isAccepted", target: "idle", actions: ["mergeOwnCommit", "enterOwnEpoch", report] },
              { target: "idle", actions: ["discardOwnCommit", "dropCommit", report] },
            ],
          },
        },
        leaving: {
          on: {
            updateAnswered: [
              { guard: "isAccepted", actions: report },
              { target: "idle", actions: report },
            ],
          },
        },
      },
    },
    removed: {
      on: {
        welcomed: [
          { guard: "isRefusedByMls", actions: alarm },
          { target: "member.idle", actions: [adopt, "enterEpoch"] },
        ],
        join: { target: "fetchingGroupInfo", actions: "askForGroupInfo" },
      },
    },
  },
});
