/**
 * One room's fan-out to one other provider: in order, one request at a time, repeated with the same body until it is
 * answered 201. protocol-06 §5.5 lets a hub send without waiting; then nothing keeps the events in order. Hubs that do,
 * or that send again in other batches, are variants.
 */
import { assign, setup } from "xstate";
import type { DeliveryVariants } from "../delivery-variants.ts";

export interface DeliveryContext {
  readonly provider: string;
  /** Accepted events not sent yet, by their place in the room's log. */
  readonly queued: readonly string[];
  /** The events of the request that waits for its answer. */
  readonly inFlight: readonly string[];
  readonly attempts: number;
  /** Where the hub sends otherwise than the model. */
  readonly sending?: Sending;
}

export type Sending = Partial<Pick<DeliveryVariants, "order" | "retries">>;

export type DeliveryEvent =
  | { readonly type: "queue"; readonly item: string }
  | {
      readonly type: "answered";
      readonly status: number;
      readonly retryAfterMs?: number;
      /** What was in the request; all that is under way where it is not said. */
      readonly items?: readonly string[];
    }
  | { readonly type: "unanswered" }
  | { readonly type: "retryDue" }
  /** The hub goes on after a stop: no answer to what was under way will come. */
  | { readonly type: "restarted" };

const firstRetryMs = 500;
const slowestRetryMs = 60_000;
/** The draft asks to retry and says nothing of giving up; after about five minutes a hub waits for the next event. */
const mostAttempts = 12;

const sendItems = {
  type: "notify" as const,
  params: ({ context }: { context: DeliveryContext }) => ({
    provider: context.provider,
    items: context.inFlight,
    attempt: context.attempts,
  }),
};
const sendAlongside = {
  type: "notify" as const,
  params: ({ context, event }: { context: DeliveryContext; event: DeliveryEvent }) => ({
    provider: context.provider,
    items: event.type === "queue" ? [event.item] : [],
    attempt: 1,
  }),
};
const waitToRetry = {
  type: "wake" as const,
  params: ({ context, event }: { context: DeliveryContext; event: DeliveryEvent }) => ({
    afterMs: retryDelay(context.attempts, event),
  }),
};

const reportTrouble = {
  type: "trouble" as const,
  params: ({ context }: { context: DeliveryContext }) => ({
    provider: context.provider,
    attempts: context.attempts,
  }),
};

export const deliveryMachine = setup({
  types: {
    context: {} as DeliveryContext,
    events: {} as DeliveryEvent,
    input: {} as { readonly provider: string; readonly sending?: Sending },
  },
  guards: {
    isAccepted: ({ event }) => isAccepted(event),
    isAcceptedWithMoreUnderWay: ({ context, event }) =>
      isAccepted(event) && stillUnderWay(context, event).length > 0,
    sendsAtOnce: ({ context }) => context.sending?.order === "parallel",
    sendsTheRestAlong: ({ context }) => context.sending?.retries === "withTheRest",
    hasTriedEnough: ({ context }) => context.attempts >= mostAttempts,
    isAcceptedWithMoreQueued: ({ context, event }) => isAccepted(event) && context.queued.length > 0,
  },
  actions: {
    notify: (_, _params: { provider: string; items: readonly string[]; attempt: number }) => {},
    wake: (_, _params: { afterMs: number }) => {},
    trouble: (_, _params: { provider: string; attempts: number }) => {},
    enqueue: assign(({ context, event }) =>
      event.type === "queue" ? { queued: [...context.queued, event.item] } : {},
    ),
    takeAlongside: assign(({ context, event }) =>
      event.type === "queue" ? { inFlight: [...context.inFlight, event.item] } : {},
    ),
    takeTheRest: assign(({ context }) => ({
      inFlight: [...context.inFlight, ...context.queued],
      queued: [],
    })),
    forgetAnswered: assign(({ context, event }) => ({ inFlight: stillUnderWay(context, event) })),
    takeQueued: assign(({ context }) => ({ inFlight: context.queued, queued: [], attempts: 1 })),
    startOver: assign({ attempts: 1 }),
    countAttempt: assign(({ context }) => ({ attempts: context.attempts + 1 })),
    forgetDelivered: assign({ inFlight: [], attempts: 0 }),
  },
}).createMachine({
  id: "fan-out",
  context: ({ input }) => ({ ...input, queued: [], inFlight: [], attempts: 0 }),
  initial: "idle",
  states: {
    idle: {
      on: { queue: { target: "awaitingAnswer", actions: ["enqueue", "takeQueued", sendItems] } },
    },
    awaitingAnswer: {
      on: {
        restarted: { actions: ["startOver", sendItems] },
        queue: [{ guard: "sendsAtOnce", actions: ["takeAlongside", sendAlongside] }, { actions: "enqueue" }],
        answered: [
          { guard: "isAcceptedWithMoreUnderWay", actions: "forgetAnswered" },
          {
            guard: "isAcceptedWithMoreQueued",
            actions: ["forgetDelivered", "takeQueued", sendItems],
          },
          { guard: "isAccepted", target: "idle", actions: "forgetDelivered" },
          { guard: "hasTriedEnough", target: "suspended", actions: reportTrouble },
          { target: "awaitingRetry", actions: waitToRetry },
        ],
        unanswered: [
          { guard: "hasTriedEnough", target: "suspended", actions: reportTrouble },
          { target: "awaitingRetry", actions: waitToRetry },
        ],
      },
    },
    awaitingRetry: {
      on: {
        restarted: { target: "awaitingAnswer", actions: ["startOver", sendItems] },
        queue: { actions: "enqueue" },
        // Another request than the one that failed.
        answered: { guard: "isAcceptedWithMoreUnderWay", actions: "forgetAnswered" },
        retryDue: [
          {
            guard: "sendsTheRestAlong",
            target: "awaitingAnswer",
            actions: ["takeTheRest", "countAttempt", sendItems],
          },
          { target: "awaitingAnswer", actions: ["countAttempt", sendItems] },
        ],
      },
    },
    // Nothing is lost: the next event of the room tries again, with everything that is still to be delivered.
    suspended: {
      on: {
        queue: { target: "awaitingAnswer", actions: ["enqueue", "startOver", sendItems] },
        restarted: { target: "awaitingAnswer", actions: ["startOver", sendItems] },
      },
    },
  },
});

function isAccepted(event: DeliveryEvent): boolean {
  return event.type === "answered" && event.status === 201;
}

/** What of the requests under way this answer is not to. */
function stillUnderWay({ inFlight }: DeliveryContext, event: DeliveryEvent): readonly string[] {
  if (event.type !== "answered") return inFlight;
  const { items = inFlight } = event;
  return inFlight.filter((item) => !items.includes(item));
}

/** The follower's Retry-After where it gave one; else twice as long each time, up to a minute. */
function retryDelay(attempts: number, event: DeliveryEvent): number {
  if (event.type === "answered" && event.retryAfterMs !== undefined) return event.retryAfterMs;
  return Math.min(firstRetryMs * 2 ** (attempts - 1), slowestRetryMs);
}
