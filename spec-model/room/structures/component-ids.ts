/** The numbers of the components that the MIMI drafts register. protocol-06 §10, room-policy-04 §10.1 */

export const componentIds = {
  frank_aad: 0x0020,
  franking_signature_key: 0x0021,
  participant_list: 0x0022,
  room_metadata: 0x0023,
  mls_operational_policy: 0x0024,
  roles_list: 0x0025,
  preauth_list: 0x0026,
  base_room_policy: 0x0027,
  status_notification_policy: 0x0028,
  join_link_policy: 0x0029,
  join_links: 0x002a,
  link_preview_policy: 0x002b,
  asset_policy: 0x002c,
  logging_policy: 0x002d,
  chat_history_policy: 0x002e,
  bot_policy: 0x002f,
  message_expiration_policy: 0x0030,
} as const;

/** The registered name of a component. */
export type ComponentName = keyof typeof componentIds;
