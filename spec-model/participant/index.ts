/** A client that takes part in rooms. */
export { clientApplication, clientCapabilities, leafExtensions } from "./application.ts";
export { stepClient } from "./client.ts";
export type { ClientRoom, ClientState, OwnProvider } from "./client-state.ts";
export type { DiscoveryTrust } from "./finding.ts";
export { hidesHandshakes } from "./handshakes.ts";
export type { ClientIntention, ProviderIntention, RoomSetup, Said } from "./intentions.ts";
export type { IntroductionIntention } from "./introduction-intentions.ts";
export { newClient } from "./new-client.ts";
export { type Persona, peopleBehind } from "./persona.ts";
export { readableText } from "./readable.ts";
export {
  type KeptCommit,
  type KeptGroup,
  type KeptMessage,
  recallCommit,
  recallGroup,
  recallMessage,
  recallProposals,
} from "./recall.ts";
export { requestMachine } from "./request-machine.ts";
export type { ParticipantEvent } from "./room-context.ts";
export { participantRoomMachine } from "./room-machine.ts";
export { timelineIn, told } from "./timeline.ts";
