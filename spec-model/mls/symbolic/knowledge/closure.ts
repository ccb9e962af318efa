/**
 * Everything that follows from terms and messages, by these rules until nothing new follows:
 *
 * 1. a private key opens what is encrypted to its public key: GroupSecrets of a Welcome, the init secret of an external
 *    commit, the path secret of a commit (RFC 9420 §7.5, §8.3, §12.4.3.1);
 * 2. a joiner secret and the PSKs of a Welcome give the epoch secret (§8);
 * 3. the init secret, the path secret where there is a path, and the PSKs of a commit give the next epoch secret (§8);
 * 4. an epoch secret gives everything of its epoch (§8, §9);
 * 5. a ratchet gives the message keys from its generation onwards (§9.1);
 * 6. sender data secret and message key open a PrivateMessage (§6.3) or a SemiPrivateMessage, and a handshake in it
 *    counts as heard;
 * 7. an external receiver's private key opens a SemiPrivateMessage (semiprivatemessage-07 §4.3).
 */
import { fromHex, hex, noBytes } from "../../../bytes.ts";
import { ratchetFor } from "../../content-encryption.ts";
import { decoded, MlsError } from "../../errors.ts";
import { proposalRef } from "../../group-view.ts";
import { externalInitLabel, externalKeyPair } from "../../key-schedule.ts";
import { decryptWithLabel } from "../../labelled.ts";
import { pskSecret } from "../../pre-shared-keys.ts";
import { contentUnder, openKeys } from "../../semiprivate-message.ts";
import {
  type AuthenticatedContent,
  type Commit,
  GroupSecrets,
  type MLSMessage,
  type PreSharedKeyID,
  type PrivateMessage,
  type Proposal,
  type SemiPrivateMessage,
  type Welcome,
} from "../../structures/index.ts";
import { openGroupInfo } from "../enter.ts";
import {
  confirmedContext,
  type EpochKeys,
  epochKeysOf,
  epochSecretOf,
  isConfirmedBy,
  joinerOf,
  noSecret,
} from "../epoch-keys.ts";
import { commitSecretOf, slotLength } from "../flat-path.ts";
import { contentIn, openContent, openSenderData } from "../protection.ts";
import { keyOf, nextSecret, ratchetStart } from "../ratchets.ts";
import { withNonce } from "../semiprivate.ts";
import { contentOf, keyPairOf, symbolicSuite } from "../suite.ts";
import { pskName, type Term } from "./terms.ts";

type Octets = Uint8Array;

/** Places of epochs are written `group epoch`, those of ratchets `group epoch leaf kind`. */
export interface Closure {
  /** By public key in hexadecimal. */
  readonly privateKeys: ReadonlyMap<string, Octets>;
  readonly epochSecrets: ReadonlyMap<string, readonly Octets[]>;
  readonly initSecrets: ReadonlyMap<string, readonly Octets[]>;
  readonly contents: ReadonlyMap<MLSMessage, AuthenticatedContent>;
}

/** What follows from having these terms and having heard these messages. */
export function closureOf(terms: readonly Term[], heard: readonly MLSMessage[]): Closure {
  const known = new Known();
  for (const term of terms) known.take(term);
  const handshakes: AuthenticatedContent[] = [];
  const contents = new Map<MLSMessage, AuthenticatedContent>();
  const open = (message: MLSMessage) => {
    const content = known.contentIn(message);
    if (content === undefined) return;
    contents.set(message, content);
    if (content.content.contentType !== "application") handshakes.push(content);
  };
  let before = -1;
  while (before !== known.size + contents.size) {
    before = known.size + contents.size;
    for (const message of heard) {
      if (message.wireFormat === "mls_welcome") known.openWelcome(message.welcome);
      else if (!contents.has(message)) open(message);
    }
    for (const handshake of handshakes) known.follow(handshake);
  }
  const { privateKeys, epochSecrets, initSecrets } = known;
  return { privateKeys, epochSecrets, initSecrets, contents };
}

