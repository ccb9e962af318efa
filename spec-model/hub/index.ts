/** The hub of a room. */
export { type DeliveryEvent, deliveryMachine, type Sending } from "./delivery-machine.ts";
export { destroyRoom } from "./destroy-room.ts";
export { type DurableRoom, durableState, restoredFrom } from "./durable.ts";
export { deliver } from "./fan-out.ts";
export { frankingKeys } from "./franking.ts";
export { receiveGroupInfoRequest } from "./group-info.ts";
export {
  type HostedRoom,
  type HubKeys,
  hostRoom,
  isClosed,
  isSuperseded,
  parentRoom,
} from "./hosted-room.ts";
export type { Asker, HubLinks } from "./links.ts";
export { refuseUnknownRoom } from "./no-such-room.ts";
export type {
  CommitEvent,
  HubRoomContext,
  HubRoomEvent,
  HubRoomInput,
  Surroundings,
} from "./room-context.ts";
export { hubRoomMachine } from "./room-machine.ts";
export { effectiveRoom } from "./room-rules.ts";
export { decision as hubDecision } from "./room-updates.ts";
export { receiveSubmission } from "./submit.ts";
export { succeedRoom } from "./succeed-room.ts";
export { issueJoinCode, pursueHubWish } from "./take-own-proposals.ts";
export { receiveUpdate } from "./update.ts";
export type { HubWish } from "./wishes.ts";
