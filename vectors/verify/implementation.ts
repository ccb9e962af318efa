/** Something that answers cases: the model in this process, or a program beside it. */
import type { JsonObject } from "../format/case.ts";
import type { Answer, Capabilities, CaseRequest } from "./protocol.ts";

export interface Implementation {
  readonly capabilities: Capabilities;
  /** Rejects with `ImplementationError` where no answer comes. */
  answer(request: CaseRequest): Promise<Answer>;
  close(): Promise<void>;
}

/** Why there is no answer to a case: a crash, garbage or silence. The next case may still be answered. */
export class ImplementationError extends Error {
  override readonly name = "ImplementationError";
}

/** What `capabilities` lack for a case; undefined: nothing. */
export function lacking(
  capabilities: Capabilities,
  operation: string,
  input: JsonObject,
): string | undefined {
  if (!capabilities.operations.includes(operation)) return `the operation ${operation}`;
  const { structure, cipherSuite } = input;
  const { structures, cipherSuites } = capabilities;
  if (typeof structure === "string" && structures !== undefined && !structures.includes(structure)) {
    return `the structure ${structure}`;
  }
  if (typeof cipherSuite === "number" && cipherSuites !== undefined && !cipherSuites.includes(cipherSuite)) {
    return `cipher suite ${cipherSuite}`;
  }
  return undefined;
}
