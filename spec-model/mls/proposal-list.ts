/** The proposals of a commit, and whether they may stand together (RFC 9420 §12.2, mls-extensions §4.7 and §6.3). */
import { hex } from "../bytes.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, present } from "./errors.ts";
import { supportsProposal } from "./extensions.ts";
import type { GroupView } from "./group-view.ts";
import { members } from "./ratchet-tree.ts";
import {
  PreSharedKeyID,
  type Proposal,
  type ProposalOrRef,
  type ProposalType,
  type Sender,
} from "./structures/index.ts";

/** A proposal that a commit covers. */
export interface CommittedProposal {
  readonly proposal: Proposal;
  /** Who proposed it; for a proposal by value, the committer. */
  readonly sender: Sender;
  /** Undefined where the proposal is in the commit itself. */
  readonly reference: Uint8Array | undefined;
}

/** The proposal and its type, where it is of that type. */
export type Of<T extends ProposalType> = CommittedProposal & {
  readonly proposal: Extract<Proposal, { proposalType: T }>;
};

export function ofType<T extends ProposalType>(list: readonly CommittedProposal[], type: T): Of<T>[] {
  return list.filter((entry): entry is Of<T> => entry.proposal.proposalType === type);
}

/** The proposals themselves, in commit order. Refuses a reference to nothing that is pending (`unknownProposal`). */
export function resolveProposals(
  group: GroupView,
  proposals: readonly ProposalOrRef[],
  committer: Sender,
): CommittedProposal[] {
  return proposals.map((entry) => {
    if (entry.type === "proposal") {
      return { proposal: entry.proposal, sender: committer, reference: undefined };
    }
    const reference = hex(entry.reference);
    const { proposal, sender } = present(group.pendingProposals.get(reference), "unknownProposal", reference);
    return { proposal, sender, reference: entry.reference };
  });
}

/** The leaf that a proposal changes or removes, where it does. */
export function changedLeaf({ proposal, sender }: CommittedProposal): number | undefined {
  if (proposal.proposalType === "remove") return proposal.removed;
  const own = proposal.proposalType === "update" || proposal.proposalType === "self_remove";
  return own && sender.senderType === "member" ? sender.leafIndex : undefined;
}

/** Refuses a list that no commit of this committer may have, whatever the tree says. */
export function validateList(
  suite: CipherSuite,
  group: GroupView,
  list: readonly CommittedProposal[],
  committer: Sender,
): void {
  for (const entry of ofType(list, "update")) demand(entry.sender.senderType === "member", "updateSender");
  for (const entry of ofType(list, "self_remove")) {
    demand(entry.reference !== undefined, "selfRemoveByValue");
    demand(entry.sender.senderType === "member", "selfRemoveSender");
  }
  demandOneChangePerLeaf(list);
  const isFounding = group.groupContext.epoch === 0n && committer.senderType === "member";
  demandValidPsks(suite, list, isFounding);
  demand(ofType(list, "group_context_extensions").length <= 1, "groupContextExtensionsTwice");
  if (committer.senderType === "member") validateMemberList(list, committer.leafIndex);
  else validateExternalList(list);
  demandSupportedTypes(group, list);
}

function validateMemberList(list: readonly CommittedProposal[], committer: number): void {
  demand(ofType(list, "external_init").length === 0, "externalInitByMember");
  for (const entry of list) {
    if (changedLeaf(entry) !== committer) continue;
    demand(entry.proposal.proposalType !== "update", "ownUpdate");
    demand(false, "removesCommitter");
  }
  const [reInit] = ofType(list, "reinit");
  if (reInit === undefined) return;
  demand(list.length === 1, "reInitNotAlone");
  demand(reInit.proposal.version === "mls10", "reInitVersion", `${reInit.proposal.version}`);
}

const inExternalCommits: ReadonlySet<ProposalType> = new Set<ProposalType>([
  "external_init",
  "remove",
  "psk",
  "self_remove",
  "app_data_update",
  "app_ephemeral",
]);

/** RFC 9420 §12.2 and §12.4.3.2, mls-extensions §4.7, §4.8 and §6.3 */
function validateExternalList(list: readonly CommittedProposal[]): void {
  for (const { proposal, reference } of list) {
    const type = proposal.proposalType;
    demand(inExternalCommits.has(type), "externalCommitProposal", `${type}`);
    demand(reference === undefined || type === "self_remove", "externalCommitReference", `${type}`);
  }
  demand(ofType(list, "external_init").length === 1, "externalInitCount");
  demand(ofType(list, "remove").length <= 1, "externalRemoveCount");
}

function demandOneChangePerLeaf(list: readonly CommittedProposal[]): void {
  const changed = list.map(changedLeaf).filter((leaf) => leaf !== undefined);
  demand(new Set(changed).size === changed.length, "leafChangedTwice");
}

/** RFC 9420 §12.1.4 and §12.2. Only a group's first commit can link it to an older group. */
function demandValidPsks(suite: CipherSuite, list: readonly CommittedProposal[], isFounding: boolean): void {
  const ids = ofType(list, "psk").map(({ proposal }) => proposal.psk);
  for (const id of ids) {
    demand(isFounding || id.psktype !== "resumption" || id.usage === "application", "pskUsage");
    demand(id.pskNonce.length === suite.hashLength, "pskNonce", `${id.pskNonce.length} octets`);
  }
  const distinct = new Set(ids.map((id) => hex(PreSharedKeyID.encode(id))));
  demand(distinct.size === ids.length, "pskTwice");
}

/** RFC 9420 §12.2: whoever processes the commit supports the types of its proposals. */
function demandSupportedTypes(group: GroupView, list: readonly CommittedProposal[]): void {
  const types = new Set(list.map(({ proposal }) => proposal.proposalType));
  const leaving = new Set(
    list.flatMap((entry) => (entry.proposal.proposalType === "update" ? [] : [changedLeaf(entry)])),
  );
  for (const { leafIndex, leafNode } of members(group.tree)) {
    if (leaving.has(leafIndex)) continue;
    for (const type of types) {
      demand(supportsProposal(leafNode, type), "proposalTypeUnsupported", `leaf ${leafIndex}, type ${type}`);
    }
  }
}
