/**
 * A provider's way to one of its own clients: what comes while the client is away is kept for it, in order. MIMI leaves
 * this way to the provider; a follower answers 201 and must then not lose the event. protocol-06 §5.5
 */
import { assign, setup } from "xstate";

export interface ClientLinkContext {
  readonly client: string;
  /** What waits for the client, by name. */
  readonly queue: readonly string[];
}

export type ClientLinkEvent =
  | { readonly type: "send"; readonly item: string }
  | { readonly type: "disconnect" }
  | { readonly type: "connect" };

const hand = {
  type: "hand" as const,
  params: ({ event }: { event: ClientLinkEvent }) => ({ items: event.type === "send" ? [event.item] : [] }),
};
const handQueued = {
  type: "hand" as const,
  params: ({ context }: { context: ClientLinkContext }) => ({ items: context.queue }),
};

export const clientLinkMachine = setup({
  types: {
    context: {} as ClientLinkContext,
    events: {} as ClientLinkEvent,
    input: {} as { readonly client: string },
  },
  actions: {
    hand: (_, _params: { items: readonly string[] }) => {},
    enqueue: assign(({ context, event }) =>
      event.type === "send" ? { queue: [...context.queue, event.item] } : {},
    ),
    clearQueue: assign({ queue: [] }),
  },
}).createMachine({
  id: "client link",
  context: ({ input }) => ({ client: input.client, queue: [] }),
  initial: "connected",
  states: {
    connected: { on: { send: { actions: hand }, disconnect: { target: "away" } } },
    away: {
      on: {
        send: { actions: "enqueue" },
        connect: { target: "connected", actions: [handQueued, "clearQueue"] },
      },
    },
  },
});
