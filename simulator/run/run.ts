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
import { type Fault, formatFault, kindOf, type RunFaults, runFaults } from "../faults/index.ts";
import {
  type DeliveryPolicy,
  type LinkTable,
  noFaults,
  parseLatency,
  type RunReport,
} from "../kernel/index.ts";
import {
  properties as allProperties,
  createMonitor,
  knownAs,
  knownGap,
  type Property,
  type RawStep,
  type Result,
  type Violation,
} from "../properties/index.ts";
import { type RandomStream, rootRandom, type Seed } from "../random/index.ts";
import { type RunningActor, running } from "../running-actor.ts";
import type { Chapter, ClientSetting, Moment, Scenario } from "../scenario/index.ts";
import { type Actor, createRecorder, type Trace, type TraceHeader, traceFormat } from "../trace/index.ts";
import { type Choice, choicesAsRecord, chosenActors, parseChoice } from "../variants/index.ts";
import { assetActors, assetServers } from "./assets.ts";
import { clientLooks, clientSummary, providerSummary } from "./end-state.ts";
import { comingBack, committing, roundsOfCommits } from "./healing.ts";
import { discoveryActors, discoveryServers, providerSettings } from "./introductions.ts";
import type { About } from "./letters.ts";
import { findOutcomes } from "./outcomes.ts";
import { personasOf } from "./personas.ts";
import { withReplicas } from "./replicas.ts";
import { createSparseRecorder } from "./sparse-recorder.ts";
import { stoppable } from "./stoppable.ts";
import { createWorld, type SettleLimits, type World } from "./world.ts";

export interface RunOptions {
  readonly seed: Seed;
  /** How long messages take between providers, e.g. `uniform(20ms,40ms)`, which is the default, or `wan`. */
  readonly latency?: string;
  /** Every link one by one, instead of `latency`. */
  readonly links?: LinkTable;
  readonly policies?: readonly DeliveryPolicy<About>[];
  /**
   * What goes wrong. When the story is over, all faults but those of clocks end, everybody comes back, and members
   * commit what is pending: then everything has to have come right. The story's own endings are not checked.
   */
  readonly faults?: readonly Fault[];
  /**
   * How long the story waits, at most, for one moment to come to rest before the next begins, in milliseconds of
   * virtual time. Where nothing is said, it waits for as long as it takes.
   */
  readonly paceMs?: number;
  /** What is watched for; all properties where nothing is said. */
  readonly properties?: readonly Property[];
  /** False: the trace keeps nothing but what was found out. For runs of millions of messages. */
  readonly keepTrace?: boolean;
  readonly suite?: CipherSuiteId;
  /** MLS with its cryptography, which is the default, or its symbolic twin: the same facts and decisions, faster. */
  readonly mls?: "real" | "symbolic";
  /** Questions that are answered otherwise, and mistakes that actors make. */
  readonly variants?: readonly Choice[];
  /** Puts something in the place of an actor: one that is watched, or one that fails. */
  readonly replace?: (actor: RunningActor) => RunningActor;
  /** Called whenever everything has come to rest, for what is not checked in every run. */
  readonly atRest?: (actors: readonly RunningActor[]) => void;
  /** Called after every step of an actor, with the moment at which it began. */
  readonly afterStep?: (step: RawStep, when: When) => void;
  /** How everybody reads what is open about franks; the model's answers where nothing is said. protocol-06 §5.4.1 */
  readonly franking?: Partial<Pick<FrankingVariants, "unfranked">> & { readonly integrity?: "draft" | "tag" };
  /** What the clocks show at the beginning, in milliseconds since the UNIX epoch. */
  readonly startMs?: number;
  /** Whether the trace keeps whole bodies. */
  readonly keepBodies?: boolean;
  /** After so many steps the run goes on with the next moments, at rest or not; a million where nothing is said. */
  readonly mostSteps?: number;
}

/** A moment of a run. */
export interface When {
  /** The place in the trace of the last event by then. */
  readonly seq: number;
  /** Microseconds of virtual time. */
  readonly at: number;
}

export interface Run {
  readonly trace: Trace;
  /** Whether every check of the run holds. */
  readonly holds: boolean;
  /** What came of each property. */
  readonly results: readonly Result[];
  /** How many steps the actors have taken. */
  readonly steps: number;
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
  for (const next of lived(scenario, life)) {
    if (next === "settle") life.rest(life.world.settle(life.limits()));
  }
  return life.end();
}

/** The same for every scenario, those with asynchronous actors too. Rejects with TimeTextError as `run` throws it. */
export async function runAwaiting(scenario: Scenario, options: RunOptions): Promise<Run> {
  const isForeign = scenario.clients.some(({ stack }) => stack !== undefined);
  const life = begin(scenario, options, isForeign ? await clientOnAnyStack() : modelClient);
  for (const next of lived(scenario, life)) {
    if (next === "settle") life.rest(await life.world.settleAwaiting(life.limits()));
    else await next;
  }
  return life.end();
}

