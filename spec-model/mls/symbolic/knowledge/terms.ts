/** What somebody can have: keys and secrets as terms, plain data that can be written down, compared and sent. */
import { hex } from "../../../bytes.ts";
import type { KeyPair } from "../../crypto/index.ts";
import type { OwnKeyPackage } from "../../key-package.ts";
import { externalKeyPair } from "../../key-schedule.ts";
import type { Member } from "../../layer.ts";
import { leafAt } from "../../ratchet-tree.ts";
import type { RatchetKind } from "../../secret-tree.ts";
import type { PreSharedKeyID } from "../../structures/index.ts";
import { leafCount } from "../../tree-math.ts";
import { type PastEpoch, withKeys } from "../member.ts";
import { ratchetAt } from "../ratchets.ts";
import { symbolicSuite } from "../suite.ts";

/** An epoch of a group; the group ID in hexadecimal. */
export interface EpochPlace {
  readonly group: string;
  readonly epoch: number;
}

/** Where in an epoch a message key stands. */
export interface MessagePlace extends EpochPlace {
  readonly leaf: number;
  readonly ratchet: RatchetKind;
  readonly generation: number;
}

/** `value` is the private key, secret or key, in hexadecimal. */
export type Term =
  /** For signing or for decrypting; its public key is a function of it. */
  | { readonly type: "privateKey"; readonly value: string }
  /** Gives everything of an epoch. */
  | ({ readonly type: "epochSecret"; readonly value: string } & EpochPlace)
  /** Gives, with a commit's path secret and PSKs, the next epoch. */
  | ({ readonly type: "initSecret"; readonly value: string } & EpochPlace)
  /** Tells who sent a message of the epoch, under which generation. */
  | ({ readonly type: "senderDataSecret"; readonly value: string } & EpochPlace)
  | ({ readonly type: "resumptionPsk"; readonly value: string } & EpochPlace)
  /** Gives the keys of this generation and of all that follow. */
  | ({ readonly type: "ratchet"; readonly value: string } & MessagePlace)
  /** The key of one message. */
  | ({ readonly type: "messageKey"; readonly value: string } & MessagePlace)
  /** `id` as `pskName` makes it. */
  | { readonly type: "psk"; readonly id: string; readonly value: string };

/** The name of an external or application PSK, whatever its nonce. */
export function pskName(id: PreSharedKeyID): string {
  switch (id.psktype) {
    case "external":
      return `external ${hex(id.pskId)}`;
    case "application":
      return `application ${id.componentId} ${hex(id.pskId)}`;
    case "resumption":
      return `resumption ${hex(id.pskGroupId)} ${id.pskEpoch}`;
  }
}

/** What the holder of key pairs has. */
export function keyTerms(...pairs: readonly Pick<KeyPair, "privateKey">[]): Term[] {
  return pairs.map(({ privateKey }) => ({ type: "privateKey", value: hex(privateKey) }));
}

/** What the owner of a KeyPackage has, as long as it keeps the private keys. */
export function keyPackageTerms(own: OwnKeyPackage): Term[] {
  const { initPrivateKey, encryptionPrivateKey, signaturePrivateKey } = own;
  return [initPrivateKey, encryptionPrivateKey, signaturePrivateKey].flatMap((privateKey) =>
    keyTerms({ privateKey }),
  );
}

/**
 * What a member's state holds now, and thus what its compromise at this moment gives away. Used keys and secrets of
 * past epochs are not among it: an honest client has deleted them. RFC 9420 §9.2
 */
export function memberTerms(stranger: Member): Term[] {
  const member = withKeys(stranger);
  const { keys, groupContext, signaturePrivateKey, leafKeys, ownUpdates } = member;
  const place = placeOf(groupContext);
  const { privateKey } = externalKeyPair(symbolicSuite(groupContext.cipherSuite), keys);
  const pending = [...ownUpdates.values()].flatMap((own) => [
    { privateKey: own.encryptionPrivateKey },
    { privateKey: own.signaturePrivateKey },
  ]);
  return [
    ...keyTerms({ privateKey: signaturePrivateKey }, leafKeys, { privateKey }, ...pending),
    { type: "initSecret", ...place, value: hex(keys.initSecret) },
    ...member.resumptionPsks.map(
      ({ epoch, psk }): Term => ({ ...place, type: "resumptionPsk", epoch: Number(epoch), value: hex(psk) }),
    ),
    ...[{ ...member, senderDataSecret: keys.senderDataSecret }, ...member.pastEpochs].flatMap(readingTerms),
  ];
}

export function placeOf({ groupId, epoch }: { groupId: Uint8Array; epoch: bigint }): EpochPlace {
  return { group: hex(groupId), epoch: Number(epoch) };
}

/** What reads the messages of an epoch that are still to come. */
function readingTerms({ groupContext, tree, senderDataSecret, ratchets }: PastEpoch): Term[] {
  const place = placeOf(groupContext);
  const terms: Term[] = [{ type: "senderDataSecret", ...place, value: hex(senderDataSecret) }];
  for (let leaf = 0; leaf < leafCount(tree.length); leaf++) {
    if (leafAt(tree, leaf) === undefined) continue;
    for (const ratchet of ["handshake", "application"] as const) {
      const { secret, generation, skipped } = ratchetAt(ratchets, leaf, ratchet);
      const at = { ...place, leaf, ratchet };
      terms.push({ type: "ratchet", ...at, generation, value: hex(secret) });
      for (const [g, key] of skipped)
        terms.push({ type: "messageKey", ...at, generation: g, value: hex(key) });
    }
  }
  return terms;
}
