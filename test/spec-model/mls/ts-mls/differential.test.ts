import fc from "fast-check";
import type { CiphersuiteImpl } from "ts-mls";
import { encodeMlsMessage } from "ts-mls";
import { beforeAll, describe, expect, it } from "vitest";
import { hex, noBytes, textOf, utf8 } from "../../../../spec-model/bytes.ts";
import {
  createGroup,
  extensionData,
  followHandshake,
  type GroupView,
  generateKeyPackage,
  groupInfo,
  MLSMessage,
  startPublicGroup,
} from "../../../../spec-model/mls/index.ts";
import { filteredDirectPath } from "../../../../spec-model/mls/ratchet-tree.ts";
import { root } from "../../../../spec-model/mls/tree-math.ts";
import { expandEntropy, type RandomSource } from "../../../../spec-model/random.ts";
import {
  type Candidate,
  type OurSeat,
  ourCandidate,
  ourSeat,
  type Seat,
  tsCandidate,
  tsDecoded,
  tsSuite,
} from "./seats.ts";

let suite: CiphersuiteImpl;
beforeAll(async () => {
  suite = await tsSuite();
});

const capabilities = {
  versions: ["mls10" as const],
  cipherSuites: [1],
  extensions: [],
  proposals: [],
  credentials: ["basic" as const],
};

/** A group of both kinds of clients. Our creator's first epoch is where a follower of ours starts. */
class MixedGroup {
  seats: Seat[];
  follower: GroupView;
  readonly random: RandomSource;
  private names = 0;

  constructor(purpose: string) {
    this.random = expandEntropy(noBytes, purpose);
    const creator = generateKeyPackage(
      1,
      {
        credential: { credentialType: "basic", identity: utf8("creator") },
        capabilities,
        lifetime: { notBefore: 0n, notAfter: 2n ** 63n - 1n },
      },
      {},
      this.random,
    );
    const founder = createGroup({ groupId: utf8("mixed"), extensions: [], creator }, {}, this.random);
    this.seats = [ourSeat(founder, this.random)];
    this.follower = startPublicGroup(groupInfo(founder, {}), founder.tree, {});
  }

  pick(n: number): Seat {
    const seat = this.seats[n % this.seats.length];
    if (seat === undefined) throw new Error("nobody");
    return seat;
  }

  candidate(kind: Seat["kind"]): Promise<Candidate> {
    const name = `${kind} ${++this.names}`;
    return kind === "ours" ? Promise.resolve(ourCandidate(name, this.random)) : tsCandidate(name, suite);
  }

  async add(by: Seat, kinds: readonly Seat["kind"][]): Promise<void> {
    const candidates = await Promise.all(kinds.map((kind) => this.candidate(kind)));
    const made = await by.commit({ add: candidates.map(({ keyPackage }) => keyPackage), inPublic: true });
    await this.everybodyHears(made.message, by);
    by.settle();
    if (made.welcome === undefined) throw new Error("nobody welcomed");
    for (const candidate of candidates) this.seats.push(await candidate.join(made.welcome));
  }

  async commit(by: Seat, remove: readonly number[] = []): Promise<void> {
    const made = await by.commit({ remove, inPublic: true });
    await this.everybodyHears(made.message, by);
    by.settle();
  }

  async joinExternally(kind: Seat["kind"]): Promise<void> {
    const host = this.seats.find((seat): seat is OurSeat => seat.kind === "ours");
    if (host === undefined) return;
    const candidate = await this.candidate(kind);
    const information = kind === "ours" ? await host.groupInfo() : host.groupInfoForTsMls();
    const { seat, message } = await candidate.joinExternally(information, this.follower.tree);
    await this.everybodyHears(message, undefined);
    this.seats.push(seat);
  }

  /** Members' messages go to all others and, where they are handshakes, to the follower. */
  async everybodyHears(message: Uint8Array, sender: Seat | undefined): Promise<void> {
    const removed = new Set<Seat>();
    for (const seat of this.seats) {
      if (seat !== sender && (await seat.hear(message)) === "removed") removed.add(seat);
    }
    this.seats = this.seats.filter((seat) => !removed.has(seat));
    this.follower = followHandshake(this.follower, MLSMessage.decode(message), {}).group;
  }

  expectAgreement(): void {
    for (const seat of this.seats) {
      expect(seat.epoch()).toBe(this.follower.groupContext.epoch);
      expect(hex(seat.authenticator())).toBe(hex(this.pick(0).authenticator()));
    }
  }

  /** Whether a commit of this member would reach the root; ts-mls 1.6.4 derives another secret where it does not. */
  pathReachesRoot(leafIndex: number, without?: number): boolean {
    const { tree } = this.follower;
    const after =
      without === undefined ? tree : tree.map((node, i) => (i === 2 * without ? undefined : node));
    const path = filteredDirectPath(after, leafIndex);
    return path.at(-1)?.node === root(after.length);
  }
}

const kinds = ["ours", "ts-mls"] as const;

