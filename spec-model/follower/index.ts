/** A provider that follows a room hosted elsewhere. */
export { clientMoved, type FollowedRoom, type FollowerLinks, receiveNotify, unknownRoom } from "./notify.ts";
export {
  type Delivery,
  type FannedOut,
  type FollowerRoomEvent,
  followerRoomMachine,
} from "./room-machine.ts";
