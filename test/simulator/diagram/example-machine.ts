/** A small machine with one of everything that a machine diagram shows. */
import { and, assign, not, setup } from "xstate";

type Event = { type: "update"; epoch: number } | { type: "ask" } | { type: "close" } | { type: "answer" };

export const exampleMachine = setup({
  types: { context: {} as { epoch: number }, events: {} as Event },
  guards: {
    isForAnotherEpoch: ({ context, event }) => event.type === "update" && event.epoch !== context.epoch,
    isAllowed: () => true,
    isBusy: () => false,
  },
  actions: {
    refuse: (_, _params: string) => {},
    fanOut: () => {},
    log: () => {},
    'say <"hello"> & go': () => {},
  },
}).createMachine({
  id: "hub of one room",
  context: { epoch: 0 },
  initial: "empty",
  on: { close: { target: ".closed", actions: "log" } },
  states: {
    empty: {
      on: { ask: { target: "open", guard: and(["isAllowed", not("isBusy")]) } },
    },
    open: {
      initial: "idle",
      entry: "log",
      on: { "*": { actions: { type: "refuse", params: "unknown" } } },
      states: {
        idle: {
          on: {
            update: [
              { guard: "isForAnotherEpoch", actions: { type: "refuse", params: "wrongEpoch" } },
              { target: "busy", actions: [assign({ epoch: ({ context }) => context.epoch + 1 }), "fanOut"] },
            ],
            ask: { target: "busy", guard: "isAllowed" },
          },
        },
        busy: {
          exit: 'say <"hello"> & go',
          always: { target: "idle", guard: "isBusy" },
          after: { 1000: "idle" },
          on: { answer: "idle" },
        },
      },
    },
    closed: { type: "final" },
  },
});