/** The story, moment by moment, and what follows it where there are faults. */
function* lived(scenario: Scenario, life: Life): Generator<Promise<void> | undefined | "settle"> {
  for (const chapter of scenario.chapters) {
    life.open(chapter);
    for (const moments of chapter.moments) {
      for (const moment of moments) yield life.intend(moment);
      yield "settle";
    }
  }
  if (!life.hasFaults) return;
  life.open({ title: "The faults end", draft: "protocol-06 §5.5" });
  life.endFaults();
  yield "settle";
  for (const moment of comingBack(life.actors)) yield life.intend(moment);
  yield "settle";
  for (let round = 0; round < roundsOfCommits; round++) {
    for (const moment of committing(life.actors, round)) yield life.intend(moment);
    yield "settle";
  }
}

/** A run under way: what its driver does with it. */
interface Life {
  readonly world: World;
  readonly actors: readonly RunningActor[];
  readonly hasFaults: boolean;
  /** For how long the story waits for rest. */
  limits(): SettleLimits;
  open(chapter: Pick<Chapter, "title" | "draft">): void;
  intend(moment: Moment): Promise<void> | undefined;
  /** Checks what can be checked when everything has come to rest. */
  rest(report: RunReport): void;
  endFaults(): void;
  end(): Run;
}

function begin(scenario: Scenario, options: RunOptions, makeClient: MakeClient): Life {
  const latency = options.latency ?? defaultLatency;
  const suite = options.suite ?? 1;
  const startMs = options.startMs ?? defaultStartMs;
  const header = headerOf(scenario, options, suite, latency);
  const recorder = options.keepTrace === false ? createSparseRecorder(header) : createRecorder(header);
  // A story told in haste is one with faults: it may not go as it was meant to.
  const hasFaults = (options.faults ?? []).length > 0 || options.paceMs !== undefined;
  const faults = runFaults(options.faults ?? [], startMs);
  const kinds = new Set((options.faults ?? []).map(kindOf));
  const noticed = new Set<string>();
  let holds = true;
  let steps = 0;
  let isOver = false;
  let stopped: RunReport["stopped"] = "empty";
  const mls = options.mls === "symbolic" ? symbolicMls : sharingOutcomes(realMls);
  const made = createActors(
    scenario,
    { suite, mls, startMs, franking: options.franking },
    rootRandom(options.seed),
    makeClient,
  );
  const beside = new Set(
    [...discoveryServers(scenario), ...assetServers(scenario)].map(({ domain }) => domain),
  );
  const chosen = chosenActors([...(options.variants ?? []), ...rebatching(options)], made);
  const lasting = chosen.map((actor) =>
    failsOver(actor, options) ? withReplicas(actor) : beside.has(actor.id) ? stoppable(actor) : actor,
  );
  const actors = options.replace === undefined ? lasting : lasting.map(options.replace);
  const monitor = createMonitor(options.properties ?? allProperties, watchedIn(scenario, actors));
  const world = createWorld({
    seed: options.seed,
    links: options.links ?? defaultLinks(scenario, latency),
    policies: [...(options.policies ?? noFaults), ...faults.policies],
    startMs,
    keepBodies: options.keepBodies ?? false,
    describe: options.keepTrace !== false,
    clockOf: faults.clockOf,
    actors,
    recorder,
    watch: (step, seq) => {
      steps++;
      options.afterStep?.(step, { seq, at: world.virtualTime() });
      for (const output of step.outputs) if (output.type === "noticed") noticed.add(output.code);
      report(monitor.step(step));
    },
  });
  for (const { actor, says, intention, at } of faults.strikes) world.strike(actor, says, intention, at);
  const check = (property: string, says: string, ok: boolean | "gap", detail: string) => {
    holds &&= ok !== false;
    world.record({ type: "check", property, holds: ok === true, says, detail });
  };
  const report = (violations: readonly Violation[]) => {
    const beside = violations.map(({ detail }) => detail);
    for (const { property, detail } of violations) {
      const gap = knownGap({ scenario: scenario.name, property: property.id, detail, faults: kinds, beside });
      if (gap === undefined) check(property.id, property.says, false, detail);
      else check(property.id, property.says, "gap", `${detail} (${knownAs}: ${gap.because})`);
    }
  };
  return {
    world,
    actors,
    hasFaults,
    limits: () => ({
      ...(options.mostSteps === undefined ? {} : { maxSteps: options.mostSteps }),
      ...(isOver || options.paceMs === undefined ? {} : { forAtMost: options.paceMs * 1000 }),
    }),
    open: ({ title, draft }) => world.record({ type: "phase", title, draft }),
    intend({ actor, says, intention, afterMs }) {
      if (afterMs !== undefined) return world.intendLater(actor, says, intention, afterMs);
      world.record({ type: "intention", actor, text: says });
      return world.intend(actor, intention);
    },
    rest(rested) {
      stopped = rested.stopped;
      if (stopped === "time") return;
      report(monitor.rest({ last: false, healed: !hasFaults, fair: false }));
      options.atRest?.(actors);
    },
    endFaults() {
      isOver = true;
      faults.heal();
      world.awaitAll(faults.healsAt);
    },
    end() {
      report(monitor.rest({ last: true, healed: true, fair: hasFaults }));
      if (hasFaults) check("convergence", convergenceSays, ...convergence(stopped, world, faults));
      const results = monitor.results();
      for (const { property, looked, violations } of results) {
        if (looked > 0 && violations.length === 0)
          check(
            property.id,
            property.says,
            true,
            looked === 1 ? "looked at once" : `looked at ${looked} times`,
          );
      }
      const states = actors.map((actor) => ({ actor: actor.id, state: { ...actor.summary() } }));
      const end = { states: new Map(states.map(({ actor, state }) => [actor, state])), noticed };
      if (scenario.outcomes !== undefined && !hasFaults) {
        for (const { ok, says, detail } of findOutcomes(scenario.outcomes, end))
          check("story", says, ok, detail);
      }
      world.record({ type: "end", reason: stopped === "empty" ? "nothing left to happen" : stopped, states });
      return { trace: recorder.trace(), holds, results, steps };
    },
  };
}

