/** Watches a run: gives every step and every rest to the properties' watchers and gathers what they find. */

import type { ClientState } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import type { Found, Party, Property, Watcher } from "./definition.ts";
import { type RawStep, stepOf } from "./step.ts";
import type { Rest, RoomView, View } from "./view.ts";

/** Who is watched. */
export interface Watched {
  /** Domains. */
  readonly providers: readonly string[];
  /** URIs of the clients whose states are the model's. */
  readonly clients: readonly string[];
  /** Users who have other clients besides. */
  readonly foreign: readonly string[];
  /** The state of an actor as it is now. */
  readonly state: (actor: string) => unknown;
  readonly shown: () => readonly (RoomView & { readonly actor: string })[];
  readonly away: () => ReadonlySet<string>;
}

/** Something that does not hold. */
export interface Violation {
  readonly property: Property;
  readonly detail: string;
}

/** What came of a property in one run. */
export interface Result {
  readonly property: Property;
  /** How often there was something to look at. */
  readonly looked: number;
  readonly violations: readonly string[];
}

export interface Monitor {
  step(raw: RawStep): readonly Violation[];
  rest(rest: Rest): readonly Violation[];
  results(): readonly Result[];
}

/** A run that goes wrong goes wrong again and again: the first findings of a property say enough. */
const mostViolations = 5;

/** A monitor for one run. */
export function createMonitor(properties: readonly Property[], watched: Watched): Monitor {
  const kinds = new Map<string, "provider" | "client">([
    ...watched.providers.map((id) => [id, "provider"] as const),
    ...watched.clients.map((id) => [id, "client"] as const),
  ]);
  const providers = new Map(watched.providers.map((id) => [id, watched.state(id) as ProviderState]));
  const clients = new Map(watched.clients.map((id) => [id, watched.state(id) as ClientState]));
  const foreign = new Set(watched.foreign);
  const view: View = { providers, clients, foreign, shown: watched.shown, away: watched.away };
  const all = properties.map((property) => ({ ...tally(property), watcher: property.watch() }));
  const stepping = all.filter(({ watcher }) => watcher.step !== undefined);
  const gather = (of: readonly (typeof all)[number][], look: (watcher: Watcher) => Found) =>
    of.flatMap((each) => keep(each, look(each.watcher)));
  return {
    step(raw) {
      const kind = kinds.get(raw.actor) ?? "other";
      if (kind === "provider") providers.set(raw.actor, raw.after as ProviderState);
      if (kind === "client") clients.set(raw.actor, raw.after as ClientState);
      if (stepping.length === 0) return [];
      const step = stepOf(raw, kind);
      return gather(stepping, (watcher) => watcher.step?.(step, view));
    },
    rest: (rest) => gather(all, (watcher) => watcher.rest?.(rest, view)),
    results: () => all.map(({ property, looked, violations }) => ({ property, looked, violations })),
  };
}

/** The properties that hold although these parties may do anything. */
export function mustHold(properties: readonly Property[], dishonest: readonly Party[]): readonly Property[] {
  return properties.filter(({ assumes }) => !assumes.some((party) => dishonest.includes(party)));
}

interface Tally {
  readonly property: Property;
  looked: number;
  readonly violations: string[];
}

function tally(property: Property): Tally {
  return { property, looked: 0, violations: [] };
}

function keep(tally: Tally, found: Found): Violation[] {
  if (found === undefined) return [];
  tally.looked++;
  return found.flatMap((detail) => {
    if (tally.violations.length >= mostViolations || tally.violations.includes(detail)) return [];
    tally.violations.push(detail);
    return [{ property: tally.property, detail }];
  });
}
