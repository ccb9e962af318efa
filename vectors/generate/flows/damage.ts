/** Messages with one octet or one field wrong, and what is wrong with them in the drafts' names. */
import { fromHex, hex } from "../../../spec-model/bytes.ts";
import { type MLSMessage, SafeAAD } from "../../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";

/** A message that is not what its sender has sent. */
export interface Damaged<T> {
  readonly slug: string;
  readonly flag: string;
  readonly path: string;
  readonly op: string;
  readonly value: T;
}

export function octetsIn(text: string): Uint8Array {
  return fromHex(text) ?? new Uint8Array();
}

/** The value, changed; undefined where the octets are not one. */
export function changed<T>(
  codec: { decode(bytes: Uint8Array): T; encode(value: T): Uint8Array },
  text: string,
  change: (value: T) => T | undefined,
): string | undefined {
  const value = attempt(() => codec.decode(octetsIn(text)));
  if (isRefused(value)) return undefined;
  const after = change(value);
  return after === undefined ? undefined : hex(codec.encode(after));
}

/** The last bit is another. */
export function flipped(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const last = copy.length - 1;
  if (last >= 0) copy[last] = (copy[last] ?? 0) ^ 1;
  return copy;
}

/** Ways to damage what everybody can see of an MLS message. */
export function forgedHandshakes(message: MLSMessage): Damaged<MLSMessage>[] {
  if (message.wireFormat !== "mls_public_message") return [];
  const { publicMessage } = message;
  const { content, auth } = publicMessage;
  const kind = content.contentType;
  const signature = { ...publicMessage, auth: { ...auth, signature: flipped(auth.signature) } };
  return [
    {
      slug: `forged-${kind}`,
      flag: "Signature",
      path: "PublicMessage.auth.signature",
      op: `the signature of a ${kind} is another`,
      value: { ...message, publicMessage: signature as typeof publicMessage },
    },
    {
      slug: `${kind}-of-another-group`,
      flag: "Group",
      path: "FramedContent.group_id",
      op: `a ${kind} is for another group`,
      value: withContent(message, { groupId: flipped(content.groupId) }),
    },
    {
      slug: `${kind}-of-another-epoch`,
      flag: "Epoch",
      path: "FramedContent.epoch",
      op: `a ${kind} is for an epoch that is still to come`,
      value: withContent(message, { epoch: content.epoch + 7n }),
    },
  ];
}

/** Ways to damage what only members can check. */
export function forgedForMembers(message: MLSMessage): Damaged<MLSMessage>[] {
  if (message.wireFormat === "mls_private_message") return forgedPrivate(message);
  if (message.wireFormat === "mls_semiprivate_message") return forgedSemiPrivate(message);
  if (message.wireFormat !== "mls_public_message") return [];
  const { publicMessage } = message;
  const found: Damaged<MLSMessage>[] = [];
  if ("membershipTag" in publicMessage) {
    const membershipTag = flipped(publicMessage.membershipTag as Uint8Array);
    found.push({
      slug: `${publicMessage.content.contentType}-without-membership`,
      flag: "Tag",
      path: "PublicMessage.membership_tag",
      op: "the membership tag is another",
      value: { ...message, publicMessage: { ...publicMessage, membershipTag } as typeof publicMessage },
    });
  }
  if ("confirmationTag" in publicMessage.auth) {
    const confirmationTag = flipped(publicMessage.auth.confirmationTag as Uint8Array);
    const auth = { ...publicMessage.auth, confirmationTag };
    found.push({
      slug: "unconfirmed-commit",
      flag: "Tag",
      path: "PublicMessage.auth.confirmation_tag",
      op: "the confirmation tag of a commit is another",
      value: { ...message, publicMessage: { ...publicMessage, auth } as typeof publicMessage },
    });
  }
  return found;
}

function forgedPrivate(
  message: Extract<MLSMessage, { wireFormat: "mls_private_message" }>,
): Damaged<MLSMessage>[] {
  const { privateMessage } = message;
  const members = [
    ["ciphertext", "ciphertext"],
    ["encryptedSenderData", "encrypted_sender_data"],
    ["authenticatedData", "authenticated_data"],
    ["groupId", "group_id"],
  ] as const;
  return members.map(([member, name]) => ({
    slug: `other-${name.replaceAll("_", "-")}`,
    flag: member === "groupId" ? "Group" : "Ciphertext",
    path: `PrivateMessage.${name}`,
    op: `${name} has another octet`,
    value: { ...message, privateMessage: { ...privateMessage, [member]: flipped(privateMessage[member]) } },
  }));
}

function forgedSemiPrivate(
  message: Extract<MLSMessage, { wireFormat: "mls_semiprivate_message" }>,
): Damaged<MLSMessage>[] {
  const { semiprivateMessage } = message;
  const members = [
    ["ciphertext", "ciphertext"],
    ["encryptedSenderData", "encrypted_sender_data"],
    ["authenticatedData", "authenticated_data"],
    ["partialContextHash", "partial_context_hash"],
    ["framedContentTbsHash", "framed_content_tbs_hash"],
    ["groupId", "group_id"],
  ] as const;
  return members.map(([member, name]) => ({
    slug: `hidden-${semiprivateMessage.contentType}-other-${name.replaceAll("_", "-")}`,
    flag: member === "groupId" ? "Group" : "Ciphertext",
    path: `SemiPrivateMessage.${name}`,
    op: member === "authenticatedData" ? `${name} has one item more` : `${name} has another octet`,
    value: {
      ...message,
      semiprivateMessage: {
        ...semiprivateMessage,
        [member]:
          member === "authenticatedData"
            ? otherSafeAad(semiprivateMessage)
            : flipped(semiprivateMessage[member]),
      },
    },
  }));
}

/** Octets that are authenticated data, but not these: one item of an unknown component more. mls-extensions §4.9 */
function otherSafeAad({ authenticatedData }: { readonly authenticatedData: Uint8Array }): Uint8Array {
  const { aadItems } = SafeAAD.decode(authenticatedData);
  const more = { componentId: 0xfff0, aadItemData: Uint8Array.of(1) };
  return SafeAAD.encode({ aadItems: [...aadItems, more] });
}

function withContent(
  message: Extract<MLSMessage, { wireFormat: "mls_public_message" }>,
  change: { readonly groupId?: Uint8Array; readonly epoch?: bigint },
): MLSMessage {
  const { publicMessage } = message;
  const content = { ...publicMessage.content, ...change } as typeof publicMessage.content;
  return { ...message, publicMessage: { ...publicMessage, content } as typeof publicMessage };
}
