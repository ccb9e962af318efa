/** One identifier at a discovery provider: unmapped, mapped, removed, given to somebody else. R1, R3, R9, R10 */
import { assign, setup } from "xstate";
import {
  afterRemoval,
  type IdentifierContext,
  type IdentifierEvent,
  isNotGenuine,
  isOfFormerHolder,
  wasRemoved,
  withMapping,
} from "./mapping-rules.ts";

type Args = { readonly context: IdentifierContext; readonly event: IdentifierEvent };
type Authorised = Extract<IdentifierEvent, { type: "authorise" }>;

const authorising =
  (holds: (context: IdentifierContext, event: Authorised) => boolean) =>
  ({ context, event }: Args) =>
    event.type === "authorise" && holds(context, event);
const refuse = (reason: "notGenuine" | "formerHolder" | "removed") => ({
  type: "refuse" as const,
  params: { reason },
});
const authorise = [
  { guard: "isNotGenuine" as const, actions: refuse("notGenuine") },
  { guard: "isOfFormerHolder" as const, actions: refuse("formerHolder") },
  { guard: "wasRemoved" as const, actions: refuse("removed") },
  { target: "mapped" as const, actions: ["keepMapping" as const, "accept" as const] },
];

export const identifierMachine = setup({
  types: {
    context: {} as IdentifierContext,
    events: {} as IdentifierEvent,
    input: {} as Pick<IdentifierContext, "identifier">,
  },
  guards: {
    isNotGenuine: ({ event }) => isNotGenuine(event),
    isOfFormerHolder: authorising(isOfFormerHolder),
    wasRemoved: authorising(wasRemoved),
    leavesNone: ({ context, event }) =>
      event.type === "remove" && afterRemoval(context, event).mappings.length === 0,
  },
  actions: {
    accept: () => {},
    refuse: (_, _params: { reason: string }) => {},
    keepMapping: assign(({ context, event }) =>
      event.type === "authorise" ? withMapping(context, event.mapping) : {},
    ),
    forget: assign(({ context, event }) => (event.type === "remove" ? afterRemoval(context, event) : {})),
  },
}).createMachine({
  id: "discovery identifier",
  context: ({ input }) => ({ ...input, mappings: [], assignedSince: 0, removedUntil: 0 }),
  initial: "unmapped",
  states: {
    unmapped: {
      on: {
        authorise,
        remove: [{ guard: "isNotGenuine", actions: refuse("notGenuine") }, { actions: ["forget", "accept"] }],
      },
    },
    mapped: {
      on: {
        authorise,
        remove: [
          { guard: "isNotGenuine", actions: refuse("notGenuine") },
          { guard: "leavesNone", target: "unmapped", actions: ["forget", "accept"] },
          { actions: ["forget", "accept"] },
        ],
      },
    },
  },
});
