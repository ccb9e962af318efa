/** A play: a random sequence of operations in one room, performed over a given layer, and the facts that come of it. */
import fc from "fast-check";
import { concat, equalBytes, hex, noBytes, textOf, utf8 } from "../../../../spec-model/bytes.ts";
import {
  type CommitFacts,
  type Credential,
  componentIds,
  decodeRatchetTree,
  dictionaryOf,
  type Extension,
  ExternalReceivers,
  encodeRatchetTree,
  externalSenders,
  type Followed,
  GroupInfo,
  type GroupView,
  leafAt,
  MLSMessage,
  type MlsApplication,
  MlsError,
  members,
  type OwnKeyPackage,
  type PreSharedKeyID,
  type Proposal,
  type RatchetTree,
  type SemiPrivateMessage,
  type Sender,
  type SuccessorOptions,
  Welcome,
  WireFormats,
} from "../../../../spec-model/mls/index.ts";
import type { Member, MlsLayer } from "../../../../spec-model/mls/layer.ts";
import { expandEntropy, type RandomSource } from "../../../../spec-model/random.ts";
import { DecodeError } from "../../../../spec-model/wire/index.ts";
import { application, basic, capabilities, log, roomExtensions, topic, update } from "../room-fixture.ts";

type Format = "mls_public_message" | "mls_private_message" | "mls_semiprivate_message";

export type Step =
  | { do: "add"; by: number; count: number; path: boolean; format: Format }
  | { do: "remove"; by: number; leaf: number; format: Format }
  | { do: "refresh"; by: number; format: Format; rename: boolean }
  | { do: "change"; by: number; component: number; remove: boolean; times: number }
  | { do: "extensions"; by: number; required: boolean }
  | { do: "psk"; by: number; known: boolean; resumption: number | undefined }
  | { do: "commitPending"; by: number; path: boolean; format: Format }
  | { do: "proposeUpdate"; by: number; format: Format }
  | { do: "proposeRemove"; by: number; leaf: number; format: Format }
  | { do: "proposeChange"; by: number; component: number; format: Format }
  | { do: "selfRemove"; by: number }
  | { do: "hubProposes"; leaf: number; add: boolean }
  | { do: "join"; resync: number | undefined; withLeaves: boolean }
  | { do: "say"; by: number; text: string; padding: number }
  | { do: "impersonate"; by: number; commits: boolean }
  | { do: "deliver"; to: number; which: number; disagrees: boolean; again: boolean }
  | { do: "lose"; to: number; which: number }
  | { do: "catchUp" }
  | { do: "deliverAll"; to: number }
  | { do: "tamper"; to: number; which: number; octet: number }
  | { do: "export"; by: number; component: number }
  | { do: "branch"; by: number; count: number }
  | { do: "reInit"; by: number }
  | { do: "succeed"; by: number; count: number }
  | { do: "wait" };

const who = fc.nat({ max: 9 });
const leaf = fc.nat({ max: 9 });
const format: fc.Arbitrary<Format> = fc
  .nat({ max: 7 })
  .map((n) => (n === 7 ? "mls_private_message" : n > 4 ? "mls_semiprivate_message" : "mls_public_message"));
const component = fc.constantFrom(topic, log, log, 0x7777);

function operation<T extends Step["do"]>(
  name: T,
  fields: { [K in Exclude<keyof Extract<Step, { do: T }>, "do">]: fc.Arbitrary<Extract<Step, { do: T }>[K]> },
): fc.Arbitrary<Step> {
  return fc.record({ do: fc.constant(name), ...fields }) as unknown as fc.Arbitrary<Step>;
}

