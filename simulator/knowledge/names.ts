/** How a run's clients and KeyPackages are called: by labels of the scenario, and numbers in the order they turn up. */
import { hex } from "../../spec-model/bytes.ts";
import { KeyPackage } from "../../spec-model/mls/index.ts";
import type { Scenario } from "../scenario/index.ts";

type ClientSetting = Scenario["clients"][number];

export interface Names {
  /** A client as others meet it: one that goes by a pseudonym is nobody's label to them. */
  shown(client: string): string;
  /** A client by its label, a provider by its domain; whoever the scenario does not know, by its URI. */
  of(id: string): string;
  /** e.g. `ClientB1's KeyPackage 2`; the same for the same octets. */
  keyPackage(keyPackage: KeyPackage | Uint8Array, owner: string): string;
  /** Counts, from 1, what has one name. */
  next(what: string): number;
}

export function namesIn(clients: readonly ClientSetting[]): Names {
  const labels = new Map(clients.map(({ label, client }) => [client, label]));
  const pseudonyms = new Set(clients.flatMap(({ client, behind }) => (behind === undefined ? [] : [client])));
  const keyPackages = new Map<string, string>();
  const counts = new Map<string, number>();
  const next = (what: string) => {
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count);
    return count;
  };
  const of = (id: string) => labels.get(id) ?? id;
  const shown = (client: string) => (pseudonyms.has(client) ? client : of(client));
  return {
    of,
    shown,
    keyPackage(keyPackage, owner) {
      const octets = hex(keyPackage instanceof Uint8Array ? keyPackage : KeyPackage.encode(keyPackage));
      const name = keyPackages.get(octets) ?? `${shown(owner)}'s KeyPackage ${next(`KeyPackage ${owner}`)}`;
      keyPackages.set(octets, name);
      return name;
    },
    next,
  };
}
