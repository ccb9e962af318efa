/** Proposals as a room's policy sees them: who made them and what they change. protocol-06 §5.3 and §7 */
import { hex } from "../bytes.ts";
import {
  type CipherSuite,
  type CommittedProposal,
  dictionaryOf,
  externalSenders,
  type GroupContext,
  keyPackageRef,
  type LeafNode,
  leafAt,
  type Proposal,
  type RatchetTree,
  type Sender,
} from "../mls/index.ts";
import { linkChanges } from "./components/join-links.ts";
import { decodeJoinLinks, policyPart } from "./components/read-policy.ts";
import { holderOf, providerOf } from "./credentials.ts";
import type { Author, Change, ProposalFacts } from "./facts.ts";
import { listChanges } from "./participant-list.ts";
import { memberClient, participantsIn } from "./read-group.ts";
import { RoomError } from "./room-error.ts";
import { componentIds, ParticipantListUpdate, RoomMetaData } from "./structures/index.ts";

/** The group that proposals refer to: the epoch in which they were made. */
export interface ProposalsGroup {
  readonly suite: CipherSuite;
  readonly groupContext: GroupContext;
  readonly tree: RatchetTree;
  /** Whom a leaf's credential authenticates, where that takes more than to read it: certificates and tokens. */
  readonly identify?: (leaf: LeafNode) => Identity | undefined;
}

/** A client and user, with what their credential claims besides. room-policy-04 §4 */
type Identity = Pick<Extract<Author, { kind: "newMember" }>, "client" | "user" | "claims">;

/**
 * What `proposals` change. `newMember` is the leaf of an external committer; who proposes its own addition is in its
 * KeyPackage. Throws RoomError and DecodeError.
 */
export function proposalFacts(
  group: ProposalsGroup,
  proposals: readonly CommittedProposal[],
  newMember?: LeafNode,
): ProposalFacts[] {
  return proposals.map(({ proposal, sender, reference }) => ({
    reference: reference === undefined ? undefined : hex(reference),
    author: authorOf(
      group,
      sender,
      sender.senderType === "new_member_proposal" ? added(proposal) : newMember,
    ),
    changes: changesOf(group, proposal, sender),
  }));
}

function added(proposal: Proposal): LeafNode | undefined {
  return proposal.proposalType === "add" ? proposal.keyPackage.leafNode : undefined;
}

/** Who `sender` is, by the credential in its leaf or in `external_senders`. */
export function authorOf(group: ProposalsGroup, sender: Sender, newMember?: LeafNode): Author {
  if (sender.senderType === "external") {
    const credential = externalSenders(group.groupContext.extensions)[sender.senderIndex]?.credential;
    const domain = credential === undefined ? undefined : providerOf(credential);
    if (domain !== undefined) return { kind: "provider", domain };
    throw new RoomError(
      "externalSenderIsProvider",
      "protocol-06 §7.4",
      "an external sender names no provider",
    );
  }
  if (sender.senderType === "member") {
    const { leafIndex: leaf } = sender;
    const leafNode = leafAt(group.tree, leaf);
    const known = leafNode === undefined ? undefined : group.identify?.(leafNode);
    if (known !== undefined) return { kind: "member", leaf, ...known };
    return { kind: "member", ...memberOf(group.tree, leaf) };
  }
  const holder =
    newMember === undefined ? undefined : (group.identify?.(newMember) ?? holderOf(newMember.credential));
  if (holder !== undefined) return { kind: "newMember", ...holder };
  throw new RoomError("credentialNamesClient", "identity-05 §4", "the new member names no client of a user");
}

function changesOf(group: ProposalsGroup, proposal: Proposal, sender: Sender): readonly Change[] {
  switch (proposal.proposalType) {
    case "add": {
      const holder = holderOf(proposal.keyPackage.leafNode.credential);
      if (holder === undefined) {
        throw new RoomError(
          "credentialNamesClient",
          "identity-05 §4",
          "an added leaf names no client of a user",
        );
      }
      const keyPackage = hex(keyPackageRef(group.suite, proposal.keyPackage));
      return [{ kind: "addClient", ...holder, keyPackage }];
    }
    case "remove":
      return [{ kind: "removeClient", ...memberOf(group.tree, proposal.removed) }];
    case "self_remove":
      return sender.senderType === "member"
        ? [{ kind: "removeClient", ...memberOf(group.tree, sender.leafIndex) }]
        : [];
    case "external_init":
      return [{ kind: "joinExternally" }];
    case "update":
      return sender.senderType === "member"
        ? [{ kind: "updateClient", ...memberOf(group.tree, sender.leafIndex) }]
        : [];
    case "app_data_update":
      return proposal.op === "update"
        ? componentChanges(group, proposal.componentId, proposal.update)
        : [{ kind: "changeComponent", component: proposal.componentId, op: "remove" }];
    default:
      return [{ kind: "other", proposalType: String(proposal.proposalType) }];
  }
}

function componentChanges(group: ProposalsGroup, component: number, update: Uint8Array): readonly Change[] {
  if (component === componentIds.participant_list) {
    const changes = listChanges(participantsIn(group.groupContext), ParticipantListUpdate.decode(update));
    if (!("refused" in changes)) return changes;
    throw new RoomError("participantListUpdate", "protocol-06 §7.5", changes.refused);
  }
  if (component === componentIds.join_links) return [joinLinksChange(group, update)];
  if (component !== componentIds.room_metadata) {
    return [{ kind: "changeComponent", component, op: "update", sets: policyPart(component, update) }];
  }
  return [
    { kind: "changeMetadata", fields: changedMetadata(group.groupContext, RoomMetaData.decode(update)) },
  ];
}

function joinLinksChange({ groupContext }: ProposalsGroup, update: Uint8Array): Change {
  const component = componentIds.join_links;
  const data = dictionaryOf(groupContext.extensions).get(component);
  const links = linkChanges(data === undefined ? [] : decodeJoinLinks(data), update);
  if ("refused" in links) throw new RoomError("joinLinksUpdate", "room-policy-04 §6.2", links.refused);
  return { kind: "changeComponent", component, op: "update", links };
}

function changedMetadata(groupContext: GroupContext, next: RoomMetaData): string[] {
  const data = dictionaryOf(groupContext.extensions).get(componentIds.room_metadata);
  const before = data === undefined ? undefined : RoomMetaData.decode(data);
  const fields: readonly (readonly [string, keyof RoomMetaData])[] = [
    ["room_uri", "roomUri"],
    ["room_name", "roomName"],
    ["room_descriptions", "roomDescriptions"],
    ["room_avatar", "roomAvatar"],
    ["room_subject", "roomSubject"],
    ["room_mood", "roomMood"],
  ];
  const text = (value: unknown) => JSON.stringify(value, (_, v) => (v instanceof Uint8Array ? hex(v) : v));
  return fields.filter(([, key]) => text(before?.[key]) !== text(next[key])).map(([name]) => name);
}

function memberOf(tree: RatchetTree, leaf: number) {
  const leafNode = leafAt(tree, leaf);
  if (leafNode !== undefined) return memberClient(leaf, leafNode);
  throw new RoomError("leafPresent", "RFC 9420 §12.1.3", `there is no member at leaf ${leaf}`);
}
