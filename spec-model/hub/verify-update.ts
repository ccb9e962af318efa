/** What a hub can verify of a handshake without being a member, before its machine decides. protocol-06 §5.3 */
import { equalBytes, hex } from "../bytes.ts";
import {
  encodeRatchetTree,
  type Followed,
  fromRatchetTreeExtension,
  GroupInfo,
  type GroupView,
  type MLSMessage,
  type RatchetTree,
  ReInit,
} from "../mls/index.ts";
import {
  attempt,
  authorOf,
  type CommitFacts,
  epochNumber,
  isRefused,
  type ProposalFacts,
  proposalFacts,
  type Refused,
  RoomError,
  roomFacts,
} from "../room/index.ts";
import type { Turn } from "../turn.ts";
import { contentTypeOf, type HandshakeBundle } from "../update/index.ts";
import type { HostedRoom, HubKeys } from "./hosted-room.ts";
import { chosenFormats, epochOfHandshake, followAtHub } from "./read-handshake.ts";
import type { HubRoomEvent, Surroundings } from "./room-context.ts";

/** What the hub has worked out of a handshake before its machine decides: it becomes true only if accepted. */
export interface Prospect {
  readonly event: HubRoomEvent;
  readonly group?: GroupView;
  readonly groupInfo?: GroupInfo;
}

/** The machine's event for a handshake, and what follows if it is accepted. */
export function prospectOf(
  turn: Turn<unknown>,
  keys: HubKeys,
  hosted: HostedRoom,
  asked: Asked,
  bundle: HandshakeBundle,
): Prospect | Refused {
  return attempt(() => {
    const { proposalOrCommit: message } = bundle;
    const messages = [message, ...(bundle.moreProposals ?? [])];
    const dated = { ...asked, epoch: epochOfHandshake(message), formats: chosenFormats(messages) };
    if (contentTypeOf(message) === "commit") return commitProspect(turn, keys, hosted, dated, bundle);
    return proposalsProspect(turn, keys, hosted, dated, messages);
  });
}

/** What the handshake is called, and the provider that it came from. */
interface Asked {
  readonly request: string;
  readonly from: string;
  readonly surroundings: Surroundings;
}

type Dated = Asked & { readonly epoch: number; readonly formats: readonly string[] };

function commitProspect(
  turn: Turn<unknown>,
  keys: HubKeys,
  hosted: HostedRoom,
  asked: Dated,
  bundle: HandshakeBundle,
): Prospect {
  const welcomed = bundle.welcome?.secrets.map((secret) => hex(secret.newMember)) ?? [];
  const event = (verified: CommitFacts | Refused, reInit?: ReInit): HubRoomEvent => ({
    type: "commit",
    ...asked,
    verified,
    welcomed,
    reInit: reInit !== undefined,
    ...(reInit === undefined ? {} : { agreed: hex(ReInit.encode(reInit)) }),
  });
  const verified = attempt(() => {
    const followed = followAtHub(turn, keys, hosted.group, bundle.proposalOrCommit);
    if (followed.kind !== "commit") throw new RoomError("commitExpected", "protocol-06 §5.3", "no commit");
    const groupInfo = groupInfoOf(turn, followed.group, followed.facts.committer, bundle);
    const { reInit } = followed.facts;
    return { group: followed.group, groupInfo, facts: commitFacts(turn, hosted, followed), reInit };
  });
  if (isRefused(verified)) return { event: event(verified) };
  return {
    event: event(verified.facts, verified.reInit),
    group: verified.group,
    groupInfo: verified.groupInfo,
  };
}

function commitFacts(
  turn: Turn<unknown>,
  hosted: HostedRoom,
  followed: Extract<Followed, { kind: "commit" }>,
): CommitFacts {
  const { content } = followed.message;
  const suite = turn.mls.suite(hosted.group.groupContext.cipherSuite);
  const before = { suite, ...hosted.group };
  const path = content.contentType === "commit" ? content.commit.path : undefined;
  return {
    epoch: epochNumber(hosted.group.groupContext.epoch),
    author: authorOf(before, content.sender, path?.leafNode),
    proposals: proposalFacts(before, followed.facts.proposals, path?.leafNode),
    result: roomFacts(followed.group.groupContext, followed.group.tree),
  };
}

function proposalsProspect(
  turn: Turn<unknown>,
  keys: HubKeys,
  hosted: HostedRoom,
  asked: Dated,
  messages: readonly MLSMessage[],
): Prospect {
  const verified = attempt(() => {
    const suite = turn.mls.suite(hosted.group.groupContext.cipherSuite);
    let group = hosted.group;
    const proposals: ProposalFacts[] = [];
    for (const message of messages) {
      const followed = followAtHub(turn, keys, group, message);
      if (followed.kind !== "proposal") {
        throw new RoomError("proposalExpected", "protocol-06 §5.3", "a commit among proposals");
      }
      const { proposal, sender, reference } = followed.pending;
      proposals.push(...proposalFacts({ suite, ...hosted.group }, [{ proposal, sender, reference }]));
      group = followed.group;
    }
    return { group, facts: { proposals } };
  });
  if (isRefused(verified)) return { event: { type: "proposals", ...asked, verified } };
  return { event: { type: "proposals", ...asked, verified: verified.facts }, group: verified.group };
}

/** The GroupInfo of the epoch that a commit begins, checked against the hub's own view of it. */
function groupInfoOf(
  turn: Turn<unknown>,
  group: GroupView,
  committer: number,
  bundle: HandshakeBundle,
): GroupInfo {
  const option = bundle.groupInfoOption;
  if (option === undefined)
    throw new RoomError("groupInfoPresent", "protocol-06 §5.3", "a commit without GroupInfo");
  checkTree(group.tree, bundle);
  if (turn.deviation?.delivery?.groupInfo === "unread" && option.representation === "full") {
    return option.groupInfo;
  }
  if (option.representation === "partial") {
    return turn.mls.completeGroupInfo(group, committer, option.partialGroupInfo);
  }
  const { groupInfo } = option;
  turn.mls.verifyGroupInfo(groupInfo, group.tree);
  const own = { ...groupInfo, groupContext: group.groupContext, confirmationTag: group.confirmationTag };
  // Signed by the committer and yet about another epoch: only the committer can have made it so.
  const fits =
    groupInfo.signer === committer && equalBytes(GroupInfo.encode(groupInfo), GroupInfo.encode(own));
  if (fits) return groupInfo;
  throw new RoomError(
    "groupInfoFits",
    "protocol-06 §5.3",
    "the GroupInfo is not of the epoch that the commit begins",
  );
}

/** A tree that travels with the commit is the one the hub arrives at itself. */
function checkTree(tree: RatchetTree, bundle: HandshakeBundle): void {
  const option = bundle.ratchetTreeOption;
  if (option?.representation !== "full") return;
  const sent = encodeRatchetTree(fromRatchetTreeExtension(option.ratchetTree));
  if (equalBytes(sent, encodeRatchetTree(tree))) return;
  throw new RoomError(
    "ratchetTreeFits",
    "protocol-06 §5.3",
    "the ratchet tree is not that of the commit's epoch",
  );
}
