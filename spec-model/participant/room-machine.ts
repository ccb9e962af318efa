/**
 * A client's part in one room: joining, committing, proposing, leaving, and keeping pace with the hub's log. What the
 * user wants waits in a queue; the first wish is under way, and is built anew where another commit came first.
 * protocol-06 §3 and §5.3 to §5.6
 */
import { assign, setup } from "xstate";
import type { HandshakeEvent, ParticipantContext, ParticipantEvent } from "./room-context.ts";
import * as rules from "./room-rules.ts";
import * as updates from "./room-updates.ts";
import type { RoomWish } from "./room-wishes.ts";

type Args = { readonly context: ParticipantContext; readonly event: ParticipantEvent };

const handshake =
  (holds: (room: ParticipantContext, event: HandshakeEvent) => boolean) =>
  ({ context, event }: Args): boolean =>
    (event.type === "commitArrived" || event.type === "proposalsArrived") && holds(context, event);
const answered =
  (code: string) =>
  ({ event }: Args): boolean =>
    "code" in event && event.code === code;
const asked =
  (holds: (room: ParticipantContext, event: ParticipantEvent) => boolean) =>
  ({ context, event }: Args): boolean =>
    holds(context, event);

const adopt = {
  type: "adopt" as const,
  params: ({ event }: Args) => ({ message: updates.messageOf(event) }),
};
const buffer = {
  type: "buffer" as const,
  params: ({ event }: Args) => ({ message: updates.messageOf(event) }),
};
const awaitCommit = {
  type: "awaitCommit" as const,
  params: ({ event }: Args) => ({
    afterMs: event.type === "proposalsArrived" ? (event.commitAfterMs ?? 0) : 0,
  }),
};
const alarm = { type: "alarm" as const, params: ({ event }: Args) => updates.refusalOf(event) };
const alarmPolicy = {
  type: "alarmPolicy" as const,
  params: ({ event }: Args) => updates.policyRefusalOf(event),
};
const report = { type: "report" as const, params: ({ event }: Args) => updates.answerOf(event) };
/** Builds what the first wish comes to; nothing where there is none. */
const pursue = {
  type: "pursue" as const,
  params: ({ context }: Args) => ({ wish: context.wishes[0] }),
};

const loseRace = ["discardOwnUpdate" as const, "dropUpdate" as const];
const enterOwn = ["mergeOwnCommit" as const, "enterOwnEpoch" as const];
const wayIn = {
  welcomed: [
    { guard: "isRefusedByMls" as const, actions: alarm },
    { target: "member.idle", actions: [adopt, "enterEpoch" as const] },
  ],
  join: {
    target: "joining.fetchingGroupInfo",
    actions: ["startJoining" as const, "askForGroupInfo" as const],
  },
};

