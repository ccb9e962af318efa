/** A provider at its beginning: its keys, its endpoints and its users, no rooms and no key material. */
import type { AssetHosts } from "../assets/index.ts";
import { type ConsentLedger, consentMachine, type Scope, scopeName } from "../consent/index.ts";
import { directoryAt } from "../endpoints/index.ts";
import { defaultIntroductionPolicy, type IntroductionPolicy } from "../introduction/index.ts";
import { begin, step } from "../machine.ts";
import type { CipherSuite } from "../mls/index.ts";
import type { RandomSource } from "../random.ts";
import type { PolicyEnvelope } from "../room/index.ts";
import type { Account, ProviderState } from "./state.ts";

/** What there is before anything happens: users, what they have decided, and the provider's choices. */
export interface ProviderSettings {
  readonly accounts?: readonly Account[];
  /** Consents that own users have granted before the run begins. */
  readonly consents?: readonly Scope[];
  readonly policy?: Partial<IntroductionPolicy>;
  /** Which policies rooms may have that are hosted here; any where there is none. arch-03 §4.4 */
  readonly roomEnvelope?: PolicyEnvelope | undefined;
  /** Where providers keep assets, by provider. */
  readonly assetHosts?: AssetHosts;
}

/** The provider at `domain`; its endpoints are below `https://mimi.<domain>/v1`. */
export function newProvider(
  domain: string,
  suite: CipherSuite,
  random: RandomSource,
  settings: ProviderSettings = {},
): ProviderState {
  const policy = { ...defaultIntroductionPolicy, ...settings.policy };
  return {
    domain,
    keys: {
      domain,
      signature: suite.signature.generateKeyPair(random),
      franking: suite.signature.generateKeyPair(random),
      hubKey: random.bytes(32),
      receiver: suite.hpke.generateKeyPair(random),
    },
    directory: directoryAt(`https://mimi.${domain}/v1`),
    peers: {},
    hosted: {},
    followed: {},
    stocks: {},
    keyPackages: {},
    accounts: Object.fromEntries((settings.accounts ?? []).map((account) => [account.user, account])),
    policy,
    consents: granted(settings.consents ?? [], policy),
    consentCache: {},
    tokensAsked: {},
    clientLinks: {},
    mail: {},
    mailed: 0,
    assetHosts: settings.assetHosts ?? {},
    gateway: { keyId: 1, keys: suite.hpke.generateKeyPair(random), suite: suite.id },
    fetches: {},
    assetCache: {},
    reports: {},
    pastHubKeys: [],
    latestMs: 0,
    isDown: false,
    awaiting: {},
    requestsSent: 0,
    ...(settings.roomEnvelope === undefined ? {} : { roomEnvelope: settings.roomEnvelope }),
  };
}

function granted(scopes: readonly Scope[], policy: IntroductionPolicy): ConsentLedger {
  return Object.fromEntries(
    scopes.map((scope, i) => {
      const { snapshot } = begin(consentMachine, { scope, policy });
      return [scopeName(scope), step(consentMachine, snapshot, { type: "grant", order: i + 1 }).snapshot];
    }),
  );
}
