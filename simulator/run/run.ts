/** Runs a scenario: builds its actors, lets them live through its chapters, checks them, and gives the trace. */
import { drafts } from "../../spec-model/drafts/revisions/index.ts";
import { defaultFrankingVariants, type FrankingVariants } from "../../spec-model/franking/index.ts";
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import { type CipherSuiteId, type MlsLayer, realMls, sharingOutcomes } from "../../spec-model/mls/index.ts";
import { symbolicMls } from "../../spec-model/mls/symbolic/index.ts";
import {
  type DiscoveryTrust,
  newClient,
  type OwnProvider,
  stepClient,
} from "../../spec-model/participant/index.ts";
import { newProvider, type ProviderState, stepProvider } from "../../spec-model/provider/index.ts";
import {
  type DeliveryPolicy,
  type LinkTable,
  noFaults,
  parseLatency,
  type RunReport,
} from "../kernel/index.ts";
import { type RandomStream, rootRandom, type Seed } from "../random/index.ts";
import type { Chapter, ClientSetting, Moment, Scenario } from "../scenario/index.ts";
import { type Actor, createRecorder, type Trace, type TraceHeader, traceFormat } from "../trace/index.ts";
import { type RunningActor, running } from "./actors.ts";
import { createAgreement } from "./agreement.ts";
import { assetActors, assetServers } from "./assets.ts";
import { clientLooks, clientSummary, providerSummary } from "./end-state.ts";
import { discoveryActors, discoveryServers, providerSettings } from "./introductions.ts";
import type { About } from "./letters.ts";
import { findOutcomes } from "./outcomes.ts";
import { personasOf } from "./personas.ts";
import { compareTimelines } from "./timelines.ts";
import { createWorld, type World } from "./world.ts";

