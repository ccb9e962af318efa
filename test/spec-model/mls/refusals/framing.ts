/** Messages that are not framed, signed or encrypted as they should be. */
import { noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import { guardedNonce, headOf, sealSenderData } from "../../../../spec-model/mls/content-encryption.ts";
import {
  commit,
  createGroup,
  encryptApplication,
  type FramedContent,
  followContent,
  followHandshake,
  type MLSMessage,
  type Proposal,
  propose,
  proposeExternally,
  receive,
} from "../../../../spec-model/mls/index.ts";
import { nextKey } from "../../../../spec-model/mls/secret-tree.ts";
import { signAsMember } from "../../../../spec-model/mls/send.ts";
import { PrivateContentAAD, PrivateMessageContent } from "../../../../spec-model/mls/structures/index.ts";
import { application as app, client, topic, update } from "../room-fixture.ts";
import {
  addressFrom,
  alice,
  bob,
  bobReceives,
  type Case,
  flipped,
  forged,
  forgedCommit,
  hub,
  hubKeys,
  random,
  remove,
  suite,
} from "./room.ts";

const hello = encryptApplication(alice, utf8("hello"), {}, app, random);
const secondHello = encryptApplication(hello.state, utf8("hello again"), {}, app, random);
const byHub = {
  sender: { senderType: "external" as const, senderIndex: 0 },
  signaturePrivateKey: hubKeys.privateKey,
};

function privateIn(message: MLSMessage) {
  if (message.wireFormat !== "mls_private_message") throw new Error("not private");
  return message.privateMessage;
}

function changedPrivate(change: Partial<ReturnType<typeof privateIn>>): MLSMessage {
  const privateMessage = { ...privateIn(hello.message), ...change };
  return { version: "mls10", wireFormat: "mls_private_message", privateMessage };
}

function publicIn(message: MLSMessage) {
  if (message.wireFormat !== "mls_public_message") throw new Error("not public");
  return message.publicMessage;
}

function fromOutside(content: Partial<FramedContent>): MLSMessage {
  const all = {
    ...addressFrom(alice),
    contentType: "proposal",
    proposal: remove(1),
    ...content,
  } as FramedContent;
  return forged(alice, all);
}

/** An application message of Alice's whose padding is not zero. */
function badlyPadded(): MLSMessage {
  const content: FramedContent = {
    ...addressFrom(alice),
    contentType: "application",
    applicationData: utf8("x"),
  };
  const { auth } = signAsMember(suite, alice, content, "mls_private_message");
  const { key, nonce, generation } = nextKey(suite, alice.secretTree, alice.leafIndex, "application");
  const head = headOf(content);
  const { applicationData, contentType } = content;
  const plaintext = PrivateMessageContent.encode(
    { applicationData, auth, padding: Uint8Array.of(0, 1) },
    { contentType },
  );
  const reuseGuard = random.bytes(4);
  const aad = PrivateContentAAD.encode(head);
  const ciphertext = suite.aead.seal(key, guardedNonce(nonce, reuseGuard), aad, plaintext);
  const fields = { leafIndex: alice.leafIndex, generation, reuseGuard };
  const { senderDataSecret } = alice.secrets;
  const encryptedSenderData = sealSenderData(suite, senderDataSecret, head, ciphertext, fields);
  return {
    version: "mls10",
    wireFormat: "mls_private_message",
    privateMessage: { ...head, encryptedSenderData, ciphertext },
  };
}

export const framingCases: Case[] = [
  {
    code: "unsupportedCipherSuite",
    says: "a group of a cipher suite that is not modelled",
    act: () => {
      const creator = client("x");
      const keyPackage = { ...creator.keyPackage, cipherSuite: 4 };
      return createGroup(
        { groupId: noBytes, extensions: [], creator: { ...creator, keyPackage } },
        app,
        random,
      );
    },
  },
  {
    code: "wrongGroup",
    says: "a message of another group",
    act: () => bobReceives(fromOutside({ groupId: utf8("elsewhere") })),
  },
  {
    code: "wrongEpoch",
    says: "a commit of an epoch that has ended",
    act: () => {
      const { message } = commit(alice, {}, app, random);
      return receive(commit(bob, {}, app, random).state, message, app);
    },
  },
  {
    code: "wrongEpoch",
    says: "an encrypted proposal of an epoch that has ended",
    act: () => {
      const wireFormat = "mls_private_message";
      const { message } = propose(alice, remove(2), { wireFormat }, app, random);
      return receive(commit(bob, {}, app, random).state, message, app);
    },
  },
  {
    code: "epochForgotten",
    says: "an application message of an epoch that is no longer kept",
    act: () => {
      const forgetful = { ...app, retention: { pastEpochs: 0 } };
      return receive(commit(bob, {}, forgetful, random).state, hello.message, forgetful);
    },
  },
  {
    code: "unexpectedWireFormat",
    says: "a KeyPackage where a group's message is expected",
    act: () =>
      bobReceives({ version: "mls10", wireFormat: "mls_key_package", keyPackage: client("x").keyPackage }),
  },
  {
    code: "notPubliclyReadable",
    says: "a PrivateMessage at the hub",
    act: () => followHandshake(hub, hello.message, app),
  },
  {
    code: "applicationInPublic",
    says: "application data in a PublicMessage",
    act: () =>
      bobReceives(
        forged(alice, { ...addressFrom(alice), contentType: "application", applicationData: noBytes }),
      ),
  },
  {
    code: "senderOutsideNotPublic",
    says: "an external sender's proposal in another format than PublicMessage",
    act: () => {
      const { content, auth } = publicIn(proposeExternally(hub.groupContext, byHub, remove(1), app));
      return followContent(suite, hub, { wireFormat: "mls_private_message", content, auth }, app);
    },
  },
  {
    code: "unknownSender",
    says: "a message from a leaf that is not there",
    act: () => bobReceives(fromOutside({ sender: { senderType: "member", leafIndex: 0xffffffff } })),
  },
  {
    code: "unknownSender",
    says: "a PrivateMessage whose sender data names a leaf outside the tree",
    act: () => {
      const { ciphertext, ...head } = privateIn(hello.message);
      const fields = { leafIndex: 0x7fffffff, generation: 0, reuseGuard: new Uint8Array(4) };
      const { senderDataSecret } = alice.secrets;
      const encryptedSenderData = sealSenderData(suite, senderDataSecret, head, ciphertext, fields);
      return bobReceives(changedPrivate({ encryptedSenderData }));
    },
  },
  {
    code: "unknownExternalSender",
    says: "an external sender that the group does not list",
    act: () => {
      const sender = { senderType: "external" as const, senderIndex: 1 };
      return bobReceives(proposeExternally(hub.groupContext, { ...byHub, sender }, remove(1), app));
    },
  },
  {
    code: "externalSenderContent",
    says: "an external sender's SelfRemove",
    act: () => bobReceives(proposeExternally(hub.groupContext, byHub, { proposalType: "self_remove" }, app)),
  },
  {
    code: "newMemberProposalContent",
    says: "a newcomer's Remove",
    act: () => {
      const sender = { senderType: "new_member_proposal" as const };
      return bobReceives(proposeExternally(hub.groupContext, { ...byHub, sender }, remove(1), app));
    },
  },
  {
    code: "newMemberCommitContent",
    says: "a proposal from the sender of an external commit",
    act: () => bobReceives(fromOutside({ sender: { senderType: "new_member_commit" } })),
  },
  {
    code: "messageSignature",
    says: "a proposal with a changed signature",
    act: () => {
      const message = publicIn(proposeExternally(hub.groupContext, byHub, remove(1), app));
      const auth = { signature: flipped(message.auth.signature) };
      return bobReceives({
        version: "mls10",
        wireFormat: "mls_public_message",
        publicMessage: { ...message, auth },
      });
    },
  },
  {
    code: "membershipTag",
    says: "a member's proposal with a changed membership tag",
    act: () => {
      const message = publicIn(propose(alice, update(topic, "x"), {}, app, random).message);
      const membershipTag = flipped(message.membershipTag ?? noBytes);
      const publicMessage = { ...message, membershipTag };
      return bobReceives({ version: "mls10", wireFormat: "mls_public_message", publicMessage });
    },
  },
  {
    code: "ownMessage",
    says: "one's own PrivateMessage",
    act: () => receive(hello.state, hello.message, app),
  },
  {
    code: "senderDataDecryption",
    says: "changed sender data",
    act: () => {
      const { encryptedSenderData } = privateIn(hello.message);
      return bobReceives(changedPrivate({ encryptedSenderData: flipped(encryptedSenderData) }));
    },
  },
  {
    code: "contentDecryption",
    says: "a changed ciphertext, behind the sample that the sender data depends on",
    act: () => bobReceives(changedPrivate({ ciphertext: flipped(privateIn(hello.message).ciphertext) })),
  },
  { code: "padding", says: "padding that hides something", act: () => bobReceives(badlyPadded()) },
  {
    code: "generationUsed",
    says: "a message that has been read before",
    act: () => receive(bobReceives(hello.message).state, hello.message, app),
  },
  {
    code: "generationTooFar",
    says: "a generation further ahead than the application tolerates",
    act: () => receive(bob, secondHello.message, { ...app, retention: { forwardGenerations: 0 } }),
  },
  {
    code: "commitSender",
    says: "a commit of an external sender",
    act: () => {
      const content = publicIn(forgedCommit()).content;
      const sender = { senderType: "external" as const, senderIndex: 0 };
      return bobReceives(forged(alice, { ...content, sender }));
    },
  },
  {
    code: "selfRemoveNotPublic",
    says: "a SelfRemove that is sent as PrivateMessage",
    act: () => {
      const leave: Proposal = { proposalType: "self_remove" };
      return propose(alice, leave, { wireFormat: "mls_private_message" }, app, random);
    },
  },
];
