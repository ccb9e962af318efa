/** What messages do, and other acts that a capability each is about. room-policy-04 §8.3 to §8.5 */
import type { MessageAct } from "../../../spec-model/room/index.ts";
import type { VectorGroup } from "../../format/case.ts";
import { type Expected, policyGroup } from "./cases.ts";
import { roleWith, roomOf, userOf } from "./people.ts";

/** Each act with the capability that it takes. */
const messageActs: readonly (readonly [act: MessageAct, capability: string])[] = [
  ["reply", "canReplyToMessage"],
  ["react", "canReactToMessage"],
  ["editReaction", "canEditReaction"],
  ["deleteOwnReaction", "canDeleteOwnReaction"],
  ["deleteOtherReaction", "canDeleteOtherReaction"],
  ["editOwn", "canEditOwnMessage"],
  ["deleteOwn", "canDeleteOwnMessage"],
  ["deleteOther", "canDeleteOtherMessage"],
  ["startTopic", "canStartTopic"],
  ["replyInTopic", "canReplyInTopic"],
  ["editOwnTopic", "canEditOwnTopic"],
  ["editOtherTopic", "canEditOtherTopic"],
  ["link", "canSendLink"],
  ["linkPreview", "canSendLinkPreview"],
  ["attachment", "canUploadAttachment"],
  ["image", "canUploadImage"],
  ["video", "canUploadVideo"],
  ["audio", "canUploadAudio"],
];

const singleActs = [
  "canReceiveMessage",
  "canDownloadAttachment",
  "canDownloadImage",
  "canDownloadVideo",
  "canDownloadAudio",
  "canStartCall",
  "canJoinCall",
  "canSendAudio",
  "canReceiveAudio",
  "canSendVideo",
  "canReceiveVideo",
  "canShareScreen",
  "canViewSharedScreen",
  "canCopyMessage",
  "canFollowLink",
  "canCopyLink",
  "canDestroyRoom",
] as const;

/** The rules that these cases are about. */
export const actRules = [...messageActs.map(([, capability]) => capability), ...singleActs];

export function actGroups(): VectorGroup[] {
  return [messages(), acts()];
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** For each act: Alice's role has all capabilities for messages, Bob's has all but the one that it takes. */
function messages(): VectorGroup {
  const all = ["canSendMessage", ...messageActs.map(([, capability]) => capability)];
  const stateFor = (capability: string) =>
    roomOf(
      [
        roleWith(0),
        roleWith(1),
        roleWith(2, { capabilities: all.filter((each) => each !== capability) }),
        roleWith(3, { capabilities: all }),
      ],
      { alice: 3, bob: 2 },
    );
  return policyGroup(
    "Alice may do everything that a message can do; Bob may do all but one thing",
    stateFor(""),
    messageActs.flatMap(([act, capability]): Expected[] => {
      const id = `policy-message-${kebab(act)}`;
      const common = { comment: `a message that does: ${act}`, state: stateFor(capability) };
      return [
        { ...common, id, request: { kind: "message", user: userOf("alice"), acts: [act] } },
        {
          ...common,
          id: `${id}-without`,
          request: { kind: "message", user: userOf("bob"), acts: [act] },
          refused: { parent: id, path: "request.user", op: `the role lacks ${capability}` },
        },
      ];
    }),
  );
}

function acts(): VectorGroup {
  const roles = [roleWith(0), roleWith(1), roleWith(2), roleWith(3, { capabilities: [...singleActs] })];
  return policyGroup(
    "Alice's role has a capability for each of these; Bob's has none",
    roomOf(roles, { alice: 3, bob: 2 }),
    singleActs.flatMap((capability): Expected[] => {
      const id = `policy-act-${kebab(capability)}`;
      return [
        { id, comment: capability, request: { kind: "act", user: userOf("alice"), capability } },
        {
          id: `${id}-without`,
          comment: `${capability}, by a participant without it`,
          request: { kind: "act", user: userOf("bob"), capability },
          refused: { parent: id, path: "request.user", op: `the role lacks ${capability}` },
        },
      ];
    }),
  );
}
