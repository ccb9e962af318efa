/** One consent (a requester, a target, one room or any) where it counts: at the target's provider. protocol-06 §5.7, §8 */
import { assign, setup } from "xstate";
import { type ConsentContext, type ConsentEvent, decisionNoted, tellsRevocations } from "./consent-rules.ts";

export const consentMachine = setup({
  types: {
    context: {} as ConsentContext,
    events: {} as ConsentEvent,
    input: {} as Pick<ConsentContext, "scope" | "policy">,
  },
  guards: {
    isDeniedForAnyRoom: ({ event }) => event.type === "request" && event.isDeniedForAnyRoom,
    revocationsAreTold: ({ context }) => tellsRevocations(context),
  },
  actions: {
    /** The target's clients show it; nobody learns whether the target has seen it. §8 */
    showRequest: () => {},
    withdrawRequest: () => {},
    conveyGrant: () => {},
    conveyRevocation: () => {},
    takeNoAction: () => {},
    noteDecision: assign(({ context, event }) => decisionNoted(context, event)),
  },
}).createMachine({
  id: "consent",
  context: ({ input }) => ({ ...input, decided: 0 }),
  initial: "none",
  // Neither a grant nor a revocation has to answer a request: both may come first. §5.7
  on: {
    grant: { target: ".granted", actions: ["noteDecision", "conveyGrant"] },
    revoke: [
      {
        guard: "revocationsAreTold",
        target: ".revoked",
        actions: ["noteDecision", "conveyRevocation"],
      },
      { target: ".revoked", actions: "noteDecision" },
    ],
  },
  states: {
    none: {
      on: {
        request: [
          // Whoever is denied for any room does not come round by asking for one.
          { guard: "isDeniedForAnyRoom", target: "requestedUnseen", actions: "takeNoAction" },
          { target: "requested", actions: "showRequest" },
        ],
        cancel: { actions: "takeNoAction" },
      },
    },
    requestedUnseen: {
      on: {
        request: { actions: "takeNoAction" },
        cancel: { target: "none", actions: "takeNoAction" },
      },
    },
    requested: {
      on: {
        request: { actions: "takeNoAction" },
        cancel: { target: "none", actions: "withdrawRequest" },
      },
    },
    granted: {
      on: {
        // Whoever asks for what they have has missed the answer.
        request: { actions: "conveyGrant" },
        cancel: { actions: "takeNoAction" },
      },
    },
    revoked: {
      on: {
        // Denied in advance: the request is kept, and the target is not asked again.
        request: { target: "requestedAgain", actions: "takeNoAction" },
        cancel: { actions: "takeNoAction" },
      },
    },
    requestedAgain: {
      on: {
        request: { actions: "takeNoAction" },
        cancel: { target: "revoked", actions: "takeNoAction" },
      },
    },
  },
});
