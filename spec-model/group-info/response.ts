/** Answers with a GroupInfo: encrypted to the requester, and signed by the room's hub. protocol-06 §5.6 */
import { textOf, utf8 } from "../bytes.ts";
import { domainOfUri } from "../identifiers/index.ts";
import {
  type CipherSuite,
  decryptWithLabel,
  encryptWithLabel,
  signWithLabel,
  verifyWithLabel,
} from "../mls/index.ts";
import type { RandomSource } from "../random.ts";
import { providerCredential, providerOf, RoomError } from "../room/index.ts";
import { GroupInfoRatchetTreeTBE, type GroupInfoResponse, GroupInfoResponseTBS } from "./structures.ts";

const signatureLabel = "GroupInfoResponseTBS";
const encryptionLabel = "GroupInfo and ratchet_tree encryption";

/** The hub that answers. */
interface Answering {
  readonly domain: string;
  readonly signature: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
}

export function sealGroupInfoResponse(
  suite: CipherSuite,
  hub: Answering,
  {
    room,
    contents,
    to,
  }: { readonly room: string; readonly contents: GroupInfoRatchetTreeTBE; readonly to: Uint8Array },
  random: RandomSource,
): GroupInfoResponse {
  const roomId = utf8(room);
  const plaintext = GroupInfoRatchetTreeTBE.encode(contents);
  const unsigned = {
    version: "mls10" as const,
    roomId,
    status: "success" as const,
    cipherSuite: suite.id,
    hubSender: { signatureKey: hub.signature.publicKey, credential: providerCredential(hub.domain) },
    encryptedGroupinfoAndTree: encryptWithLabel(suite, to, encryptionLabel, roomId, plaintext, random),
  };
  const signed = GroupInfoResponseTBS.encode(unsigned);
  return { ...unsigned, signature: signWithLabel(suite, hub.signature.privateKey, signatureLabel, signed) };
}

/**
 * The octets of the GroupInfoRatchetTreeTBE in an answer that grants it. Throws RoomError unless the answer is about the
 * room and its hub has signed it, and MlsError where it does not decrypt.
 */
export function openGroupInfoResponse(
  suite: CipherSuite,
  response: GroupInfoResponse,
  room: string,
  privateKey: Uint8Array,
): Uint8Array {
  demandAnswerAbout(room, response);
  if (response.status !== "success") {
    throw new RoomError("notGranted", "protocol-06 §5.6", `the answer is ${response.status}`);
  }
  const { roomId, hubSender, signature, encryptedGroupinfoAndTree: sealed } = response;
  const signed = GroupInfoResponseTBS.encode(response);
  if (!verifyWithLabel(suite, hubSender.signatureKey, signatureLabel, signed, signature)) {
    throw new RoomError("responseSignature", "protocol-06 §5.6", "the answer's signature does not fit");
  }
  if (providerOf(hubSender.credential) !== domainOfUri(room)) {
    throw new RoomError("hubSender", "protocol-06 §5.6", "the answer is not signed by the room's hub");
  }
  return decryptWithLabel(suite, privateKey, encryptionLabel, roomId, sealed, "groupInfoDecryption");
}

/** Throws RoomError for an answer about another room. */
export function demandAnswerAbout(room: string, { roomId }: Pick<GroupInfoResponse, "roomId">): void {
  if (textOf(roomId) === room) return;
  throw new RoomError("roomOfAnswer", "protocol-06 §5.6", "the answer is about another room");
}
