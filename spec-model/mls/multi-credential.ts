/** Binding several credentials to the signature key of one leaf, and judging such a leaf (mls-extensions §6.5). */
import { concat } from "../bytes.ts";
import { type MlsApplication, suiteFor } from "./application.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { decoded } from "./errors.ts";
import { signWithLabel, verifyWithLabel } from "./labelled.ts";
import {
  type Capabilities,
  Credential,
  CredentialBindingTBS,
  type LeafNode,
  MultiCredential,
} from "./structures/index.ts";

/** The credential types that mls-extensions §7.3 suggests numbers for. */
export const multiCredentialTypes = { multi: 3, weakMulti: 4 } as const;

type Binding = ReturnType<typeof MultiCredential.decode>["bindings"][number];

/** The holder's statement that the leaf's `signatureKey` is its own. mls-extensions §6.5.1 */
export function bindCredential(
  suite: CipherSuite,
  holder: {
    readonly credential: Credential;
    readonly publicKey: Uint8Array;
    readonly privateKey: Uint8Array;
  },
  signatureKey: Uint8Array,
): Binding {
  const bound = {
    cipherSuite: suite.id,
    credential: holder.credential,
    credentialKey: holder.publicKey,
  };
  const signed = CredentialBindingTBS.encode({ ...bound, signatureKey });
  return { ...bound, signature: signWithLabel(suite, holder.privateKey, label, signed) };
}

/** A credential made of these bindings. mls-extensions §6.5 */
export function multiCredential(kind: keyof typeof multiCredentialTypes, bindings: Binding[]): Credential {
  const head = Uint8Array.of(0, multiCredentialTypes[kind]);
  return Credential.decode(concat(head, MultiCredential.encode({ bindings })));
}

/** What is wrong with a leaf's credential of several; `invalid` is one of its bindings. */
export type MultiCredentialProblem = "typeUnsupported" | "bindingUnsupported" | "invalid";

/**
 * What a client with the capabilities `own` has against the leaf in a group whose members, itself among them, have
 * `members`; undefined where it has nothing, or the leaf's credential is of another type. Refuses a credential that
 * cannot be decoded (`malformed`). mls-extensions §6.5.2
 */
export function multiCredentialProblem(
  leaf: Pick<LeafNode, "credential" | "signatureKey">,
  members: readonly Capabilities[],
  own: Capabilities,
  app: MlsApplication,
): MultiCredentialProblem | undefined {
  const { credentialType } = leaf.credential;
  const isWeak = credentialType === multiCredentialTypes.weakMulti;
  if (!isWeak && credentialType !== multiCredentialTypes.multi) return undefined;
  if (members.some(({ credentials }) => !credentials.includes(credentialType))) return "typeUnsupported";
  const { bindings } = decoded(MultiCredential, Credential.encode(leaf.credential).subarray(2));
  const enough = members.every((member) => {
    const supported = bindings.filter((binding) => supports(member, binding));
    return isWeak ? supported.length > 0 : supported.length === bindings.length;
  });
  if (!enough) return "bindingUnsupported";
  const valid = bindings
    .filter((binding) => supports(own, binding))
    .every((binding) => isValid(binding, leaf.signatureKey, app));
  return valid ? undefined : "invalid";
}

const label = "CredentialBindingTBS";

function supports({ credentials, cipherSuites }: Capabilities, binding: Binding): boolean {
  return (
    credentials.includes(binding.credential.credentialType) && cipherSuites.includes(binding.cipherSuite)
  );
}

function isValid(binding: Binding, signatureKey: Uint8Array, app: MlsApplication): boolean {
  if (app.validateCredential?.(binding.credential, binding.credentialKey) !== undefined) return false;
  const signed = CredentialBindingTBS.encode({ ...binding, signatureKey });
  const suite = suiteFor(app, binding.cipherSuite);
  return verifyWithLabel(suite, binding.credentialKey, label, signed, binding.signature);
}
