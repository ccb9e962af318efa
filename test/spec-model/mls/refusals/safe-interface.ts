/** Misuse of SemiPrivateMessage, the safe exporter, labels, SafeAAD and the dictionary. */
import { noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import {
  AppDataDictionary,
  componentIds,
  decryptAsReceiver,
  dictionaryOf,
  type ExternalReceiver,
  ExternalReceivers,
  type FramedContent,
  type MLSMessage,
  propose,
  receive,
  SafeAAD,
  type SemiPrivateMessage,
  safeAadItems,
  safeDecrypt,
  safeEncrypt,
  safeExportSecret,
  WireFormats,
} from "../../../../spec-model/mls/index.ts";
import { messageKeys } from "../../../../spec-model/mls/member.ts";
import { protectSemiPrivate } from "../../../../spec-model/mls/semiprivate-message.ts";
import { signAsMember } from "../../../../spec-model/mls/send.ts";
import { application as app, basic, roomExtensions, topic, update } from "../room-fixture.ts";
import { addressFrom, alice, type Case, flipped, foundRoom, hubKeys, random, suite } from "./room.ts";

const wireFormat = "mls_semiprivate_message";
const receiverKeys = suite.hpke.generateKeyPair(random);
export const receiver: ExternalReceiver = {
  externalReceiverPublicKey: receiverKeys.publicKey,
  credential: basic("hub.example"),
};
export const receiverPrivateKey = receiverKeys.privateKey;

const required = {
  extensionType: "required_wire_formats" as const,
  extensionData: WireFormats.encode({ wireFormats: [wireFormat] }),
};

/** A room whose handshakes may be SemiPrivateMessages for one receiver. */
export const semiPrivateRoom = foundRoom([
  ...roomExtensions(hubKeys.publicKey, [
    [componentIds.external_receivers, ExternalReceivers.encode([receiver])],
  ]),
  required,
]);

const sent = propose(semiPrivateRoom.alice, update(topic, "x"), { wireFormat }, app, random);

function semiPrivateIn(message: MLSMessage): SemiPrivateMessage {
  if (message.wireFormat !== wireFormat) throw new Error("not semiprivate");
  return message.semiprivateMessage;
}

function changed(change: Partial<SemiPrivateMessage>): MLSMessage {
  return { version: "mls10", wireFormat, semiprivateMessage: { ...semiPrivateIn(sent.message), ...change } };
}

/** A proposal of Alice's protected with another context than the group's. */
function twoFaced(): MLSMessage {
  const member = semiPrivateRoom.alice;
  const content: FramedContent = {
    ...addressFrom(member),
    contentType: "proposal",
    proposal: update(topic, "x"),
  };
  const signed = signAsMember(suite, member, content, wireFormat);
  const context = { ...member.groupContext, confirmedTranscriptHash: noBytes };
  const { message } = protectSemiPrivate(suite, messageKeys(member), signed, context, 0, random);
  return { version: "mls10", wireFormat, semiprivateMessage: message };
}

const open = (own: ExternalReceiver, privateKey: Uint8Array) =>
  decryptAsReceiver(
    { receiver: own, privateKey },
    semiPrivateIn(sent.message),
    semiPrivateRoom.hub.groupContext,
    app,
  );

const operation = { componentId: topic, label: "test" };
const sealed = safeEncrypt(suite, receiverKeys.publicKey, operation, noBytes, utf8("x"), random);

export const safeInterfaceCases: Case[] = [
  {
    code: "semiPrivateNotRequired",
    says: "a SemiPrivateMessage in a group that has not agreed on them",
    act: () => propose(alice, update(topic, "x"), { wireFormat }, app, random),
  },
  {
    code: "noExternalReceivers",
    says: "a SemiPrivateMessage in a group without external receivers",
    act: () => {
      const without = foundRoom([...roomExtensions(hubKeys.publicKey), required]);
      return propose(without.alice, update(topic, "x"), { wireFormat }, app, random);
    },
  },
  {
    code: "applicationInSemiPrivate",
    says: "application data in a SemiPrivateMessage",
    act: () => {
      const member = semiPrivateRoom.alice;
      const content: FramedContent = {
        ...addressFrom(member),
        contentType: "application",
        applicationData: noBytes,
      };
      const signed = signAsMember(suite, member, content, wireFormat);
      return protectSemiPrivate(suite, messageKeys(member), signed, member.groupContext, 0, random);
    },
  },
  {
    code: "notForReceiver",
    says: "a receiver whom the group does not list",
    act: () => open({ ...receiver, credential: basic("elsewhere.example") }, receiverPrivateKey),
  },
  {
    code: "receiverDecryption",
    says: "a receiver with the wrong private key",
    act: () => open(receiver, suite.hpke.generateKeyPair(random).privateKey),
  },
  {
    code: "partialContextHash",
    says: "a changed partial context hash",
    act: () => {
      const { partialContextHash } = semiPrivateIn(sent.message);
      return receive(semiPrivateRoom.bob, changed({ partialContextHash: flipped(partialContextHash) }), app);
    },
  },
  {
    code: "framedContentTbsHash",
    says: "a message that announces other content to the receivers",
    act: () => receive(semiPrivateRoom.bob, twoFaced(), app),
  },
  {
    code: "receiverDecryption",
    says: "a changed partial context hash, at the receiver whose key is bound to it",
    act: () => {
      const { partialContextHash } = semiPrivateIn(sent.message);
      const other = semiPrivateIn(changed({ partialContextHash: flipped(partialContextHash) }));
      const own = { receiver, privateKey: receiverPrivateKey };
      return decryptAsReceiver(own, other, semiPrivateRoom.hub.groupContext, app);
    },
  },
  {
    code: "contentDecryption",
    says: "a changed framed_content_tbs_hash",
    act: () => {
      const { framedContentTbsHash } = semiPrivateIn(sent.message);
      return receive(
        semiPrivateRoom.bob,
        changed({ framedContentTbsHash: flipped(framedContentTbsHash) }),
        app,
      );
    },
  },
  {
    code: "framedContentTbsHash",
    says: "a message that announces other content, at an external receiver",
    act: () => {
      const own = { receiver, privateKey: receiverPrivateKey };
      return decryptAsReceiver(own, semiPrivateIn(twoFaced()), semiPrivateRoom.hub.groupContext, app);
    },
  },
  {
    code: "componentDecryption",
    says: "a ciphertext under another label of the same component",
    act: () => safeDecrypt(suite, receiverPrivateKey, { ...operation, label: "other" }, noBytes, sealed),
  },
  {
    code: "componentDecryption",
    says: "a ciphertext of another component",
    act: () => safeDecrypt(suite, receiverPrivateKey, { ...operation, componentId: 1 }, noBytes, sealed),
  },
  {
    code: "componentSecretUsed",
    says: "a component's secret exported twice in an epoch",
    act: () => safeExportSecret(safeExportSecret(alice, topic, app).state, topic, app),
  },
  {
    code: "dictionaryOrder",
    says: "a dictionary whose components are not sorted",
    act: () => {
      const componentData = [2, 1].map((componentId) => ({ componentId, data: noBytes }));
      const extensionData = AppDataDictionary.encode({ componentData });
      return dictionaryOf([{ extensionType: "app_data_dictionary", extensionData }]);
    },
  },
  {
    code: "dictionaryOrder",
    says: "a dictionary with one component twice",
    act: () => {
      const componentData = [2, 2].map((componentId) => ({ componentId, data: noBytes }));
      const extensionData = AppDataDictionary.encode({ componentData });
      return dictionaryOf([{ extensionType: "app_data_dictionary", extensionData }]);
    },
  },
  {
    code: "safeAadOrder",
    says: "a SafeAAD whose items are not sorted",
    act: () => {
      const aadItems = [4, 3].map((componentId) => ({ componentId, aadItemData: noBytes }));
      return safeAadItems(SafeAAD.encode({ aadItems }));
    },
  },
  {
    code: "safeAadOrder",
    says: "a SafeAAD with one component twice",
    act: () => {
      const aadItems = [3, 3].map((componentId) => ({ componentId, aadItemData: noBytes }));
      return safeAadItems(SafeAAD.encode({ aadItems }));
    },
  },
  {
    code: "malformed",
    says: "authenticated data that is no SafeAAD where the group wants one",
    act: () => {
      const strict = foundRoomWithSafeAad();
      return propose(strict.alice, update(topic, "x"), { authenticatedData: utf8("free text") }, app, random);
    },
  },
];

function foundRoomWithSafeAad() {
  const { alice: member } = semiPrivateRoom;
  const extensions = roomExtensions(hubKeys.publicKey, [[componentIds.safe_aad, Uint8Array.of(0)]]);
  return { alice: { ...member, groupContext: { ...member.groupContext, extensions } } };
}
