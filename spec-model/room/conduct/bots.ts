/** What the room's chat bots may do. room-policy-04 §6.7 */
import { allowed, type Decision, refuse } from "../policy/decision.ts";
import type { RoomPolicy } from "../policy-facts.ts";

/** Something that a bot does: it takes part, or sends to some only, or something different to each. */
export type BotConduct =
  | { readonly does: "takePart"; readonly role: number }
  | { readonly does: "targetMessage" }
  | { readonly does: "sendPerUserContent" };

/** A bot is known by its name: the policy has no other identifier. */
export function decideBot({ bots }: Partial<RoomPolicy>, name: string, conduct: BotConduct): Decision {
  const bot = bots?.allowedBots.find((each) => each.name === name);
  if (bot === undefined) return refuse("bot-allowed", `${name} is not among the allowed bots`);
  const may = {
    takePart: () => !bot.localClientBot && conduct.does === "takePart" && bot.botRoleIndex === conduct.role,
    targetMessage: () => bot.canTargetMessageInGroup,
    sendPerUserContent: () => bot.perUserContent,
  }[conduct.does]();
  return may ? allowed : refuse("bot-allowed", `${name} may not ${conduct.does}`);
}
