/** Runs a scenario: builds its actors, lets them live through its chapters, checks them, and gives the trace. */
import { drafts } from "../../spec-model/drafts.ts";
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import type { CipherSuiteId } from "../../spec-model/mls/index.ts";
import { newClient, type OwnProvider, stepClient } from "../../spec-model/participant/index.ts";
import { newProvider, stepProvider } from "../../spec-model/provider/index.ts";
import { type DeliveryPolicy, type LinkTable, noFaults, parseLatency } from "../kernel/index.ts";
import { type RandomStream, rootRandom, type Seed } from "../random/index.ts";
import type { Scenario } from "../scenario/index.ts";
import { type Actor, createRecorder, type Trace, traceFormat } from "../trace/index.ts";
import { type RunningActor, running } from "./actors.ts";
import { createAgreement } from "./agreement.ts";
import { clientSummary, providerSummary } from "./end-state.ts";
import type { About } from "./letters.ts";
import { createWorld } from "./world.ts";

export interface RunOptions {
  readonly seed: Seed;
  /** How long messages take between providers, e.g. `uniform(20ms,40ms)`, which is the default, or `wan`. */
  readonly latency?: string;
  /** Every link one by one, instead of `latency`. */
  readonly links?: LinkTable;
  readonly policies?: readonly DeliveryPolicy<About>[];
  readonly suite?: CipherSuiteId;
  /** What the clocks show at the beginning, in milliseconds since the UNIX epoch. */
  readonly startMs?: number;
  /** Whether the trace keeps whole bodies. */
  readonly keepBodies?: boolean;
}

export interface Run {
  readonly trace: Trace;
  /** Whether every check of the run holds. */
  readonly holds: boolean;
}

/** The version of the toolkit, as traces name it. */
export const version = "0.1.0";

const defaultLatency = "uniform(20ms,40ms)";

/** 2026-01-01T00:00:00Z: runs begin at a fixed moment, so that they do not depend on when they are made. */
const defaultStartMs = 1_767_225_600_000;

/** Throws TimeTextError for a latency that cannot be read. A run is a function of the scenario and the options: the same give the same trace. */
export function run(scenario: Scenario, options: RunOptions): Run {
  const latency = options.latency ?? defaultLatency;
  const links = options.links ?? defaultLinks(scenario, latency);
  const suite = options.suite ?? 1;
  const recorder = createRecorder({
    trace: traceFormat,
    scenario: scenario.name,
    title: scenario.title,
    seed: options.seed,
    version,
    drafts: drafts.map((draft) => draft.short),
    variants: {},
    options: {
      cipher_suite: suite,
      bodies: options.keepBodies ?? false,
      latency: options.links === undefined ? latency : "by link",
      ...faultsOf(options.policies ?? noFaults),
    },
    actors: actorsOf(scenario),
  });
  const agreement = createAgreement();
  let holds = true;
  const actors = createActors(scenario, suite, rootRandom(options.seed));
  const world = createWorld({
    seed: options.seed,
    links,
    policies: options.policies ?? noFaults,
    startMs: options.startMs ?? defaultStartMs,
    keepBodies: options.keepBodies ?? false,
    actors,
    recorder,
    observe: (actor, observation) => {
      if (observation.type === "departed") agreement.leave(actor, observation.room);
      if (observation.type !== "entered") return;
      const found = agreement.enter(actor, observation);
      if (!found.holds) check("I01", agreementSays, found.holds, found.detail);
    },
  });
  const check = (property: string, says: string, ok: boolean, detail: string) => {
    holds &&= ok;
    world.record({ type: "check", property, holds: ok, says, detail });
  };

  let stopped = "empty";
  for (const chapter of scenario.chapters) {
    world.record({ type: "phase", title: chapter.title, draft: chapter.draft });
    for (const moments of chapter.moments) {
      for (const { actor, says, intention } of moments) {
        world.record({ type: "intention", actor, text: says });
        world.intend(actor, intention);
      }
      stopped = world.settle().stopped;
      for (const { room, ok, detail } of agreement.standing()) {
        check("I01", agreementSays, ok, `${room}: ${detail}`);
      }
    }
  }
  const states = actors.map((actor) => ({ actor: actor.id, state: { ...actor.summary() } }));
  world.record({ type: "end", reason: stopped === "empty" ? "nothing left to happen" : stopped, states });
  return { trace: recorder.trace(), holds };
}

/** A run depends on its faults: its trace names them. */
function faultsOf(policies: readonly DeliveryPolicy<About>[]): Record<string, string> {
  return policies.length === 0 ? {} : { faults: policies.map((policy) => policy.name).join("; ") };
}

const agreementSays = "all clients of a room agree on the GroupContext and the epoch authenticator";

function createActors(scenario: Scenario, suite: CipherSuiteId, random: RandomStream): RunningActor[] {
  const keysOf = (id: string) => random.split(`keys/${id}`);
  const providers = scenario.providers.map(({ domain }) => newProvider(domain, suite, keysOf(domain)));
  const own = (domain: string): OwnProvider => {
    const provider = providers.find((each) => each.domain === domain);
    if (provider === undefined) throw new Error(`the scenario has no provider ${domain}`);
    const { signature, franking } = provider.keys;
    return { domain, signatureKey: signature.publicKey, frankingKey: franking.publicKey };
  };
  return [
    ...providers.map((state) => running(state.domain, state, stepProvider, providerSummary)),
    ...scenario.clients.map(({ client, user }) => {
      const state = newClient({ client, user }, own(domainOfUri(client)), suite, keysOf(client));
      return running(client, state, stepClient, clientSummary);
    }),
  ];
}

function actorsOf(scenario: Scenario): Actor[] {
  return [
    ...scenario.providers.map(
      ({ label, domain }): Actor => ({ id: domain, kind: "provider", domain, label }),
    ),
    ...scenario.clients.map(
      ({ label, client, user }): Actor => ({
        id: client,
        kind: "client",
        domain: domainOfUri(client),
        user,
        label,
      }),
    ),
  ];
}

/** Clients are near their providers; what one host says to another in a provider's network arrives in order. */
function defaultLinks(scenario: Scenario, latency: string): LinkTable {
  const local = scenario.clients.flatMap(({ client }) => {
    const near = { latency: parseLatency("constant(1ms)"), fifo: true };
    return [
      [`${client}>*`, near],
      [`*>${client}`, near],
    ] as const;
  });
  // One connection each way between two providers: what is sent first arrives first.
  const between = { latency: parseLatency(latency), fifo: true };
  return Object.fromEntries([["*>*", between], ...local]);
}
