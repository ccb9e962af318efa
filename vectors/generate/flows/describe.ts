/** A flow in lines that people read: what reaches the seat, and what it does. */

import { textOf } from "../../../spec-model/bytes.ts";
import { decodeContent } from "../../../spec-model/content/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import { SubmitMessageResponse } from "../../../spec-model/submit/index.ts";
import { UpdateRoomResponse } from "../../../spec-model/update/index.ts";
import type { JsonObject } from "../../format/case.ts";
import type {
  ClientFlowOutput,
  ClientStep,
  ProviderFlowOutput,
  ProviderFlowStep,
} from "../../format/flow-steps.ts";
import type { ClientFlow } from "./client-flow.ts";
import { octetsIn } from "./damage.ts";
import { kindOf } from "./event-kind.ts";
import { endpointName } from "./provider-faults.ts";
import type { ProviderFlow } from "./provider-flow.ts";

/** One line a step, with the milliseconds since the first. */
export function describeProviderFlow({ setup, steps, outputs }: ProviderFlow): string[] {
  const start = steps[0]?.at ?? 0;
  const operations = new Map<string, string>();
  return steps.map((step, i) => {
    for (const output of outputs[i] ?? []) {
      if (output.kind === "request") operations.set(output.exchange, operationAt(output.to, output.path));
    }
    if (step.kind === "request") operations.set(step.exchange, operationAt(setup.domain, step.path));
    if (step.kind === "client") operations.set(askName(step.client, step.message), askedFor(step.message));
    const done = (outputs[i] ?? []).map((output) => outputLine(output, operations));
    const then = done.length === 0 ? "" : `: ${done.join("; ")}`;
    return `+${step.at - start} ms ${stepLine(step, operations)}${then}`;
  });
}

export function describeClientFlow({ steps, outputs }: ClientFlow): string[] {
  const start = steps[0]?.at ?? 0;
  return steps.map((step, i) => `+${step.at - start} ms ${clientLine(step)}: ${seenLine(outputs[i])}`);
}

function clientLine(step: ClientStep): string {
  if ("founding" in step) return "founds a group";
  if ("sent" in step) return "sends a commit";
  if ("said" in step) return `says ${textIn(step.said.content)}`;
  if ("status" in step) {
    const operation = step.to === undefined ? "update" : "submitMessage";
    return `is answered ${step.status}${codeOf(operation, step.body)}`;
  }
  const kind = kindOf(step) ?? "octets";
  return step.made === undefined ? kind : `its own ${kind}`;
}

function seenLine(output: ClientFlowOutput | undefined): string {
  if (output === undefined) return "";
  const texts = output.shown.map(({ sender, content }) => `${nameOf(sender)}: ${textIn(content)}`);
  const where =
    output.epoch === null ? "in no group" : `epoch ${output.epoch}, ${output.clients.length} clients`;
  return [where, ...texts].join("; ");
}

function textIn(content: string): string {
  const decoded = attempt(() => decodeContent(octetsIn(content)));
  if (isRefused(decoded)) return "a message";
  const part = decoded.nestedPart;
  return part.cardinality === "single" ? `"${textOf(part.content) ?? ""}"` : "a message";
}

function operationAt(domain: string, path: string): string {
  return endpointName(domain, path) ?? path;
}

function askName(client: string, message: JsonObject): string {
  return `${client} ${String(message["id"])}`;
}

function askedFor(message: JsonObject): string {
  const operation = message["operation"];
  return typeof operation === "string" ? operation : String(message["type"]);
}

function stepLine(step: ProviderFlowStep, operations: ReadonlyMap<string, string>): string {
  switch (step.kind) {
    case "request":
      return `${step.peer} asks: ${operations.get(step.exchange) ?? step.path}`;
    case "answer":
      return `the answer to ${operations.get(step.exchange) ?? "a request"} (${step.exchange}) is ${step.status}`;
    case "noAnswer":
      return `no answer to ${operations.get(step.exchange) ?? "a request"} (${step.exchange})`;
    case "client":
      return `${nameOf(step.client)} asks: ${askedFor(step.message)}`;
    case "operator":
      return `the operator wants: ${String(step.wish["type"])}`;
    case "retry":
      return `the time to try ${step.provider} again`;
  }
}

function outputLine(output: ProviderFlowOutput, operations: ReadonlyMap<string, string>): string {
  switch (output.kind) {
    case "request":
      return `${operationAt(output.to, output.path)} to ${output.to}`;
    case "answer":
      return `answers ${output.status}${codeOf(operations.get(output.exchange), output.body)}`;
    case "client": {
      const { type, status, body } = output.message;
      if (type !== "answer") return `${String(type)} to ${nameOf(output.to)}`;
      const operation = operations.get(askName(output.to, output.message));
      return `answers ${nameOf(output.to)} ${String(status)}${codeOf(operation, String(body))}`;
    }
  }
}

function codeOf(operation: string | undefined, body: string): string {
  const code = attempt(() => {
    if (operation === "update") return UpdateRoomResponse.decode(octetsIn(body)).responseCode;
    return operation === "submitMessage" ? SubmitMessageResponse.decode(octetsIn(body)).statusCode : "";
  });
  return isRefused(code) || code === "" ? "" : ` ${code}`;
}

function nameOf(uri: string): string {
  return uri.slice(uri.indexOf("/", "mimi://".length) + 3);
}
