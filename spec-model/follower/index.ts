/** A provider that follows a room hosted elsewhere. */
export {
  type Delivery,
  type FannedOut,
  type FollowerRoomEvent,
  followerRoomMachine,
} from "./room-machine.ts";
