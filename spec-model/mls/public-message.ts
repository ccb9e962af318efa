/** PublicMessage: signed, and tagged by members, but not encrypted (RFC 9420 §6.2). */
import { equalBytes } from "../bytes.ts";
import { contentToBeSigned } from "./content-signature.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand } from "./errors.ts";
import {
  type AuthenticatedContent,
  AuthenticatedContentTBM,
  type GroupContext,
  type PublicMessage,
} from "./structures/index.ts";

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
      message.membershipTag !== undefined && equalBytes(message.membershipTag, expected),
      "membershipTag",
    );
  }
  return authenticated;
}

function membershipTag(
  suite: CipherSuite,
  membershipKey: Uint8Array,
  message: AuthenticatedContent,
  context: GroupContext,
): Uint8Array {
  const contentTbs = contentToBeSigned(message.wireFormat, message.content, context);
  return suite.mac(membershipKey, AuthenticatedContentTBM.encode({ contentTbs, auth: message.auth }));
}
