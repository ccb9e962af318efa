/** PublicMessage: signed, and tagged by members, but not encrypted (RFC 9420 §6.2). */
import { concat } from "../bytes.ts";
import { opaque, v } from "../wire/index.ts";
import { signedOctets } from "./content-signature.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand } from "./errors.ts";
import type { AuthenticatedContent, GroupContext, PublicMessage } from "./structures/index.ts";

/** The message as it travels; only a member's needs the membership key. */
export function protectPublic(
  suite: CipherSuite,
  membershipKey: Uint8Array | undefined,
  message: AuthenticatedContent,
  context: GroupContext,
): PublicMessage {
  const { content, auth } = message;
  if (content.sender.senderType !== "member" || membershipKey === undefined) return { content, auth };
  return { content, auth, membershipTag: membershipTag(suite, membershipKey, message, context) };
}

/** The message without its membership tag, unverified. */
export function publicContent(message: PublicMessage): AuthenticatedContent {
  return { wireFormat: "mls_public_message", content: message.content, auth: message.auth };
}

/** Refuses a member's message whose membership tag is wrong (`membershipTag`). */
export function unprotectPublic(
  suite: CipherSuite,
  membershipKey: Uint8Array,
  message: PublicMessage,
  context: GroupContext,
): AuthenticatedContent {
  const authenticated = publicContent(message);
  if (message.content.sender.senderType === "member") {
    const expected = membershipTag(suite, membershipKey, authenticated, context);
    demand(
      message.membershipTag !== undefined && suite.sameDigest(message.membershipTag, expected),
      "membershipTag",
    );
  }
  return authenticated;
}

/** Of an AuthenticatedContentTBM: what is signed, and then the signature with what is beside it. */
function membershipTag(
  suite: CipherSuite,
  membershipKey: Uint8Array,
  message: AuthenticatedContent,
  context: GroupContext,
): Uint8Array {
  const signed = signedOctets(message.wireFormat, message.content, context);
  return suite.mac(membershipKey, concat(signed, authenticationOf(message)));
}

/** FramedContentAuthData: a commit's has its confirmation tag besides. RFC 9420 §6.1 */
function authenticationOf({ auth, content }: AuthenticatedContent): Uint8Array {
  const { signature, confirmationTag } = auth;
  const withTag = content.contentType === "commit" && confirmationTag !== undefined;
  return withTag
    ? concat(octets.encode(signature), octets.encode(confirmationTag))
    : octets.encode(signature);
}

const octets = opaque(v);
