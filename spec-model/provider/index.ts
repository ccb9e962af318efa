/** A provider's server. */
export { requestProblem, sourceOf } from "./connections.ts";
export { newProvider, type ProviderSettings } from "./new-provider.ts";
export { stepProvider } from "./provider.ts";
export type { Account, ProviderState } from "./state.ts";
