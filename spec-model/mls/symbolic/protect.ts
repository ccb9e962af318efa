/** Protecting what a member sends, in the wire format it chooses (RFC 9420 §6, semiprivatemessage-07 §4). */
import type { RandomSource } from "../../random.ts";
import { demand, refuse } from "../errors.ts";
import { requiredWireFormats } from "../extensions.ts";
import type { AuthenticatedContent, MLSMessage } from "../structures/index.ts";
import type { SymbolicMember } from "./member.ts";
import { protectPrivate, protectPublic } from "./protection.ts";
import { protectSemiPrivate } from "./semiprivate.ts";
import { symbolicSuite } from "./suite.ts";

/** The message as it travels, and the member's state with the key it took used up. */
export function protect(
  member: SymbolicMember,
  message: AuthenticatedContent,
  paddingLength: number,
  random: RandomSource,
): { message: MLSMessage; state: SymbolicMember } {
  const version = "mls10";
  const { wireFormat } = message;
  switch (wireFormat) {
    case "mls_public_message":
      return {
        message: { version, wireFormat, publicMessage: protectPublic(member, message) },
        state: member,
      };
    case "mls_private_message": {
      const sealed = protectPrivate(member, message, paddingLength, random);
      const state = { ...member, ratchets: sealed.ratchets };
      return { message: { version, wireFormat, privateMessage: sealed.message }, state };
    }
    case "mls_semiprivate_message": {
      const { cipherSuite, extensions } = member.groupContext;
      demand(requiredWireFormats(extensions).includes(wireFormat), "semiPrivateNotRequired");
      const sealed = protectSemiPrivate(symbolicSuite(cipherSuite), member, message, paddingLength, random);
      const state = { ...member, ratchets: sealed.ratchets };
      return { message: { version, wireFormat, semiprivateMessage: sealed.message }, state };
    }
    default:
      return refuse("unexpectedWireFormat", `${wireFormat}`);
  }
}
