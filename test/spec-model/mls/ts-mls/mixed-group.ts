/** A group that our clients and ts-mls's are members of, with a follower of ours. */
import type { CiphersuiteImpl } from "ts-mls";
import { expect } from "vitest";
import { hex, noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import {
  createGroup,
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
import { type Candidate, type OurSeat, ourCandidate, ourSeat, type Seat, tsCandidate } from "./seats.ts";

const capabilities = {
  versions: ["mls10" as const],
  cipherSuites: [1],
  extensions: [],
  proposals: [],
  credentials: ["basic" as const],
};

/** A group of both kinds of clients. Our creator's first epoch is where a follower of ours starts. */
export class MixedGroup {
  seats: Seat[];
  follower: GroupView;
  readonly random: RandomSource;
  private readonly tsMls: CiphersuiteImpl;
  private names = 0;

  constructor(purpose: string, tsMls: CiphersuiteImpl) {
    this.tsMls = tsMls;
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
    return kind === "ours" ? Promise.resolve(ourCandidate(name, this.random)) : tsCandidate(name, this.tsMls);
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
