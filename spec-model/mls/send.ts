/** Signing and protecting what a member sends, in the wire format it chooses (RFC 9420 §6, semiprivatemessage-07). */
import type { RandomSource } from "../random.ts";
import { demandSafeAadWhereRequired } from "./app-data.ts";
import { signContent } from "./content-signature.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, refuse } from "./errors.ts";
import { requiredWireFormats } from "./extensions.ts";
import { type MemberState, messageKeys } from "./member.ts";
import { protectPrivate } from "./private-message.ts";
import { protectPublic } from "./public-message.ts";
import { protectSemiPrivate } from "./semiprivate-message.ts";
import type { AuthenticatedContent, FramedContent, MLSMessage } from "./structures/index.ts";

export type HandshakeFormat = "mls_public_message" | "mls_private_message" | "mls_semiprivate_message";

export interface SendOptions {
  /** Default: mls_public_message. */
  readonly wireFormat?: HandshakeFormat;
  readonly authenticatedData?: Uint8Array;
  /** Zero octets inside the encryption; meaningless in a PublicMessage. */
  readonly paddingLength?: number;
}

/** The content with the member's signature; a commit's confirmation tag is added by whoever makes it. */
export function signAsMember(
  suite: CipherSuite,
  member: Pick<MemberState, "groupContext" | "signaturePrivateKey">,
  content: FramedContent,
  wireFormat: HandshakeFormat,
): AuthenticatedContent {
  const { groupContext, signaturePrivateKey } = member;
  demandSafeAadWhereRequired(groupContext.extensions, content.authenticatedData);
  const signature = signContent(suite, signaturePrivateKey, wireFormat, content, groupContext);
  return { wireFormat, content, auth: { signature } };
}

/** The message as it travels, and the member's state with the key it took used up. */
export function protect(
  suite: CipherSuite,
  member: MemberState,
  message: AuthenticatedContent,
  paddingLength: number,
  random: RandomSource,
): { message: MLSMessage; state: MemberState } {
  const { groupContext, secrets } = member;
  const version = "mls10";
  switch (message.wireFormat) {
    case "mls_public_message": {
      const publicMessage = protectPublic(suite, secrets.membershipKey, message, groupContext);
      return { message: { version, wireFormat: message.wireFormat, publicMessage }, state: member };
    }
    case "mls_private_message": {
      const sealed = protectPrivate(suite, messageKeys(member), message, paddingLength, random);
      const state = { ...member, secretTree: sealed.secretTree };
      return { message: { version, wireFormat: message.wireFormat, privateMessage: sealed.message }, state };
    }
    case "mls_semiprivate_message": {
      const agreed = requiredWireFormats(groupContext.extensions).includes(message.wireFormat);
      demand(agreed, "semiPrivateNotRequired");
      const keys = messageKeys(member);
      const sealed = protectSemiPrivate(suite, keys, message, groupContext, paddingLength, random);
      const state = { ...member, secretTree: sealed.secretTree };
      const { wireFormat } = message;
      return { message: { version, wireFormat, semiprivateMessage: sealed.message }, state };
    }
    default:
      return refuse("unexpectedWireFormat", `${message.wireFormat}`);
  }
}
