/** The flows family: runs as each seat in them sees them. */
import type { Scenario } from "../../../simulator/scenario/index.ts";
import type { ProviderState } from "../../../spec-model/provider/index.ts";
import type { Suite, VectorGroup } from "../../format/case.ts";
import { clientGroup, providerGroup } from "./cases.ts";
import { clientFlow } from "./client-flow.ts";
import { flowNotes } from "./notes.ts";
import { providerFlow } from "./provider-flow.ts";
import type { Recording } from "./record.ts";
import { type FlowRun, flowRuns, recorded } from "./runs.ts";
import { successorFaults } from "./successor-faults.ts";

/** One file for each run. */
export function flowSuites(): Suite[] {
  return flowRuns.map((run) => ({
    draft: "protocol-06",
    family: "flows",
    name: run.name,
    title: run.title,
    seed: String(run.seed),
    notes: flowNotes,
    groups: groupsOf(run, recorded(run)),
  }));
}

function groupsOf(run: FlowRun, recording: Recording): VectorGroup[] {
  const { scenario, name } = run;
  const hasFaults = run.faults.length === 0;
  const flags = [hasFaults ? "Valid" : "BadLinks"];
  const providers = scenario.providers.map(({ domain, label }) => {
    const seat = seatOf(scenario, recording, domain);
    const common = { id: `flow-${name}-${slugOf(domain)}`, operation: `flow.${seat}`, flags, hasFaults };
    return providerGroup(
      { ...common, comment: `${run.title}: ${label} as ${words[seat]}` },
      providerFlow(recording, domain),
    );
  });
  const clients = scenario.clients.flatMap(({ client, label }) => {
    const flow = clientFlow(recording, client, !hasFaults);
    if (flow === undefined) return [];
    const id = `flow-${name}-${slugOf(label)}`;
    const seat = { id, operation: "flow.client", flags, hasFaults, comment: `${run.title}: ${label}` };
    return [clientGroup(seat, flow, hasFaults ? successorFaults(recording, flow) : [])];
  });
  return [...providers, ...clients];
}

type ProviderSeatName = "hub" | "follower" | "requester" | "target";

const words: Readonly<Record<ProviderSeatName, string>> = {
  hub: "the hub",
  follower: "a follower",
  requester: "the provider of who asks for others",
  target: "the provider of who is asked for",
};

/** What a provider is in a run, above all. */
function seatOf({ introduction }: Scenario, { actors }: Recording, domain: string): ProviderSeatName {
  const steps = actors.get(domain)?.steps ?? [];
  const state = steps.at(-1)?.after as ProviderState | undefined;
  const asks = steps.some(({ input }) => input.type === "local" && isIntroduction(input.message));
  if (introduction !== undefined) return asks ? "requester" : "target";
  return Object.keys(state?.hosted ?? {}).length > 0 ? "hub" : "follower";
}

function isIntroduction(message: { readonly type: string; readonly operation?: string }): boolean {
  return ["requestConsent", "identifierQuery", "keyMaterial", "discoveryTokens"].includes(
    message.operation ?? "",
  );
}

function slugOf(text: string): string {
  return text.toLowerCase().replaceAll(".", "-");
}
