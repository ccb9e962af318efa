/** Application messages of an epoch that has ended (RFC 9420 §15.3). */
import { equalBytes } from "../bytes.ts";
import { type MlsApplication, retentionOf } from "./application.ts";
import { verifyContent } from "./content-signature.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, present, refuse } from "./errors.ts";
import type { MemberState } from "./member.ts";
import { unprotectPrivate } from "./private-message.ts";
import { memberAt } from "./ratchet-tree.ts";
import type { Received } from "./receive.ts";
import type { PrivateMessage } from "./structures/index.ts";

/** Decrypts with what is kept of the message's epoch; refuses one that is no longer kept (`epochForgotten`). */
export function receiveLate(
  suite: CipherSuite,
  member: MemberState,
  message: PrivateMessage,
  app: MlsApplication,
): Extract<Received, { kind: "application" }> {
  demand(equalBytes(message.groupId, member.groupContext.groupId), "wrongGroup");
  demand(
    message.contentType === "application",
    "wrongEpoch",
    `a ${message.contentType} of epoch ${message.epoch}`,
  );
  const kept = member.pastEpochs.find(({ groupContext }) => groupContext.epoch === message.epoch);
  const epoch = present(kept, "epochForgotten", `${message.epoch}`);
  const opened = unprotectPrivate(suite, epoch, epoch.tree, message, retentionOf(app));
  const { content } = opened.message;
  verifyContent(suite, { ...member, groupContext: epoch.groupContext, tree: epoch.tree }, opened.message);
  if (content.contentType !== "application" || content.sender.senderType !== "member") {
    return refuse("malformed", "content of another type than announced");
  }
  const pastEpochs = member.pastEpochs.map((past) =>
    past === epoch ? { ...past, secretTree: opened.secretTree } : past,
  );
  return {
    kind: "application",
    state: { ...member, pastEpochs },
    message: opened.message,
    sender: content.sender.leafIndex,
    credential: memberAt(epoch.tree, content.sender.leafIndex, "unknownSender").credential,
    epoch: { groupContext: epoch.groupContext, tree: epoch.tree },
    generation: opened.generation,
    applicationData: content.applicationData,
  };
}
