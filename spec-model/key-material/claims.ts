/** KeyMaterialRequests and KeyPackages as the stock's machine sees them. protocol-06 §5.2 */
import { hex } from "../bytes.ts";
import {
  type CipherSuite,
  componentIds,
  dictionaryOf,
  type KeyPackage,
  keyPackageRef,
  type RequiredCapabilities,
  verifyWithLabel,
} from "../mls/index.ts";
import { holderOf, RoomError } from "../room/index.ts";
import type { StockedKeyPackage } from "./stock.ts";
import { type KeyMaterialRequest, KeyMaterialRequestTBS } from "./structures.ts";

/** What a KeyPackage offers. Throws RoomError where its credential names no client. */
export function stocked(suite: CipherSuite, keyPackage: KeyPackage): StockedKeyPackage {
  const { leafNode, cipherSuite } = keyPackage;
  const holder = holderOf(leafNode.credential);
  if (holder === undefined) {
    throw new RoomError("credentialNamesClient", "identity-05 §4", "a KeyPackage names no client of a user");
  }
  const { extensions, proposals, credentials } = leafNode.capabilities;
  return {
    reference: hex(keyPackageRef(suite, keyPackage)),
    client: holder.client,
    protocol: String(keyPackage.version),
    cipherSuite,
    notAfter: leafNode.leafNodeSource === "key_package" ? Number(leafNode.lifetime.notAfter) : 0,
    capabilities: named({
      extensionTypes: extensions,
      proposalTypes: proposals,
      credentialTypes: credentials,
    }),
    isLastResort: dictionaryOf(keyPackage.extensions).has(componentIds.last_resort_key_package),
  };
}

/** Capabilities by registry and name, so that numbers of different registries do not meet. */
export function named(capabilities: RequiredCapabilities): string[] {
  const { extensionTypes, proposalTypes, credentialTypes } = capabilities;
  return [
    ...extensionTypes.map((type) => `extension ${type}`),
    ...proposalTypes.map((type) => `proposal ${type}`),
    ...credentialTypes.map((type) => `credential ${type}`),
  ];
}

/** Throws RoomError unless the requester signed the request and its credential names the requesting user. */
export function verifyRequest(suite: CipherSuite, request: KeyMaterialRequest): void {
  const { requesterSignatureKey, requesterCredential, keyMaterialRequestSignature, requestingUser } = request;
  const signed = KeyMaterialRequestTBS.encode(request);
  const label = "KeyMaterialRequestTBS";
  if (!verifyWithLabel(suite, requesterSignatureKey, label, signed, keyMaterialRequestSignature)) {
    throw new RoomError("requestSignature", "protocol-06 §5.2", "the request's signature does not fit");
  }
  if (holderOf(requesterCredential)?.user === requestingUser.uri) return;
  throw new RoomError(
    "requesterIsHolder",
    "protocol-06 §5.2",
    `the credential is not ${requestingUser.uri}'s`,
  );
}
