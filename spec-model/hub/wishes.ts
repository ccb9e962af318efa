/** What a hub may want of a room that it hosts, as plain data. protocol-06 §5.5 and §7.4 */

export type HubWish =
  /** The user leaves the list, and its clients the group. */
  | { readonly kind: "removeUser"; readonly user: string }
  /** The user gets the role of the banned, and its clients leave the group. room-policy-04 §8.1.3 */
  | { readonly kind: "banUser"; readonly user: string }
  /** One client leaves the group: its device is lost, or its account says so. */
  | { readonly kind: "removeClient"; readonly client: string }
  /** A provider that has no participants left loses its place among the external senders. §7.4 */
  | { readonly kind: "dropExternalSender"; readonly provider: string };
