/** One user's key material at its own provider: stocked, claimed once, out of stock. protocol-06 §5.2 */
import { assign, setup } from "xstate";

/** A KeyPackage that waits to be claimed, as its owner's provider sees it. */
export interface StockedKeyPackage {
  readonly reference: string;
  readonly client: string;
  readonly cipherSuite: number;
  /** Seconds since the UNIX epoch. */
  readonly notAfter: number;
  /** What the client can do, as names or numbers of the MLS registries. */
  readonly capabilities: readonly string[];
}

export interface StockContext {
  readonly user: string;
  readonly clients: readonly string[];
  readonly stock: readonly StockedKeyPackage[];
}

/** A verified KeyMaterialRequest; `refused` where its signature or credential did not verify. */
export interface ClaimRequested {
  readonly type: "claim";
  readonly request: string;
  readonly requester: string;
  readonly room: string;
  readonly acceptableCiphersuites: readonly number[];
  readonly requiredCapabilities: readonly string[];
  /** Seconds since the UNIX epoch. */
  readonly now: number;
  readonly consent: "granted" | "missing";
  readonly refused: string | undefined;
}

export type StockEvent =
  | { readonly type: "store"; readonly keyPackages: readonly StockedKeyPackage[] }
  | ClaimRequested;

/** What is handed out for one client. */
export interface ClientMaterial {
  readonly client: string;
  readonly status: "success" | "keyMaterialExhausted" | "nothingCompatible";
  readonly reference: string | undefined;
}

type Args = { readonly context: StockContext; readonly event: StockEvent };

const claiming =
  (holds: (stock: StockContext, event: ClaimRequested) => boolean) =>
  ({ context, event }: Args) =>
    event.type === "claim" && holds(context, event);
/** Only `noCompatibleMaterial` may come with a list of clients, and it need not. */
const refuse = (userStatus: string) => ({
  type: "answer" as const,
  params: ({ event }: Args) => ({ request: requestOf(event), userStatus, clients: [] as ClientMaterial[] }),
});
/** Material for every client is a success, for some of them a partial one. */
const handOut = () => ({
  type: "answer" as const,
  params: ({ context, event }: Args) => {
    const clients = event.type === "claim" ? materialFor(context, event) : [];
    const complete = clients.every((material) => material.status === "success");
    return { request: requestOf(event), userStatus: complete ? "success" : "partialSuccess", clients };
  },
});

export const stockMachine = setup({
  types: {
    context: {} as StockContext,
    events: {} as StockEvent,
    input: {} as { readonly user: string },
  },
  guards: {
    isNotGenuine: claiming((_, event) => event.refused !== undefined),
    lacksConsent: claiming((_, event) => event.consent === "missing"),
    isForNoClient: claiming((stock, event) => materialFor(stock, event).every((m) => m.status !== "success")),
    takesTheLast: claiming((stock, event) => remaining(stock, event).length === 0),
  },
  actions: {
    answer: (_, _params: { request: string; userStatus: string; clients: readonly ClientMaterial[] }) => {},
    rejectRequest: () => {},
    keep: assign(({ context, event }) => (event.type === "store" ? added(context, event.keyPackages) : {})),
    takeOut: assign(({ context, event }) =>
      event.type === "claim" ? { stock: remaining(context, event) } : {},
    ),
  },
}).createMachine({
  id: "key material stock",
  context: ({ input }) => ({ user: input.user, clients: [], stock: [] }),
  initial: "outOfStock",
  on: { store: { target: ".stocked", actions: "keep" } },
  states: {
    stocked: {
      on: {
        claim: [
          { guard: "isNotGenuine", actions: "rejectRequest" },
          { guard: "lacksConsent", actions: refuse("noConsent") },
          { guard: "isForNoClient", actions: refuse("noCompatibleMaterial") },
          {
            guard: "takesTheLast",
            target: "outOfStock",
            actions: [handOut(), "takeOut"],
          },
          { actions: [handOut(), "takeOut"] },
        ],
      },
    },
    outOfStock: {
      on: {
        claim: [
          { guard: "isNotGenuine", actions: "rejectRequest" },
          { guard: "lacksConsent", actions: refuse("noConsent") },
          { actions: refuse("noCompatibleMaterial") },
        ],
      },
    },
  },
});

/** One KeyPackage for each client: the oldest that fits, is not expired and has not been handed out. */
function materialFor(stock: StockContext, claim: ClaimRequested): ClientMaterial[] {
  return stock.clients.map((client) => {
    const alive = stock.stock.filter((kp) => kp.client === client && kp.notAfter > claim.now);
    const fitting = alive.find((kp) => fits(kp, claim));
    if (fitting !== undefined) return { client, status: "success", reference: fitting.reference };
    return {
      client,
      status: alive.length > 0 ? "nothingCompatible" : "keyMaterialExhausted",
      reference: undefined,
    };
  });
}

function fits(keyPackage: StockedKeyPackage, claim: ClaimRequested): boolean {
  return (
    claim.acceptableCiphersuites.includes(keyPackage.cipherSuite) &&
    claim.requiredCapabilities.every((needed) => keyPackage.capabilities.includes(needed))
  );
}

/** Nothing is handed out twice. protocol-06 §5.2 */
function remaining(stock: StockContext, claim: ClaimRequested): StockedKeyPackage[] {
  const out = new Set(materialFor(stock, claim).map((material) => material.reference));
  return stock.stock.filter((keyPackage) => !out.has(keyPackage.reference));
}

function added(stock: StockContext, keyPackages: readonly StockedKeyPackage[]): Partial<StockContext> {
  const clients = [...new Set([...stock.clients, ...keyPackages.map((keyPackage) => keyPackage.client)])];
  return { clients, stock: [...stock.stock, ...keyPackages] };
}

function requestOf(event: StockEvent): string {
  return event.type === "claim" ? event.request : "";
}
