/** What a scenario says about introductions, as the actors of a run need it. */
import {
  type DiscoveryProviderState,
  type IdentifierProviderState,
  newDiscoveryProvider,
  newIdentifierProvider,
  stepDiscoveryProvider,
  stepIdentifierProvider,
} from "../../spec-model/discovery/mappings/index.ts";
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import type { CipherSuite, MlsLayer } from "../../spec-model/mls/index.ts";
import type { DiscoveryTrust } from "../../spec-model/participant/index.ts";
import type { Account, ProviderSettings } from "../../spec-model/provider/index.ts";
import type { RandomStream } from "../random/index.ts";
import { type RunningActor, running } from "../running-actor.ts";
import type { Scenario, ServerSetting } from "../scenario/index.ts";
import { acquainted } from "./acquainted.ts";
import { assetHosts } from "./assets.ts";

/** The users of the provider at `domain`, what they have consented to, and what the provider does otherwise. */
export function providerSettings(scenario: Scenario, domain: string): ProviderSettings {
  const { introduction } = scenario;
  const consents = introduction?.consents.filter(({ target }) => domainOfUri(target) === domain);
  return {
    accounts: accountsAt(scenario, domain),
    consents: consents ?? acquainted(scenario, domain),
    policy: introduction?.policies?.[domain] ?? {},
    assetHosts: assetHosts(scenario),
    roomEnvelope: scenario.providers.find((each) => each.domain === domain)?.envelope,
  };
}

/** The servers for discovery, and whom clients trust; nobody where the scenario has none. */
export function discoveryActors(
  { introduction }: Scenario,
  suite: CipherSuite,
  mls: MlsLayer,
  keysOf: (id: string) => RandomStream,
  startMs: number,
): { readonly actors: readonly RunningActor[]; readonly trust: DiscoveryTrust | undefined } {
  const setting = introduction?.discovery;
  if (setting === undefined) return { actors: [], trust: undefined };
  const { domain } = setting.provider;
  const issuers = setting.issuers.map((issuer) => {
    const held = Object.entries(issuer.assigned);
    const assigned = Object.fromEntries(held.map(([id, user]) => [id, { user, since: startMs }]));
    return newIdentifierProvider(issuer.domain, suite, keysOf(issuer.domain), {
      discoveryProvider: domain,
      assigned,
    });
  });
  const trusted = Object.fromEntries(issuers.map((issuer) => [issuer.domain, issuer.keys.publicKey]));
  const provider = newDiscoveryProvider(domain, suite, keysOf(domain), { trusted });
  return {
    actors: [discoveryActor(provider, mls), ...issuers.map((issuer) => issuerActor(issuer, mls))],
    trust: { provider: { domain, sealKey: provider.sealKeys.publicKey }, issuers: trusted },
  };
}

/** The servers for discovery, as the diagrams show them. */
export function discoveryServers({ introduction }: Scenario): readonly ServerSetting[] {
  const setting = introduction?.discovery;
  return setting === undefined ? [] : [setting.provider, ...setting.issuers];
}

function discoveryActor(first: DiscoveryProviderState, mls: MlsLayer): RunningActor {
  const step: typeof stepDiscoveryProvider = (state, input, moment) =>
    stepDiscoveryProvider(state, input, moment, mls);
  return running(first.domain, first, step, ({ identifiers, spent }) => ({
    mapped: Object.values(identifiers).map(({ context }) => ({
      identifier: context.identifier,
      mappings: context.mappings.length,
    })),
    lookups: spent.length,
  }));
}

function issuerActor(first: IdentifierProviderState, mls: MlsLayer): RunningActor {
  const step: typeof stepIdentifierProvider = (state, input, moment) =>
    stepIdentifierProvider(state, input, moment, mls);
  return running(first.domain, first, step, ({ assigned }) => ({
    assigned: Object.entries(assigned).map(([identifier, { user }]) => ({ identifier, user })),
  }));
}

function accountsAt(scenario: Scenario, domain: string): Account[] {
  const own = scenario.clients.filter(({ user }) => domainOfUri(user) === domain);
  return [...new Set(own.map(({ user }) => user))].map((user) => ({
    user,
    clients: own.filter((each) => each.user === user).map(({ client }) => client),
    profile: scenario.introduction?.profiles?.[user] ?? [],
  }));
}
