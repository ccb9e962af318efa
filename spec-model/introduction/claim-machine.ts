/** A client's claim of another user's key material, from asking to having it or being refused. protocol-06 §5.2 */
import { setup } from "xstate";

export type ClaimEvent =
  | { readonly type: "ask" }
  | { readonly type: "answered"; readonly userStatus: string; readonly keyPackages: number }
  | { readonly type: "failed"; readonly text: string }
  | { readonly type: "used" };

const has =
  (...codes: string[]) =>
  ({ event }: { event: ClaimEvent }) =>
    event.type === "answered" && codes.includes(event.userStatus);

export const claimMachine = setup({
  types: { events: {} as ClaimEvent },
  guards: {
    isForEveryClient: has("success"),
    isForSomeClients: has("partialSuccess"),
  },
  actions: {
    requestKeyMaterial: () => {},
    keepKeyPackages: () => {},
    reportRefusal: () => {},
    dropKeyPackages: () => {},
  },
}).createMachine({
  id: "key material claim",
  initial: "unasked",
  states: {
    unasked: { on: { ask: { target: "asked", actions: "requestKeyMaterial" } } },
    asked: {
      on: {
        answered: [
          { guard: "isForEveryClient", target: "claimed", actions: "keepKeyPackages" },
          { guard: "isForSomeClients", target: "partlyClaimed", actions: "keepKeyPackages" },
          { target: "refused", actions: "reportRefusal" },
        ],
        failed: { target: "refused", actions: "reportRefusal" },
      },
    },
    claimed: { on: { used: { target: "spent", actions: "dropKeyPackages" } } },
    partlyClaimed: { on: { used: { target: "spent", actions: "dropKeyPackages" } } },
    refused: { on: { ask: { target: "asked", actions: "requestKeyMaterial" } } },
    spent: { on: { ask: { target: "asked", actions: "requestKeyMaterial" } } },
  },
});
