/** PublicMessage and PrivateMessage with fingerprints for tags and boxes for ciphertexts (RFC 9420 §6.2 and §6.3). */
import { utf8 } from "../../bytes.ts";
import type { RandomSource } from "../../random.ts";
import { latestFew } from "../../remembered.ts";
import type { Retention } from "../application.ts";
import {
  contentFromPlaintext,
  contentPlaintext,
  headOf,
  type MessageHead,
  ratchetFor,
  type SenderDataFields,
} from "../content-encryption.ts";
import { decoded, demand, present } from "../errors.ts";
import { publicContent } from "../public-message.ts";
import { memberAt, type RatchetTree } from "../ratchet-tree.ts";
import {
  type AuthenticatedContent,
  PrivateContentAAD,
  type PrivateMessage,
  type PublicMessage,
  type SemiPrivateMessage,
  SenderData,
  SenderDataAAD,
} from "../structures/index.ts";
import { longFingerprint } from "./fingerprint.ts";
import type { SymbolicMember } from "./member.ts";
import { contentName } from "./names.ts";
import { keyOfGeneration, nextKey, type Ratchets } from "./ratchets.ts";
import { isSame } from "./same.ts";
import { open, seal } from "./suite.ts";

/** A member's message with its membership tag. RFC 9420 §6.2 */
export function protectPublic({ keys }: SymbolicMember, message: AuthenticatedContent): PublicMessage {
  const { content, auth } = message;
  return { content, auth, membershipTag: membershipTag(keys.membershipKey, message) };
}

/** Refuses a member's message whose membership tag is wrong (`membershipTag`). */
export function unprotectPublic(membershipKey: Uint8Array, message: PublicMessage): AuthenticatedContent {
  const authenticated = publicContent(message);
  if (message.content.sender.senderType !== "member") return authenticated;
  const expected = membershipTag(membershipKey, authenticated);
  demand(message.membershipTag !== undefined && isSame(message.membershipTag, expected), "membershipTag");
  return authenticated;
}

/** What a member needs to read messages of an epoch. */
export interface ReadingKeys {
  readonly leafIndex: number;
  readonly senderDataSecret: Uint8Array;
  readonly ratchets: Ratchets;
}

export interface OpenedMessage {
  readonly message: AuthenticatedContent;
  readonly ratchets: Ratchets;
  readonly generation: number;
}

/** Decrypts another member's message; its signature is still to be verified. */
export function unprotectPrivate(
  keys: ReadingKeys,
  tree: RatchetTree,
  message: PrivateMessage,
  retention: Retention,
): OpenedMessage {
  const { leafIndex, generation } = openSenderData(keys.senderDataSecret, message);
  memberAt(tree, leafIndex, "unknownSender");
  demand(leafIndex !== keys.leafIndex, "ownMessage");
  const kind = ratchetFor(message.contentType);
  const drawn = keyOfGeneration(keys.ratchets, leafIndex, kind, generation, retention);
  const plaintext = present(openContent(drawn.key, message), "contentDecryption");
  return { message: contentIn(plaintext, message, leafIndex), ratchets: drawn.ratchets, generation };
}

/** The two kinds of messages that name their sender inside a box. */
type Encrypted = PrivateMessage | SemiPrivateMessage;

/** Who encrypted a message, and with which key. Refuses with `senderDataDecryption`. */
export function openSenderData(senderDataSecret: Uint8Array, message: Encrypted): SenderDataFields {
  const known = openedSenderData.get(message);
  if (known?.secret === senderDataSecret) return known.fields;
  const binding = senderDataBinding(message, message.ciphertext);
  const opened = open(senderDataSecret, binding, message.encryptedSenderData);
  const fields = decoded(SenderData, present(opened, "senderDataDecryption"));
  openedSenderData.set(message, { secret: senderDataSecret, fields });
  return fields;
}

/** The plaintext of a message, undefined where it does not open with this key. */
export function openContent(key: Uint8Array, message: PrivateMessage): Uint8Array | undefined {
  const known = openedContent.get(message);
  if (known?.key === key) return known.plaintext;
  const plaintext = open(key, [PrivateContentAAD.encode(message)], message.ciphertext);
  if (plaintext !== undefined) openedContent.set(message, { key, plaintext });
  return plaintext;
}

/** The content in a plaintext, read once for all receivers of a message. */
export function contentIn(
  plaintext: Uint8Array,
  message: PrivateMessage,
  leafIndex: number,
): AuthenticatedContent {
  const known = contents.get(message);
  if (known !== undefined) return known;
  const content = contentFromPlaintext(plaintext, "mls_private_message", message, leafIndex);
  contents.set(message, content);
  return content;
}

// What opens with a key opens with it for everybody who has it; whether somebody has it is asked every time.
const openedSenderData = new WeakMap<Encrypted, { secret: Uint8Array; fields: SenderDataFields }>();
const openedContent = new WeakMap<PrivateMessage, { key: Uint8Array; plaintext: Uint8Array }>();
const contents = new WeakMap<PrivateMessage, AuthenticatedContent>();

const reuseGuardLength = 4;

/** A box under the next key of the member's ratchet. RFC 9420 §6.3 */
export function protectPrivate(
  member: SymbolicMember,
  message: AuthenticatedContent,
  paddingLength: number,
  random: RandomSource,
): { message: PrivateMessage; ratchets: Ratchets } {
  const head = headOf(message.content);
  const { leafIndex } = member;
  const drawn = nextKey(member.ratchets, leafIndex, ratchetFor(head.contentType));
  const reuseGuard = random.bytes(reuseGuardLength);
  const plaintext = contentPlaintext(message, paddingLength);
  const ciphertext = seal(drawn.key, [PrivateContentAAD.encode(head)], plaintext);
  const fields = { leafIndex, generation: drawn.generation, reuseGuard };
  const encryptedSenderData = sealSenderData(member.keys.senderDataSecret, head, ciphertext, fields);
  return { message: { ...head, encryptedSenderData, ciphertext }, ratchets: drawn.ratchets };
}

/** Who encrypts, and with which key, in a box for the epoch's members. RFC 9420 §6.3.2 */
export function sealSenderData(
  senderDataSecret: Uint8Array,
  head: MessageHead,
  ciphertext: Uint8Array,
  fields: SenderDataFields,
): Uint8Array {
  return seal(senderDataSecret, senderDataBinding(head, ciphertext), SenderData.encode(fields));
}

/** As with the real keys: to the head, and to a sample of the ciphertext. RFC 9420 §6.3.2 */
function senderDataBinding(head: MessageHead, ciphertext: Uint8Array): Uint8Array[] {
  return [SenderDataAAD.encode(head), ciphertext.subarray(0, sampleLength)];
}

const sampleLength = 32;

interface Tagged {
  readonly membershipKey: Uint8Array;
  readonly auth: AuthenticatedContent["auth"];
  readonly tag: Uint8Array;
}

/** The latest tag of each content: all members of an epoch ask for the same. */
const tags = latestFew<AuthenticatedContent["content"], Tagged>();

function membershipTag(membershipKey: Uint8Array, { content, auth }: AuthenticatedContent): Uint8Array {
  const known = tags.get(content);
  if (known !== undefined && known.auth === auth && isSame(known.membershipKey, membershipKey)) {
    return known.tag;
  }
  const confirmation = auth.confirmationTag ?? noTag;
  const tag = longFingerprint(
    "membership",
    membershipKey,
    contentName(content),
    auth.signature,
    confirmation,
  );
  tags.set(content, { membershipKey, auth, tag });
  return tag;
}

const noTag = utf8("none");
