import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type CommitResult,
  cipherSuite,
  commit,
  createGroup,
  epochAuthenticator,
  externalCommit,
  followHandshake,
  type GroupView,
  groupInfo,
  joinByWelcome,
  type MemberState,
  type Proposal,
  proposeUpdate,
  receive,
  startPublicGroup,
} from "../../../spec-model/mls/index.ts";
import { encryptionKeyOf, filteredDirectPath } from "../../../spec-model/mls/ratchet-tree.ts";
import { treeHash } from "../../../spec-model/mls/tree-hash.ts";
import { root } from "../../../spec-model/mls/tree-math.ts";
import { validateTree } from "../../../spec-model/mls/tree-validation.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { add, remove } from "./refusals/room.ts";
import {
  application as app,
  client,
  log,
  overTheWire,
  requiredCapabilities,
  update,
} from "./room-fixture.ts";

const suite = cipherSuite(1);

type Step =
  | { do: "add"; by: number; count: number; path: boolean }
  | { do: "remove"; by: number; whom: number }
  | { do: "update"; by: number; whom: number }
  | { do: "refresh"; by: number }
  | { do: "say"; by: number }
  | { do: "join" }
  | { do: "rejoin"; whom: number };

const who = fc.nat({ max: 15 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("add" as const),
    by: who,
    count: fc.integer({ min: 1, max: 3 }),
    path: fc.boolean(),
  }),
  fc.record({ do: fc.constant("remove" as const), by: who, whom: who }),
  fc.record({ do: fc.constant("update" as const), by: who, whom: who }),
  fc.record({ do: fc.constant("refresh" as const), by: who }),
  fc.record({ do: fc.constant("say" as const), by: who }),
  fc.record({ do: fc.constant("join" as const) }),
  fc.record({ do: fc.constant("rejoin" as const), whom: who }),
);

/** All members and a follower; every step brings all of them to the same new epoch. */
class Walk {
  members: MemberState[];
  follower: GroupView;
  private readonly random = expandEntropy(noBytes, "walk");
  private names = 0;
  rootsOffPath = 0;

  constructor() {
    const creator = client("c0");
    const required = requiredCapabilities({ proposalTypes: ["app_data_update"] });
    const founder = createGroup({ groupId: utf8("w"), extensions: [required], creator }, app, this.random);
    this.members = [founder];
    this.follower = startPublicGroup(groupInfo(founder, app), founder.tree, app);
  }

  take(next: Step): void {
    const pick = (n: number) => this.members[n % this.members.length] as MemberState;
    switch (next.do) {
      case "add": {
        const own = Array.from({ length: next.count }, () => client(`c${++this.names}`));
        const proposals = own.map(({ keyPackage }) => add(keyPackage));
        const made = this.commitBy(pick(next.by), proposals, next.path);
        const { welcome } = made;
        if (welcome === undefined) throw new Error("nobody welcomed");
        this.members.push(...own.map((one) => joinByWelcome(welcome, { own: one }, app).state));
        return;
      }
      case "remove": {
        const [by, whom] = [pick(next.by), pick(next.whom)];
        if (by !== whom) this.commitBy(by, [remove(whom.leafIndex)], true);
        return;
      }
      case "update": {
        const [by, whom] = [pick(next.by), pick(next.whom)];
        if (by === whom) return;
        const proposed = proposeUpdate(whom, {}, {}, app, this.random);
        const message = overTheWire(proposed.message);
        this.members = this.members.map((m) =>
          m === whom ? proposed.state : receive(m, message, app).state,
        );
        this.follower = followHandshake(this.follower, message, app).group;
        this.commitBy(this.members.find((m) => m.leafIndex === by.leafIndex) as MemberState, [], false);
        return;
      }
      case "refresh":
        this.commitBy(pick(next.by), [], true);
        return;
      case "say":
        this.commitBy(pick(next.by), [update(log, ".")], false);
        return;
      case "join":
        this.joinExternally(undefined);
        return;
      case "rejoin":
        this.joinExternally(pick(next.whom).leafIndex);
    }
  }

  private commitBy(member: MemberState, proposals: Proposal[], forcePath: boolean): CommitResult {
    const made = commit(member, { proposals, forcePath }, app, this.random);
    const path = filteredDirectPath(made.ratchetTree, member.leafIndex);
    if (made.facts.hasPath && path.at(-1)?.node !== root(made.ratchetTree.length)) this.rootsOffPath++;
    this.everybodyProcesses(made, member);
    return made;
  }

  private joinExternally(resync: number | undefined): void {
    const joiner = client(`c${++this.names}`);
    const information = groupInfo(this.members[0] as MemberState, app);
    const old = resync === undefined ? {} : { resync };
    const made = externalCommit(
      { groupInfo: information, ratchetTree: this.follower.tree, joiner, ...old },
      app,
      this.random,
    );
    this.everybodyProcesses(made, undefined);
    this.members.push(made.state);
  }

  private everybodyProcesses(
    made: Pick<CommitResult, "message" | "state">,
    committer: MemberState | undefined,
  ): void {
    const message = overTheWire(made.message);
    this.members = this.members.flatMap((member) => {
      if (member === committer) return [made.state];
      const heard = receive(member, message, app);
      return heard.kind === "removed" ? [] : [heard.state];
    });
    this.follower = followHandshake(this.follower, message, app).group;
  }

  /** A member has the private key of its leaf, and each of its private keys is that of the node it is kept for. */
  private expectOwnKeys({ tree, privateKeys, leafIndex }: MemberState): void {
    expect(privateKeys.has(2 * leafIndex)).toBe(true);
    for (const [node, privateKey] of privateKeys) {
      const at = tree[node];
      if (at === undefined) throw new Error(`a private key for the blank node ${node}`);
      const sealed = suite.hpke.seal(encryptionKeyOf(at), noBytes, noBytes, utf8("x"), this.random);
      expect(sealed && suite.hpke.open(privateKey, noBytes, noBytes, sealed), `node ${node}`).toEqual(
        utf8("x"),
      );
    }
  }

  expectAgreement(): void {
    const { groupContext, tree } = this.follower;
    const [first] = this.members;
    for (const member of this.members) {
      expect(member.groupContext).toEqual(groupContext);
      expect(member.tree).toEqual(tree);
      expect(hex(epochAuthenticator(member))).toBe(hex(epochAuthenticator(first as MemberState)));
      this.expectOwnKeys(member);
    }
    expect(hex(treeHash(suite, [...tree]))).toBe(hex(groupContext.treeHash));
    validateTree(suite, [...tree], groupContext, app);
  }
}

describe("a random walk through a group's life", () => {
  it("keeps all members and the follower in agreement", () => {
    let rootsOffPath = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 14 }), (steps) => {
        const walk = new Walk();
        walk.take({ do: "add", by: 0, count: 3, path: false });
        for (const next of steps) {
          walk.take(next);
          walk.expectAgreement();
        }
        rootsOffPath += walk.rootsOffPath;
      }),
      { numRuns: 25, seed: 9420 },
    );
    // The case in which the root is not on the committer's filtered direct path; no vector of the working group has it.
    expect(rootsOffPath).toBeGreaterThan(0);
  });
});