/** Grows while the closure is being taken. */
class Known {
  readonly privateKeys = new Map<string, Octets>();
  readonly epochSecrets = new Map<string, Octets[]>();
  readonly initSecrets = new Map<string, Octets[]>();
  private readonly senderDataSecrets = new Map<string, Octets[]>();
  private readonly encryptionSecrets = new Map<string, Octets[]>();
  private readonly ratchets = new Map<string, { generation: number; secret: Octets }[]>();
  private readonly messageKeys = new Map<string, Octets[]>();
  private readonly psks = new Map<string, Octets>();
  /** By reference in hexadecimal. */
  private readonly proposals = new Map<string, Proposal>();
  size = 0;

  take(term: Term): void {
    const value = fromHex(term.value);
    if (value === undefined) throw new TypeError(`${term.value} is not hexadecimal`);
    if (term.type === "privateKey") this.takePrivateKey(value);
    else if (term.type === "psk") this.psks.set(term.id, value);
    else if (term.type === "resumptionPsk") this.psks.set(`resumption ${term.group} ${term.epoch}`, value);
    else this.takeOfEpoch(term, value);
  }

  contentIn(message: MLSMessage): AuthenticatedContent | undefined {
    switch (message.wireFormat) {
      case "mls_public_message": {
        const { content, auth } = message.publicMessage;
        return { wireFormat: message.wireFormat, content, auth };
      }
      case "mls_private_message":
        return this.openPrivate(message.privateMessage);
      case "mls_semiprivate_message":
        return (
          this.openAsReceiver(message.semiprivateMessage) ?? this.openPrivate(message.semiprivateMessage)
        );
      default:
        return undefined;
    }
  }

  /** Rules 1 and 2. */
  openWelcome(welcome: Welcome): void {
    const suite = symbolicSuite(welcome.cipherSuite);
    for (const { encryptedGroupSecrets: box } of welcome.secrets) {
      const privateKey = this.privateKeys.get(hex(box.kemOutput.subarray(0, suite.hpke.publicKeyLength)));
      if (privateKey === undefined) continue;
      attempt(() => {
        const bound = welcome.encryptedGroupInfo;
        const octets = decryptWithLabel(suite, privateKey, "Welcome", bound, box, "groupSecretsDecryption");
        const { joinerSecret, psks } = decoded(GroupSecrets, octets);
        const psk = this.pskSecretOf(welcome.cipherSuite, psks);
        const groupInfo = openGroupInfo(suite, welcome, joinerSecret, psk);
        if (groupInfo === undefined) return;
        const { groupContext, confirmationTag } = groupInfo;
        this.tryEpoch(groupContext, joinerSecret, psk, confirmationTag);
      });
    }
  }

  /** Rules 1 and 3. */
  follow(handshake: AuthenticatedContent): void {
    const { content, auth } = handshake;
    if (content.contentType === "proposal") this.takeProposal(handshake, content.proposal);
    if (content.contentType !== "commit" || auth.confirmationTag === undefined) return;
    const { confirmationTag } = auth;
    const proposals = this.proposalsOf(content.commit);
    if (proposals === undefined) return;
    const at = { groupId: content.groupId, epoch: content.epoch + 1n };
    const ids = proposals.flatMap((one) => (one.proposalType === "psk" ? [one.psk] : []));
    // Somebody who does not know a secret can still try whether the epoch depends on it.
    const commitSecrets = [this.commitSecretOf(content.commit) ?? noSecret, noSecret];
    const psks = [attempt(() => this.pskSecretOf(1, ids)) ?? noSecret, noSecret];
    for (const init of this.initSecretsFor(content, proposals)) {
      for (const commitSecret of new Set(commitSecrets)) {
        const joiner = joinerOf(init, commitSecret, confirmedContext(confirmationTag));
        for (const psk of new Set(psks)) this.tryEpoch(at, joiner, psk, confirmationTag);
      }
    }
  }

