/** One user's key material at its own provider: stocked, claimed once, out of stock, deleted. protocol-06 §5.2 */
import { assign, setup } from "xstate";
import {
  added,
  type ClaimRequested,
  type ClientMaterial,
  type KeyMaterialPolicy,
  materialFor,
  remaining,
  type StockContext,
  type StockedKeyPackage,
  takenOut,
} from "./stock.ts";
import type { KeyMaterialUserCode } from "./structures.ts";
import {
  codeForDeleted,
  codeForMaterial,
  codeWithoutConsent,
  isForNoClient,
  isForOtherProtocol,
} from "./user-code.ts";

export type StockEvent =
  | { readonly type: "store"; readonly keyPackages: readonly StockedKeyPackage[] }
  | ClaimRequested
  /** The user's account is closed. */
  | { readonly type: "delete" };

type Args = { readonly context: StockContext; readonly event: StockEvent };
type Claimed = (stock: StockContext, claim: ClaimRequested) => KeyMaterialUserCode;

const claiming =
  (holds: (stock: StockContext, claim: ClaimRequested) => boolean) =>
  ({ context, event }: Args) =>
    event.type === "claim" && holds(context, event);
/** An answer with a code; the clients are listed with material, or where the policy shows which do not fit. */
const answer = (code: Claimed) => ({
  type: "answer" as const,
  params: ({ context, event }: Args) => {
    if (event.type !== "claim") return { request: "", userStatus: "noConsent" as const, clients: [] };
    const userStatus = code(context, event);
    return { request: event.request, userStatus, clients: listed(context, event, userStatus) };
  },
});
const withoutConsent = {
  guard: "lacksConsent" as const,
  actions: answer(({ policy }, { consent }) => codeWithoutConsent(policy, consent) ?? "noConsent"),
};
const notGenuine = { guard: "isNotGenuine" as const, actions: "rejectRequest" as const };

export const stockMachine = setup({
  types: {
    context: {} as StockContext,
    events: {} as StockEvent,
    input: {} as { readonly user: string; readonly policy?: KeyMaterialPolicy },
  },
  guards: {
    isNotGenuine: claiming((_, claim) => claim.refused !== undefined),
    lacksConsent: claiming((_, claim) => claim.consent !== "granted"),
    isForOtherProtocol: claiming(isForOtherProtocol),
    isForNoClient: claiming(isForNoClient),
    takesTheLast: claiming((stock, claim) => remaining(stock, claim).length === 0),
  },
  actions: {
    answer: (
      _,
      _params: {
        request: string;
        userStatus: KeyMaterialUserCode;
        clients: readonly ClientMaterial[];
      },
    ) => {},
    rejectRequest: () => {},
    keep: assign(({ context, event }) => (event.type === "store" ? added(context, event.keyPackages) : {})),
    takeOut: assign(({ context, event }) => (event.type === "claim" ? takenOut(context, event) : {})),
    forget: assign({ stock: [], clients: [], reserved: [] }),
  },
}).createMachine({
  id: "key material stock",
  context: ({ input }) => ({
    user: input.user,
    policy: input.policy ?? defaultKeyMaterialPolicy,
    clients: [],
    stock: [],
    reserved: [],
  }),
  initial: "outOfStock",
  states: {
    stocked: {
      on: {
        store: { target: "stocked", actions: "keep" },
        delete: { target: "deleted", actions: "forget" },
        claim: [
          notGenuine,
          withoutConsent,
          { guard: "isForOtherProtocol", actions: answer(() => "incompatibleProtocol") },
          { guard: "isForNoClient", actions: answer(() => "noCompatibleMaterial") },
          { guard: "takesTheLast", target: "outOfStock", actions: [answer(codeForMaterial), "takeOut"] },
          { actions: [answer(codeForMaterial), "takeOut"] },
        ],
      },
    },
    outOfStock: {
      on: {
        store: { target: "stocked", actions: "keep" },
        delete: { target: "deleted", actions: "forget" },
        claim: [
          notGenuine,
          withoutConsent,
          // The draft has no code for a user whose clients have all run out: this is the nearest.
          { guard: "isForNoClient", actions: answer(() => "noCompatibleMaterial") },
          // A repeated request gets what it got before.
          { actions: [answer(codeForMaterial), "takeOut"] },
        ],
      },
    },
    deleted: {
      on: { claim: [notGenuine, { actions: answer(({ policy }) => codeForDeleted(policy)) }] },
    },
  },
});

export const defaultKeyMaterialPolicy: KeyMaterialPolicy = {
  refusals: "uniform",
  lastResort: "allowed",
  claimReplay: "fresh",
  replayWindow: 60,
  listsIncompatible: false,
};

/** Clients are listed with material; without, only `noCompatibleMaterial` may list them. §5.2 */
function listed(stock: StockContext, claim: ClaimRequested, code: KeyMaterialUserCode): ClientMaterial[] {
  const may = code === "success" || code === "partialSuccess";
  const shown = code === "noCompatibleMaterial" && stock.policy.listsIncompatible;
  return may || shown ? materialFor(stock, claim) : [];
}
