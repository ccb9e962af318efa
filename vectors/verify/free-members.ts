/** Answers to flows without what a right implementation is free in: then they can be compared. */
import { fromHex, hex, noBytes, textOf } from "../../spec-model/bytes.ts";
import {
  GroupInfoRatchetTreeTBE,
  GroupInfoResponse,
  openGroupInfoResponse,
} from "../../spec-model/group-info/index.ts";
import { realMls } from "../../spec-model/mls/index.ts";
import { UpdateRoomResponse } from "../../spec-model/update/index.ts";
import type { Json, JsonObject, VectorCase } from "../format/case.ts";
import { type FreeMember, type ProviderFlowStep, stepsToPlay } from "../format/flow-steps.ts";
import type { Answer, CaseRequest } from "./protocol.ts";
import { asExpectedRefusals } from "./refusals.ts";

/** The answer as it is compared; one that is no answer to a flow stays as it is. */
export function withoutFreeMembers(
  { operation, input, output }: Pick<CaseRequest, "operation" | "input"> & Pick<VectorCase, "output">,
  answer: Answer,
): Answer {
  const given = answer.output?.["steps"];
  if (!operation.startsWith("flow.") || !Array.isArray(given)) return answer;
  const asked = stepsToPlay<ProviderFlowStep>(input);
  const expected = (output?.["steps"] ?? []) as readonly Json[];
  const isLast = (i: number) => output?.["last"] !== undefined && i === given.length - 1;
  const steps = (given as readonly Json[]).map((outputs, i) =>
    asExpectedRefusals(isLast(i) ? output?.["last"] : expected[i], comparable(outputs, asked[i]?.free ?? [])),
  );
  const last = steps.at(-1);
  return { ...answer, output: { ...answer.output, steps, ...(last === undefined ? {} : { last }) } };
}

/** What a provider did in a step, with the bodies of its answers in their comparable form. */
export function comparable(outputs: Json, free: readonly FreeMember[]): Json {
  if (!Array.isArray(outputs)) return outputs;
  return (outputs as readonly Json[]).map((output) => {
    if (!isObject(output)) return output;
    if (output["kind"] === "answer") return { ...output, body: comparableBody(output["body"], free) };
    const message = output["message"];
    if (output["kind"] !== "client" || !isObject(message) || message["type"] !== "answer") return output;
    return { ...output, message: { ...message, body: comparableBody(message["body"], free) } };
  });
}

function comparableBody(body: Json | undefined, free: readonly FreeMember[]): Json {
  const bytes = typeof body === "string" ? fromHex(body) : undefined;
  if (bytes === undefined) return body ?? "";
  const [member] = free;
  switch (member?.structure) {
    case "UpdateRoomResponse":
      return withoutDescription(bytes) ?? hex(bytes);
    case "GroupInfoResponse":
      return opened(bytes, member.openWith ?? "") ?? hex(bytes);
    case "encapsulated response":
      return bytes.length === 0 ? "" : anything;
    default:
      return hex(bytes);
  }
}

/** Stands for a body that every implementation draws anew. */
const anything = "00";

/** The description in an UpdateRoomResponse is for people: it is left empty. protocol-06 §5.3 */
function withoutDescription(bytes: Uint8Array): string | undefined {
  try {
    const response = UpdateRoomResponse.decode(bytes);
    if (response.responseCode === "success") return undefined;
    return hex(UpdateRoomResponse.encode({ ...response, errorDescription: "" }));
  } catch {
    return undefined;
  }
}

/**
 * A GroupInfoResponse with the plaintext in the place of its ciphertext and nothing in that of its signature, which
 * has to be the hub's; undefined where it is not.
 */
function opened(bytes: Uint8Array, openWith: string): string | undefined {
  try {
    const response = GroupInfoResponse.decode(bytes);
    if (response.status !== "success") return undefined;
    const suite = realMls.suite(response.cipherSuite);
    const room = textOf(response.roomId) ?? "";
    const plaintext = openGroupInfoResponse(suite, response, room, fromHex(openWith) ?? noBytes);
    GroupInfoRatchetTreeTBE.decode(plaintext);
    const encryptedGroupinfoAndTree = { kemOutput: new Uint8Array(), ciphertext: plaintext };
    return hex(
      GroupInfoResponse.encode({ ...response, encryptedGroupinfoAndTree, signature: new Uint8Array() }),
    );
  } catch {
    return undefined;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
