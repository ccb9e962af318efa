/** SemiPrivateMessages: their hashes, and opening them as a member or as an external receiver. semiprivatemessage-07 */
import { equalBytes, hex } from "../../../../spec-model/bytes.ts";
import {
  contentToBeSigned,
  decodeRatchetTree,
  defaultRetention,
  ExternalReceiver,
  FramedContent,
  FramedContentTBS,
  GroupContext,
  type GroupView,
  openAsReceiver,
  openKeys,
  PartialContextHashInput,
  type Provider,
  SemiPrivateMessage,
  secretTreeOf,
  unprotectSemiPrivate,
  verifyContent,
} from "../../../../spec-model/mls/index.ts";
import { RoomError } from "../../../../spec-model/room/index.ts";
import type { JsonObject } from "../../../format/case.ts";
import type { Handler } from "../handler.ts";
import { octetsIn } from "../input.ts";
import { suiteIn, unlessRefused } from "./answers.ts";

export function semiPrivateHandlers(provider?: Provider): Readonly<Record<string, Handler>> {
  const hashed = (suiteInput: JsonObject, octets: Uint8Array) =>
    hex(suiteIn(suiteInput, provider).hash(octets));
  return {
    "semi-private.partial-context-hash": (input) => {
      const senderLeafIndex = Number(input["senderLeafIndex"]);
      const hashInput = PartialContextHashInput.encode({ senderLeafIndex, nonce: octetsIn(input, "nonce") });
      return { outcome: "hash", output: { hashInput: hex(hashInput), hash: hashed(input, hashInput) } };
    },
    "semi-private.content-hash": (input) => {
      const content = FramedContent.decode(octetsIn(input, "content"));
      const context = GroupContext.decode(octetsIn(input, "groupContext"));
      const tbs = FramedContentTBS.encode(contentToBeSigned("mls_semiprivate_message", content, context));
      return { outcome: "hash", output: { framedContentTbs: hex(tbs), hash: hashed(input, tbs) } };
    },
    "semi-private.receiver-reference": (input) => ({
      outcome: "hash",
      output: { hash: hashed(input, octetsIn(input, "receiver")) },
    }),
    "semi-private.open-as-receiver": (input) => unlessRefused(() => openedByReceiver(input, provider)),
    "semi-private.open-as-member": (input) => unlessRefused(() => openedByMember(input, provider)),
  };
}

function openedByReceiver(input: JsonObject, provider: Provider | undefined): JsonObject {
  const suite = suiteIn(input, provider);
  const group = groupIn(input);
  const receiver = ExternalReceiver.decode(octetsIn(input, "receiver"));
  const privateKey = octetsIn(input, "privateKey");
  const message = SemiPrivateMessage.decode(octetsIn(input, "message"));
  demandEpoch(message, group);
  const opened = openAsReceiver(suite, receiver, privateKey, message, group.groupContext);
  verifyContent(suite, group, opened);
  const reference = suite.hash(ExternalReceiver.encode(receiver));
  const own = message.keysForExternalReceivers.find((each) =>
    equalBytes(each.externalReceiverRef, reference),
  );
  if (own === undefined) throw new Error("opened without a key");
  const { key, nonce, reuseGuard, senderLeafIndex } = openKeys(suite, privateKey, message, own);
  return {
    content: hex(FramedContent.encode(opened.content)),
    key: hex(key),
    nonce: hex(nonce),
    reuseGuard: hex(reuseGuard),
    senderLeafIndex,
  };
}

function openedByMember(input: JsonObject, provider: Provider | undefined): JsonObject {
  const suite = suiteIn(input, provider);
  const group = groupIn(input);
  const message = SemiPrivateMessage.decode(octetsIn(input, "message"));
  demandEpoch(message, group);
  const keys = {
    leafIndex: Number(input["leafIndex"]),
    senderDataSecret: octetsIn(input, "senderDataSecret"),
    secretTree: secretTreeOf(octetsIn(input, "encryptionSecret"), group.tree.length),
  };
  const { groupContext, tree } = group;
  const opened = unprotectSemiPrivate(suite, keys, tree, message, groupContext, defaultRetention);
  verifyContent(suite, group, opened.message);
  const { content } = opened.message;
  const senderLeafIndex = content.sender.senderType === "member" ? content.sender.leafIndex : -1;
  return { content: hex(FramedContent.encode(content)), senderLeafIndex, generation: opened.generation };
}

export function groupIn(input: JsonObject): GroupView {
  return {
    groupContext: GroupContext.decode(octetsIn(input, "groupContext")),
    tree: decodeRatchetTree(octetsIn(input, "ratchetTree")),
    confirmationTag: new Uint8Array(),
    pendingProposals: new Map(),
  };
}

function demandEpoch({ groupId, epoch }: SemiPrivateMessage, { groupContext }: GroupView): void {
  if (equalBytes(groupId, groupContext.groupId) && epoch === groupContext.epoch) return;
  throw new RoomError("wrongEpoch", "RFC 9420 §6", "the message is of another group or epoch");
}
