/** A client whose MLS is ts-mls 1.6.4: it joins by our Welcomes, and takes part for as long as ts-mls can follow. */
export { stepTsMlsClient } from "./client.ts";
export { newTsMlsClient, type TsMlsClient } from "./client-state.ts";
export { tsMlsSummary } from "./summary.ts";
