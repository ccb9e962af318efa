/** Mistakes about who is asked and answered: what is not forwarded, goes elsewhere, or lacks a part. protocol-06 §5.3 to §5.9 */
import type { Output } from "../../../spec-model/actor.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import { SubmitMessageResponse } from "../../../spec-model/submit/index.ts";
import type { AnyInput, Habit } from "../alteration.ts";
import type { Defect, Party } from "../variant.ts";

type Row = readonly [id: string, says: string, party: Party, breaks: readonly string[], habit: () => Habit];

const rows: readonly Row[] = [
  [
    "follower-keeps-submissions",
    "does not forward its clients' messages to the hub",
    "follower",
    ["arch-5.4-forwarded-to-hub"],
    () => ({ gives: (outputs) => outputs.filter((output) => !isRequestOf(output, "submitMessage")) }),
  ],
  [
    "follower-keeps-updates",
    "does not forward its clients' commits and proposals to the hub",
    "follower",
    ["protocol-4.3.2-list-by-update", "arch-2-followers-use-hub"],
    () => ({ gives: (outputs) => outputs.filter((output) => !isRequestOf(output, "update")) }),
  ],
  [
    "hub-gives-no-group-info",
    "has no GroupInfo to give out",
    "hub",
    ["protocol-3.6-hub-has-group-info"],
    () => ({ takes: (input) => (isRequestTo(input, "groupInfo") ? [] : [input]) }),
  ],
  [
    "provider-asks-for-consent-elsewhere",
    "sends requests for consent and decisions to another provider than the other user's",
    "provider",
    ["protocol-5.7-directly", "protocol-8-direct-peering"],
    () => ({
      gives: (outputs) => outputs.map((output) => elsewhere(output, "requestConsent", "updateConsent")),
    }),
  ],
  [
    "provider-searches-elsewhere",
    "sends identifier queries to another provider than the one that is asked",
    "provider",
    ["protocol-5.8-directly"],
    () => ({ gives: (outputs) => outputs.map((output) => elsewhere(output, "identifierQuery")) }),
  ],
  [
    "follower-reports-elsewhere",
    "sends abuse reports to another provider than the hub",
    "follower",
    ["protocol-5.9-only-to-hub"],
    () => ({ gives: (outputs) => outputs.map((output) => elsewhere(output, "reportAbuse")) }),
  ],
  [
    "hub-answers-without-frank",
    "leaves the frank out of its answer to a message",
    "hub",
    ["protocol-5.4-frank-in-answer"],
    () => ({ gives: (outputs) => outputs.map(withoutFrankInAnswer) }),
  ],
];

export const misdirections: readonly Defect[] = rows.map(([id, says, party, breaks, habit]) => ({
  kind: "defect",
  id,
  says,
  party,
  breaks,
  alteration: { habit },
}));

function isRequestOf(output: Output, ...operations: readonly string[]): boolean {
  return output.type === "request" && operations.includes(output.operation);
}

function isRequestTo(input: AnyInput, endpoint: string): boolean {
  return input.type === "request" && input.request.path.includes(endpoint);
}

/** To one that has nothing to do with it. */
function elsewhere(output: Output, ...operations: readonly string[]): Output {
  if (output.type !== "request" || !isRequestOf(output, ...operations)) return output;
  const to = output.to === "c.example" ? "b.example" : "c.example";
  return { ...output, to, request: { ...output.request, host: to } };
}

function withoutFrankInAnswer(output: Output): Output {
  if (output.type !== "response") return output;
  const decoded = attempt(() => SubmitMessageResponse.decode(output.response.body));
  if (isRefused(decoded) || !("frank" in decoded) || decoded.frank === undefined) return output;
  const body = SubmitMessageResponse.encode({ ...decoded, frank: undefined });
  return { ...output, response: { ...output.response, body } };
}
