/** The hub's own proposals, signed as an external sender of the group. protocol-06 §5.5 and §7.4, RFC 9420 §12.1.8 */
import { equalBytes } from "../bytes.ts";
import {
  ExternalSenders,
  externalSenders,
  type GroupView,
  type MLSMessage,
  type Proposal,
  safeAad,
} from "../mls/index.ts";
import {
  attempt,
  bannedRole,
  isRefused,
  type ProposalFacts,
  proposalFacts,
  providerOf,
  type Refused,
  RoomError,
  type RoomFacts,
  roomFacts,
} from "../room/index.ts";
import { componentIds, ParticipantListUpdate } from "../room/structures/index.ts";
import type { Turn } from "../turn.ts";
import { type HubKeys, hubApplication } from "./hosted-room.ts";
import type { HubWish } from "./wishes.ts";

/** The proposals for some wishes, in the group's epoch, and the group with them pending. */
export interface OwnProposals {
  readonly wishes: readonly HubWish[];
  readonly messages: readonly MLSMessage[];
  readonly group: GroupView;
  readonly verified: { readonly proposals: readonly ProposalFacts[] } | Refused;
}

/** Signs what the wishes come to. A wish that has come true already comes to nothing. */
export function proposeOwn(
  turn: Turn<unknown>,
  keys: HubKeys,
  group: GroupView,
  wishes: readonly HubWish[],
): OwnProposals {
  const made = attempt(() => {
    const proposals = wishes.flatMap((wish) => proposalsFor(group, wish));
    return followed(
      turn,
      group,
      proposals.map((proposal) => signed(turn, keys, group, proposal)),
    );
  });
  if (isRefused(made)) return { wishes, messages: [], group, verified: made };
  return { wishes, messages: made.messages, group: made.group, verified: { proposals: made.proposals } };
}

function signed(turn: Turn<unknown>, keys: HubKeys, group: GroupView, proposal: Proposal): MLSMessage {
  const { groupContext } = group;
  const senderIndex = externalSenders(groupContext.extensions).findIndex((sender) =>
    equalBytes(sender.signatureKey, keys.signature.publicKey),
  );
  if (senderIndex === -1) {
    throw new RoomError("hubInExternalSenders", "protocol-06 §7.4", "the group does not name its hub");
  }
  const proposer = {
    sender: { senderType: "external" as const, senderIndex },
    signaturePrivateKey: keys.signature.privateKey,
  };
  return turn.mls.proposeExternally(groupContext, proposer, proposal, hubApplication(turn.now), safeAad([]));
}

function followed(turn: Turn<unknown>, before: GroupView, messages: readonly MLSMessage[]) {
  const suite = turn.mls.suite(before.groupContext.cipherSuite);
  let group = before;
  const proposals = messages.flatMap((message) => {
    const taken = turn.mls.followHandshake(group, message, hubApplication(turn.now));
    if (taken.kind !== "proposal") return [];
    group = taken.group;
    return proposalFacts({ suite, ...before }, [taken.pending]);
  });
  return { messages, group, proposals };
}

function proposalsFor(group: GroupView, wish: HubWish): Proposal[] {
  const facts = roomFacts(group.groupContext, group.tree);
  const index = "user" in wish ? facts.participants.findIndex(({ user }) => user === wish.user) : -1;
  switch (wish.kind) {
    case "removeClient":
      return removals(facts, ({ client }) => client === wish.client);
    case "removeUser":
      return [
        ...removals(facts, ({ user }) => user === wish.user),
        ...(index === -1 ? [] : [listUpdate({ removedIndices: [index] })]),
      ];
    case "banUser":
      return [
        ...removals(facts, ({ user }) => user === wish.user),
        ...(index === -1
          ? []
          : [listUpdate({ changedRoleParticipants: [{ userIndex: index, roleIndex: bannedRole }] })]),
      ];
    case "dropExternalSender":
      return withoutSender(group, wish.provider);
  }
}

function removals(facts: RoomFacts, isMeant: (member: RoomFacts["members"][number]) => boolean): Proposal[] {
  return facts.members.filter(isMeant).map(({ leaf }) => ({ proposalType: "remove", removed: leaf }));
}

function listUpdate(changes: Partial<ParticipantListUpdate>): Proposal {
  const nothing = { changedRoleParticipants: [], removedIndices: [], addedParticipants: [] };
  return {
    proposalType: "app_data_update",
    componentId: componentIds.participant_list,
    op: "update",
    update: ParticipantListUpdate.encode({ ...nothing, ...changes }),
  };
}

/** GroupContextExtensions replace all extensions: the others stay as they are. RFC 9420 §12.1.7 */
function withoutSender({ groupContext }: GroupView, provider: string): Proposal[] {
  const before = externalSenders(groupContext.extensions);
  const after = before.filter(({ credential }) => providerOf(credential) !== provider);
  if (after.length === before.length) return [];
  const extensions = groupContext.extensions.map((extension) =>
    extension.extensionType === "external_senders"
      ? { ...extension, extensionData: ExternalSenders.encode(after) }
      : extension,
  );
  return [{ proposalType: "group_context_extensions", extensions }];
}
