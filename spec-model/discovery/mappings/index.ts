/** Discovery of the services on which somebody can be reached: a model of ours that meets the drafts' requirements. */
export {
  type DiscoveryProviderState,
  mappingsOf,
  newDiscoveryProvider,
  stepDiscoveryProvider,
} from "./discovery-provider.ts";
export { identifierMachine } from "./identifier-machine.ts";
export {
  type IdentifierProviderIntention,
  type IdentifierProviderState,
  newIdentifierProvider,
  stepIdentifierProvider,
} from "./identifier-provider.ts";
export { openAnswer, openLookup, paddedTo, sealLookup } from "./lookup.ts";
export type { IdentifierEvent } from "./mapping-rules.ts";
export { discoveryPaths } from "./paths.ts";
export {
  authoriseMapping,
  isGenuineMapping,
  proveControl,
  removeOwn,
  removeUnassigned,
  type TrustedIssuers,
} from "./signed.ts";
export {
  ControlProof,
  ControlRequest,
  Mapping,
  MappingTBS,
  Removal,
  Sealed,
  type Service,
  type Token,
  TokenRequest,
  TokenResponse,
} from "./structures.ts";
export {
  type BlindedToken,
  blindTokens,
  finishTokens,
  signBlindly,
  tokenName,
} from "./tokens.ts";
export { partiesWithBothEnds, type Way, whoLearns } from "./who-learns.ts";
