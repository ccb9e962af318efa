/** Signed and encrypted requests: key material, GroupInfo, PartialGroupInfo. protocol-06 §5.2 and §5.6 */
import { hex, textOf } from "../../../../spec-model/bytes.ts";
import {
  GroupInfoRatchetTreeTBE,
  GroupInfoRequest,
  GroupInfoRequestTBS,
  GroupInfoResponse,
  GroupInfoResponseTBS,
} from "../../../../spec-model/group-info/index.ts";
import { domainOfUri } from "../../../../spec-model/identifiers/index.ts";
import { KeyMaterialRequest, verifyRequest } from "../../../../spec-model/key-material/index.ts";
import {
  type CipherSuite,
  completeGroupInfo,
  decodeRatchetTree,
  decryptWithLabel,
  GroupContext,
  GroupInfo,
  PartialGroupInfo,
  type Provider,
  verifyWithLabel,
} from "../../../../spec-model/mls/index.ts";
import { holderOf, providerOf, RoomError } from "../../../../spec-model/room/index.ts";
import { structureNamed } from "../../../../spec-model/structures.ts";
import type { JsonObject } from "../../../format/case.ts";
import { signContentOf } from "../../../format/sign-content.ts";
import type { Handler } from "../handler.ts";
import { octetsIn } from "../input.ts";
import { suiteIn, unlessRefused } from "./answers.ts";

export const encryptionLabel = "GroupInfo and ratchet_tree encryption";

export function requestHandlers(provider?: Provider): Readonly<Record<string, Handler>> {
  return {
    "signature.content": (input) => ({ outcome: "content", output: signatureContent(input) }),
    "key-material-request.verify": (input) =>
      unlessRefused(() => {
        verifyRequest(suiteIn(input, provider), KeyMaterialRequest.decode(octetsIn(input, "bytes")));
        return {};
      }),
    "group-info-request.verify": (input) => unlessRefused(() => requesterIn(suiteIn(input, provider), input)),
    "group-info-response.open": (input) =>
      unlessRefused(() => {
        const plaintext = openedResponse(suiteIn(input, provider), input);
        GroupInfoRatchetTreeTBE.decode(plaintext);
        return { plaintext: hex(plaintext) };
      }),
    "group-info.complete": (input) =>
      unlessRefused(() => {
        const group = {
          groupContext: GroupContext.decode(octetsIn(input, "groupContext")),
          tree: decodeRatchetTree(octetsIn(input, "ratchetTree")),
          confirmationTag: octetsIn(input, "confirmationTag"),
          pendingProposals: new Map(),
        };
        const partial = PartialGroupInfo.decode(octetsIn(input, "partial"));
        const signer = Number(input["signer"]);
        const groupInfo = completeGroupInfo(suiteIn(input, provider), group, signer, partial);
        return { groupInfo: hex(GroupInfo.encode(groupInfo)) };
      }),
  };
}

/** By the name of the structure: what is signed has the same name and TBS behind it, and that name is the label. */
function signatureContent(input: JsonObject): JsonObject {
  const [signed, covered] = [`${input["structure"]}`, `${input["structure"]}TBS`].map(structureNamed);
  if (signed === undefined || covered === undefined) throw new Error(`nothing signs ${input["structure"]}`);
  const tbs = covered.codec.encode(signed.codec.decode(octetsIn(input, "bytes")));
  return { tbs: hex(tbs), signContent: hex(signContentOf(covered.name, tbs)) };
}

function requesterIn(suite: CipherSuite, input: JsonObject): JsonObject {
  const request = GroupInfoRequest.decode(octetsIn(input, "bytes"));
  if (request.cipherSuite !== suite.id) {
    throw new RoomError("cipherSuite", "protocol-06 §5.6", "the request is of another cipher suite");
  }
  const { requestingSignatureKey, requestingCredential, signature } = request;
  const signed = GroupInfoRequestTBS.encode(request);
  if (!verifyWithLabel(suite, requestingSignatureKey, "GroupInfoRequestTBS", signed, signature)) {
    throw new RoomError("requestSignature", "protocol-06 §5.6", "the request's signature does not fit");
  }
  const holder = holderOf(requestingCredential);
  if (holder !== undefined) return { client: holder.client, user: holder.user };
  throw new RoomError("credentialNamesClient", "identity-05 §4", "the requester names no client of a user");
}

function openedResponse(suite: CipherSuite, input: JsonObject): Uint8Array {
  const response = GroupInfoResponse.decode(octetsIn(input, "bytes"));
  const room = String(input["room"]);
  if (textOf(response.roomId) !== room) {
    throw new RoomError("roomOfAnswer", "protocol-06 §5.6", "the answer is about another room");
  }
  if (response.status !== "success") {
    throw new RoomError("notGranted", "protocol-06 §5.6", `the answer is ${response.status}`);
  }
  const { hubSender, signature, encryptedGroupinfoAndTree: sealed, roomId } = response;
  const signed = GroupInfoResponseTBS.encode(response);
  if (!verifyWithLabel(suite, hubSender.signatureKey, "GroupInfoResponseTBS", signed, signature)) {
    throw new RoomError("responseSignature", "protocol-06 §5.6", "the answer's signature does not fit");
  }
  if (providerOf(hubSender.credential) !== domainOfUri(room)) {
    throw new RoomError("hubSender", "protocol-06 §5.6", "the answer is not signed by the room's hub");
  }
  const privateKey = octetsIn(input, "privateKey");
  return decryptWithLabel(suite, privateKey, encryptionLabel, roomId, sealed, "groupInfoDecryption");
}
