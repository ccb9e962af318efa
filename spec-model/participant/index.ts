/** A client that takes part in rooms. */
export { clientCapabilities, leafExtensions } from "./application.ts";
export { stepClient } from "./client.ts";
export type { ClientState, OwnProvider } from "./client-state.ts";
export type { ClientIntention, ProviderIntention, Said } from "./intentions.ts";
export { newClient } from "./new-client.ts";
export type { ParticipantEvent } from "./room-context.ts";
export { participantRoomMachine } from "./room-machine.ts";