/** A fault of a hub that is a way to do things, and so a variant of it. */
function rebatching({ faults = [] }: RunOptions): Choice[] {
  return faults.flatMap((fault) =>
    fault.type === "rebatch" ? [parseChoice(`hub.retries=withTheRest@${fault.actor}`)] : [],
  );
}

function failsOver({ id }: RunningActor, { faults = [] }: RunOptions): boolean {
  return faults.some((fault) => fault.type === "failover" && fault.actor === id);
}

const convergenceSays = "when the faults have ended, everything comes to rest in bounded time";

/** Twelve attempts of a delivery and five of a request, one after the other, with all their pauses. */
const convergenceBound = 3_600_000_000;

function convergence(
  stopped: RunReport["stopped"],
  world: World,
  { healsAt }: RunFaults,
): readonly [ok: boolean, detail: string] {
  const minutes = Math.ceil((world.virtualTime() - healsAt) / 60_000_000);
  if (stopped !== "empty")
    return [false, `after ${minutes} minutes there is still something to do (${stopped})`];
  return [world.virtualTime() - healsAt <= convergenceBound, `after ${Math.max(0, minutes)} minutes`];
}

/** Whose states are watched: those of the model's own actors. */
function watchedIn({ providers, clients }: Scenario, actors: readonly RunningActor[]) {
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  return {
    providers: providers.map(({ domain }) => domain),
    clients: clients.filter(({ stack }) => stack === undefined).map(({ client }) => client),
    foreign: clients.filter(({ stack }) => stack !== undefined).map(({ user }) => user),
    state: (id: string) => byId.get(id)?.state(),
    shown: () =>
      actors.flatMap((actor) => (actor.rooms?.() ?? []).map((view) => ({ ...view, actor: actor.id }))),
    away: () => new Set(actors.filter((actor) => actor.isAway?.() === true).map(({ id }) => id)),
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
    variants: { ...frankingVariantsOf(options), ...choicesAsRecord(options.variants ?? []) },
    options: {
      cipher_suite: suite,
      bodies: options.keepBodies ?? false,
      latency: options.links === undefined ? latency : "by link",
      ...(options.mls === "symbolic" ? { mls: "symbolic" } : {}),
      ...(options.paceMs === undefined ? {} : { pace_ms: options.paceMs }),
      ...faultsOf(options),
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
function faultsOf({ policies = noFaults, faults = [] }: RunOptions): Record<string, string> {
  const all = [...policies.map(({ name }) => name), ...faults.map(formatFault)];
  return all.length === 0 ? {} : { faults: all.join("; ") };
}

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
  const { label, client, user, stack, handshakes } = setting;
  if (stack !== undefined) throw new RangeError(`${label} runs on ${stack}: this takes runAwaiting`);
  const made = newClient({ client, user }, provider, mls.suite(suite), random, trust, personaOf?.(setting));
  const first = {
    ...made,
    ...(franking === undefined ? {} : { franking }),
    ...(handshakes === undefined ? {} : { handshakes }),
  };
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
    const { signature, franking, receiver } = provider.keys;
    return {
      domain,
      signatureKey: signature.publicKey,
      frankingKey: franking.publicKey,
      receiverKey: receiver.publicKey,
    };
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
