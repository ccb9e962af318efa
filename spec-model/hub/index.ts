/** The hub of a room. */
export { type DeliveryEvent, deliveryMachine } from "./delivery-machine.ts";
export { deliver } from "./fan-out.ts";
export { receiveGroupInfoRequest } from "./group-info.ts";
export { type HostedRoom, type HubKeys, hostRoom } from "./hosted-room.ts";
export type { Asker, HubLinks } from "./links.ts";
export type { CommitEvent, HubRoomContext, HubRoomEvent, HubRoomInput } from "./room-context.ts";
export { hubRoomMachine } from "./room-machine.ts";
export { receiveSubmission } from "./submit.ts";
export { receiveUpdate } from "./update.ts";
