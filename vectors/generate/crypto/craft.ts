/** SemiPrivateMessages made step by step, so that a dishonest sender can go wrong at each. semiprivatemessage-07 §4.1 */
import { concat } from "../../../spec-model/bytes.ts";
import {
  type AuthenticatedContent,
  contentPlaintext,
  contentToBeSigned,
  defaultRetention,
  ExternalReceiver,
  encryptWithLabel,
  type FramedContent,
  FramedContentTBS,
  type GroupContext,
  guardedNonce,
  headOf,
  keyOfGeneration,
  type MemberState,
  messageKeys,
  PartialContextHashInput,
  PerMessageKeyAndNonces,
  SemiPrivateContentAAD,
  type SemiPrivateMessage,
  SemiPrivateMessageContext,
  sealSenderData,
  signContent,
} from "../../../spec-model/mls/index.ts";
import type { RandomSource } from "../../../spec-model/random.ts";
import type { Scene } from "./keys.ts";

/** Where the sender leaves the way; all left out: an honest message. */
export interface Deviation {
  readonly content?: FramedContent;
  readonly signature?: Uint8Array;
  readonly padding?: Uint8Array;
  /** The nonce and the sender that partial_context_hash is made of. */
  readonly hashedNonce?: Uint8Array;
  readonly hashedSender?: number;
  /** The context that framed_content_tbs_hash is made of. */
  readonly hashedContext?: GroupContext;
  /** What the receivers are given instead of key, nonce, guard and sender. */
  readonly forReceivers?: Partial<PerMessageKeyAndNonces>;
  readonly receiverLabel?: string;
}

const wireFormat = "mls_semiprivate_message";

/** A message of `member` with its next handshake key, that of generation 0. */
export function crafted(
  { suite }: Scene,
  member: MemberState,
  receivers: readonly ExternalReceiver[],
  honest: FramedContent,
  random: RandomSource,
  deviation: Deviation = {},
): SemiPrivateMessage {
  const { leafIndex, groupContext, signaturePrivateKey } = member;
  const content = deviation.content ?? honest;
  const keys = messageKeys(member);
  const drawn = keyOfGeneration(suite, keys.secretTree, leafIndex, "handshake", 0, defaultRetention);
  const { key, nonce } = drawn;
  const signature =
    deviation.signature ?? signContent(suite, signaturePrivateKey, wireFormat, content, groupContext);
  const message: AuthenticatedContent = { wireFormat, content, auth: { signature } };
  const reuseGuard = random.bytes(4);
  const entropy = random.bytes(32);
  const partialContextHash = suite.hash(
    PartialContextHashInput.encode({
      senderLeafIndex: deviation.hashedSender ?? leafIndex,
      nonce: deviation.hashedNonce ?? nonce,
    }),
  );
  const bound = { ...headOf(content), partialContextHash };
  const forAll = PerMessageKeyAndNonces.encode({
    key,
    nonce,
    reuseGuard,
    senderLeafIndex: leafIndex,
    ...deviation.forReceivers,
  });
  const tbs = contentToBeSigned(wireFormat, content, deviation.hashedContext ?? groupContext);
  const aad = {
    ...bound,
    keysForExternalReceivers: receivers.map((receiver) => ({
      externalReceiverRef: suite.hash(ExternalReceiver.encode(receiver)),
      encryptedKeysAndNonces: encryptWithLabel(
        suite,
        receiver.externalReceiverPublicKey,
        deviation.receiverLabel ?? "SemiPrivateMessageReceiver",
        SemiPrivateMessageContext.encode(bound),
        forAll,
        { bytes: () => entropy },
      ),
    })),
    framedContentTbsHash: suite.hash(FramedContentTBS.encode(tbs)),
  };
  const plaintext = concat(contentPlaintext(message, 0), deviation.padding ?? new Uint8Array());
  const nonceUsed = guardedNonce(nonce, reuseGuard);
  const ciphertext = suite.aead.seal(key, nonceUsed, SemiPrivateContentAAD.encode(aad), plaintext);
  const fields = { leafIndex, generation: 0, reuseGuard };
  const encryptedSenderData = sealSenderData(suite, keys.senderDataSecret, aad, ciphertext, fields);
  return { ...aad, encryptedSenderData, ciphertext };
}
