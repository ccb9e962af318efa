/** The signed and encrypted answers to requests for GroupInfo. protocol-06 §5.6 */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import {
  GroupInfoRatchetTreeTBE,
  GroupInfoResponse,
  GroupInfoResponseTBS,
} from "../../../spec-model/group-info/index.ts";
import {
  encryptWithLabel,
  groupInfo,
  propose,
  signWithLabel,
  toRatchetTreeExtension,
} from "../../../spec-model/mls/index.ts";
import { clientCredential, providerCredential } from "../../../spec-model/room/index.ts";
import type { Json, VectorCase } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import { application, type Group, topicUpdate } from "./group.ts";
import { flipped, hubDomain, otherRoom, room, type Scene } from "./keys.ts";
import { wrongSignatures } from "./signed.ts";

export const answers = ["protocol-5.6-encrypted-answer", "protocol-5.6-pending-proposals"];

const encryptionLabel = "GroupInfo and ratchet_tree encryption";

const acceptedMs = 1_800_000_000_000n;

type Response = GroupInfoResponseTBS;

export interface Answered {
  readonly case: VectorCase;
  readonly fields: Response;
  readonly plaintext: Uint8Array;
}

export function validResponses(scene: Scene, group: Group): Answered[] {
  const proposed = propose(group.bob, topicUpdate("Plans"), {}, application, scene.random("proposal"));
  const pending = { proposal: proposed.message, hubAcceptedTime: acceptedMs };
  const kinds = [
    ["usual", "an answer with the whole tree", []],
    ["pending", "an answer with a proposal that waits", [pending]],
  ] as const;
  return kinds.map(([slug, comment, pendingProposals]) => {
    const plaintext = GroupInfoRatchetTreeTBE.encode({
      groupInfo: groupInfo(group.alice, application),
      ratchetTreeOption: {
        representation: "full",
        ratchetTree: toRatchetTreeExtension(group.alice.tree),
      },
      pendingProposals: [...pendingProposals],
    });
    const fields = sealed(scene, room, plaintext);
    const { privateKey } = scene.hpkeOf("the requester");
    const each = positive({
      id: `group-info-response-${scene.mark}-${slug}`,
      comment,
      requirements: answers,
      outcome: "valid",
      input: { bytes: hex(signedResponse(scene, fields)), room, privateKey: hex(privateKey) },
      output: { plaintext: hex(plaintext) },
      view: viewOf(scene, fields),
    });
    return { case: each, fields, plaintext };
  });
}

