/**
 * One consent as the requester's provider knows it: asked for, granted, revoked. It only remembers what it was told;
 * what counts is at the target's provider. protocol-06 §5.7
 */
import { setup } from "xstate";

export type ConsentCacheEvent =
  /** An own user wants to ask, or to take the request back. */
  | { readonly type: "ask" }
  | { readonly type: "takeBack" }
  /** The status of the target's provider's answer to the request; undefined: none came. */
  | { readonly type: "answered"; readonly status: number | undefined }
  /** An updateConsent has come. Entries carry neither time nor number: the latest to arrive is taken for the latest. */
  | { readonly type: "granted" }
  | { readonly type: "revoked" };

const status =
  (...statuses: readonly number[]) =>
  ({ event }: { event: ConsentCacheEvent }) =>
    event.type === "answered" && event.status !== undefined && statuses.includes(event.status);

export const consentCacheMachine = setup({
  types: { events: {} as ConsentCacheEvent },
  guards: {
    isReceived: status(201),
    isUnknown: status(404),
  },
  actions: {
    sendRequest: () => {},
    sendCancel: () => {},
    /** A cancel has the scope of a request that was made. */
    refuseCancel: () => {},
    tellReceived: () => {},
    tellUnknown: () => {},
    tellFailed: () => {},
    tellGranted: () => {},
    tellRevoked: () => {},
  },
}).createMachine({
  id: "consent cache",
  initial: "unasked",
  on: {
    granted: { target: ".granted", actions: "tellGranted" },
    revoked: { target: ".revoked", actions: "tellRevoked" },
    takeBack: { actions: "refuseCancel" },
  },
  states: {
    unasked: { on: { ask: { target: "asked", actions: "sendRequest" } } },
    asked: {
      on: {
        // The first request may have been lost: the same scope twice is one request.
        ask: { actions: "sendRequest" },
        takeBack: { target: "unasked", actions: "sendCancel" },
        answered: [
          { guard: "isReceived", actions: "tellReceived" },
          { guard: "isUnknown", target: "unasked", actions: "tellUnknown" },
          { target: "unasked", actions: "tellFailed" },
        ],
      },
    },
    granted: { on: { ask: { actions: "tellGranted" } } },
    revoked: { on: { ask: { target: "asked", actions: "sendRequest" } } },
  },
});
