/** A SemiPrivateMessage whose sender says something false of it, and its hub's key. semiprivatemessage-07 §4.1 */
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  cipherSuite,
  componentIds,
  decryptAsReceiver,
  decryptWithLabel,
  dictionaryExtension,
  dictionaryOf,
  type Extension,
  ExternalReceivers,
  encryptWithLabel,
  guardedNonce,
  type MemberState,
  type MlsApplication,
  PerMessageKeyAndNonces,
  type Proposal,
  propose,
  SemiPrivateContentAAD,
  type SemiPrivateMessage,
  SemiPrivateMessageContext,
} from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

const suite = cipherSuite(1);
const random = () => expandEntropy(utf8("forged handshake"), "sender");
const keys = suite.hpke.generateKeyPair(expandEntropy(utf8("forged handshake"), "hub"));
const credential = { credentialType: "basic" as const, identity: utf8("mimi://a.example") };
const receiver = { externalReceiverPublicKey: keys.publicKey, credential };
const label = "SemiPrivateMessageReceiver";

/** The same extensions with the hub among the receivers. */
export function receivedByHub(extensions: readonly Extension[]): Extension[] {
  const data = ExternalReceivers.encode([receiver]);
  const components = new Map([...dictionaryOf(extensions), [componentIds.external_receivers, data]]);
  const others = extensions.filter(({ extensionType }) => extensionType !== "app_data_dictionary");
  return [...others, dictionaryExtension(components)];
}

/** What the hub makes of a proposal that its sender has sealed with `lies`. Throws MlsError. */
export function openedByHub(
  sender: MemberState,
  proposal: Proposal,
  lies: (honest: SemiPrivateMessage) => Partial<SemiPrivateMessage>,
  app: MlsApplication,
) {
  const { message } = propose(sender, proposal, { wireFormat: "mls_semiprivate_message" }, app, random());
  if (message.wireFormat !== "mls_semiprivate_message") throw new Error("it was to be hidden");
  const forged = sealedAnew(message.semiprivateMessage, lies(message.semiprivateMessage));
  return decryptAsReceiver({ receiver, privateKey: keys.privateKey }, forged, sender.groupContext, app);
}

/** All that is bound to what the message says of itself is made again, as only its sender can. */
function sealedAnew(honest: SemiPrivateMessage, lies: Partial<SemiPrivateMessage>): SemiPrivateMessage {
  const [own] = honest.keysForExternalReceivers;
  if (own === undefined) throw new Error("the hub is a receiver");
  const bound = { ...honest, ...lies };
  const sealed = own.encryptedKeysAndNonces;
  const context = SemiPrivateMessageContext.encode(honest);
  const secret = decryptWithLabel(suite, keys.privateKey, label, context, sealed, "receiverDecryption");
  const { key, nonce, reuseGuard } = PerMessageKeyAndNonces.decode(secret);
  const encryptedKeysAndNonces = encryptWithLabel(
    suite,
    keys.publicKey,
    label,
    SemiPrivateMessageContext.encode(bound),
    secret,
    random(),
  );
  const aad = { ...bound, keysForExternalReceivers: [{ ...own, encryptedKeysAndNonces }] };
  const guarded = guardedNonce(nonce, reuseGuard);
  const plaintext = suite.aead.open(key, guarded, SemiPrivateContentAAD.encode(honest), honest.ciphertext);
  if (plaintext === undefined) throw new Error("the sender can open what it has sealed");
  return {
    ...aad,
    ciphertext: suite.aead.seal(key, guarded, SemiPrivateContentAAD.encode(aad), plaintext),
  };
}
