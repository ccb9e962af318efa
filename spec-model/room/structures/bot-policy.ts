/** Which chat bots a room allows. room-policy-04 §6.7 */
import { bool, type Infer, struct, text, uint32, v, vector } from "../../wire/index.ts";
import { Uri } from "./metadata.ts";

export const Bot = struct("Bot", {
  name: text(v),
  description: text(v),
  homepage: Uri,
  local_client_bot: bool.as("sees the room through one client only; then bot_role_index is 0"),
  bot_role_index: uint32.as("0: not a participant"),
  can_target_message_in_group: bool,
  per_user_content: bool.as("may send each member something different"),
}).from("room-policy-04 §6.7", "a bot and what it may do");
export type Bot = Infer<typeof Bot>;

export const BotPolicy = struct("BotPolicy", { allowed_bots: vector(Bot) }).from(
  "room-policy-04 §6.7",
  "the content of the bot_policy component",
);
export type BotPolicy = Infer<typeof BotPolicy>;