export interface RunOptions {
  readonly seed: Seed;
  /** How long messages take between providers, e.g. `uniform(20ms,40ms)`, which is the default, or `wan`. */
  readonly latency?: string;
  /** Every link one by one, instead of `latency`. */
  readonly links?: LinkTable;
  readonly policies?: readonly DeliveryPolicy<About>[];
  readonly suite?: CipherSuiteId;
  /** MLS with its cryptography, which is the default, or its symbolic twin: the same facts and decisions, faster. */
  readonly mls?: "real" | "symbolic";
  /** Puts something in the place of an actor: one that is watched, or one that fails. */
  readonly replace?: (actor: RunningActor) => RunningActor;
  /** Called whenever everything has come to rest, for what is not checked in every run. */
  readonly atRest?: (actors: readonly RunningActor[]) => void;
  /** How everybody reads what is open about franks; the model's answers where nothing is said. protocol-06 §5.4.1 */
  readonly franking?: Partial<Pick<FrankingVariants, "unfranked">> & { readonly integrity?: "draft" | "tag" };
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

/**
 * A run is a function of the scenario and the options: the same give the same trace. Throws TimeTextError for a latency
 * that cannot be read, and RangeError for a scenario with a client on another stack: that is `runAwaiting`'s.
 */
export function run(scenario: Scenario, options: RunOptions): Run {
  const life = begin(scenario, options, modelClient);
  for (const chapter of scenario.chapters) {
    life.open(chapter);
    for (const moments of chapter.moments) {
      for (const moment of moments) life.intend(moment);
      life.rest(life.world.settle());
    }
  }
  return life.end();
}

/** The same for every scenario, those with asynchronous actors too. Rejects with TimeTextError as `run` throws it. */
export async function runAwaiting(scenario: Scenario, options: RunOptions): Promise<Run> {
  const isForeign = scenario.clients.some(({ stack }) => stack !== undefined);
  const life = begin(scenario, options, isForeign ? await clientOnAnyStack() : modelClient);
  for (const chapter of scenario.chapters) {
    life.open(chapter);
    for (const moments of chapter.moments) {
      for (const moment of moments) await life.intend(moment);
      life.rest(await life.world.settleAwaiting());
    }
  }
  return life.end();
}

/** A run under way: what its driver does with it, chapter by chapter. */
interface Life {
  readonly world: World;
  open(chapter: Chapter): void;
  intend(moment: Moment): Promise<void> | undefined;
  /** Checks what can be checked when everything has come to rest. */
  rest(report: RunReport): void;
  end(): Run;
}

function begin(scenario: Scenario, options: RunOptions, makeClient: MakeClient): Life {
  const latency = options.latency ?? defaultLatency;
  const links = options.links ?? defaultLinks(scenario, latency);
  const suite = options.suite ?? 1;
  const startMs = options.startMs ?? defaultStartMs;
  const recorder = createRecorder(headerOf(scenario, options, suite, latency));
  const agreement = createAgreement();
  // When each actor came into each room it is in.
  const came = new Map<string, number>();
  const noticed = new Set<string>();
  let holds = true;
  let stopped: RunReport["stopped"] = "empty";
  const mls = options.mls === "symbolic" ? symbolicMls : sharingOutcomes(realMls);
  const made = createActors(
    scenario,
    { suite, mls, startMs, franking: options.franking },
    rootRandom(options.seed),
    makeClient,
  );
  const actors = options.replace === undefined ? made : made.map(options.replace);
  const world = createWorld({
    seed: options.seed,
    links,
    policies: options.policies ?? noFaults,
    startMs,
    keepBodies: options.keepBodies ?? false,
    actors,
    recorder,
    observe: (actor, observation) => {
      if (observation.type === "noticed") noticed.add(observation.code);
      if (observation.type === "departed") agreement.leave(actor, observation.room);
      if (observation.type === "departed") came.delete(`${actor} ${observation.room}`);
      if (observation.type !== "entered") return;
      const place = `${actor} ${observation.room}`;
      if (!came.has(place)) came.set(place, world.now());
      const found = agreement.enter(actor, observation);
      if (!found.holds) check("I01", agreementSays, found.holds, found.detail);
    },
  });
  const check = (property: string, says: string, ok: boolean, detail: string) => {
    holds &&= ok;
    world.record({ type: "check", property, holds: ok, says, detail });
  };
  return {
    world,
    open: ({ title, draft }) => world.record({ type: "phase", title, draft }),
    intend({ actor, says, intention, afterMs }) {
      if (afterMs !== undefined) return world.intendLater(actor, says, intention, afterMs);
      world.record({ type: "intention", actor, text: says });
      return world.intend(actor, intention);
    },
    rest(report) {
      stopped = report.stopped;
      const away = new Set(actors.filter((actor) => actor.isAway?.() === true).map(({ id }) => id));
      for (const { room, ok, detail } of agreement.standing(away)) {
        check("I01", agreementSays, ok, `${room}: ${detail}`);
      }
      for (const { room, ok, detail } of compareTimelines(
        actors,
        (actor, room) => came.get(`${actor} ${room}`) ?? 0,
      )) {
        check("I35", timelinesSay, ok, `${room}: ${detail}`);
      }
      options.atRest?.(actors);
    },
    end() {
      const states = actors.map((actor) => ({ actor: actor.id, state: { ...actor.summary() } }));
      const end = { states: new Map(states.map(({ actor, state }) => [actor, state])), noticed };
      for (const { ok, says, detail } of findOutcomes(scenario.outcomes ?? [], end)) {
        if (scenario.outcomes !== undefined) check("story", says, ok, detail);
      }
      world.record({ type: "end", reason: stopped === "empty" ? "nothing left to happen" : stopped, states });
      return { trace: recorder.trace(), holds };
    },
  };
}

function headerOf(
  scenario: Scenario,
  options: RunOptions,
  suite: CipherSuiteId,
  latency: string,
): TraceHeader {
  return {
    trace: traceFormat,
    scenario: scenario.name,
    title: scenario.title,
    seed: options.seed,
    version,
    drafts: drafts.map((draft) => draft.short),
    variants: frankingVariantsOf(options),
    options: {
      cipher_suite: suite,
      bodies: options.keepBodies ?? false,
      latency: options.links === undefined ? latency : "by link",
      ...(options.mls === "symbolic" ? { mls: "symbolic" } : {}),
      ...faultsOf(options.policies ?? noFaults),
    },
    actors: actorsOf(scenario),
  };
}

/** Only what is not the model's answer. */
function frankingVariantsOf({ franking = {} }: RunOptions): Record<string, string> {
  const differing = Object.entries({ ...defaultFrankingVariants, ...franking }).filter(
    ([id, answer]) => defaultFrankingVariants[id as keyof FrankingVariants] !== answer,
  );
  return Object.fromEntries(differing.map(([id, answer]) => [`franking.${id}`, answer]));
}

/** A run depends on its faults: its trace names them. */
function faultsOf(policies: readonly DeliveryPolicy<About>[]): Record<string, string> {
  return policies.length === 0 ? {} : { faults: policies.map((policy) => policy.name).join("; ") };
}

const timelinesSay = "all clients that are in a room show the same messages since both were there";
const agreementSays = "all clients of a room agree on the GroupContext and the epoch authenticator";

/** Gives a client its first state and its step function. */
type MakeClient = (
  setting: ClientSetting,
  provider: OwnProvider,
  setup: Setup,
  random: RandomStream,
) => RunningActor;

/** What all actors of a run have in common. */
interface Setup {
  readonly suite: CipherSuiteId;
  readonly mls: MlsLayer;
  readonly startMs: number;
  readonly trust?: DiscoveryTrust | undefined;
  readonly personaOf?: ReturnType<typeof personasOf>;
  readonly franking?: RunOptions["franking"];
}

function modelClient(
  setting: ClientSetting,
  provider: OwnProvider,
  { suite, mls, trust, personaOf, franking }: Setup,
  random: RandomStream,
): RunningActor {
  const { label, client, user, stack } = setting;
  if (stack !== undefined) throw new RangeError(`${label} runs on ${stack}: this takes runAwaiting`);
  const made = newClient({ client, user }, provider, mls.suite(suite), random, trust, personaOf?.(setting));
  const first = franking === undefined ? made : { ...made, franking };
  const step: typeof stepClient = (state, input, moment) => stepClient(state, input, moment, mls);
  return running(client, first, step, clientSummary, clientLooks);
}

/** The other stacks are only loaded for the runs that need them. */
async function clientOnAnyStack(): Promise<MakeClient> {
  const { newTsMlsClient, stepTsMlsClient, tsMlsSummary } = await import("../seats/index.ts");
  return (setting, provider, setup, random) => {
    if (setting.stack === undefined) return modelClient(setting, provider, setup, random);
    const { client, user } = setting;
    return running(
      client,
      newTsMlsClient({ client, user }, provider, setup.suite, random),
      stepTsMlsClient,
      tsMlsSummary,
    );
  };
}

/** A provider that franks, and checks reports, under a variant. */
function franking(first: ProviderState, variants: RunOptions["franking"]): ProviderState {
  if (variants === undefined) return first;
  const keys = { ...first.keys, signsTag: variants.integrity === "tag" };
  return { ...first, keys, franking: variants };
}

function createActors(
  scenario: Scenario,
  setup: Setup,
  random: RandomStream,
  makeClient: MakeClient,
): RunningActor[] {
  const keysOf = (id: string) => random.split(`keys/${id}`);
  const suite = setup.mls.suite(setup.suite);
  const personaOf = personasOf(scenario, setup.suite, random);
  const discovery = discoveryActors(scenario, suite, setup.mls, keysOf, setup.startMs);
  const providers = scenario.providers.map(({ domain }) =>
    franking(newProvider(domain, suite, keysOf(domain), providerSettings(scenario, domain)), setup.franking),
  );
  const own = (domain: string): OwnProvider => {
    const provider = providers.find((each) => each.domain === domain);
    if (provider === undefined) throw new Error(`the scenario has no provider ${domain}`);
    const { signature, franking } = provider.keys;
    return { domain, signatureKey: signature.publicKey, frankingKey: franking.publicKey };
  };
  return [
    ...providers.map((first) => {
      const step: typeof stepProvider = (state, input, moment) =>
        stepProvider(state, input, moment, setup.mls);
      return running(first.domain, first, step, providerSummary);
    }),
    ...discovery.actors,
    ...assetActors(scenario),
    ...scenario.clients.map((setting) =>
      makeClient(
        setting,
        own(domainOfUri(setting.client)),
        { ...setup, trust: discovery.trust, personaOf },
        keysOf(setting.client),
      ),
    ),
  ];
}

function actorsOf(scenario: Scenario): Actor[] {
  return [
    ...[...scenario.providers, ...discoveryServers(scenario), ...assetServers(scenario)].map(
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
