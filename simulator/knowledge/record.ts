/** Takes down, step by step, what everybody in a run comes to have, to hear and to see. */
import type { Term } from "../../spec-model/mls/symbolic/index.ts";
import type { ClientState } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import type { RawStep } from "../properties/index.ts";
import { carriedIn } from "./carried.ts";
import { type Fact, type Moment, nameOfFact } from "./fact.ts";
import { clientSecrets, clientTerms, providerTerms, type Secret } from "./had.ts";
import { hear, type Messages, senderIn, sendersShown } from "./messages.ts";
import type { Names } from "./names.ts";
import { isClient, seenByClient } from "./seen-by-clients.ts";
import { seenByProvider } from "./seen-by-providers.ts";
import { seenIn } from "./seen-on-the-way.ts";

/** What a party has had for itself, by what it is. */
export interface Had {
  readonly terms: Map<string, { readonly term: Term; readonly since: Moment }>;
  readonly seen: Map<string, { readonly fact: Fact; readonly since: Moment }>;
}

export interface Record {
  readonly parties: ReadonlyMap<string, Had>;
  readonly secrets: readonly Secret[];
  readonly messages: Messages;
}

export interface Recorder {
  take(step: RawStep, moment: Moment): void;
  record(): Record;
}

export function createRecorder(names: Names): Recorder {
  const parties = new Map<string, Had>();
  const secrets = new Map<string, Secret>();
  let messages: Messages = new Map();
  return {
    take(step, moment) {
      const { actor, after, input, outputs } = step;
      const known = parties.get(actor);
      // The first step tells what there was before it, too.
      const before = known === undefined ? undefined : step.before;
      const had = known ?? { terms: new Map(), seen: new Map() };
      parties.set(actor, had);
      const found = inStates(before, after, names);
      for (const term of found.terms) putOnce(had.terms, JSON.stringify(term), { term, since: moment });
      const see = (facts: readonly Fact[]) => {
        for (const fact of facts) putOnce(had.seen, nameOfFact(fact), { fact, since: moment });
      };
      see(found.seen);
      for (const secret of found.secrets) putOnce(secrets, nameOfSecret(secret), secret);
      for (const thing of [input, ...outputs]) {
        const carried = carriedIn(actor, thing);
        if (carried === undefined) continue;
        messages = hear(messages, carried, { actor, state: after, moment }, names);
        see([...seenIn(carried, names), ...senderIn(messages, carried)]);
      }
      if (isClient(after)) see(sendersShown(messages, before as ClientState | undefined, after));
    },
    record: () => ({ parties, secrets: [...secrets.values()], messages }),
  };
}

function inStates(before: unknown, after: unknown, names: Names) {
  if (isProvider(after)) {
    const earlier = before as ProviderState | undefined;
    return {
      terms: providerTerms(earlier, after),
      seen: seenByProvider(earlier, after, names),
      secrets: [],
    };
  }
  if (!isClient(after)) return { terms: [], seen: [], secrets: [] };
  const earlier = before as ClientState | undefined;
  return {
    terms: clientTerms(earlier, after),
    seen: seenByClient(earlier, after, names),
    secrets: clientSecrets(earlier, after, names),
  };
}

function isProvider(state: unknown): state is ProviderState {
  return typeof state === "object" && state !== null && "hosted" in state;
}

/** A fork has several secrets in one place. */
function nameOfSecret(secret: Secret): string {
  return secret.type === "epoch" ? `${secret.fact.what} ${secret.initSecret}` : secret.fact.what;
}

function putOnce<V>(map: Map<string, V>, name: string, value: V): void {
  if (!map.has(name)) map.set(name, value);
}
