/** A client that takes part in rooms. */
export type { ClientIntention, ProviderIntention, Said } from "./intentions.ts";
export type { ParticipantEvent } from "./room-context.ts";
export { participantRoomMachine } from "./room-machine.ts";
