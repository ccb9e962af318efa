/** What a message needs besides being sent: clients see to it, as no hub can read it. room-policy-04 §8.3 and §8.4 */
import { kindOf } from "../assets/index.ts";
import { hex } from "../bytes.ts";
import { indexedParts, type MimiContent, type TimelineMessage } from "../content/index.ts";
import { type Decision, decide } from "../room/index.ts";
import type { CapabilityName } from "../room/structures/index.ts";
import { policyStateOf } from "./policy-state.ts";

const uploads = {
  attachment: "canUploadAttachment",
  image: "canUploadImage",
  video: "canUploadVideo",
  audio: "canUploadAudio",
} as const satisfies Readonly<Record<string, CapabilityName>>;

/**
 * Whether whoever has written a message may send at all, by the policy of the group in the message's epoch. The hub has
 * looked at the sender that the submission named, and cannot see whose message it is. protocol-06 §5.4
 */
export function decideSender(epoch: Parameters<typeof policyStateOf>[0], sender: string): Decision {
  const policy = policyStateOf(epoch);
  const known = sendersIn.get(policy) ?? new Map<string, Decision>();
  sendersIn.set(policy, known);
  const decision = known.get(sender) ?? decide(policy, { kind: "send", user: sender });
  known.set(sender, decision);
  return decision;
}

/** It is the same for every message of an epoch, and for all clients that know the same room. */
const sendersIn = new WeakMap<ReturnType<typeof policyStateOf>, Map<string, Decision>>();

/** Whether `sender` may say this by the policy of the group in the message's epoch; whether it may send is for the hub. */
export function decideContent(
  epoch: Parameters<typeof policyStateOf>[0],
  sender: string,
  content: MimiContent,
  known: readonly TimelineMessage[],
): Decision {
  const needed = capabilitiesFor(sender, content, known);
  // Most messages only say something, and nobody has to look at the policy.
  if (needed.length === 0) return { allowed: true };
  const policy = policyStateOf(epoch);
  for (const capability of needed) {
    const decision = decide(policy, { kind: "act", user: sender, capability });
    if (!decision.allowed) return decision;
  }
  return { allowed: true };
}

/**
 * The capabilities that a message takes. A change of a message that is not known is not judged: it has no effect here.
 * Links within a text are not looked for, and the draft has no capability for an edit of another user's message: it
 * takes effect nowhere. content-09 §9.3
 */
function capabilitiesFor(
  sender: string,
  content: MimiContent,
  known: readonly TimelineMessage[],
): readonly CapabilityName[] {
  const changed = content.replaces === undefined ? undefined : hex(content.replaces);
  const author = known.find(({ messageId }) => messageId === changed)?.sender;
  const assets = indexedParts(content.nestedPart).flatMap(({ part }) =>
    part.cardinality === "external" ? [uploads[kindOf(part)]] : [],
  );
  if (changed === undefined) return [...relationsOf(content), ...assets];
  return author === undefined ? assets : [...changesOf(content, author === sender), ...assets];
}

function relationsOf({ inReplyTo, topicId, nestedPart }: MimiContent): readonly CapabilityName[] {
  if (nestedPart.disposition === "reaction") return ["canReactToMessage"];
  const hasTopic = topicId.length > 0;
  if (inReplyTo === undefined) return hasTopic ? ["canStartTopic"] : [];
  return hasTopic ? ["canReplyToMessage", "canReplyInTopic"] : ["canReplyToMessage"];
}

function changesOf({ nestedPart }: MimiContent, isOwn: boolean): readonly CapabilityName[] {
  const retracts = nestedPart.cardinality === "nullpart";
  if (nestedPart.disposition === "reaction") {
    if (!retracts) return ["canEditReaction"];
    return [isOwn ? "canDeleteOwnReaction" : "canDeleteOtherReaction"];
  }
  if (!retracts) return isOwn ? ["canEditOwnMessage"] : [];
  return [isOwn ? "canDeleteOwnMessage" : "canDeleteOtherMessage"];
}
