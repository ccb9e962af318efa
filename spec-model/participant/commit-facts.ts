/** What a member makes of another's commit: its facts, and what the room's policy says of them. protocol-06 §5.5 and §7.3 */
import type { GroupView, Member, MlsLayer } from "../mls/index.ts";
import { rememberedByBoth } from "../remembered.ts";
import {
  authorOf,
  type CommitFacts,
  type Decision,
  decide,
  epochNumber,
  type PolicyState,
  proposalFacts,
} from "../room/index.ts";
import type { ClientTurn } from "./client-state.ts";
import { policyStateOf } from "./policy-state.ts";
import { factsOf } from "./rooms.ts";

type Received = Extract<ReturnType<MlsLayer["receive"]>, { kind: "commit" | "removed" }>;
type Group = Pick<GroupView, "groupContext" | "tree">;

/** The facts of a commit, from the view of a member in the epoch that it ends. Throws RoomError and DecodeError. */
export function commitFacts(turn: ClientTurn, member: Member, received: Received): CommitFacts {
  if (received.kind === "removed") return factsAnew(turn, member, received);
  const known = factsOfAll.get(received.facts);
  if (known !== undefined && isSame(known.before, member) && isSame(known.after, received.state)) {
    return known.facts;
  }
  const facts = factsAnew(turn, member, received);
  factsOfAll.set(received.facts, { before: groupOf(member), after: groupOf(received.state), facts });
  return facts;
}

/** What the room's policy says of a commit, by what this member knows of the room. protocol-06 §7.3 */
export function judgeCommit({ deviation }: ClientTurn, member: Member, commit: CommitFacts): Decision {
  // The code that let a joiner in is between it and the hub.
  if (commit.author.kind === "newMember") return { allowed: true };
  const state = policyStateOf(member);
  return deviation?.policy === undefined
    ? judgement(state, commit)
    : decide(state, requestOf(commit), deviation.policy);
}

/** By what MLS found out, which is one object for all members where one process simulates them. */
const factsOfAll = new WeakMap<Received["facts"], { before: Group; after: Group; facts: CommitFacts }>();

function isSame(one: Group, other: Group): boolean {
  return one.groupContext === other.groupContext && one.tree === other.tree;
}

function groupOf({ groupContext, tree }: Group): Group {
  return { groupContext, tree };
}

function factsAnew(turn: ClientTurn, member: Member, received: Received): CommitFacts {
  const suite = turn.mls.suite(member.groupContext.cipherSuite);
  const before = { suite, groupContext: member.groupContext, tree: member.tree };
  const { content } = received.message;
  const path = content.contentType === "commit" ? content.commit.path : undefined;
  const result = factsOf(received.state);
  const gone = new Set(
    received.kind === "removed" ? received.facts.removed.map((each) => each.leafIndex) : [],
  );
  return {
    epoch: epochNumber(member.groupContext.epoch),
    author: authorOf(before, content.sender, path?.leafNode),
    proposals: proposalFacts(before, received.facts.proposals, path?.leafNode),
    result: { ...result, members: result.members.filter((each) => !gone.has(each.leaf)) },
  };
}

function requestOf({ author, proposals, result }: CommitFacts) {
  return { kind: "commit", author, proposals, result } as const;
}

const judgement = rememberedByBoth((state: PolicyState, commit: CommitFacts) =>
  decide(state, requestOf(commit)),
);
