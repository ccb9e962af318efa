/** A long walk through a group's life: up to 40 clients, a hub that follows, and a network that loses and reorders. */
import { noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import {
  type CipherSuite,
  type CommitOptions,
  type CommitResult,
  cipherSuite,
  commit,
  createGroup,
  encryptApplication,
  externalCommit,
  type GroupInfo,
  groupInfo,
  joinByWelcome,
  MLSMessage,
  type MlsApplication,
  members,
  type Proposal,
  propose,
  proposeExternally,
  proposeUpdate,
  type RatchetTree,
  rememberingOutcomes,
} from "../../../../spec-model/mls/index.ts";
import { changedLeaf } from "../../../../spec-model/mls/proposal-list.ts";
import { filteredDirectPath } from "../../../../spec-model/mls/ratchet-tree.ts";
import { root } from "../../../../spec-model/mls/tree-math.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";
import { add, remove } from "../refusals/room.ts";
import { application, log, update } from "../room-fixture.ts";
import { Agreement, demandOwnKeys } from "./agreement.ts";
import { Clients } from "./clients.ts";
import { Counts, hasBlankSubtree } from "./counts.ts";
import { Hub } from "./hub.ts";
import { commitKind, Decisions, type ProposalKind, proposalKinds, wantedSize } from "./plan.ts";
import { type Broadcast, Seat } from "./seat.ts";

export interface WalkOptions {
  readonly provider: "node" | "portable";
  readonly rounds: number;
  readonly largest: number;
}

const suiteId = 1;

export class LongWalk {
  readonly counts = new Counts();
  readonly agreement: Agreement;
  seats: Seat[] = [];
  readonly hub: Hub;

  private readonly options: WalkOptions;
  private readonly app: MlsApplication;
  private readonly shared = rememberingOutcomes();
  private readonly random = expandEntropy(noBytes, "long walk: keys");
  private readonly decisions = new Decisions(expandEntropy(noBytes, "long walk: decisions"));
  private readonly suite: CipherSuite;
  private readonly clients: Clients;
  /** The epoch's proposals as they were sent, for members that have to ask for one again. */
  private proposals: Broadcast[] = [];
  /** The epoch's SelfRemoves, which an external commit has to cover. */
  private leaving: MLSMessage[] = [];
  private published: { groupInfo: GroupInfo; tree: RatchetTree };
  private round = 0;

  constructor(options: WalkOptions) {
    this.options = options;
    this.app = { ...application, provider: options.provider, findPsk: () => utf8("a pre-shared key") };
    this.suite = cipherSuite(suiteId, options.provider);
    this.agreement = new Agreement(this.suite, this.app);
    this.clients = new Clients(this.suite, this.app, this.random);
    this.hub = new Hub(this.suite, this.app, this.random);
    const creator = this.clients.next();
    const extensions = this.hub.extensions();
    const founder = createGroup({ groupId: utf8("walk"), extensions, creator }, this.app, this.random);
    this.published = { groupInfo: groupInfo(founder, this.app), tree: founder.tree };
    this.hub.start(this.published.groupInfo, founder.tree);
    this.seats = [new Seat("c1", founder, this.counts)];
    this.agreement.settle(this.hub.view, founder);
  }

  /** One round: talk and proposals, then one commit that everybody but a few laggards processes. */
  step(): void {
    const size = this.seats.length;
    const { rounds, largest } = this.options;
    for (const kind of proposalKinds(this.decisions, size, largest)) this.proposeOne(kind);
    for (let said = this.decisions.below(3); said > 0; said--) this.saySomething();
    const wanted = Math.min(largest, wantedSize(this.round, rounds, largest));
    const kind = commitKind(this.decisions, size, wanted, largest);
    if (kind === "join" || kind === "rejoin") this.joinExternally(kind === "rejoin");
    else this.commitBy(this.committer(), kind);
    this.round++;
    this.counts.largest = Math.max(this.counts.largest, this.seats.length);
    if (hasBlankSubtree(this.hub.view.tree)) this.counts.note("epoch with a blank subtree");
  }

  /** Everybody catches up, and each reads what each of some others says. */
  settle(): void {
    for (const seat of this.seats) this.catchUp(seat);
    for (const speaker of this.seats.slice(0, 5)) {
      const sent = encryptApplication(speaker.state, utf8(speaker.name), {}, this.app, this.random);
      speaker.state = sent.state;
      const octets = this.agreement.record(MLSMessage.encode(sent.message));
      for (const seat of this.seats) {
        if (seat === speaker) continue;
        const heard = seat.take({ octets, kind: "application", from: speaker.name }, this.app, this.shared);
        if (heard?.kind !== "application") throw new Error(`${seat.name} cannot read ${speaker.name}`);
      }
    }
    for (const seat of this.seats) demandOwnKeys(seat.state, this.options.provider);
  }

  private proposeOne(kind: ProposalKind): void {
    if (kind === "hubRemoves" || kind === "hubAdds" || kind === "newcomerAsks") {
      this.proposeFromOutside(kind);
      return;
    }
    const seat = this.present();
    if (this.isLeaving(seat)) return;
    const wireFormat = this.format();
    const proposed =
      kind === "update"
        ? proposeUpdate(seat.state, {}, { wireFormat }, this.app, this.random)
        : propose(
            seat.state,
            kind === "selfRemove"
              ? { proposalType: "self_remove" }
              : kind === "remove"
                ? remove(this.present().state.leafIndex)
                : update(log, "."),
            kind === "selfRemove" ? {} : { wireFormat },
            this.app,
            this.random,
          );
    seat.state = proposed.state;
    if (kind === "selfRemove") this.leaving.push(proposed.message);
    this.sendProposal(proposed.message, seat);
  }

  private proposeFromOutside(kind: "hubRemoves" | "hubAdds" | "newcomerAsks"): void {
    if (kind === "hubRemoves") {
      this.sendProposal(this.hub.proposes(remove(this.present().state.leafIndex)), undefined);
      return;
    }
    const { keyPackage, signaturePrivateKey } = this.clients.next();
    const newcomer = { sender: { senderType: "new_member_proposal" as const }, signaturePrivateKey };
    const { groupContext } = this.hub.view;
    const message =
      kind === "hubAdds"
        ? this.hub.proposes(add(keyPackage))
        : proposeExternally(groupContext, newcomer, add(keyPackage), this.app);
    this.sendProposal(message, undefined);
  }

  private sendProposal(message: MLSMessage, from: Seat | undefined): void {
    const sent = this.broadcast(message, "proposal", from);
    this.proposals.push(sent);
    this.hub.follow(sent.octets);
  }

  private saySomething(): void {
    const seat = this.present();
    const sent = encryptApplication(
      seat.state,
      utf8("..."),
      { paddingLength: this.decisions.below(9) },
      this.app,
      this.random,
    );
    seat.state = sent.state;
    this.broadcast(sent.message, "application", seat);
  }

  /** To everybody else; the network drops, doubles, delays and reorders. */
  private broadcast(
    message: MLSMessage,
    kind: "proposal" | "application",
    from: Seat | undefined,
  ): Broadcast {
    const octets = this.agreement.record(MLSMessage.encode(message));
    const sent = { octets, kind, from: from?.name };
    for (const seat of this.seats) {
      if (seat === from) continue;
      const late = kind === "application" ? 3 : 0;
      const fate = this.decisions.weighted({ arrives: 14, lost: 2, late, twice: 1 });
      this.counts.note(`${kind} ${fate}`);
      seat.expect(sent, fate, (limit) => this.decisions.below(limit));
    }
    return sent;
  }

  private committer(): Seat {
    const able = this.seats.filter((seat) => !seat.lagging && !this.isLeaving(seat));
    const seat = this.decisions.pick(able);
    this.catchUp(seat);
    return seat;
  }

  private commitBy(seat: Seat, kind: Exclude<ReturnType<typeof commitKind>, "join" | "rejoin">): void {
    const rival = this.decisions.oneIn(8) ? this.committer() : undefined;
    const options = { wireFormat: this.format(), ...this.commitOptions(seat, kind) };
    const made = commit(seat.state, options, this.app, this.random);
    if (rival !== undefined && rival !== seat) this.loseRace(rival);
    const path = filteredDirectPath(made.ratchetTree, seat.state.leafIndex);
    if (made.facts.hasPath && path.at(-1)?.node !== root(made.ratchetTree.length)) {
      this.counts.note("root off the committer's path");
    }
    this.everybodyProcesses(made, seat);
    this.welcome(made);
  }

  private commitOptions(seat: Seat, kind: string): CommitOptions {
    switch (kind) {
      case "add":
      case "addWithPath": {
        const count = Math.min(1 + this.decisions.below(4), this.room(seat));
        const proposals = Array.from({ length: count }, () => add(this.clients.next().keyPackage));
        return { proposals, forcePath: kind === "addWithPath" };
      }
      case "remove":
        return { proposals: this.removals(seat, 1 + this.decisions.below(2), 0, 1 << 20) };
      case "removeSubtree": {
        const leaves = (this.hub.view.tree.length + 1) / 2;
        const width = leaves >> (1 + this.decisions.below(3));
        const first = width * this.decisions.below(leaves / Math.max(1, width));
        return { proposals: this.removals(seat, width, first, first + width) };
      }
      case "refresh":
        return this.decisions.oneIn(3)
          ? { leafChanges: { signatureKeyPair: this.signatureKeys() } }
          : { forcePath: true };
      case "change":
        return { proposals: [update(log, "!")] };
      case "psk": {
        const pskNonce = this.random.bytes(32);
        return {
          proposals: [{ proposalType: "psk", psk: { psktype: "external", pskId: utf8("p"), pskNonce } }],
        };
      }
      default:
        return {};
    }
  }

  /** How many may still be added, beside those whom the pending proposals add. */
  private room(by: Seat): number {
    const pending = [...by.state.pendingProposals.values()];
    const adds = pending.filter(({ proposal }) => proposal.proposalType === "add").length;
    return this.options.largest - this.seats.length - adds;
  }

  /** Removes of members in these leaves whom no pending proposal changes, as long as some members remain. */
  private removals(by: Seat, count: number, from: number, to: number): Proposal[] {
    const pending = [...by.state.pendingProposals.values()];
    const changed = new Set(pending.map(changedLeaf));
    const possible = members(this.hub.view.tree)
      .map(({ leafIndex }) => leafIndex)
      .filter((leaf) => from <= leaf && leaf < to && leaf !== by.state.leafIndex && !changed.has(leaf));
    const most = Math.max(0, Math.min(count, this.seats.length - changed.size - 2));
    return possible.slice(0, most).map(remove);
  }

  /** A second commit of the epoch: the hub refuses it, and its maker goes on as if it had not made it. */
  private loseRace(rival: Seat): void {
    const { ifRefused } = commit(rival.state, { forcePath: true }, this.app, this.random);
    rival.state = ifRefused;
    this.counts.note("commit that lost the race");
  }

  private joinExternally(resync: boolean): void {
    const joiner = this.clients.next();
    const again = this.seats.filter((seat) => !this.isLeaving(seat) && !seat.lagging);
    const old = resync ? { resync: this.decisions.pick(again).state.leafIndex } : {};
    const { groupInfo: info, tree } = this.published;
    const made = externalCommit(
      { groupInfo: info, ratchetTree: tree, joiner, selfRemoves: this.leaving, ...old },
      this.app,
      this.random,
    );
    this.everybodyProcesses(made, undefined);
    this.enter(new Seat(`joiner of epoch ${made.state.groupContext.epoch}`, made.state, this.counts));
  }

  private everybodyProcesses(made: Omit<CommitResult, "ifRefused" | "welcome">, by: Seat | undefined): void {
    const octets = this.agreement.record(MLSMessage.encode(made.message));
    const sent = { octets, kind: "commit" as const, from: by?.name };
    this.hub.follow(octets);
    this.counts.commit(made);
    this.agreement.settle(this.hub.view, made.state);
    this.published = { groupInfo: made.groupInfo, tree: made.ratchetTree };
    if (by !== undefined) by.state = made.state;
    const alone = this.decisions.below(this.seats.length);
    this.seats.forEach((seat, i) => {
      seat.endEpoch({ ...sent, proposals: this.proposals });
      if (seat === by) return;
      if (seat.lagging) this.comeBack(seat, sent);
      else if (this.decisions.oneIn(60)) seat.lagging = true;
      else this.catchUp(seat, i !== alone);
    });
    this.seats = this.seats.filter((seat) => !seat.removed);
    this.proposals = [];
    this.leaving = [];
  }

  /** Who missed a commit cannot use the one after it, until it has caught up. */
  private comeBack(seat: Seat, latest: Broadcast): void {
    seat.mustRefuse(latest, "wrongEpoch", this.app);
    seat.lagging = false;
    this.catchUp(seat);
  }

  private catchUp(seat: Seat, sharing = true): void {
    seat.catchUp(this.app, sharing ? this.shared : undefined, (state) => this.agreement.check(state));
  }

  private welcome({ welcome, facts }: CommitResult): void {
    if (welcome === undefined) return;
    const octets = this.agreement.record(
      MLSMessage.encode({ version: "mls10", wireFormat: "mls_welcome", welcome }),
    );
    for (const { keyPackage } of facts.added) {
      const own = this.clients.ownerOf(keyPackage);
      const message = MLSMessage.decode(octets);
      if (message.wireFormat !== "mls_welcome") throw new Error("no Welcome");
      const { state } = joinByWelcome(message.welcome, { own }, this.app);
      this.enter(
        new Seat(`leaf ${state.leafIndex} of epoch ${state.groupContext.epoch}`, state, this.counts),
      );
    }
  }

  private enter(seat: Seat): void {
    this.agreement.check(seat.state);
    this.seats.push(seat);
  }

  private present(): Seat {
    return this.decisions.pick(this.seats.filter(({ lagging }) => !lagging));
  }

  private isLeaving(seat: Seat): boolean {
    return this.leaving.some((message) => {
      const sender =
        message.wireFormat === "mls_public_message" ? message.publicMessage.content.sender : undefined;
      return sender?.senderType === "member" && sender.leafIndex === seat.state.leafIndex;
    });
  }

  private format() {
    return this.decisions.oneIn(3) ? ("mls_semiprivate_message" as const) : ("mls_public_message" as const);
  }

  private signatureKeys() {
    return this.suite.signature.generateKeyPair(this.random);
  }
}
