/** Handshakes that are hidden from followers stay hidden. protocol-06 §5.3, semiprivatemessage-07 §3 */
import type { Extension, MLSMessage } from "../../spec-model/mls/index.ts";
import { hidesHandshakes } from "../../spec-model/participant/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { UpdateRequest } from "../../spec-model/update/index.ts";
import { eachStep, type Found, type Property, together } from "./definition.ts";
import { type HostedChange, nameOf, type Step } from "./step.ts";

const hidden: Property = eachStep(
  {
    id: "I41",
    says: "where handshakes are hidden from followers, no member's handshake goes where they can read it",
    draft: "protocol-06 §5.3, room-policy-04 §7",
    assumes: ["client"],
  },
  () => (step) => together([...step.hosted.map(fannedOutOpenly), sentOpenly(step)]),
);

export const handshakes: readonly Property[] = [hidden];

/** What a client asks its provider to pass on: where the room's hub is another's, that is a follower. */
function sentOpenly({ client, outputs }: Step): Found {
  if (client === undefined) return undefined;
  return together(
    outputs.map((output): Found => {
      if (output.type !== "local" || output.message.type !== "ask") return undefined;
      const { operation, room, body } = output.message;
      const member = client.before.rooms[room]?.member;
      if (operation !== "update" || member === undefined) return undefined;
      const request = attempt(() => UpdateRequest.decode(body));
      if (isRefused(request) || !hidesHandshakes(member.groupContext.extensions)) return undefined;
      const { proposalOrCommit, moreProposals = [] } = request.bundle;
      const messages = [proposalOrCommit, ...moreProposals];
      return [
        ...messages
          .filter(isOpen)
          .map(() => `${client.after.client} sends a handshake for ${room} that its provider can read`),
        ...messages
          .filter(namesSomebody)
          .map(() => `${client.after.client} names a user beside what is hidden of a handshake for ${room}`),
      ];
    }),
  );
}

/** What the hub hands on to followers, whoever made it. */
function fannedOutOpenly({ room, before, accepted }: HostedChange): Found {
  const extensions: readonly Extension[] = before?.group.groupContext.extensions ?? [];
  if (accepted.length === 0 || !hidesHandshakes(extensions)) return undefined;
  const messages = accepted.flatMap(({ fanned }) => [
    fanned.message,
    ...("moreProposals" in fanned ? (fanned.moreProposals ?? []) : []),
  ]);
  return messages
    .filter(isOpen)
    .map((message) => `the hub of ${room} fans out ${nameOf(message).slice(0, 8)}, which followers can read`);
}

/** External commits, SelfRemoves and the hub's own proposals are PublicMessages everywhere. RFC 9420 §6, mls-extensions §6.3.1 */
function isOpen(message: MLSMessage): boolean {
  if (message.wireFormat !== "mls_public_message") return false;
  const { content } = message.publicMessage;
  if (content.sender.senderType !== "member") return false;
  return content.contentType !== "proposal" || content.proposal.proposalType !== "self_remove";
}

/** Whether what is not encrypted of a hidden handshake has somebody's URI in it. */
function namesSomebody(message: MLSMessage): boolean {
  if (message.wireFormat !== "mls_semiprivate_message") return false;
  const { authenticatedData } = message.semiprivateMessage;
  return /mimi:\/\/[^/]+\/[udp]\//.test(Buffer.from(authenticatedData).toString("latin1"));
}
