/**
 * A follower's view of one room: it takes what the hub fans out, once, and hands it to its clients in the room.
 * protocol-06 §5.5
 */
import { assign, setup } from "xstate";

export interface FollowerRoomContext {
  readonly room: string;
  readonly hub: string;
  /** Own clients that are in the room's group, as far as Welcomes, own external commits and the clients tell. */
  readonly clients: readonly string[];
  /** Hashes of the last bodies taken from the hub. */
  readonly seen: readonly string[];
}

/** One message of a notify body, as far as a follower needs it. */
export type FannedOut =
  | { readonly kind: "welcome"; readonly clients: readonly string[] }
  /** `joined` are own clients that have come in by it, where it is an external commit that can be read. */
  | { readonly kind: "commit"; readonly joined?: readonly string[] }
  | { readonly kind: "proposal" | "application" };

export type FollowerRoomEvent =
  | {
      readonly type: "notify";
      readonly request: string;
      readonly from: string;
      /** Hash of the whole body: repeated requests are recognised by it. */
      readonly body: string;
      readonly messages: readonly FannedOut[];
    }
  /** An own client joined by an external commit that the hub accepted. */
  | { readonly type: "clientJoined"; readonly client: string }
  /** An own client found itself removed, or left. */
  | { readonly type: "clientLeft"; readonly client: string };

/** How many bodies are remembered; a repeat that comes later than that is taken for new. protocol-06 §5.5 */
const rememberedBodies = 64;

type Args = { readonly context: FollowerRoomContext; readonly event: FollowerRoomEvent };

const answer = (status: number) => ({
  type: "answer" as const,
  params: ({ event }: Args) => ({ request: event.type === "notify" ? event.request : "", status }),
});
const deliver = {
  type: "deliver" as const,
  params: ({ context, event }: Args) => ({ deliveries: deliveriesOf(context, event) }),
};

export const followerRoomMachine = setup({
  types: {
    context: {} as FollowerRoomContext,
    events: {} as FollowerRoomEvent,
    input: {} as { readonly room: string; readonly hub: string },
  },
  guards: {
    isNotFromHub: ({ context, event }) => event.type === "notify" && event.from !== context.hub,
    isRepeated: ({ context, event }) => event.type === "notify" && context.seen.includes(event.body),
    bringsClientsIn: ({ event }) =>
      event.type === "notify" &&
      event.messages.some((message) => message.kind === "welcome" || broughtIn(message).length > 0),
    isLastClient: ({ context, event }) =>
      event.type === "clientLeft" && context.clients.every((client) => client === event.client),
  },
  actions: {
    answer: (_, _params: { request: string; status: number }) => {},
    deliver: (_, _params: { deliveries: readonly Delivery[] }) => {},
    rememberBody: assign(({ context, event }) =>
      event.type === "notify" ? { seen: [...context.seen, event.body].slice(-rememberedBodies) } : {},
    ),
    admitClients: assign(({ context, event }) => ({ clients: admitted(context, event) })),
    dropClient: assign(({ context, event }) =>
      event.type === "clientLeft"
        ? { clients: context.clients.filter((client) => client !== event.client) }
        : {},
    ),
  },
}).createMachine({
  id: "follower room",
  context: ({ input }) => ({ room: input.room, hub: input.hub, clients: [], seen: [] }),
  initial: "outside",
  states: {
    outside: {
      on: {
        notify: [
          { guard: "isNotFromHub", actions: answer(403) },
          {
            guard: "bringsClientsIn",
            target: "participating",
            actions: ["rememberBody", deliver, "admitClients", answer(201)],
          },
          { actions: answer(404) },
        ],
        clientJoined: { target: "participating", actions: "admitClients" },
      },
    },
    // Events that were on their way when the last client left are for nobody: refused, the hub would repeat them.
    left: {
      on: {
        notify: [
          { guard: "isNotFromHub", actions: answer(403) },
          { guard: "isRepeated", actions: answer(201) },
          {
            guard: "bringsClientsIn",
            target: "participating",
            actions: ["rememberBody", deliver, "admitClients", answer(201)],
          },
          { actions: ["rememberBody", answer(201)] },
        ],
        clientJoined: { target: "participating", actions: "admitClients" },
      },
    },
    participating: {
      on: {
        notify: [
          { guard: "isNotFromHub", actions: answer(403) },
          { guard: "isRepeated", actions: answer(201) },
          { actions: ["rememberBody", deliver, "admitClients", answer(201)] },
        ],
        clientJoined: { actions: "admitClients" },
        clientLeft: [
          { guard: "isLastClient", target: "left", actions: "dropClient" },
          { actions: "dropClient" },
        ],
      },
    },
  },
});

/** The message of the body with this index, for these clients. */
export interface Delivery {
  readonly index: number;
  readonly clients: readonly string[];
}

/** A Welcome goes to the clients whose KeyPackages it answers, everything else to all clients in the room. */
function deliveriesOf(context: FollowerRoomContext, event: FollowerRoomEvent): Delivery[] {
  if (event.type !== "notify") return [];
  return event.messages.map((message, index) => ({
    index,
    clients: message.kind === "welcome" ? message.clients : inside(context, event, index),
  }));
}

/** Who is in with this message of the body: the answer to an own client's join may come later, or never. */
function inside(
  context: FollowerRoomContext,
  event: Extract<FollowerRoomEvent, { type: "notify" }>,
  index: number,
): readonly string[] {
  const arrived = event.messages.slice(0, index + 1).flatMap(broughtIn);
  return [...new Set([...context.clients, ...arrived])];
}

function broughtIn(message: FannedOut): readonly string[] {
  if (message.kind === "welcome") return message.clients;
  return message.kind === "commit" ? (message.joined ?? []) : [];
}

function admitted(context: FollowerRoomContext, event: FollowerRoomEvent): readonly string[] {
  const joining =
    event.type === "clientJoined"
      ? [event.client]
      : event.type === "notify"
        ? event.messages.flatMap(broughtIn)
        : [];
  return [...new Set([...context.clients, ...joining])];
}
