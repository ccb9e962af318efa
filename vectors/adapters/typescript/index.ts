/** The model as an implementation under test: what the harness runs when it is given no other. */
import type { Implementation } from "../../verify/implementation.ts";
import type { Answer, CaseRequest } from "../../verify/protocol.ts";
import { bodyHandlers, externalHandlers } from "./bodies.ts";
import { codecHandlers } from "./codec.ts";
import { codecRuleHandlers } from "./codec-rules.ts";
import { conductHandlers } from "./conduct.ts";
import { contentHandlers } from "./content.ts";
import { cryptoHandlers } from "./crypto.ts";
import { flowHandlers } from "./flows.ts";
import type { Handler } from "./handler.ts";
import { policyHandlers } from "./policy.ts";
import { stateHandlers } from "./state.ts";

const handlers: ReadonlyMap<string, Handler> = new Map(
  Object.entries({
    ...codecHandlers,
    ...codecRuleHandlers,
    ...contentHandlers,
    ...bodyHandlers,
    ...externalHandlers,
    ...cryptoHandlers,
    ...policyHandlers,
    ...conductHandlers,
    ...stateHandlers,
    ...flowHandlers,
  }),
);

export const capabilities = {
  type: "capabilities",
  protocol: 1,
  name: "mimi-toolkit",
  version: "0.1.0",
  operations: [...handlers.keys()],
} as const;

/** The answer of the model. Throws for an input that no published case has. */
export function answer({ operation, input }: CaseRequest): Answer {
  const handler = handlers.get(operation);
  return handler === undefined ? { outcome: "unsupported" } : handler(input);
}

export const model: Implementation = {
  capabilities,
  answer: (request) => Promise.resolve(answer(request)),
  close: () => Promise.resolve(),
};
