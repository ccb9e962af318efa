/** Options of the command line that say what goes wrong in a run and what is watched for. */
import { InvalidArgumentError } from "commander";
import { type Fault, FaultTextError, parseFault, swarmFor, swarmPace } from "../simulator/faults/index.ts";
import { parseDuration, TimeTextError } from "../simulator/kernel/index.ts";
import { type Property, properties, propertyById } from "../simulator/properties/index.ts";
import type { Scenario } from "../simulator/scenario/index.ts";
import { UsageError } from "./usage-error.ts";

/** Gathers the faults of an option that may be repeated. */
export function faultOption(text: string, before: readonly Fault[]): readonly Fault[] {
  try {
    return [...before, parseFault(text)];
  } catch (error) {
    if (error instanceof FaultTextError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

/** `I03,L01`; `none` for no property at all. */
export function propertiesOption(text: string): readonly Property[] {
  if (text === "none") return [];
  return text.split(",").map((id) => {
    const found = propertyById.get(id.trim().toUpperCase());
    if (found !== undefined) return found;
    const known = properties.map((property) => property.id).join(", ");
    throw new InvalidArgumentError(`there is no property "${id.trim()}"; there are ${known}.`);
  });
}

/** A duration in whole milliseconds, e.g. `300ms`. */
export function paceOption(text: string): number {
  try {
    const microseconds = parseDuration(text);
    if (microseconds >= 1000 && microseconds % 1000 === 0) return microseconds / 1000;
  } catch (error) {
    if (!(error instanceof TimeTextError)) throw error;
  }
  throw new InvalidArgumentError("a pace is a whole number of milliseconds, e.g. 300ms.");
}

export interface FaultSettings {
  readonly seed: number;
  readonly fault: readonly Fault[];
  readonly swarm: boolean;
  readonly pace?: number;
}

/** What goes wrong in a run. Throws UsageError for faults of actors whom the scenario does not have. */
export function faultsFor(
  scenario: Scenario,
  { seed, fault, swarm, pace }: FaultSettings,
): { readonly faults: readonly Fault[]; readonly paceMs?: number } {
  for (const each of fault) demandKnown(scenario, each);
  const faults = [...fault, ...(swarm ? swarmFor(scenario, seed) : [])];
  const paceMs = pace ?? (swarm ? swarmPace(seed) : undefined);
  return { faults, ...(paceMs === undefined ? {} : { paceMs }) };
}

function demandKnown({ name, providers, clients }: Scenario, fault: Fault): void {
  const domains = providers.map(({ domain }) => domain);
  const uris = clients.map(({ client }) => client);
  const named = namedIn(fault).filter((each) => each !== "*");
  const known = fault.type === "offline" ? uris : fault.type === "skew" ? [...domains, ...uris] : domains;
  const stranger = named.find((each) => !known.includes(each));
  if (stranger === undefined) return;
  throw new UsageError(`mimi run: ${fault.type} names ${stranger}, and ${name} has ${known.join(", ")}.`);
}

function namedIn(fault: Fault): readonly string[] {
  if (fault.type === "partition") return fault.groups.flat();
  return "link" in fault ? [fault.link.from, fault.link.to] : [fault.actor];
}
