/** Members that judge credentials made of several, and get one thing wrong each. mls-extensions §6.5 */
import { concat, hex, noBytes } from "../../spec-model/bytes.ts";
import {
  Capabilities,
  Credential,
  CredentialBindingTBS,
  cipherSuite,
  MultiCredential,
  multiCredential,
  multiCredentialTypes,
  verifyWithLabel,
} from "../../spec-model/mls/index.ts";
import { cryptoHandlers } from "../adapters/typescript/crypto.ts";
import { listIn, octetsIn, octetsOf } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import type { CheckLeftOut } from "./lenient-requests.ts";

type Bindings = ReturnType<typeof MultiCredential.decode>["bindings"];

const operation = "multi-credential.verify";

function mutant(slug: string, says: string, accepts: CheckLeftOut["accepts"]): CheckLeftOut {
  return { id: `multi credential ${slug}`, says, operation, accepts };
}

export const lenientMultiCredentials: readonly CheckLeftOut[] = [
  mutant("of anybody", "does not ask the Authentication Service", (input) =>
    isValid({
      ...input,
      vouched: bindingsIn(input).map(({ credential, credentialKey }) => ({
        credential: hex(Credential.encode(credential)),
        key: hex(credentialKey),
      })),
    }),
  ),
  mutant("by its first binding", "reads the first binding and leaves the others unread", (input) =>
    isValid(withBindings(input, bindingsIn(input).slice(0, 1))),
  ),
  mutant("by its last binding", "keeps the last binding that it has read", (input) =>
    isValid(withBindings(input, bindingsIn(input).slice(-1))),
  ),
  mutant("for itself", "does not look at what other members support", (input) => {
    const own = listIn<string>(input, "members")[Number(input["own"])] ?? "";
    return isValid({ ...input, members: [own], own: 0 });
  }),
  mutant("that is always weak", "takes both types for the weak one", (input) => {
    const { multi, weakMulti } = multiCredentialTypes;
    const credential = multiCredential("weakMulti", bindingsIn(input));
    return isValid({
      ...knowing(input, ({ credentials, ...rest }) => ({
        ...rest,
        credentials: credentials.map((type) => (type === multi ? weakMulti : type)),
      })),
      credential: hex(Credential.encode(credential)),
    });
  }),
  mutant("by cipher suites", "compares cipher suites, and no types of credentials", (input) =>
    isValid(
      knowing(input, (each) => ({
        ...each,
        credentials: [
          ...each.credentials,
          ...bindingsIn(input).map(({ credential }) => credential.credentialType),
          Credential.decode(octetsIn(input, "credential")).credentialType,
        ],
      })),
    ),
  ),
  mutant("without the leaf", "verifies bindings as if they were signed without the leaf's key", (input) =>
    bindingsIn(input).some((binding) => {
      const signed = CredentialBindingTBS.encode({ ...binding, signatureKey: noBytes });
      const suite = cipherSuite(binding.cipherSuite);
      const { credentialKey, signature } = binding;
      return (
        suite !== undefined &&
        verifyWithLabel(suite, credentialKey, "CredentialBindingTBS", signed, signature)
      );
    }),
  ),
];

function bindingsIn(input: JsonObject): Bindings {
  return MultiCredential.decode(octetsIn(input, "credential").subarray(2)).bindings;
}

function withBindings(input: JsonObject, bindings: Bindings): JsonObject {
  const type = octetsIn(input, "credential").subarray(0, 2);
  return { ...input, credential: hex(concat(type, MultiCredential.encode({ bindings }))) };
}

/** Members that support what they do not say. */
function knowing(input: JsonObject, change: (each: Capabilities) => Capabilities): JsonObject {
  const members = listIn<string>(input, "members").map((each) =>
    hex(Capabilities.encode(change(Capabilities.decode(octetsOf(each))))),
  );
  return { ...input, members };
}

function isValid(input: JsonObject): boolean {
  return cryptoHandlers[operation]?.(input).outcome === "valid";
}
