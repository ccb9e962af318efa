/** The franking agent that a client puts into a group: its own provider, as the hub. protocol-06 §5.4.1 */
import { FrankingAgentData } from "../franking/index.ts";
import { dictionaryExtension, dictionaryOf, type Extension } from "../mls/index.ts";
import { providerCredential } from "../room/index.ts";
import { componentIds } from "../room/structures/index.ts";
import type { OwnProvider } from "./client-state.ts";

/** The component's content. */
export function hubAsFrankingAgent({ domain, frankingKey }: OwnProvider): Uint8Array {
  const credential = providerCredential(domain);
  return FrankingAgentData.encode({ frankingSignatureKey: frankingKey, credential });
}

/** The extensions of a group with another agent than these name; the same where none is given. */
export function withFrankingAgent(
  extensions: readonly Extension[],
  agent: Uint8Array | undefined,
): Extension[] {
  if (agent === undefined) return [...extensions];
  const components = new Map(dictionaryOf(extensions)).set(componentIds.franking_signature_key, agent);
  const dictionary = dictionaryExtension(components);
  return extensions.map((each) => (each.extensionType === dictionary.extensionType ? dictionary : each));
}