describe("a group of our members and ts-mls's", () => {
  it.each(kinds)("agrees on commits, Welcomes and external commits, led by %s", async (kind) => {
    const group = new MixedGroup(`leader ${kind}`);
    await group.add(group.pick(0), ["ts-mls", "ours", "ts-mls"]);
    group.expectAgreement();
    const leader = group.seats.find((seat) => seat.kind === kind) as Seat;
    await group.commit(leader);
    await group.add(leader, ["ours", "ts-mls"]);
    await group.joinExternally(kind);
    group.expectAgreement();
    const other = group.seats.find((seat) => seat !== leader && seat.kind !== kind) as Seat;
    await group.commit(leader, [other.leafIndex]);
    group.expectAgreement();
    expect(new Set(group.seats.map((seat) => seat.kind)).size).toBe(2);
  });

  it("reads each other's application messages", async () => {
    const group = new MixedGroup("talk");
    await group.add(group.pick(0), ["ts-mls"]);
    for (const speaker of group.seats) {
      for (const text of ["one", "two"]) {
        const message = await speaker.say(text);
        for (const listener of group.seats) {
          if (listener === speaker) continue;
          const heard = await listener.hear(message);
          expect(heard === "removed" || heard === undefined ? heard : textOf(heard)).toBe(text);
        }
      }
    }
  });

  it.each([true, false])("commits each other's proposals by reference (in public: %s)", async (inPublic) => {
    const group = new MixedGroup(`proposals ${inPublic}`);
    await group.add(group.pick(0), ["ts-mls", "ours", "ts-mls", "ours"]);
    const [ours, theirs, leaving] = [group.pick(0), group.pick(1), group.pick(4)];
    for (const [proposer, committer, whom] of [
      [ours, theirs, leaving.leafIndex],
      [theirs, ours, group.pick(3).leafIndex],
    ] as const) {
      const proposal = await proposer.proposeRemoval(whom, inPublic);
      for (const seat of group.seats) if (seat !== proposer) await seat.hear(proposal);
      const made = await committer.commit({ inPublic });
      const staying: Seat[] = [];
      for (const seat of group.seats) {
        if (seat === committer || (await seat.hear(made.message)) !== "removed") staying.push(seat);
      }
      committer.settle();
      group.seats = staying;
      expect(new Set(group.seats.map((seat) => hex(seat.authenticator()))).size).toBe(1);
    }
    expect(group.seats.length).toBe(3);
  });

  it("stays in agreement on a random walk", async () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant("add" as const),
        by: fc.nat(9),
        kinds: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 2 }),
      }),
      fc.record({ do: fc.constant("commit" as const), by: fc.nat(9) }),
      fc.record({ do: fc.constant("remove" as const), by: fc.nat(9), whom: fc.nat(9) }),
      fc.record({ do: fc.constant("join" as const), kind: fc.constantFrom(...kinds) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
        const group = new MixedGroup("walk");
        await group.add(group.pick(0), ["ts-mls", "ours"]);
        for (const next of steps) {
          if (next.do === "add") await group.add(group.pick(next.by), next.kinds);
          else if (next.do === "join") await group.joinExternally(next.kind);
          else if (next.do === "commit") {
            const by = group.pick(next.by);
            if (group.pathReachesRoot(by.leafIndex)) await group.commit(by);
          } else {
            const [by, whom] = [group.pick(next.by), group.pick(next.whom)];
            const possible = by !== whom && group.seats.length > 2;
            if (possible && group.pathReachesRoot(by.leafIndex, whom.leafIndex)) {
              await group.commit(by, [whom.leafIndex]);
            }
          }
          group.expectAgreement();
        }
      }),
      { numRuns: 6, seed: 9420 },
    );
  });
});

describe("ts-mls 1.6.4", () => {
  it("leaves out the length of the key in external_pub, which is why mixed groups work around it", async () => {
    const group = new MixedGroup("external_pub");
    await group.add(group.pick(0), ["ts-mls"]);
    const message = MLSMessage.decode(await group.pick(1).groupInfo());
    if (message.wireFormat !== "mls_group_info") throw new Error("no GroupInfo");
    const data = extensionData(message.groupInfo.extensions, "external_pub");
    expect(data?.length).toBe(32);
  });
});

describe("the codecs", () => {
  it("turn the same octets into structures that encode to the same octets", async () => {
    const group = new MixedGroup("codecs");
    const candidates = await Promise.all(kinds.map((kind) => group.candidate(kind)));
    const [ours, theirs] = [candidates[0] as Candidate, candidates[1] as Candidate];
    const made = await group.pick(0).commit({ add: [ours.keyPackage, theirs.keyPackage], inPublic: true });
    const information = await group.pick(0).groupInfo();
    const said = await group.pick(0).say("hello");
    const all = [
      ours.keyPackage,
      theirs.keyPackage,
      made.message,
      made.welcome ?? noBytes,
      information,
      said,
    ];
    for (const octets of all) {
      expect(hex(encodeMlsMessage(tsDecoded(octets)))).toBe(hex(octets));
      expect(hex(MLSMessage.encode(MLSMessage.decode(octets)))).toBe(hex(octets));
    }
  });
});