export function wrongResponses(scene: Scene, { case: parent, fields, plaintext }: Answered): VectorCase[] {
  const { privateKey } = scene.signatureOf(hubDomain);
  const tbs = GroupInfoResponseTBS.encode(fields);
  const signature = signWithLabel(scene.suite, privateKey, "GroupInfoResponseTBS", tbs);
  const { encryptedGroupinfoAndTree: ciphertext } = fields;
  const refused = (slug: string, flag: string, path: string, op: string, bytes: Uint8Array) =>
    negative(parent, {
      slug,
      flag,
      path: path === "" ? "GroupInfoResponse" : `GroupInfoResponse.${path}`,
      op,
      outcome: "invalid",
      change: { bytes: hex(bytes) },
    });
  const signedAnew = (slug: string, flag: string, path: string, op: string, change: Partial<Response>) =>
    refused(slug, flag, path, op, signedResponse(scene, { ...fields, ...change }));
  const sealedField = "encrypted_groupinfo_and_tree";
  const bySignature = wrongSignatures({
    suite: scene.suite,
    privateKey,
    otherPrivateKey: scene.signatureOf("archive.example").privateKey,
    label: "GroupInfoResponseTBS",
    content: tbs,
    otherLabel: "FrankingIntegrityTBS",
  }).map((each) =>
    refused(each.slug, each.flag, "signature", each.op, withSignature(fields, each.signature)),
  );
  const other = {
    signatureKey: fields.hubSender.signatureKey,
    credential: providerCredential("archive.example"),
  };
  return [
    ...bySignature,
    refused(
      "sealed-after-signing",
      "Unsigned",
      sealedField,
      "somebody has encrypted an answer to the requester after the hub has signed one",
      withSignature(
        {
          ...fields,
          encryptedGroupinfoAndTree: encryptWithLabel(
            scene.suite,
            scene.hpkeOf("the requester").publicKey,
            encryptionLabel,
            fields.roomId,
            plaintext,
            scene.random("GroupInfo sealed after signing"),
          ),
        },
        signature,
      ),
    ),
    negative(parent, {
      slug: "other-room-asked",
      flag: "Room",
      path: "GroupInfoResponse.room_id",
      op: "the request was about another room",
      outcome: "invalid",
      change: { room: otherRoom },
    }),
    signedAnew("other-hub", "Credential", "hub_sender.credential", "hub_sender is another provider", {
      hubSender: other,
    }),
    signedAnew("client-as-hub", "Credential", "hub_sender.credential", "hub_sender is a client of the hub", {
      hubSender: { ...other, credential: clientCredential("mimi://hub.example/d/mallory/M1") },
    }),
    signedAnew(
      "damaged-ciphertext",
      "Ciphertext",
      `${sealedField}.ciphertext`,
      "a bit of the ciphertext's last octet is changed",
      {
        encryptedGroupinfoAndTree: { ...ciphertext, ciphertext: flipped(ciphertext.ciphertext) },
      },
    ),
    signedAnew(
      "damaged-kem-output",
      "Ciphertext",
      `${sealedField}.kem_output`,
      "a bit of the encapsulated key is changed",
      {
        encryptedGroupinfoAndTree: { ...ciphertext, kemOutput: flipped(ciphertext.kemOutput) },
      },
    ),
    signedAnew(
      "other-recipient",
      "Ciphertext",
      sealedField,
      "it is encrypted to somebody else's key",
      sealed(scene, room, plaintext, { to: "somebody else" }),
    ),
    signedAnew(
      "encryption-label",
      "Label",
      sealedField,
      "it is encrypted under the label of something else",
      sealed(scene, room, plaintext, { label: "GroupInfo" }),
    ),
    signedAnew(
      "encryption-context",
      "Binding",
      sealedField,
      "it is encrypted in the context of another room",
      sealed(scene, room, plaintext, { context: otherRoom }),
    ),
    refused(
      "not-authorized",
      "Status",
      "status",
      "the answer is notAuthorized, and holds nothing",
      GroupInfoResponse.encode({ version: "mls10", roomId: fields.roomId, status: "notAuthorized" }),
    ),
    refused(
      "no-such-room",
      "Status",
      "status",
      "the answer is noSuchRoom, and holds nothing",
      GroupInfoResponse.encode({ version: "mls10", roomId: fields.roomId, status: "noSuchRoom" }),
    ),
  ];
}

function viewOf(scene: Scene, fields: Response): Json {
  return {
    hubPrivateKey: hex(scene.signatureOf(hubDomain).privateKey),
    groupInfoPublicKey: hex(scene.hpkeOf("the requester").publicKey),
    tbs: hex(GroupInfoResponseTBS.encode(fields)),
  };
}

function sealed(
  scene: Scene,
  roomId: string,
  plaintext: Uint8Array,
  { label = encryptionLabel, context = roomId, to = "the requester", cipherSuite = scene.suite.id } = {},
): Response {
  const key = scene.hpkeOf(to).publicKey;
  const random = scene.random("group info encapsulation");
  return {
    version: "mls10",
    roomId: utf8(roomId),
    status: "success",
    cipherSuite,
    hubSender: {
      signatureKey: scene.signatureOf(hubDomain).publicKey,
      credential: providerCredential(hubDomain),
    },
    encryptedGroupinfoAndTree: encryptWithLabel(scene.suite, key, label, utf8(context), plaintext, random),
  };
}

function signedResponse(scene: Scene, fields: Response): Uint8Array {
  const { privateKey } = scene.signatureOf(hubDomain);
  const tbs = GroupInfoResponseTBS.encode(fields);
  return withSignature(fields, signWithLabel(scene.suite, privateKey, "GroupInfoResponseTBS", tbs));
}

function withSignature(fields: Response, signature: Uint8Array): Uint8Array {
  return GroupInfoResponse.encode({ ...fields, status: "success", signature });
}
