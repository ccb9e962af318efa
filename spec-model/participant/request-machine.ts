/**
 * A client's request to its own provider: how long it waits, whether it asks again, and when it no longer knows. A
 * request that comes to nothing may still have been carried out: the drafts leave the outcome open (protocol-06 §5.3).
 */
import { assign, setup } from "xstate";

export interface RequestContext {
  readonly name: string;
  /** Whether the same request may be sent twice; key material would be used up by it. protocol-06 §5.2 */
  readonly repeatable: boolean;
  readonly attempts: number;
}

export type RequestEvent =
  | { readonly type: "answered"; readonly status: number }
  | { readonly type: "timeout" }
  | { readonly type: "retryDue" };

/** Longer than a provider waits for a hub (30 s): its word comes first. */
export const answerTimeoutMs = 40_000;
const firstRetryMs = 1000;
const mostAttempts = 5;

const wait = {
  type: "wait" as const,
  params: ({ context }: { context: RequestContext }) => ({
    afterMs: firstRetryMs * 2 ** (context.attempts - 1),
  }),
};

export const requestMachine = setup({
  types: {
    context: {} as RequestContext,
    events: {} as RequestEvent,
    input: {} as { readonly name: string; readonly repeatable: boolean },
  },
  guards: {
    isAnswer: ({ event }) => event.type === "answered" && event.status < 500,
    mayRepeat: ({ context }) => context.repeatable && context.attempts < mostAttempts,
  },
  actions: {
    send: () => {},
    wait: (_, _params: { afterMs: number }) => {},
    takeAnswer: () => {},
    reportUnknown: () => {},
    countAttempt: assign({ attempts: ({ context }) => context.attempts + 1 }),
  },
}).createMachine({
  id: "request",
  context: ({ input }) => ({ ...input, attempts: 1 }),
  initial: "awaitingAnswer",
  states: {
    awaitingAnswer: {
      on: {
        answered: [
          { guard: "isAnswer", target: "answered", actions: "takeAnswer" },
          { guard: "mayRepeat", target: "awaitingRetry", actions: wait },
          { target: "unknown", actions: "reportUnknown" },
        ],
        timeout: [
          { guard: "mayRepeat", target: "awaitingRetry", actions: wait },
          { target: "unknown", actions: "reportUnknown" },
        ],
      },
    },
    awaitingRetry: {
      on: {
        // The answer to an earlier attempt, late.
        answered: [{ guard: "isAnswer", target: "answered", actions: "takeAnswer" }],
        retryDue: { target: "awaitingAnswer", actions: ["countAttempt", "send"] },
      },
    },
    answered: { type: "final" },
    unknown: { type: "final" },
  },
});
