/** A provider's server. */
export { newProvider, type ProviderSettings } from "./new-provider.ts";
export { stepProvider } from "./provider.ts";
export type { Account, ProviderState } from "./state.ts";