const small = fc.nat({ max: 3 });

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: operation("add", {
      by: who,
      count: fc.integer({ min: 1, max: 3 }),
      path: fc.boolean(),
      format,
    }),
  },
  { weight: 3, arbitrary: operation("remove", { by: who, leaf, format }) },
  { weight: 3, arbitrary: operation("refresh", { by: who, format, rename: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: operation("change", {
      by: who,
      component,
      remove: fc.boolean(),
      times: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 1, arbitrary: operation("extensions", { by: who, required: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: operation("psk", {
      by: who,
      known: fc.boolean(),
      resumption: fc.option(small, { nil: undefined }),
    }),
  },
  { weight: 8, arbitrary: operation("commitPending", { by: who, path: fc.boolean(), format }) },
  { weight: 8, arbitrary: operation("proposeUpdate", { by: who, format }) },
  { weight: 2, arbitrary: operation("proposeRemove", { by: who, leaf, format }) },
  { weight: 4, arbitrary: operation("proposeChange", { by: who, component, format }) },
  { weight: 2, arbitrary: operation("selfRemove", { by: who }) },
  { weight: 2, arbitrary: operation("hubProposes", { leaf, add: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: operation("join", { resync: fc.option(leaf, { nil: undefined }), withLeaves: fc.boolean() }),
  },
  { weight: 6, arbitrary: operation("say", { by: who, text: fc.string({ maxLength: 12 }), padding: small }) },
  {
    weight: 8,
    arbitrary: operation("deliver", {
      to: who,
      which: fc.nat({ max: 3 }),
      disagrees: fc.constantFrom(false, false, true),
      again: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: operation("lose", { to: who, which: small }) },
  { weight: 2, arbitrary: operation("impersonate", { by: who, commits: fc.boolean() }) },
  { weight: 16, arbitrary: operation("catchUp", {}) },
  { weight: 8, arbitrary: operation("deliverAll", { to: who }) },
  { weight: 2, arbitrary: operation("tamper", { to: who, which: fc.nat({ max: 20 }), octet: fc.nat() }) },
  { weight: 1, arbitrary: operation("export", { by: who, component: small }) },
  // Not "reInit" and "succeed": a closed group would end the play.
  { weight: 1, arbitrary: operation("branch", { by: who, count: small }) },
  { weight: 1, arbitrary: operation("wait", {}) },
);

/** One who takes part: in the group, or with a Welcome in the inbox. */
interface Seat {
  readonly name: string;
  state: Member;
  /** Messages not yet delivered, in the order of sending. */
  inbox: Uint8Array[];
}

/** What was observed: no keys and no octets that depend on them. */
export type Fact = string;

/** Performs the steps and writes down everything that both layers have to agree on. */
export function perform(mls: MlsLayer, steps: readonly Step[]): Fact[] {
  const play = new Play(mls);
  for (const next of steps) play.take(next);
  return play.facts;
}

/** What does not change with time: one object of each function, so that both layers may remember what they decided. */
const constant: MlsApplication = {
  ...application,
  validateSuccessor: (before, after) =>
    nameIn(after).startsWith("renamed by 3") && nameIn(before) !== nameIn(after)
      ? { refused: "name" }
      : undefined,
  findPsk: (id) => (id.psktype === "external" && textOf(id.pskId) === "known" ? pskValue : undefined),
};

/** An application that makes something else of the same updates: its member must not enter the others' epoch. */
const disagreeing: Partial<MlsApplication> = {
  components: new Map([
    [topic, () => utf8("something else")],
    [log, () => utf8("something else")],
  ]),
};

const pskValue = utf8("a pre-shared key");
const reachable = 2;

class Play {
  readonly facts: Fact[] = [];
  private readonly mls: MlsLayer;
  private readonly random: RandomSource;
  private readonly hubKey: Uint8Array;
  private readonly receiver: Parameters<MlsLayer["decryptAsReceiver"]>[0];
  private readonly seats: Seat[] = [];
  private hub: GroupView;
  private hubInfo: GroupInfo;
  private hubTree: Uint8Array;
  private leaving: MLSMessage[] = [];
  private now = 1000n;
  private names = 0;

  constructor(mls: MlsLayer) {
    this.mls = mls;
    this.random = expandEntropy(noBytes, "play");
    const pair = mls.suite(1).signature.generateKeyPair(this.random);
    this.hubKey = pair.privateKey;
    const creator = this.client();
    const encryption = mls.suite(1).hpke.generateKeyPair(this.random);
    const receiver = { externalReceiverPublicKey: encryption.publicKey, credential: basic("hub.example") };
    this.receiver = { receiver, privateKey: encryption.privateKey };
    const extensions = [
      ...roomExtensions(pair.publicKey, [
        [componentIds.external_receivers, ExternalReceivers.encode([receiver])],
      ]),
      wireFormats("required_wire_formats"),
    ];
    const founder = mls.createGroup({ groupId: utf8("room"), extensions, creator }, this.app(), this.random);
    this.seats.push({ name: "c1", state: founder, inbox: [] });
    this.hubInfo = mls.groupInfo(founder, this.app());
    this.hubTree = encodeRatchetTree(founder.tree);
    this.hub = mls.startPublicGroup(this.hubInfo, decodeRatchetTree(this.hubTree), this.app());
    this.take({ do: "add", by: 0, count: 2, path: false, format: "mls_public_message" });
  }

  take(next: Step): void {
    try {
      this.act(next);
    } catch (error) {
      if (error instanceof MlsError) this.note(`${next.do}: refused, ${error.code}`);
      else if (error instanceof DecodeError) this.note(`${next.do}: does not decode`);
      else throw error;
    }
    // One more draw of randomness shows that both layers have drawn as much.
    this.note(`drawn to ${hex(this.random.bytes(4))}`);
  }

  private act(next: Step): void {
    switch (next.do) {
      case "add": {
        const own = Array.from({ length: next.count }, () => this.client());
        const proposals = own.map(({ keyPackage }): Proposal => ({ proposalType: "add", keyPackage }));
        const { welcome, ratchetTree } = this.commitBy(next.by, {
          proposals,
          forcePath: next.path,
          wireFormat: next.format,
        });
        if (welcome !== undefined)
          for (const one of own) this.welcome(one, Welcome.encode(welcome), ratchetTree);
        return;
      }
      case "remove":
        this.commitBy(next.by, {
          proposals: [{ proposalType: "remove", removed: next.leaf }],
          wireFormat: next.format,
        });
        return;
      case "refresh": {
        const leafChanges = next.rename ? { credential: basic(`renamed by ${next.by}`) } : {};
        this.commitBy(next.by, { forcePath: true, wireFormat: next.format, leafChanges });
        return;
      }
      case "change": {
        const { component: componentId } = next;
        const one: Proposal = next.remove
          ? { proposalType: "app_data_update", componentId, op: "remove" }
          : update(componentId, `by ${next.by}`);
        this.commitBy(next.by, { proposals: Array.from({ length: next.times }, () => one) });
        return;
      }
      case "extensions": {
        const { extensions } = this.seat(next.by).state.groupContext;
        const changed = next.required
          ? extensions
          : extensions.filter(({ extensionType }) => extensionType !== "external_senders");
        this.commitBy(next.by, {
          proposals: [{ proposalType: "group_context_extensions", extensions: changed }],
        });
        return;
      }
      case "psk":
        this.commitBy(next.by, { proposals: [{ proposalType: "psk", psk: this.pskId(next) }] });
        return;
      case "commitPending":
        this.commitBy(next.by, { forcePath: next.path, wireFormat: next.format });
        return;
      case "proposeUpdate":
      case "proposeRemove":
      case "proposeChange":
      case "selfRemove":
        this.proposeBy(next);
        return;
      case "hubProposes":
        this.hubProposes(next);
        return;
      case "join":
        this.join(next);
        return;
      case "say": {
        const seat = this.seat(next.by);
        const options = { authenticatedData: utf8("aad"), paddingLength: next.padding };
        const sent = this.mls.encryptApplication(
          seat.state,
          utf8(next.text),
          options,
          this.app(),
          this.random,
        );
        seat.state = sent.state;
        this.send(sent.message, seat);
        return;
      }
      case "deliver":
        this.deliverOne(next);
        return;
      case "lose": {
        const { inbox } = this.seat(next.to);
        inbox.splice(next.which % Math.max(1, inbox.length), 1);
        return;
      }
      case "impersonate":
        this.impersonate(this.seat(next.by), next.commits);
        return;
      case "catchUp":
        for (const seat of [...this.seats]) this.deliverAll(seat);
        return;
      case "deliverAll":
        this.deliverAll(this.seat(next.to));
        return;
      case "tamper":
        this.deliver(this.seat(next.to), next.which, (octets) => {
          const tampered = this.tampered(octets, next.octet);
          this.hubOpens(tampered);
          return tampered;
        });
        return;
      case "export": {
        const seat = this.seat(next.by);
        const { state, secret } = this.mls.safeExportSecret(seat.state, next.component, this.app());
        seat.state = state;
        this.note(`${seat.name} exports ${secret.length} octets`);
        return;
      }
      case "branch": {
        const groupId = utf8(`branch by ${next.by}`);
        this.found(next, (...rest) => this.mls.branch(this.seat(next.by).state, groupId, ...rest));
        return;
      }
      case "reInit": {
        const { cipherSuite, extensions } = this.seat(next.by).state.groupContext;
        const parameters = { groupId: utf8("next"), version: "mls10" as const, cipherSuite, extensions };
        this.commitBy(next.by, { proposals: [{ proposalType: "reinit", ...parameters }] });
        return;
      }
      case "succeed":
        this.found(next, (...rest) => this.mls.reinitialise(this.seat(next.by).state, ...rest));
        return;
      case "wait":
        this.now += 400n;
    }
  }

  private commitBy(by: number, options: Parameters<MlsLayer["commit"]>[1]) {
    const seat = this.seat(by);
    const made = this.mls.commit(seat.state, options, this.app(), this.random);
    this.note(`${seat.name} commits: ${this.said(made.facts)}`);
    const accepted = this.follow(made.message);
    if (accepted) this.publish(made.groupInfo, made.ratchetTree);
    // A hub that cannot read a PrivateMessage passes it on all the same, and then has lost the group.
    const own = accepted || made.message.wireFormat === "mls_private_message";
    seat.state = own ? made.state : made.ifRefused;
    this.see(seat);
    if (own) this.send(made.message, seat);
    return own ? made : { ...made, welcome: undefined };
  }

  private proposeBy(
    next: Extract<Step, { do: "proposeUpdate" | "proposeRemove" | "proposeChange" | "selfRemove" }>,
  ): void {
    const seat = this.seat(next.by);
    const options = next.do === "selfRemove" ? {} : { wireFormat: next.format };
    const sent =
      next.do === "proposeUpdate"
        ? this.mls.proposeUpdate(seat.state, {}, options, this.app(), this.random)
        : this.mls.propose(seat.state, proposalOf(next), options, this.app(), this.random);
    seat.state = sent.state;
    this.note(`${seat.name} proposes, ${seat.state.pendingProposals.size} pending`);
    if (this.follow(sent.message) && next.do === "selfRemove") this.leaving.push(sent.message);
    this.send(sent.message, seat);
  }

  private hubProposes({ leaf: removed, add }: Extract<Step, { do: "hubProposes" }>): void {
    const sender: Extract<Sender, { senderType: "external" }> = { senderType: "external", senderIndex: 0 };
    const proposal: Proposal = add
      ? { proposalType: "add", keyPackage: this.client().keyPackage }
      : { proposalType: "remove", removed };
    const proposer = { sender, signaturePrivateKey: this.hubKey };
    const message = this.mls.proposeExternally(this.hub.groupContext, proposer, proposal, this.app());
    this.follow(message);
    this.send(message, undefined);
  }

  private join({ resync, withLeaves }: Extract<Step, { do: "join" }>): void {
    const joiner = this.client();
    const groupInfo = GroupInfo.decode(GroupInfo.encode(this.hubInfo));
    const options = {
      groupInfo,
      ratchetTree: decodeRatchetTree(this.hubTree),
      joiner,
      selfRemoves: withLeaves ? this.leaving : [],
      ...(resync === undefined ? {} : { resync }),
    };
    const made = this.mls.externalCommit(options, this.app(), this.random);
    this.note(`joins: ${this.said(made.facts)}`);
    if (!this.follow(made.message)) return;
    this.publish(made.groupInfo, made.ratchetTree);
    const seat = { name: `c${this.names}`, state: made.state, inbox: [] };
    this.send(made.message, undefined);
    this.seats.push(seat);
    this.see(seat);
  }

  /** A successor group of `by` and the first of the others, who join it, and cannot where they forget the old one. */
  private found(
    { by, count }: { by: number; count: number },
    founded: (
      options: SuccessorOptions,
      app: MlsApplication,
      random: RandomSource,
    ) => ReturnType<MlsLayer["commit"]>,
  ): void {
    const founder = this.seat(by);
    const others = this.seats.filter((seat) => seat !== founder).slice(0, count);
    const joining = others.map((seat) => ({ seat, own: this.client(leafOf(seat).credential) }));
    const creator = this.client(leafOf(founder).credential);
    const keyPackages = joining.map(({ own }) => own.keyPackage);
    const made = founded({ creator, keyPackages }, this.app(), this.random);
    this.note(`${founder.name} founds: ${this.said(made.facts)}`);
    const { welcome } = made;
    if (welcome === undefined) return;
    for (const { seat, own } of joining) {
      for (const link of [{}, { previous: seat.state }]) {
        this.refusable("joins the successor", () => {
          this.see(this.mls.joinByWelcome(welcome, { own, ...link }, this.app()));
        });
      }
    }
  }

  private welcome(own: OwnKeyPackage, octets: Uint8Array, tree: RatchetTree): void {
    const stranger = this.client();
    const attempts: (() => void)[] = [
      () => void this.mls.joinByWelcome(Welcome.decode(octets), { own: stranger }, this.app()),
      () => {
        const joined = this.mls.joinByWelcome(Welcome.decode(octets), { own, ratchetTree: tree }, this.app());
        const name = textOf(identityOf(own.keyPackage.leafNode.credential)) ?? "";
        this.seats.push({ name, state: joined.state, inbox: [] });
        this.see(joined);
      },
    ];
    for (const attempt of attempts) this.refusable("joins by Welcome", attempt);
  }

  private deliverOne({ to, which, disagrees, again }: Extract<Step, { do: "deliver" }>): void {
    const seat = this.seat(to);
    const place = which % Math.max(1, seat.inbox.length);
    const octets = seat.inbox[place];
    if (again && octets !== undefined) seat.inbox.push(octets);
    this.deliver(seat, place, (same) => same, disagrees ? disagreeing : {});
  }

  /** Signs with a key that is not the member's. */
  private impersonate(seat: Seat, commits: boolean): void {
    const own = seat.state;
    const { privateKey: signaturePrivateKey } = this.mls.suite(1).signature.generateKeyPair(this.random);
    const forger = { ...own, signaturePrivateKey };
    const { message } = commits
      ? this.mls.commit(forger, { forcePath: true }, this.app(), this.random)
      : this.mls.encryptApplication(forger, utf8("not I"), {}, this.app(), this.random);
    this.follow(message);
    this.send(message, seat);
  }

  private deliverAll(seat: Seat): void {
    while (seat.inbox.length > 0) this.deliver(seat, 0, (octets) => octets);
  }

  private deliver(
    seat: Seat,
    which: number,
    change: (octets: Uint8Array) => Uint8Array,
    disagreement: Partial<MlsApplication> = {},
  ): void {
    const place = which % Math.max(1, seat.inbox.length);
    const octets = seat.inbox[place];
    if (octets === undefined) return;
    seat.inbox.splice(place, 1);
    this.refusable(`${seat.name} receives`, () => {
      const heard = this.mls.receive(seat.state, MLSMessage.decode(change(octets)), {
        ...this.app(),
        ...disagreement,
      });
      seat.state = heard.state;
      if (heard.kind === "application") {
        const { sender, generation, applicationData } = heard;
        this.note(`${seat.name} reads ${textOf(applicationData)} of ${sender}, generation ${generation}`);
      } else if (heard.kind === "proposal") {
        this.note(`${seat.name} hears of ${this.described(heard.pending.proposal, heard.pending.sender)}`);
      } else {
        this.note(`${seat.name} ${heard.kind}: ${this.said(heard.facts)}`);
        this.see(seat);
        if (heard.kind === "removed") this.seats.splice(this.seats.indexOf(seat), 1);
      }
    });
  }

  /** What the hub makes of a handshake; whether it accepts it. */
  private follow(message: MLSMessage): boolean {
    return this.refusable("the hub", () => {
      const followed = this.followed(MLSMessage.decode(MLSMessage.encode(message)));
      this.hub = followed.group;
      this.note(`the hub follows a ${followed.kind}, unverified ${followed.unverified}`);
      if (followed.kind === "commit") {
        this.leaving = [];
        this.note(this.said(followed.facts));
        this.see({ name: "hub", state: followed.group });
      }
    });
  }

  /** As PublicMessage, or as SemiPrivateMessage of which the hub is a receiver. */
  private followed(message: MLSMessage): Followed {
    if (message.wireFormat !== "mls_semiprivate_message") {
      return this.mls.followHandshake(this.hub, message, this.app());
    }
    return this.mls.followContent(this.hub, this.openedByHub(message.semiprivateMessage), this.app());
  }

  private openedByHub(message: SemiPrivateMessage) {
    return this.mls.decryptAsReceiver(this.receiver, message, this.hub.groupContext, this.app());
  }

  /** What the hub makes of a SemiPrivateMessage by itself. */
  private hubOpens(octets: Uint8Array): void {
    const message = MLSMessage.decode(octets);
    if (message.wireFormat !== "mls_semiprivate_message") return;
    this.refusable("the hub opens", () => {
      const { content } = this.openedByHub(message.semiprivateMessage);
      this.note(`the hub opens a ${content.contentType}`);
    });
  }

  private publish(groupInfo: GroupInfo, tree: RatchetTree): void {
    this.mls.verifyGroupInfo(groupInfo, this.hub.tree);
    this.hubInfo = groupInfo;
    this.hubTree = encodeRatchetTree(tree);
    this.note(`the tree is that of the hub: ${equalBytes(this.hubTree, encodeRatchetTree(this.hub.tree))}`);
  }

  private send(message: MLSMessage, from: Seat | undefined): void {
    const octets = MLSMessage.encode(message);
    // The sender's own messages come back, too: it has to refuse what is its own.
    for (const seat of this.seats)
      if (seat !== from || seat.inbox.length < reachable) seat.inbox.push(octets);
  }

  private tampered(octets: Uint8Array, octet: number): Uint8Array {
    const message = MLSMessage.decode(octets);
    // Sizes differ between the layers: places are counted within fields that both have.
    if (message.wireFormat === "mls_private_message") {
      const { ciphertext, ...rest } = message.privateMessage;
      const place = octet % 2 === 0 ? 0 : ciphertext.length - 1;
      return MLSMessage.encode({
        ...message,
        privateMessage: { ...rest, ciphertext: flipped(ciphertext, place) },
      });
    }
    if (message.wireFormat === "mls_semiprivate_message") {
      const semiprivateMessage = tamperedSemiPrivate(message.semiprivateMessage, octet);
      return MLSMessage.encode({ ...message, semiprivateMessage });
    }
    if (message.wireFormat !== "mls_public_message") return octets;
    const { content, auth, ...rest } = message.publicMessage;
    const { confirmationTag } = auth;
    const changes = [
      { content: { ...content, authenticatedData: concat(content.authenticatedData, utf8("!")) }, auth },
      { content, auth: { ...auth, signature: flipped(auth.signature, 3) } },
      { content, auth: confirmationTag ? { ...auth, confirmationTag: flipped(confirmationTag, 5) } : auth },
      { content: { ...content, epoch: content.epoch + 1n }, auth },
      { content: { ...content, groupId: utf8("other") }, auth },
    ];
    const change = changes[octet % changes.length];
    return MLSMessage.encode({ ...message, publicMessage: { ...rest, ...(change ?? { content, auth }) } });
  }

  private refusable(what: string, attempt: () => void): boolean {
    try {
      attempt();
      return true;
    } catch (error) {
      if (!(error instanceof MlsError)) throw error;
      this.note(`${what}: refused, ${error.code}`);
      return false;
    }
  }

  /** Members with leaf indices, components, epoch, pending proposals. */
  private see({ name = "a newcomer", state }: { name?: string; state: GroupView }): void {
    const { groupContext, tree, pendingProposals } = state;
    const inside = members(tree).map(
      ({ leafIndex, leafNode }) => `${leafIndex} ${nameIn(leafNode.credential)}`,
    );
    const components = [...dictionaryOf(groupContext.extensions)].map(
      ([id, data]) => `${id} ${textOf(data)}`,
    );
    const senders = externalSenders(groupContext.extensions).length;
    this.note(
      `${name} in epoch ${groupContext.epoch}: ${inside}; ${components}; ${senders}; ${pendingProposals.size}`,
    );
  }

  private said(facts: CommitFacts): string {
    const {
      epoch,
      committer,
      external,
      hasPath,
      proposals,
      added,
      removed,
      updated,
      psks,
      changedComponents,
    } = facts;
    return JSON.stringify({
      epoch: Number(epoch),
      committer,
      external,
      hasPath,
      proposals: proposals.map((p) => `${this.described(p.proposal, p.sender)} ${p.reference !== undefined}`),
      added: added.map((one) => `${one.leafIndex} ${nameIn(one.keyPackage.leafNode.credential)}`),
      removed: removed.map((one) => `${one.leafIndex} ${nameIn(one.leafNode.credential)} ${one.itself}`),
      updated: updated.map((one) => `${one.leafIndex} ${nameIn(one.leafNode.credential)}`),
      psks: psks.map(({ psktype }) => psktype),
      changedComponents,
    });
  }

  private described(proposal: Proposal, sender: Sender): string {
    return `${JSON.stringify(sender)} ${proposal.proposalType} ${detailOf(proposal)}`;
  }

  private pskId({ known, resumption }: Extract<Step, { do: "psk" }>): PreSharedKeyID {
    const pskNonce = this.random.bytes(32);
    if (resumption === undefined) {
      return { psktype: "external", pskId: utf8(known ? "known" : "unknown"), pskNonce };
    }
    const pskEpoch = BigInt(resumption);
    return { psktype: "resumption", usage: "application", pskGroupId: utf8("room"), pskEpoch, pskNonce };
  }

  private client(credential: Credential = basic(`c${++this.names}`)): OwnKeyPackage {
    const lifetime = { notBefore: this.now - 10n, notAfter: this.now + 1000n };
    const leafExtensions = [wireFormats("supported_wire_formats")];
    const options = { credential, capabilities, lifetime, leafExtensions };
    return this.mls.generateKeyPackage(1, options, this.app(), this.random);
  }

  private seat(n: number): Seat {
    return this.seats[n % this.seats.length] as Seat;
  }

  private app(): MlsApplication {
    return { ...constant, now: this.now };
  }

  private note(fact: Fact): void {
    this.facts.push(fact);
  }
}

function wireFormats(extensionType: "supported_wire_formats" | "required_wire_formats"): Extension {
  return { extensionType, extensionData: WireFormats.encode({ wireFormats: ["mls_semiprivate_message"] }) };
}

function tamperedSemiPrivate(message: SemiPrivateMessage, octet: number): SemiPrivateMessage {
  const { partialContextHash, framedContentTbsHash, ciphertext, encryptedSenderData } = message;
  const changes: Partial<SemiPrivateMessage>[] = [
    { partialContextHash: flipped(partialContextHash, 3) },
    { framedContentTbsHash: flipped(framedContentTbsHash, 3) },
    { ciphertext: flipped(ciphertext, 0) },
    { ciphertext: flipped(ciphertext, ciphertext.length - 1) },
    { encryptedSenderData: flipped(encryptedSenderData, 0) },
    { keysForExternalReceivers: [] },
    { authenticatedData: utf8("!") },
    { epoch: message.epoch + 1n },
  ];
  return { ...message, ...changes[octet % changes.length] };
}

function proposalOf(next: Extract<Step, { do: "proposeRemove" | "proposeChange" | "selfRemove" }>): Proposal {
  if (next.do === "proposeRemove") return { proposalType: "remove", removed: next.leaf };
  if (next.do === "proposeChange") return update(next.component, `proposed by ${next.by}`);
  return { proposalType: "self_remove" };
}

function detailOf(proposal: Proposal): string {
  switch (proposal.proposalType) {
    case "add":
      return nameIn(proposal.keyPackage.leafNode.credential);
    case "remove":
      return `${proposal.removed}`;
    case "app_data_update":
      return `${proposal.componentId} ${proposal.op === "update" ? textOf(proposal.update) : "removed"}`;
    default:
      return "";
  }
}

function leafOf({ name, state }: Seat) {
  const leaf = leafAt(state.tree, state.leafIndex);
  if (leaf === undefined) throw new Error(`${name} is not in its tree`);
  return leaf;
}

function identityOf(credential: Credential): Uint8Array {
  return credential.credentialType === "basic" ? credential.identity : noBytes;
}

function nameIn(credential: Credential): string {
  return textOf(identityOf(credential)) ?? "";
}

function flipped(octets: Uint8Array, place: number): Uint8Array {
  return octets.map((octet, i) => (i === place ? octet ^ 1 : octet));
}
