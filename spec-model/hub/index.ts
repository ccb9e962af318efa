/** The hub of a room. */
export { type DeliveryEvent, deliveryMachine } from "./delivery-machine.ts";
export type { CommitEvent, HubRoomContext, HubRoomEvent, HubRoomInput } from "./room-context.ts";
export { hubRoomMachine } from "./room-machine.ts";
