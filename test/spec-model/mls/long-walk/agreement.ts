/** What all members of an epoch have to agree on, and the record of everything that a walk sent. */
import { expect } from "vitest";
import { hex, noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import {
  type CipherSuite,
  cipherSuite,
  epochAuthenticator,
  exportSecret,
  GroupContext,
  type GroupView,
  type MemberState,
  type MlsApplication,
  type ProviderName,
  type RatchetTree,
} from "../../../../spec-model/mls/index.ts";
import { encryptionKeyOf } from "../../../../spec-model/mls/ratchet-tree.ts";
import { treeHash } from "../../../../spec-model/mls/tree-hash.ts";

export class Agreement {
  /** A hash of every message, in the order of sending. */
  readonly sent: string[] = [];
  /** Per epoch: the GroupContext, the tree's hash, the epoch authenticator and an exported secret. */
  readonly epochs = new Map<bigint, readonly string[]>();
  private readonly treeHashes = new WeakMap<RatchetTree, string>();
  private readonly suite: CipherSuite;
  private readonly app: MlsApplication;

  constructor(suite: CipherSuite, app: MlsApplication) {
    this.suite = suite;
    this.app = app;
  }

  record(octets: Uint8Array): Uint8Array {
    this.sent.push(hex(this.suite.hash(octets)));
    return octets;
  }

  /** An epoch begins: the committer and the hub, which knows no secret, have to see the same group. */
  settle(hub: GroupView, committer: MemberState): void {
    expect(this.publicly(committer)).toEqual(this.publicly(hub));
    expect(hex(committer.groupContext.treeHash)).toBe(this.hashOf(hub.tree));
    expect(hex(committer.confirmationTag)).toBe(hex(hub.confirmationTag));
    this.epochs.set(committer.groupContext.epoch, this.seenBy(committer));
  }

  /** A member has entered an epoch. */
  check(member: MemberState): void {
    expect(this.seenBy(member)).toEqual(this.epochs.get(member.groupContext.epoch));
  }

  private seenBy(member: MemberState): string[] {
    const exported = exportSecret(member, "walk", utf8("context"), 32, this.app);
    return [...this.publicly(member), hex(epochAuthenticator(member)), hex(exported)];
  }

  private publicly({ groupContext, tree }: GroupView): string[] {
    return [hex(GroupContext.encode(groupContext)), this.hashOf(tree)];
  }

  private hashOf(tree: RatchetTree): string {
    const known = this.treeHashes.get(tree);
    if (known !== undefined) return known;
    // A copy of the array: the tree's own hash may be remembered from the computation that is to be checked.
    const computed = hex(treeHash(this.suite, [...tree]));
    this.treeHashes.set(tree, computed);
    return computed;
  }
}

/** A member has the private key of its leaf, and each of its private keys is that of the node it is kept for. */
export function demandOwnKeys({ tree, privateKeys, leafIndex }: MemberState, provider: ProviderName): void {
  const suite = cipherSuite(1, provider);
  expect(privateKeys.has(2 * leafIndex)).toBe(true);
  for (const [node, privateKey] of privateKeys) {
    const at = tree[node];
    if (at === undefined) throw new Error(`a private key for the blank node ${node}`);
    const publicKey = encryptionKeyOf(at);
    const random = { bytes: (length: number) => new Uint8Array(length).fill(7) };
    const sealed = suite.hpke.seal(publicKey, noBytes, noBytes, utf8("x"), random);
    const opened = sealed && suite.hpke.open(privateKey, noBytes, noBytes, sealed);
    expect(opened, `node ${node}`).toEqual(utf8("x"));
  }
}
