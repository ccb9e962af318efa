/** An UpdateRequest at the hub: verify what can be verified, let the machine decide, answer, fan out. protocol-06 §5.3 */
import { equalBytes, hex, noBytes } from "../bytes.ts";
import type { FanoutMessage } from "../fan-out/index.ts";
import type { Effect } from "../machine.ts";
import {
  completeGroupInfo,
  encodeRatchetTree,
  type Followed,
  followHandshake,
  fromRatchetTreeExtension,
  GroupInfo,
  type GroupView,
  MLSMessage,
  type RatchetTree,
  suiteFor,
  toRatchetTreeExtension,
  verifyGroupInfo,
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
  type RoomFacts,
  roomAfter,
  roomFacts,
} from "../room/index.ts";
import { advance, emit, type Turn } from "../turn.ts";
import { type HandshakeBundle, UpdateRequest, UpdateRoomResponse } from "../update/index.ts";
import { fanOut } from "./fan-out.ts";
import { type HostedRoom, hubApplication, observeEpoch } from "./hosted-room.ts";
import type { Asker, HubLinks } from "./links.ts";
import type { HubRoomEvent } from "./room-context.ts";
import { hubRoomMachine } from "./room-machine.ts";
import type { Recipients } from "./room-updates.ts";

/** What the hub has worked out of a handshake before its machine decides: it becomes true only if accepted. */
interface Prospect {
  readonly event: HubRoomEvent;
  readonly group?: GroupView;
  readonly groupInfo?: GroupInfo;
}

/** Takes an UpdateRequest for a hosted room and answers it. */
export function receiveUpdate(
  turn: Turn<unknown>,
  links: HubLinks,
  hosted: HostedRoom,
  asker: Asker,
  body: Uint8Array,
): HostedRoom {
  const request = attempt(() => UpdateRequest.decode(body));
  if (isRefused(request)) {
    emit(turn, { type: "noticed", ...request });
    links.answer(asker, 400, noBytes, "");
    return hosted;
  }
  const { bundle } = request;
  const prospect = prospectOf(turn, hosted, asker, bundle);
  if (isRefused(prospect)) {
    emit(turn, { type: "noticed", ...prospect });
    links.answer(asker, 400, noBytes, "");
    return hosted;
  }
  const { snapshot, effects } = advance(turn, hubRoomMachine, hosted.machine, prospect.event, hosted.room);
  noticeRefusal(turn, prospect.event);
  let room: HostedRoom = { ...hosted, machine: snapshot };
  for (const effect of effects) {
    if (effect.type === "accept") room = accepted(turn, room, bundle, prospect);
    if (effect.type === "answer") answer(turn, links, hosted, asker, effect);
    if (effect.type === "fanOut") {
      room = fanOutHandshake(turn, links, room, bundle, effect as unknown as Recipients);
    }
  }
  return room;
}

function prospectOf(
  turn: Turn<unknown>,
  hosted: HostedRoom,
  asker: Asker,
  bundle: HandshakeBundle,
): Prospect | Refused {
  return attempt(() => {
    const { proposalOrCommit: message } = bundle;
    if (message.wireFormat !== "mls_public_message") {
      throw new RoomError(
        "handshakeReadable",
        "protocol-06 §5.3",
        "the hub cannot read this handshake message",
      );
    }
    const { content } = message.publicMessage;
    const asked = { request: "update", from: asker.domain, epoch: epochNumber(content.epoch) };
    if (content.contentType === "commit") return commitProspect(turn, hosted, asked, bundle);
    return proposalsProspect(turn, hosted, asked, [message, ...(bundle.moreProposals ?? [])]);
  });
}

type Asked = { readonly request: string; readonly from: string; readonly epoch: number };