  private takeProposal(handshake: AuthenticatedContent, proposal: Proposal): void {
    // Names of proposals do not depend on the cipher suite's number.
    const reference = hex(proposalRef(symbolicSuite(1), handshake));
    if (this.proposals.has(reference)) return;
    this.proposals.set(reference, proposal);
    this.size++;
  }

  private takePrivateKey(privateKey: Octets): void {
    const { publicKey } = keyPairOf(privateKey);
    if (this.privateKeys.has(hex(publicKey))) return;
    this.privateKeys.set(hex(publicKey), privateKey);
    this.size++;
  }

  private takeOfEpoch(
    term: Exclude<Term, { type: "privateKey" | "psk" | "resumptionPsk" }>,
    value: Octets,
  ): void {
    const epoch = `${term.group} ${term.epoch}`;
    switch (term.type) {
      case "epochSecret":
        this.takeEpoch(epoch, term.epoch, value);
        break;
      case "initSecret":
        this.put(this.initSecrets, epoch, value);
        break;
      case "senderDataSecret":
        this.put(this.senderDataSecrets, epoch, value);
        break;
      case "ratchet": {
        const place = `${epoch} ${term.leaf} ${term.ratchet}`;
        const ratchet = { generation: term.generation, secret: value };
        this.ratchets.set(place, [...(this.ratchets.get(place) ?? []), ratchet]);
        break;
      }
      case "messageKey":
        this.put(this.messageKeys, `${epoch} ${term.leaf} ${term.ratchet} ${term.generation}`, value);
    }
  }

  /** Rule 4. */
  private takeEpoch(place: string, epoch: number, epochSecret: Octets): void {
    if (!this.put(this.epochSecrets, place, epochSecret)) return;
    const keys = epochKeysOf(epochSecret, BigInt(epoch));
    this.put(this.initSecrets, place, keys.initSecret);
    this.put(this.senderDataSecrets, place, keys.senderDataSecret);
    this.put(this.encryptionSecrets, place, keys.encryptionSecret);
    this.psks.set(`resumption ${place}`, keys.resumptionPsk);
    this.takePrivateKey(externalKeyPair(symbolicSuite(1), keys).privateKey);
  }

  private tryEpoch(
    at: { groupId: Octets; epoch: bigint },
    joiner: Octets,
    psk: Octets,
    confirmationTag: Octets,
  ): void {
    const secret = epochSecretOf(joiner, psk, confirmedContext(confirmationTag));
    const keys: EpochKeys = epochKeysOf(secret, at.epoch);
    if (!isConfirmedBy(keys, confirmationTag)) return;
    this.takeEpoch(`${hex(at.groupId)} ${at.epoch}`, Number(at.epoch), secret);
  }

  /** Rule 6. */
  private openPrivate(message: PrivateMessage | SemiPrivateMessage): AuthenticatedContent | undefined {
    const place = `${hex(message.groupId)} ${message.epoch}`;
    for (const senderDataSecret of this.senderDataSecrets.get(place) ?? []) {
      const opened = attempt(() => {
        const { leafIndex, generation, reuseGuard } = openSenderData(senderDataSecret, message);
        for (const key of this.keysOf(place, leafIndex, ratchetFor(message.contentType), generation)) {
          const content = attempt(() => contentWith(key, message, leafIndex, reuseGuard));
          if (content !== undefined) return content;
        }
        return undefined;
      });
      if (opened !== undefined) return opened;
    }
    return undefined;
  }

  /** Rule 7. Keys of messages do not depend on the cipher suite's number. */
  private openAsReceiver(message: SemiPrivateMessage): AuthenticatedContent | undefined {
    const suite = symbolicSuite(1);
    for (const forOne of message.keysForExternalReceivers) {
      const { kemOutput } = forOne.encryptedKeysAndNonces;
      const privateKey = this.privateKeys.get(hex(kemOutput.subarray(0, suite.hpke.publicKeyLength)));
      if (privateKey === undefined) continue;
      const opened = attempt(() => {
        const { key, nonce, reuseGuard, senderLeafIndex } = openKeys(suite, privateKey, message, forOne);
        return contentUnder(suite, message, { key, nonce }, reuseGuard, senderLeafIndex);
      });
      if (opened !== undefined) return opened;
    }
    return undefined;
  }

