/** What handlers of the crypto family have in common. */
import { type CipherSuite, cipherSuite, type Provider } from "../../../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../../../spec-model/room/index.ts";
import type { JsonObject } from "../../../format/case.ts";
import type { Answer } from "../../../verify/protocol.ts";

export const invalid: Answer = { outcome: "invalid" };

/** `valid` with what `open` gives; `invalid` where it refuses, with the reason. */
export function unlessRefused(open: () => JsonObject): Answer {
  const opened = attempt(open);
  return isRefused(opened) ? { ...invalid, says: opened.text } : { outcome: "valid", output: opened };
}

/** The cipher suite that the case is about, over the primitives that the handlers are made of. */
export function suiteIn(input: JsonObject, provider: Provider | undefined): CipherSuite {
  const suite = cipherSuite(Number(input["cipherSuite"]), provider);
  if (suite === undefined) throw new Error(`there is no cipher suite ${input["cipherSuite"]}`);
  return suite;
}