function commitProspect(
  turn: Turn<unknown>,
  hosted: HostedRoom,
  asked: Asked,
  bundle: HandshakeBundle,
): Prospect {
  const welcomed = bundle.welcome?.secrets.map((secret) => hex(secret.newMember)) ?? [];
  const event = (verified: CommitFacts | Refused): HubRoomEvent => ({
    type: "commit",
    ...asked,
    verified,
    welcomed,
  });
  const verified = attempt(() => {
    const followed = followHandshake(hosted.group, bundle.proposalOrCommit, hubApplication(turn.now));
    if (followed.kind !== "commit") throw new RoomError("commitExpected", "protocol-06 §5.3", "no commit");
    const groupInfo = groupInfoOf(turn, followed.group, followed.facts.committer, bundle);
    return { group: followed.group, groupInfo, facts: commitFacts(turn, hosted, followed) };
  });
  if (isRefused(verified)) return { event: event(verified) };
  return { event: event(verified.facts), group: verified.group, groupInfo: verified.groupInfo };
}

function commitFacts(
  turn: Turn<unknown>,
  hosted: HostedRoom,
  followed: Extract<Followed, { kind: "commit" }>,
): CommitFacts {
  const { content } = followed.message;
  const suite = suiteFor(hubApplication(turn.now), hosted.group.groupContext.cipherSuite);
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
  hosted: HostedRoom,
  asked: Asked,
  messages: readonly MLSMessage[],
): Prospect {
  const verified = attempt(() => {
    const app = hubApplication(turn.now);
    const suite = suiteFor(app, hosted.group.groupContext.cipherSuite);
    let group = hosted.group;
    const proposals: ProposalFacts[] = [];
    for (const message of messages) {
      const followed = followHandshake(group, message, app);
      if (followed.kind !== "proposal") {
        throw new RoomError("proposalExpected", "protocol-06 §5.3", "a commit among proposals");
      }
      const { proposal, sender, reference } = followed.pending;
      proposals.push(...proposalFacts({ suite, ...hosted.group }, [{ proposal, sender, reference }]));
      group = followed.group;
    }
    const facts = roomFacts(hosted.group.groupContext, hosted.group.tree);
    const effective: RoomFacts = roomAfter(
      facts,
      proposals.flatMap((each) => each.changes),
    );
    return { group, facts: { proposals, effective } };
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
  const suite = suiteFor(hubApplication(turn.now), group.groupContext.cipherSuite);
  const option = bundle.groupInfoOption;
  if (option === undefined)
    throw new RoomError("groupInfoPresent", "protocol-06 §5.3", "a commit without GroupInfo");
  checkTree(group.tree, bundle);
  if (option.representation === "partial") {
    return completeGroupInfo(suite, group, committer, option.partialGroupInfo);
  }
  const { groupInfo } = option;
  verifyGroupInfo(suite, groupInfo, group.tree);
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

/** Makes true what was worked out: the group moves on, proposals are kept until a commit takes them up. */
function accepted(
  turn: Turn<unknown>,
  room: HostedRoom,
  bundle: HandshakeBundle,
  prospect: Prospect,
): HostedRoom {
  const group = prospect.group ?? room.group;
  if (prospect.event.type === "proposals") {
    emit(turn, {
      type: "decided",
      text: "verifies that the proposals are allowed by policy and keeps them for the next commit",
      draft: "protocol-06 §3.5",
    });
    const messages = [bundle.proposalOrCommit, ...(bundle.moreProposals ?? [])];
    const pending = messages.map((message) => ({
      message: MLSMessage.encode(message),
      acceptedMs: turn.now,
    }));
    return { ...room, group, pending: [...room.pending, ...pending] };
  }
  emit(turn, {
    type: "decided",
    text: "verifies the commit and that its changes are allowed by policy",
    draft: "protocol-06 §5.3",
  });
  const moved = { ...room, group, groupInfo: prospect.groupInfo ?? room.groupInfo, pending: [] };
  observeEpoch(turn, moved);
  return moved;
}

/** protocol-06 §5.3: each code with what it carries. */
function answer(
  turn: Turn<unknown>,
  links: HubLinks,
  before: HostedRoom,
  asker: Asker,
  effect: Effect,
): void {
  const code = effect["code"] as UpdateRoomResponse["responseCode"];
  const says = typeof effect["says"] === "string" ? effect["says"] : "";
  const response = responseOf(code, says, turn.now, before);
  if (code !== "success") {
    emit(turn, { type: "decided", text: `refuses the update: ${code}${says === "" ? "" : `, ${says}`}` });
    noticeRule(turn, effect);
  }
  links.answer(asker, 200, UpdateRoomResponse.encode(response), `UpdateRoomResponse ${code}`);
}

function responseOf(
  code: UpdateRoomResponse["responseCode"],
  errorDescription: string,
  now: number,
  before: HostedRoom,
): UpdateRoomResponse {
  switch (code) {
    case "success":
      return { responseCode: code, errorDescription: "", acceptedTimestamp: BigInt(now) };
    case "wrongEpoch":
      return { responseCode: code, errorDescription, currentEpoch: before.group.groupContext.epoch };
    case "invalidProposal":
      // A proposal in the commit itself has no reference that could be listed.
      return { responseCode: code, errorDescription, invalidProposals: [] };
    case "notAllowed":
      return { responseCode: code, errorDescription };
  }
}

/** The Welcome to those it brings in, with the tree that it leaves out; the handshake to everybody else. */
function fanOutHandshake(
  turn: Turn<unknown>,
  links: HubLinks,
  room: HostedRoom,
  bundle: HandshakeBundle,
  to: Recipients,
): HostedRoom {
  const timestamp = BigInt(turn.now);
  const place = String(to.place);
  let next = room;
  for (const { provider, keyPackages } of to.welcomed) {
    next = fanOutWelcome(turn, links, next, bundle, {
      provider,
      keyPackages,
      item: `${place} welcome ${provider}`,
    });
  }
  const message = bundle.proposalOrCommit;
  const isCommit = bundle.moreProposals === undefined;
  const entry = isCommit
    ? { item: place, message: { timestamp, message, externalProposals: [] }, label: "Commit" }
    : {
        item: place,
        message: { timestamp, message, moreProposals: bundle.moreProposals },
        label: "Proposals",
      };
  return fanOut(turn, links, next, entry, to);
}

function fanOutWelcome(
  turn: Turn<unknown>,
  links: HubLinks,
  room: HostedRoom,
  bundle: HandshakeBundle,
  to: { readonly provider: string; readonly keyPackages: readonly string[]; readonly item: string },
): HostedRoom {
  if (bundle.welcome === undefined) return room;
  const ratchetTree = toRatchetTreeExtension(room.group.tree);
  const message: FanoutMessage = {
    timestamp: BigInt(turn.now),
    message: { version: "mls10", wireFormat: "mls_welcome", welcome: bundle.welcome },
    ratchetTreeOption: { representation: "full", ratchetTree },
  };
  const entry = { item: to.item, message, label: "Welcome, Tree" };
  return links.isOwn(to.provider)
    ? fanOut(turn, links, room, entry, { providers: [], clients: links.ownersOf(to.keyPackages) })
    : fanOut(turn, links, room, entry, { providers: [to.provider], clients: [] });
}

/** A request that a rule of the room forbids: no honest client of an honest provider makes one. */
export function noticeRule(turn: Turn<unknown>, effect: Effect): void {
  const { rule, where, says } = effect;
  if (typeof rule !== "string" || typeof where !== "string") return;
  emit(turn, { type: "noticed", errorType: "PolicyError", code: rule, where, text: String(says) });
}

/** What the public group refused is worth knowing even where the answer hardly says it. */
function noticeRefusal(turn: Turn<unknown>, event: HubRoomEvent): void {
  if ((event.type === "commit" || event.type === "proposals") && isRefused(event.verified)) {
    emit(turn, { type: "noticed", ...event.verified });
  }
}
