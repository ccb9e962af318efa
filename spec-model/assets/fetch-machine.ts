/** One download at a hub, for a provider or through its OHTTP gateway. protocol-06 §5.10.2 and §5.10.3 */
import { assign, setup } from "xstate";
import type { FetchContext, FetchEvent, FetchInput } from "./fetch-rules.ts";
import * as rules from "./fetch-rules.ts";

type Args = { readonly context: FetchContext; readonly event: FetchEvent };

const refuse = (status: number) => ({
  type: "refuse" as const,
  params: ({ context, event }: Args) => ({ status, rule: rules.refusedBy(context, event) }),
});
const fetch = {
  type: "fetch" as const,
  params: ({ context }: Args) => ({ url: context.url }),
};
const passOn = {
  type: "passOn" as const,
  params: ({ event }: Args) => ({ status: event.type === "upstream" ? event.status : 504 }),
};

export const fetchMachine = setup({
  types: {
    context: {} as FetchContext,
    events: {} as FetchEvent,
    input: {} as FetchInput,
  },
  guards: {
    isForbidden: ({ context }) => rules.isForbidden(context, context.url),
    isCached: ({ event }) => event.type === "asked" && event.isCached,
    isRedirect: ({ event }) => rules.isRedirect(event),
    mayBeFollowed: ({ context, event }) => rules.mayFollow(context, event),
    isTooLarge: ({ event }) => rules.isTooLarge(event),
    isFound: ({ event }) => event.type === "upstream" && event.status === 200,
  },
  actions: {
    refuse: (_, _params: { status: number; rule: string }) => {},
    fetch: (_, _params: { url: string }) => {},
    answerFromCache: () => {},
    cache: () => {},
    passOn: (_, _params: { status: number }) => {},
    follow: assign(({ context, event }) => rules.followed(context, event)),
  },
}).createMachine({
  id: "assetFetch",
  context: ({ input }) => ({ ...input, hops: 0 }),
  initial: "judging",
  states: {
    judging: {
      on: {
        asked: [
          { guard: "isForbidden", target: "refused", actions: refuse(403) },
          { guard: "isCached", target: "answered", actions: "answerFromCache" },
          { target: "fetching", actions: fetch },
        ],
      },
    },
    fetching: {
      on: {
        upstream: [
          { guard: "mayBeFollowed", target: "fetching", actions: ["follow", fetch] },
          { guard: "isRedirect", target: "refused", actions: refuse(502) },
          { guard: "isTooLarge", target: "refused", actions: refuse(502) },
          { guard: "isFound", target: "answered", actions: ["cache", passOn] },
          { target: "answered", actions: passOn },
        ],
        unanswered: { target: "answered", actions: passOn },
      },
    },
    answered: { type: "final" },
    refused: { type: "final" },
  },
});
