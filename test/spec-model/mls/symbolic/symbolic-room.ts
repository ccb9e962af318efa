/** A room in the symbolic layer: members, everything that went over the wire, and how to make things happen. */
import { noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import {
  type CommitOptions,
  type GroupInfo,
  MLSMessage,
  type OwnKeyPackage,
  type Proposal,
  type RatchetTree,
} from "../../../../spec-model/mls/index.ts";
import type { Member } from "../../../../spec-model/mls/layer.ts";
import { symbolicMls as mls } from "../../../../spec-model/mls/symbolic/index.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";
import { application, basic, capabilities, roomExtensions } from "../room-fixture.ts";

export const app = {
  ...application,
  findPsk: () => utf8("a pre-shared key"),
};
export const groupId = utf8("room");

export class SymbolicRoom {
  readonly wire: MLSMessage[] = [];
  private readonly members = new Map<string, Member>();
  private readonly random = expandEntropy(noBytes, "symbolic room");
  private info: GroupInfo;
  private tree: RatchetTree;

  /** A room that the first of `names` creates, and adds the others to. */
  constructor(...names: readonly string[]) {
    const [creator = "a", ...others] = names;
    const own = this.keyPackage(creator);
    const founder = mls.createGroup(
      { groupId, extensions: roomExtensions(new Uint8Array(32)), creator: own },
      app,
      this.random,
    );
    this.members.set(creator, founder);
    this.info = mls.groupInfo(founder, app);
    this.tree = founder.tree;
    if (others.length > 0) this.adds(creator, ...others);
  }

  member(name: string): Member {
    const member = this.members.get(name);
    if (member === undefined) throw new Error(`${name} is not in the room`);
    return member;
  }

  keyPackage(name: string): OwnKeyPackage {
    const lifetime = { notBefore: 0n, notAfter: 2000n };
    return mls.generateKeyPackage(1, { credential: basic(name), capabilities, lifetime }, app, this.random);
  }

  adds(by: string, ...names: readonly string[]): Map<string, OwnKeyPackage> {
    const own = new Map(names.map((name) => [name, this.keyPackage(name)]));
    const proposals = [...own.values()].map(
      ({ keyPackage }): Proposal => ({ proposalType: "add", keyPackage }),
    );
    const { welcome } = this.commits(by, { proposals });
    if (welcome === undefined) throw new Error("nobody is welcomed");
    this.wire.push({ version: "mls10", wireFormat: "mls_welcome", welcome });
    for (const [name, one] of own) {
      this.members.set(name, mls.joinByWelcome(welcome, { own: one, ratchetTree: this.tree }, app).state);
    }
    return own;
  }

  /** Everybody takes part in the commit; whom it removes keeps its last state. */
  commits(by: string, options: CommitOptions) {
    const made = mls.commit(this.member(by), { treeInWelcome: false, ...options }, app, this.random);
    this.travel(made.message, by);
    this.members.set(by, made.state);
    this.info = made.groupInfo;
    this.tree = made.ratchetTree;
    return made;
  }

  updates(name: string): void {
    const sent = mls.proposeUpdate(this.member(name), {}, {}, app, this.random);
    this.members.set(name, sent.state);
    this.travel(sent.message, name);
  }

  joins(name: string): void {
    const joiner = this.keyPackage(name);
    const made = mls.externalCommit(
      { groupInfo: this.info, ratchetTree: this.tree, joiner },
      app,
      this.random,
    );
    this.travel(made.message, name);
    this.members.set(name, made.state);
    this.info = made.groupInfo;
    this.tree = made.ratchetTree;
  }

  says(name: string, text: string): MLSMessage {
    const sent = mls.encryptApplication(this.member(name), utf8(text), {}, app, this.random);
    this.members.set(name, sent.state);
    return this.travel(sent.message, name);
  }

  /** Over the wire to everybody else who is in the epoch. */
  private travel(message: MLSMessage, from: string): MLSMessage {
    const arrived = MLSMessage.decode(MLSMessage.encode(message));
    this.wire.push(arrived);
    for (const [name, member] of this.members) {
      if (name === from || member.groupContext.epoch !== epochOf(arrived)) continue;
      this.members.set(name, mls.receive(member, arrived, app).state);
    }
    return arrived;
  }
}

function epochOf(message: MLSMessage): bigint {
  if (message.wireFormat === "mls_public_message") return message.publicMessage.content.epoch;
  if (message.wireFormat === "mls_private_message") return message.privateMessage.epoch;
  throw new Error("not a message of a group");
}
