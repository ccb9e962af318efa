/** Readers of signed requests, answers and SemiPrivateMessages that leave out one check each. */
import { hex, textOf } from "../../spec-model/bytes.ts";
import {
  GroupInfoRequest,
  GroupInfoRequestTBS,
  GroupInfoResponse,
} from "../../spec-model/group-info/index.ts";
import { KeyMaterialRequest, KeyMaterialRequestTBS } from "../../spec-model/key-material/index.ts";
import {
  type CipherSuite,
  contentUnder,
  decryptWithLabel,
  defaultRetention,
  ExternalReceiver,
  epochSecretsOf,
  exporterTreeOf,
  keyOfGeneration,
  mlsRules,
  openKeys,
  openSenderData,
  PartialGroupInfo,
  SemiPrivateMessage,
  safeExportFrom,
  secretTreeOf,
  verifyContent,
  verifyWithLabel,
} from "../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { suiteIn } from "../adapters/typescript/crypto/answers.ts";
import { groupIn } from "../adapters/typescript/crypto/semi-private.ts";
import { cryptoHandlers } from "../adapters/typescript/crypto.ts";
import { listIn, octetsIn } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";

/** One mistake in one operation. */
export interface CheckLeftOut {
  readonly id: string;
  readonly says: string;
  readonly operation: string;
  /** Whether it accepts the case. */
  readonly accepts: (input: JsonObject) => boolean;
}

export const lenientRequests: readonly CheckLeftOut[] = [
  {
    id: "key material for any credential",
    says: "verifies the signature, and does not look whose credential it is",
    operation: "key-material-request.verify",
    accepts: (input) => {
      const request = KeyMaterialRequest.decode(octetsIn(input, "bytes"));
      const { requesterSignatureKey: key, keyMaterialRequestSignature: signature } = request;
      const signed = KeyMaterialRequestTBS.encode(request);
      return verifyWithLabel(suiteOf(input), key, "KeyMaterialRequestTBS", signed, signature);
    },
  },
  {
    id: "GroupInfo for any credential",
    says: "verifies the signature, and does not look whether the credential names a client",
    operation: "group-info-request.verify",
    accepts: (input) => {
      const request = GroupInfoRequest.decode(octetsIn(input, "bytes"));
      const { requestingSignatureKey: key, signature } = request;
      const signed = GroupInfoRequestTBS.encode(request);
      return verifyWithLabel(suiteOf(input), key, "GroupInfoRequestTBS", signed, signature);
    },
  },
  {
    id: "GroupInfo of any room",
    says: "does not look which room the answer is about",
    operation: "group-info-response.open",
    accepts: (input) => {
      const { roomId } = GroupInfoResponse.decode(octetsIn(input, "bytes"));
      return isValid("group-info-response.open", { ...input, room: textOf(roomId) ?? "" });
    },
  },
  {
    id: "GroupInfo of any provider",
    says: "does not look whether the provider that signed the answer is the room's",
    operation: "group-info-response.open",
    accepts: opensResponse,
  },
  {
    id: "GroupInfo that nobody has opened",
    says: "verifies whose answer it is about which room, and takes it without opening it",
    operation: "group-info-response.open",
    accepts: (input) => {
      const { says } = cryptoHandlers["group-info-response.open"]?.(input) ?? {};
      return says?.startsWith(mlsRules.groupInfoDecryption[1]) === true;
    },
  },
  {
    id: "GroupInfo without a look at the status",
    says: "takes any answer for a grant",
    operation: "group-info-response.open",
    accepts: (input) => GroupInfoResponse.decode(octetsIn(input, "bytes")).status !== "success",
  },
  {
    id: "tree wherever it comes from",
    says: "takes the tree among the extensions of a PartialGroupInfo for one that was sent too much",
    operation: "group-info.complete",
    accepts: (input) => {
      const partial = PartialGroupInfo.decode(octetsIn(input, "partial"));
      const groupInfoExtensions = partial.groupInfoExtensions.filter(
        ({ extensionType }) => extensionType !== "ratchet_tree",
      );
      const mended = PartialGroupInfo.encode({ ...partial, groupInfoExtensions });
      return isValid("group-info.complete", { ...input, partial: hex(mended) });
    },
  },
  {
    id: "receiver that does not compare hashes",
    says: "decrypts and verifies the signature, and nothing else",
    operation: "semi-private.open-as-receiver",
    accepts: (input) => opensWithoutHashes(input),
  },
  {
    id: "receiver that goes by position",
    says: "takes the first entry for its own",
    operation: "semi-private.open-as-receiver",
    accepts: (input) => {
      const message = SemiPrivateMessage.decode(octetsIn(input, "message"));
      const externalReceiverRef = suiteOf(input).hash(octetsIn(input, "receiver"));
      const [first, ...others] = message.keysForExternalReceivers;
      if (first === undefined) return false;
      const entries = [{ ...first, externalReceiverRef }, ...others];
      return opensWithoutHashes(input, { ...message, keysForExternalReceivers: entries }, message);
    },
  },
  {
    id: "member that does not compare hashes",
    says: "decrypts and verifies the signature, and nothing else",
    operation: "semi-private.open-as-member",
    accepts: memberOpens,
  },
  {
    id: "exporter that keeps its root",
    says: "derives every secret from the root of the exporter tree, as often as it is asked",
    operation: "exporter.safe-export",
    accepts: (input) => {
      const suite = suiteOf(input);
      const { applicationExportSecret } = epochSecretsOf(suite, octetsIn(input, "epochSecret"));
      return listIn<number>(input, "componentIds").every(
        (id) => safeExportFrom(suite, exporterTreeOf(applicationExportSecret), id).secret.length > 0,
      );
    },
  },
];

