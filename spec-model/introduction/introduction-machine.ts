/**
 * The whole way of an introduction, at the requester: from an identifier (and perhaps a service) to having the person in
 * a room. user-discovery, then protocol-06 §5.8, §5.7, §5.2 and §5.3
 */
import { assign, setup } from "xstate";
import * as rules from "./introduction-rules.ts";

type Event = rules.IntroductionEvent;
type Named<T extends Event["type"]> = Extract<Event, { type: T }>;
type Args = { readonly context: rules.IntroductionContext; readonly event: Event };

/** A guard on events of one type. */
const on =
  <T extends Event["type"]>(
    type: T,
    holds: (event: Named<T>, context: rules.IntroductionContext) => boolean,
  ) =>
  ({ context, event }: Args) =>
    event.type === type && holds(event as Named<T>, context);
const report = (why: string) => ({ type: "report" as const, params: { why } });
const failed = { target: "failed" as const, actions: report("failed") };

export const introductionMachine = setup({
  types: {
    context: {} as rules.IntroductionContext,
    events: {} as Event,
    input: {} as rules.IntroductionInput,
  },
  guards: {
    knowsService: ({ context }) => context.services.length > 0,
    isKnownNowhere: on("discovered", rules.isKnownNowhere),
    hasOptedOut: on("discovered", rules.hasOptedOut),
    hasNoServiceFor: on("discovered", (event, context) => rules.hasNoServiceFor(context, event)),
    isNobodyButThereAreOthers: on(
      "found",
      (event, context) => rules.isNobody(event) && rules.hasAnotherService(context),
    ),
    isNobody: on("found", rules.isNobody),
    areSeveral: on("found", rules.areSeveral),
    isReceived: on("requestAnswered", ({ status }) => status === 201),
    isInRoom: on("granted", ({ isInRoom }) => isInRoom),
    isCreated: on("roomAnswered", ({ status }) => status === 200),
    hasMaterial: on("claimed", rules.hasMaterial),
    lacksConsent: on("claimed", rules.lacksConsent),
    isAccepted: on("updateAnswered", ({ code }) => code === "success"),
  },
  actions: {
    discover: () => {},
    queryIdentifier: (_, _params: { domain: string }) => {},
    requestConsent: (_, _params: { user: string }) => {},
    cancelConsent: () => {},
    createRoom: () => {},
    fetchKeyMaterial: () => {},
    addUser: () => {},
    report: (_, _params: { why: string }) => {},
    keepServices: assign(({ context, event }) =>
      event.type === "discovered" ? { services: rules.servicesFor(context, event.services) } : {},
    ),
    nextService: assign(({ context }) => ({ services: context.services.slice(1) })),
    keepUser: assign(({ event }) => (event.type === "found" ? { user: event.users[0] } : {})),
  },
}).createMachine({
  id: "introduction",
  context: ({ input: { service, ...input } }) => ({
    ...input,
    services: service === undefined ? [] : [service],
    user: undefined,
  }),
  initial: "known",
  states: {
    known: {
      on: {
        begin: [
          { guard: "knowsService", target: "querying", actions: queryThePreferred() },
          { target: "discovering", actions: "discover" },
        ],
      },
    },
    discovering: {
      on: {
        discovered: [
          { guard: "isKnownNowhere", target: "unreachable", actions: report("notMapped") },
          { guard: "hasOptedOut", target: "unreachable", actions: report("optedOut") },
          { guard: "hasNoServiceFor", target: "unreachable", actions: report("noServiceForTag") },
          { target: "querying", actions: ["keepServices", queryThePreferred()] },
        ],
        failed,
      },
    },
    querying: {
      on: {
        found: [
          {
            guard: "isNobodyButThereAreOthers",
            target: "querying",
            actions: ["nextService", queryThePreferred()],
          },
          { guard: "isNobody", target: "unreachable", actions: report("notFound") },
          { guard: "areSeveral", target: "unreachable", actions: report("several") },
          { target: "asking", actions: ["keepUser", askTheUser()] },
        ],
        failed,
      },
    },
    asking: {
      on: {
        requestAnswered: [
          { guard: "isReceived", target: "waiting" },
          { target: "unreachable", actions: report("requestRefused") },
        ],
        // The provider may know of a grant already: the news can come before the answer.
        ...whenGranted(),
        failed,
      },
    },
    waiting: {
      on: {
        ...whenGranted(),
        // Few providers tell: a refusal looks like silence. protocol-06 §8
        revoked: { target: "refused", actions: report("revoked") },
        giveUp: { target: "withdrawn", actions: "cancelConsent" },
      },
    },
    creating: {
      on: {
        roomAnswered: [
          { guard: "isCreated", target: "claiming", actions: "fetchKeyMaterial" },
          { target: "failed", actions: report("roomRefused") },
        ],
      },
    },
    claiming: {
      on: {
        claimed: [
          { guard: "hasMaterial", target: "adding", actions: "addUser" },
          { guard: "lacksConsent", target: "refused", actions: report("noConsent") },
          { target: "failed", actions: report("noMaterial") },
        ],
        failed,
      },
    },
    adding: {
      on: {
        updateAnswered: [
          { guard: "isAccepted", target: "introduced" },
          { target: "failed", actions: report("updateRefused") },
        ],
        failed,
      },
    },
    introduced: {},
    refused: {},
    withdrawn: {},
    unreachable: {},
    failed: {},
  },
});

function whenGranted() {
  return {
    granted: [
      { guard: "isInRoom" as const, target: "claiming" as const, actions: "fetchKeyMaterial" as const },
      { target: "creating" as const, actions: "createRoom" as const },
    ],
  };
}

function queryThePreferred() {
  return {
    type: "queryIdentifier" as const,
    params: ({ context }: { context: rules.IntroductionContext }) => ({ domain: context.services[0] ?? "" }),
  };
}

function askTheUser() {
  return {
    type: "requestConsent" as const,
    params: ({ context }: { context: rules.IntroductionContext }) => ({ user: context.user ?? "" }),
  };
}
