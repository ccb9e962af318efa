/** What a user wants of a room, as plain data: kept until the hub has accepted it, and built anew where a race is lost. */

export type RoomWish =
  /** Into the list, with the clients whose key material has been claimed. protocol-06 §3.2 */
  | { readonly kind: "addUser"; readonly user: string; readonly role: number }
  | { readonly kind: "addOwnClients" }
  /** Out of the list, with all clients. room-policy-04 §8.1.2 */
  | { readonly kind: "removeUser"; readonly user: string }
  /** Out of the group with all clients, and still in the list. room-policy-04 §8.1.2 */
  | { readonly kind: "kickUser"; readonly user: string }
  /** Into the role of the banned, and out of the group. room-policy-04 §8.1.3 */
  | { readonly kind: "banUser"; readonly user: string }
  | { readonly kind: "changeRole"; readonly user: string; readonly role: number }
  | { readonly kind: "removeOwnClient"; readonly client: string }
  | { readonly kind: "renameRoom"; readonly name: string }
  /** An AppDataUpdate of any component, for policies. */
  | { readonly kind: "changeComponent"; readonly component: number; readonly update: Uint8Array }
  /** Nothing of its own: takes up what is pending, and renews the keys. */
  | { readonly kind: "commit" }
  /** The same, because the policy's delay has run out: of no use in another epoch. room-policy-04 §7.1 */
  | { readonly kind: "commitPending" }
  /** Ends the group in favour of a new one with this group ID, and with this franking agent. RFC 9420 §11.2 */
  | { readonly kind: "reInit"; readonly groupId: Uint8Array; readonly frankingAgent?: Uint8Array }
  /** In a group that follows a closed one: its first commit, with everybody who was in that one. RFC 9420 §11.2 */
  | { readonly kind: "gather" }
  /** Out of the room with all own clients, by proposals. protocol-06 §3.5, mls-extensions §6.3 */
  | { readonly kind: "leave"; readonly form: LeaveForm };

/**
 * How the leaving client itself goes; its user's other clients always go by Remove. `device`: it goes alone, by
 * SelfRemove, and its user stays in the list. mls-extensions §6.3
 */
export type LeaveForm = "remove" | "selfRemove" | "device";