  /** Rule 5. */
  private keysOf(
    epoch: string,
    leaf: number,
    kind: "handshake" | "application",
    generation: number,
  ): Octets[] {
    const place = `${epoch} ${leaf} ${kind}`;
    const starts = (this.encryptionSecrets.get(epoch) ?? []).map((secret) =>
      ratchetStart(secret, leaf, kind),
    );
    const ratchets = [...starts, ...(this.ratchets.get(place) ?? [])];
    const derived = ratchets.flatMap((ratchet) => {
      if (ratchet.generation > generation) return [];
      let { secret } = ratchet;
      for (let g = ratchet.generation; g < generation; g++) secret = nextSecret(secret);
      return [keyOf(secret)];
    });
    return [...(this.messageKeys.get(`${place} ${generation}`) ?? []), ...derived];
  }

  private proposalsOf({ proposals }: Commit): Proposal[] | undefined {
    const found: Proposal[] = [];
    for (const entry of proposals) {
      const proposal = entry.type === "proposal" ? entry.proposal : this.proposals.get(hex(entry.reference));
      if (proposal === undefined) return undefined;
      found.push(proposal);
    }
    return found;
  }

  /** Of an external commit, what its KEM output holds; else the epoch's own. */
  private initSecretsFor(
    { groupId, epoch }: { groupId: Octets; epoch: bigint },
    proposals: readonly Proposal[],
  ): readonly Octets[] {
    const external = proposals.find((one) => one.proposalType === "external_init");
    if (external === undefined) return this.initSecrets.get(`${hex(groupId)} ${epoch}`) ?? [];
    const { hpke, hashLength } = symbolicSuite(1);
    const { kemOutput } = external;
    const privateKey = this.privateKeys.get(hex(kemOutput.subarray(0, hpke.publicKeyLength)));
    const init =
      privateKey && hpke.importSecret(privateKey, kemOutput, noBytes, externalInitLabel, hashLength);
    return init === undefined ? [] : [init];
  }

  private commitSecretOf({ path }: Commit): Octets | undefined {
    const box = path?.nodes[0]?.encryptedPathSecret[0];
    if (box === undefined) return undefined;
    const names = new Set(
      [...this.privateKeys.keys()].map((publicKey) => publicKey.slice(0, 2 * slotLength)),
    );
    for (let at = 0; at + slotLength <= box.kemOutput.length; at += slotLength) {
      if (!names.has(hex(box.kemOutput.subarray(at, at + slotLength)))) continue;
      return commitSecretOf(contentOf(box.ciphertext));
    }
    return undefined;
  }

  private pskSecretOf(cipherSuite: number, ids: readonly PreSharedKeyID[]): Octets {
    if (ids.length === 0) return noSecret;
    return pskSecret(symbolicSuite(cipherSuite), ids, (id) => this.psks.get(pskName(id)));
  }

  private put(into: Map<string, Octets[]>, place: string, value: Octets): boolean {
    const there = into.get(place) ?? [];
    if (there.some((one) => hex(one) === hex(value))) return false;
    into.set(place, [...there, value]);
    this.size++;
    return true;
  }
}

/** The content of a message under this key; undefined where it is another's. */
function contentWith(
  key: Octets,
  message: PrivateMessage | SemiPrivateMessage,
  leafIndex: number,
  reuseGuard: Octets,
): AuthenticatedContent | undefined {
  if ("partialContextHash" in message) {
    return contentUnder(symbolicSuite(1), message, withNonce(key), reuseGuard, leafIndex);
  }
  const plaintext = openContent(key, message);
  return plaintext && contentIn(plaintext, message, leafIndex);
}

/** What `derive` gives; undefined where something it needs is missing or does not fit. */
function attempt<T>(derive: () => T): T | undefined {
  try {
    return derive();
  } catch (error) {
    if (error instanceof MlsError) return undefined;
    throw error;
  }
}
