/** Refusals by providers: the drafts give them no HTTP status, so that one is as right as another. protocol-06 §5 */
import type { Json, JsonObject } from "../format/case.ts";

/** What a provider did in a step; where it refuses what it was expected to refuse, it does so as was expected. */
export function asExpectedRefusals(expected: Json | undefined, given: Json): Json {
  if (!Array.isArray(given) || !Array.isArray(expected)) return given;
  const outputs = expected as readonly Json[];
  return (given as readonly Json[]).map((output, i) => asExpected(outputs[i], output));
}

function asExpected(expected: Json | undefined, given: Json): Json {
  if (!isObject(expected) || !isObject(given) || expected["kind"] !== given["kind"]) return given;
  if (given["kind"] === "answer") return withRefusal(expected, given);
  const [message, own] = [expected["message"], given["message"]];
  if (given["kind"] !== "client" || !isObject(message) || !isObject(own)) return given;
  return { ...given, message: withRefusal(message, own) };
}

function withRefusal(expected: JsonObject, given: JsonObject): JsonObject {
  const { status, body } = expected;
  const isSame = isRefusal(status) && isRefusal(given["status"]);
  return isSame ? { ...given, status, body: body ?? "" } : given;
}

function isRefusal(status: Json | undefined): status is number {
  return typeof status === "number" && status >= 400 && status < 500;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
