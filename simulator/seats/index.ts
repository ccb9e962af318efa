/** Seats in a room for clients that run on another MLS stack than the model's. Those that exist are asynchronous. */
export { newTsMlsClient, stepTsMlsClient, type TsMlsClient, tsMlsSummary } from "./ts-mls/index.ts";