export const participantRoomMachine = setup({
  types: {
    context: {} as ParticipantContext,
    events: {} as ParticipantEvent,
    input: {} as { readonly room: string; readonly client: string; readonly user: string },
  },
  guards: {
    isForThePast: handshake(rules.isForThePast),
    isForTheFuture: asked(rules.isForTheFuture),
    isOwnMessage: ({ event }) => event.type === "messageArrived" && event.verified === undefined,
    isRefusedByMls: ({ event }) => rules.isRefusedByMls(event),
    isOwnUpdate: handshake(rules.isOwnUpdate),
    isOwnReInit: ({ context, event }) =>
      handshake(rules.isOwnUpdate)({ context, event }) && rules.isReInit(context),
    isOwnLeave: ({ context, event }) =>
      handshake(rules.isOwnUpdate)({ context, event }) && rules.isLeaving(context),
    isAgainstPolicy: ({ event }) => rules.isAgainstPolicy(event),
    removesThisClient: ({ context, event }) =>
      event.type === "commitArrived" && rules.removesMe(context, event),
    closesGroup: ({ event }) => event.type === "commitArrived" && event.reInit === true,
    leavesNobody: ({ event }) => event.type === "proposalsArrived" && event.leavesNobody === true,
    hasDelay: ({ event }) => event.type === "proposalsArrived" && event.commitAfterMs !== undefined,
    isOlderThanJoin: asked(rules.isOlderThanJoin),
    isForAnotherUpdate: asked(rules.isForAnotherUpdate),
    isAccepted: answered("success"),
    isAcceptedReInit: ({ context, event }) =>
      answered("success")({ context, event }) && rules.isReInit(context),
    isAcceptedProposals: ({ context, event }) =>
      answered("success")({ context, event }) && rules.isProposals(context) && !rules.isLeaving(context),
    isAcceptedLeave: ({ context, event }) =>
      answered("success")({ context, event }) && rules.isLeaving(context),
    isGone: answered("gone"),
    isUnknown: answered("unknown"),
    isBehind: asked(rules.isBehind),
    isOutdated: asked(rules.isOutdated),
    mayTryAgain: asked(rules.mayTryAgain),
    mustCommitFirst: ({ context }) => context.known.length > 0,
  },
  actions: {
    pursue: (_, _params: { wish: RoomWish | undefined }) => {},
    sendUpdate: () => {},
    sendAgain: () => {},
    askForGroupInfo: () => {},
    buildExternalCommit: () => {},
    sendMessage: () => {},
    postponeMessage: () => {},
    settleMessage: () => {},
    createGroup: () => {},
    abandonGroup: () => {},
    mergeOwnCommit: () => {},
    discardOwnUpdate: () => {},
    leaveLocally: () => {},
    closeLocally: () => {},
    adopt: (_, _params: { message: string }) => {},
    buffer: (_, _params: { message: string }) => {},
    awaitCommit: (_, _params: { afterMs: number }) => {},
    alarm: (_, _params: { code: string; text: string }) => {},
    alarmPolicy: (_, _params: { code: string; text: string }) => {},
    report: (_, _params: { code: string }) => {},
    startJoining: assign({ attempts: 0 }),
    countAttempt: assign({ attempts: ({ context }) => context.attempts + 1 }),
    enterEpoch: assign(({ context, event }) => updates.enterEpoch(context, event)),
    enterOwnEpoch: assign(({ context }) => updates.enterOwnEpoch(context)),
    hearProposals: assign(({ context, event }) => updates.hearProposals(context, event)),
    learnOwnProposals: assign(({ context }) => updates.learnOwnProposals(context)),
    holdUpdate: assign(({ event }) => updates.holdUpdate(event)),
    dropUpdate: assign({ inFlight: undefined }),
    queueWish: assign(({ context, event }) => updates.queueWish(context, event)),
    queueCommit: assign(({ context }) => updates.queueCommit(context)),
    dropWish: assign({ wishes: ({ context }) => context.wishes.slice(1) }),
    dropAll: assign({ wishes: [], known: [], inFlight: undefined }),
  },
}).createMachine({
  id: "participant room",
  context: ({ input }) => ({
    ...input,
    epoch: -1,
    known: [],
    inFlight: undefined,
    wishes: [],
    attempts: 0,
  }),
  initial: "outside",
  states: {
    outside: {
      on: { create: { target: "member.idle", actions: ["createGroup", "enterEpoch"] }, ...wayIn },
    },
    joining: {
      initial: "fetchingGroupInfo",
      on: {
        // The room goes on while the hub's word is awaited.
        commitArrived: [
          { guard: "isOwnUpdate", target: "member.idle", actions: [...enterOwn, pursue] },
          { actions: buffer },
        ],
        proposalsArrived: { actions: buffer },
        messageArrived: { actions: buffer },
        // Somebody has added the client meanwhile: it need not join any more. A Welcome that is older than what the
        // client is joining by belongs to a membership that has ended since.
        welcomed: [
          { guard: "isRefusedByMls", actions: alarm },
          { guard: "isOlderThanJoin" },
          { target: "member.idle", actions: [...loseRace, adopt, "enterEpoch", pursue] },
        ],
      },
      states: {
        fetchingGroupInfo: {
          on: {
            groupInfoAnswered: [
              { guard: "isAccepted", target: "committing", actions: "buildExternalCommit" },
              { target: "#participant room.outside", actions: report },
            ],
          },
        },
        committing: {
          on: {
            updateBuilt: { actions: ["holdUpdate", "sendUpdate"] },
            buildFailed: { target: "#participant room.outside", actions: alarm },
            updateAnswered: [
              {
                guard: "isAccepted",
                target: "#participant room.member.idle",
                actions: [...enterOwn, pursue],
              },
              {
                guard: "mayTryAgain",
                target: "fetchingGroupInfo",
                actions: [...loseRace, "countAttempt", "askForGroupInfo"],
              },
              { target: "#participant room.outside", actions: [...loseRace, report] },
            ],
          },
        },
      },
    },
    member: {
      initial: "idle",
      on: {
        want: { actions: "queueWish" },
        // The provider takes the room that this client has created, or there is none.
        roomAnswered: [
          { guard: "isAccepted" },
          { target: "outside", actions: ["dropAll", "abandonGroup", report] },
        ],
        commitArrived: [
          { guard: "isForThePast" },
          { guard: "isForTheFuture", actions: buffer },
          { guard: "isOwnReInit", target: "superseded", actions: [...enterOwn, "closeLocally"] },
          { guard: "isOwnUpdate", target: ".idle", actions: [...enterOwn, pursue] },
          { guard: "isRefusedByMls", actions: alarm },
          {
            guard: "removesThisClient",
            target: "removed",
            actions: ["discardOwnUpdate", "dropAll", "leaveLocally"],
          },
          {
            guard: "closesGroup",
            target: "superseded",
            actions: [...loseRace, adopt, "enterEpoch", "closeLocally"],
          },
          {
            guard: "isAgainstPolicy",
            target: ".idle",
            actions: [alarmPolicy, ...loseRace, adopt, "enterEpoch", pursue],
          },
          { target: ".idle", actions: [...loseRace, adopt, "enterEpoch", pursue] },
        ],
        proposalsArrived: [
          { guard: "isForThePast" },
          { guard: "isForTheFuture", actions: buffer },
          { guard: "isRefusedByMls", actions: alarm },
          { guard: "leavesNobody", target: "removed", actions: ["dropAll", "leaveLocally"] },
          { guard: "hasDelay", actions: [adopt, "hearProposals", awaitCommit] },
          { actions: [adopt, "hearProposals"] },
        ],
        messageArrived: [
          { guard: "isForTheFuture", actions: buffer },
          { guard: "isOwnMessage", actions: "settleMessage" },
          { guard: "isRefusedByMls", actions: alarm },
          { actions: adopt },
        ],
        say: [{ guard: "mustCommitFirst", actions: "postponeMessage" }, { actions: "sendMessage" }],
        submitAnswered: [
          { guard: "isGone", target: "removed", actions: ["dropAll", "leaveLocally"] },
          { actions: report },
        ],
      },
      states: {
        idle: {
          on: {
            want: { actions: ["queueWish", pursue] },
            commitDue: { guard: "mustCommitFirst", actions: ["queueCommit", pursue] },
            updateBuilt: { target: "updating", actions: ["holdUpdate", "sendUpdate"] },
            buildFailed: { actions: ["dropWish", alarm, pursue] },
          },
        },
        updating: {
          on: {
            // A commit under way covers it; after proposals it has to be made.
            commitDue: { guard: "mustCommitFirst", actions: "queueCommit" },
            updateAnswered: [
              { guard: "isForAnotherUpdate" },
              { guard: "isGone", target: "#participant room.removed", actions: ["dropAll", "leaveLocally"] },
              { guard: "isAcceptedLeave", target: "leaving", actions: ["learnOwnProposals", report] },
              {
                guard: "isAcceptedProposals",
                target: "idle",
                actions: ["learnOwnProposals", "dropWish", report, pursue],
              },
              {
                guard: "isAcceptedReInit",
                target: "#participant room.superseded",
                actions: [...enterOwn, report, "closeLocally"],
              },
              { guard: "isAccepted", target: "idle", actions: [...enterOwn, report, pursue] },
              { guard: "isUnknown", target: "unsure", actions: report },
              { guard: "isBehind", target: "behind", actions: [...loseRace, report] },
              { guard: "isOutdated", target: "idle", actions: [...loseRace, report, pursue] },
              { target: "idle", actions: [...loseRace, "dropWish", report, pursue] },
            ],
          },
        },
        // No answer came, and the hub may have accepted the update or not: what it fans out will tell.
        unsure: {
          on: {
            want: { target: "updating", actions: ["queueWish", "sendAgain"] },
            commitDue: {
              guard: "mustCommitFirst",
              target: "updating",
              actions: ["queueCommit", "sendAgain"],
            },
            proposalsArrived: [
              { guard: "isOwnLeave", target: "leaving", actions: [adopt, "learnOwnProposals"] },
              {
                guard: "isOwnUpdate",
                target: "idle",
                actions: [adopt, "learnOwnProposals", "dropWish", pursue],
              },
            ],
          },
        },
        // The hub is ahead: the commit that it accepted instead is on its way.
        behind: {},
        // The hub has accepted that the user leaves; somebody else has to commit it. protocol-06 §3.5
        leaving: {
          on: { say: { actions: "postponeMessage" } },
        },
      },
    },
    removed: { on: wayIn },
    // A ReInit closed the group: the room goes on in another one. RFC 9420 §11.2
    superseded: {
      on: {
        welcomed: wayIn.welcomed,
        create: { target: "founding", actions: ["createGroup", "dropAll", "enterEpoch"] },
      },
    },
    // The hub decides whether this client's group is the one that the room goes on in.
    founding: {
      on: {
        welcomed: wayIn.welcomed,
        roomAnswered: [
          { guard: "isAccepted", target: "member.idle" },
          { target: "superseded", actions: ["abandonGroup", report] },
        ],
      },
    },
  },
});