function suiteOf(input: JsonObject): CipherSuite {
  return suiteIn(input, undefined);
}

function isValid(operation: string, input: JsonObject): boolean {
  return cryptoHandlers[operation]?.(input).outcome === "valid";
}

/** All but whose room it is. */
function opensResponse(input: JsonObject): boolean {
  const response = GroupInfoResponse.decode(octetsIn(input, "bytes"));
  if (response.status !== "success" || textOf(response.roomId) !== input["room"]) return false;
  const { encryptedGroupinfoAndTree: sealed, roomId } = response;
  const label = "GroupInfo and ratchet_tree encryption";
  const [suite, key] = [suiteOf(input), octetsIn(input, "privateKey")];
  const opened = attempt(() => decryptWithLabel(suite, key, label, roomId, sealed, "groupInfoDecryption"));
  return !isRefused(opened) && verifiesResponse(input);
}

function verifiesResponse(input: JsonObject): boolean {
  const handler = cryptoHandlers["signature.content"];
  const response = GroupInfoResponse.decode(octetsIn(input, "bytes"));
  if (handler === undefined || response.status !== "success") return false;
  const { output } = handler({ structure: "GroupInfoResponse", bytes: input["bytes"] ?? "" });
  const signContent = octetsIn(output ?? {}, "signContent");
  return suiteOf(input).signature.verify(response.hubSender.signatureKey, signContent, response.signature);
}

/** Its own messages, too: it derives the sender's key from the root again. */
function memberOpens(input: JsonObject): boolean {
  const suite = suiteOf(input);
  const group = groupIn(input);
  const message = SemiPrivateMessage.decode(octetsIn(input, "message"));
  const { ciphertext, encryptedSenderData } = message;
  const secret = octetsIn(input, "senderDataSecret");
  const sender = openSenderData(suite, secret, message, ciphertext, encryptedSenderData);
  const { leafIndex, generation, reuseGuard } = sender;
  const tree = secretTreeOf(octetsIn(input, "encryptionSecret"), group.tree.length);
  const drawn = keyOfGeneration(suite, tree, leafIndex, "handshake", generation, defaultRetention);
  verifyContent(suite, group, contentUnder(suite, message, drawn, reuseGuard, leafIndex));
  return true;
}

/** `sealedAs`: the message as it was sealed, where another is shown to the lookup of entries. */
function opensWithoutHashes(
  input: JsonObject,
  message = SemiPrivateMessage.decode(octetsIn(input, "message")),
  sealedAs = message,
): boolean {
  const suite = suiteOf(input);
  const reference = hex(
    suite.hash(ExternalReceiver.encode(ExternalReceiver.decode(octetsIn(input, "receiver")))),
  );
  const own = message.keysForExternalReceivers.find((each) => hex(each.externalReceiverRef) === reference);
  if (own === undefined) return false;
  const opened = attempt(() => {
    const keys = openKeys(suite, octetsIn(input, "privateKey"), sealedAs, own);
    const content = contentUnder(suite, sealedAs, keys, keys.reuseGuard, keys.senderLeafIndex);
    verifyContent(suite, groupIn(input), content);
    return true;
  });
  return !isRefused(opened) && opened;
}
