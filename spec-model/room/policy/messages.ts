/** Sending, receiving and what messages do. room-policy-04 §8.3 and §8.4, protocol-06 §5.4 */
import { parseMimiUriOf } from "../../identifiers/index.ts";
import type { Author } from "../facts.ts";
import type { CapabilityName } from "../structures/index.ts";
import { all, allowed, type Decision, either, refuse } from "./decision.ts";
import { actorOf, needs, type PolicyState } from "./state.ts";
import { defaultVariants, type PolicyVariants } from "./variants.ts";

/** What a message does, as far as a capability of its own speaks of it. */
export type MessageAct = keyof typeof actCapabilities;

const actCapabilities = {
  reply: "canReplyToMessage",
  react: "canReactToMessage",
  editReaction: "canEditReaction",
  deleteOwnReaction: "canDeleteOwnReaction",
  deleteOtherReaction: "canDeleteOtherReaction",
  editOwn: "canEditOwnMessage",
  deleteOwn: "canDeleteOwnMessage",
  deleteOther: "canDeleteOtherMessage",
  startTopic: "canStartTopic",
  replyInTopic: "canReplyInTopic",
  editOwnTopic: "canEditOwnTopic",
  editOtherTopic: "canEditOtherTopic",
  link: "canSendLink",
  linkPreview: "canSendLinkPreview",
  attachment: "canUploadAttachment",
  image: "canUploadImage",
  video: "canUploadVideo",
  audio: "canUploadAudio",
} as const satisfies Readonly<Record<string, CapabilityName>>;

/** Whether `user` may send application messages, as a hub decides it that cannot read them. protocol-06 §5.4 */
export function maySend(
  state: PolicyState,
  user: string,
  variants: PolicyVariants = defaultVariants,
): Decision {
  if (!state.members.some((member) => member.user === user)) {
    return refuse("sender-is-active", `${user} has no client in the group`);
  }
  const sending = userNeeds(state, user, "canSendMessage");
  if (variants.submitting === "canSendMessage") return sending;
  return either(sending, ...Object.values(actCapabilities).map((each) => userNeeds(state, user, each)));
}

/** Whether messages go out to `user`; a hub may withhold them from others. room-policy-04 §8.3 */
export function mayReceive(state: PolicyState, user: string): Decision {
  return userNeeds(state, user, "canReceiveMessage");
}

/** Whether a message that does all of `acts` is in order, as clients that can read it decide. room-policy-04 §8.3 */
export function decideMessage(
  state: PolicyState,
  user: string,
  acts: readonly MessageAct[],
  variants: PolicyVariants = defaultVariants,
): Decision {
  const sending = maySend(state, user, variants);
  if (!sending.allowed) return sending;
  // Nothing in particular is what canSendMessage is for.
  const plain = acts.length === 0 ? userNeeds(state, user, "canSendMessage") : allowed;
  return plain.allowed ? all(acts, (act) => userNeeds(state, user, actCapabilities[act])) : plain;
}

/** Whether the user's role has the capability; or a provider's, by its URI. */
export function userNeeds(
  state: PolicyState,
  uri: string,
  capability: CapabilityName,
  variants: PolicyVariants = defaultVariants,
): Decision {
  const provider = parseMimiUriOf("provider", uri);
  const author: Author = provider.ok
    ? { kind: "provider", domain: provider.value.domain }
    : { kind: "newMember", user: uri, client: uri };
  return needs(actorOf(state, author, variants), capability);
}
