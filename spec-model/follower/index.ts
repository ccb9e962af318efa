/** A provider that follows a room hosted elsewhere, and its own clients. */
export { type ClientLinkContext, type ClientLinkEvent, clientLinkMachine } from "./client-link-machine.ts";
export { clientMoved, type FollowedRoom, type FollowerLinks, receiveNotify, unknownRoom } from "./notify.ts";
export {
  type Delivery,
  type FannedOut,
  type FollowerRoomEvent,
  followerRoomMachine,
} from "./room-machine.ts";
