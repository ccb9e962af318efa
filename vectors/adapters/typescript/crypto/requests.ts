/** Signed and encrypted requests: key material, GroupInfo, PartialGroupInfo. protocol-06 §5.2 and §5.6 */
import { hex } from "../../../../spec-model/bytes.ts";
import {
  GroupInfoRatchetTreeTBE,
  GroupInfoRequest,
  GroupInfoResponse,
  openGroupInfoResponse,
  requesterOf,
} from "../../../../spec-model/group-info/index.ts";
import { KeyMaterialRequest, verifyRequest } from "../../../../spec-model/key-material/index.ts";
import {
  type CipherSuite,
  completeGroupInfo,
  decodeRatchetTree,
  GroupContext,
  GroupInfo,
  PartialGroupInfo,
  type Provider,
} from "../../../../spec-model/mls/index.ts";
import { RoomError } from "../../../../spec-model/room/index.ts";
import { structureNamed } from "../../../../spec-model/structures.ts";
import type { JsonObject } from "../../../format/case.ts";
import { signContentOf } from "../../../format/sign-content.ts";
import type { Handler } from "../handler.ts";
import { octetsIn } from "../input.ts";
import { suiteIn, unlessRefused } from "./answers.ts";

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
        const response = GroupInfoResponse.decode(octetsIn(input, "bytes"));
        const plaintext = openGroupInfoResponse(
          suiteIn(input, provider),
          response,
          String(input["room"]),
          octetsIn(input, "privateKey"),
        );
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
  const { client, user } = requesterOf(suite, request);
  return { client, user };
}
