/** The key schedule with fingerprints in the place of its derivations (RFC 9420 §8): the same secrets from the same inputs. */
import { equalBytes } from "../../bytes.ts";
import type { EpochSecrets } from "../key-schedule.ts";
import type { GroupContext } from "../structures/index.ts";
import { fingerprint, fingerprintLength, longFingerprint } from "./fingerprint.ts";
import { interning } from "./interned.ts";
import { contextName } from "./names.ts";

/** An epoch's secrets, one object for all members that one process simulates. */
export interface EpochKeys extends EpochSecrets {
  readonly resumption: ResumptionPsk;
}

export interface ResumptionPsk {
  readonly epoch: bigint;
  readonly psk: Uint8Array;
}

/** What stands for an absent commit secret or PSK. */
export const noSecret: Uint8Array = new Uint8Array(32);

/** The joiner secret of the epoch whose GroupContext has this name. */
export function joinerOf(init: Uint8Array, commitSecret: Uint8Array, context: Uint8Array): Uint8Array {
  return longFingerprint("joiner", init, commitSecret, context);
}

/** The epoch secret that a joiner secret leads to. */
export function epochSecretOf(joiner: Uint8Array, psk: Uint8Array, context: Uint8Array): Uint8Array {
  return longFingerprint("epoch", joiner, psk, context);
}

/** Everything that an epoch secret gives. */
export function epochKeysOf(epochSecret: Uint8Array, epoch: bigint): EpochKeys {
  return oneObject(derivedKeys(epochSecret, epoch));
}

const oneObject = interning((keys: EpochKeys) => keys.initSecret);

function derivedKeys(epochSecret: Uint8Array, epoch: bigint): EpochKeys {
  const derive = (index: number) => longFingerprint("epochSecret", epochSecret, index);
  const resumptionPsk = derive(8);
  return {
    initSecret: derive(1),
    senderDataSecret: derive(2),
    encryptionSecret: derive(3),
    exporterSecret: derive(4),
    externalSecret: derive(5),
    confirmationKey: derive(6),
    membershipKey: derive(7),
    resumptionPsk,
    epochAuthenticator: derive(9),
    applicationExportSecret: derive(10),
    resumption: { epoch, psk: resumptionPsk },
  };
}

/**
 * The confirmation tag: the name of the GroupContext, in the open, then a fingerprint that only the epoch's secrets
 * give. So whoever derives an epoch's secrets from a commit can tell whether they are the right ones.
 */
export function confirmationTagOf(
  keys: Pick<EpochKeys, "confirmationKey">,
  context: GroupContext,
): Uint8Array {
  return tagFor(keys, contextName(context));
}

/** The name of the GroupContext that a tag confirms. */
export function confirmedContext(tag: Uint8Array): Uint8Array {
  return tag.subarray(0, fingerprintLength);
}

/** Whether a tag was made with these keys. */
export function isConfirmedBy(keys: Pick<EpochKeys, "confirmationKey">, tag: Uint8Array): boolean {
  return equalBytes(tag, tagFor(keys, confirmedContext(tag)));
}

function tagFor({ confirmationKey }: Pick<EpochKeys, "confirmationKey">, context: Uint8Array): Uint8Array {
  const tag = new Uint8Array(2 * fingerprintLength);
  tag.set(context);
  tag.set(fingerprint("confirmation", confirmationKey, context), fingerprintLength);
  return tag;
}
