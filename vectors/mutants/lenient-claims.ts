/** Implementations that make one mistake with claims of KeyPackages. protocol-06 §5.2 */
import { listIn } from "../adapters/typescript/input.ts";
import type { Json, JsonObject } from "../format/case.ts";
import { answered, mutant, type StateMutant } from "./state-mutant.ts";

const claims = "key-packages.claim";

export function claimMutants(): StateMutant[] {
  const mended = (change: (input: JsonObject) => JsonObject) => (input: JsonObject) =>
    answered(claims, { ...input, ...change(input) });
  const stock = (input: JsonObject, change: (each: JsonObject) => JsonObject): JsonObject => ({
    stock: listIn<JsonObject>(input, "stock").map((each) => ({ ...each, ...change(each) })) as Json,
  });
  const asked = (input: JsonObject, change: (each: JsonObject) => JsonObject): JsonObject => ({
    claims: listIn<JsonObject>(input, "claims").map((each) => ({ ...each, ...change(each) })) as Json,
  });
  const always = "99999999999";
  return [
    mutant(
      claims,
      "key material again and again",
      "forgets what it has handed out",
      mended((input) => ({
        claims: listIn<JsonObject>(input, "claims").slice(-1) as Json,
      })),
    ),
    mutant(
      claims,
      "key material without a clock",
      "hands out what has expired",
      mended((input) => stock(input, () => ({ notAfter: always }))),
    ),
    mutant(
      claims,
      "key material of any cipher suite",
      "does not look at cipher suites",
      mended((input) => asked(input, () => ({ acceptableCiphersuites: [1, 2, 3] }))),
    ),
    mutant(
      claims,
      "key material of any capabilities",
      "does not look at capabilities",
      mended((input) => asked(input, () => ({ requiredCapabilities: [] }))),
    ),
    mutant(
      claims,
      "key material of any registry",
      "compares the names of capabilities without their registries",
      mended((input) => ({
        ...stock(input, ({ capabilities }) => ({ capabilities: bareNames(capabilities) })),
        ...asked(input, ({ requiredCapabilities }) => ({
          requiredCapabilities: bareNames(requiredCapabilities),
        })),
      })),
    ),
    mutant(
      claims,
      "key material for any protocol",
      "does not look at the protocol",
      mended((input) => asked(input, () => ({ protocol: "mls10" }))),
    ),
    mutant(
      claims,
      "key material without consent",
      "does not ask about consent",
      mended((input) => asked(input, () => ({ consent: "granted" }))),
    ),
    mutant(claims, "key material of the dead", "keeps what deleted users have left", (input) => {
      const { deleted, ...rest } = input;
      return deleted === true ? answered(claims, rest) : undefined;
    }),
    mutant(
      claims,
      "nothing as a success",
      "calls it a success that every client of none has got something",
      (input) => (listIn(input, "stock").length === 0 ? "success" : undefined),
    ),
  ];
}

function bareNames(names: Json | undefined): Json {
  return (names as readonly string[]).map((name) => name.slice(name.indexOf(" ") + 1));
}
