/** A provider's server. */
export { newProvider } from "./new-provider.ts";
export { stepProvider } from "./provider.ts";
export type { ProviderState } from "./state.ts";
