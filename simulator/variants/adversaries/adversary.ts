/** How adversaries are written down here, and what several of them do in the same way. */
import type { Output } from "../../../spec-model/actor.ts";
import type { MlsLayer } from "../../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import { SubmitMessageRequest } from "../../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";
import type { Alteration, Company, Habit } from "../alteration.ts";
import type { Adversary, Party } from "../variant.ts";
import { type AssumptionId, restingOn } from "./assumptions.ts";

/** An adversary by its habit; what it violates of what the drafts count on comes last but one. */
export type Row = readonly [
  id: string,
  says: string,
  limits: string,
  violates: readonly AssumptionId[],
  habit: (company: Company) => Habit,
];

export function adversariesOf(party: Party, rows: readonly Row[]): readonly Adversary[] {
  return rows.map(([id, says, limits, violates, habit]) =>
    adversary(party, id, says, limits, violates, { habit }),
  );
}

export function adversary(
  party: Party,
  id: string,
  says: string,
  limits: string,
  violates: readonly AssumptionId[],
  alteration: Alteration,
): Adversary {
  const breaks = restingOn(violates);
  return { kind: "adversary", id, says, limits, party, violates, breaks, alteration };
}

/** A member that makes its commits otherwise. */
export function committing(
  how: (commit: MlsLayer["commit"], layer: MlsLayer) => MlsLayer["commit"],
): () => Habit {
  return () => ({ mls: (layer) => ({ ...layer, commit: how(layer.commit, layer) }) });
}

/** A member that makes its application messages otherwise. */
export function speaking(
  how: (encrypt: MlsLayer["encryptApplication"]) => MlsLayer["encryptApplication"],
): Habit {
  return { mls: (layer) => ({ ...layer, encryptApplication: how(layer.encryptApplication) }) };
}

/** An update on its way from a follower to the hub, changed. */
export function updateBetween(output: Output, change: (request: UpdateRequest) => UpdateRequest): Output {
  if (output.type !== "request" || output.operation !== "update") return output;
  const decoded = attempt(() => UpdateRequest.decode(output.request.body));
  if (isRefused(decoded)) return output;
  return { ...output, request: { ...output.request, body: UpdateRequest.encode(change(decoded)) } };
}

/** A submission on its way from a follower to the hub, changed. */
export function submissionBetween(
  output: Output,
  change: (request: SubmitMessageRequest) => SubmitMessageRequest,
): Output {
  if (output.type !== "request" || output.operation !== "submitMessage") return output;
  const decoded = attempt(() => SubmitMessageRequest.decode(output.request.body));
  if (isRefused(decoded)) return output;
  return { ...output, request: { ...output.request, body: SubmitMessageRequest.encode(change(decoded)) } };
}

/** As long as before, and with another first octet. */
export function another(octets: Uint8Array): Uint8Array {
  return octets.map((octet, i) => (i === 0 ? octet ^ 1 : octet));
}
