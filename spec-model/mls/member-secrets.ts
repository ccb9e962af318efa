/** Secrets that a member hands to the application, and messages that an external receiver opens. */
import { type MlsApplication, suiteFor } from "./application.ts";
import { exportFrom, safeExportFrom } from "./exporter.ts";
import type { MemberState } from "./member.ts";
import { openAsReceiver } from "./semiprivate-message.ts";
import type {
  AuthenticatedContent,
  ExternalReceiver,
  GroupContext,
  SemiPrivateMessage,
} from "./structures/index.ts";

/** A value that members of one epoch can compare to see that they agree on it. RFC 9420 §8.7 */
export function epochAuthenticator(member: MemberState): Uint8Array {
  return member.secrets.epochAuthenticator;
}

/** `length` octets that all members of the epoch derive. RFC 9420 §8.5 */
export function exportSecret(
  member: MemberState,
  label: string,
  context: Uint8Array,
  length: number,
  app: MlsApplication,
): Uint8Array {
  const suite = suiteFor(app, member.groupContext.cipherSuite);
  return exportFrom(suite, member.secrets, label, context, length);
}

/** A component's secret of the epoch, once; refuses the second time (`componentSecretUsed`). mls-extensions §4.4 */
export function safeExportSecret(
  member: MemberState,
  componentId: number,
  app: MlsApplication,
): { state: MemberState; secret: Uint8Array } {
  const suite = suiteFor(app, member.groupContext.cipherSuite);
  const { tree, secret } = safeExportFrom(suite, member.exporterTree, componentId);
  return { state: { ...member, exporterTree: tree }, secret };
}

/** The content of a SemiPrivateMessage for one external receiver. semiprivatemessage-07 §4.3 */
export function decryptAsReceiver(
  receiver: { readonly receiver: ExternalReceiver; readonly privateKey: Uint8Array },
  message: SemiPrivateMessage,
  context: GroupContext,
  app: MlsApplication,
): AuthenticatedContent {
  const suite = suiteFor(app, context.cipherSuite);
  return openAsReceiver(suite, receiver.receiver, receiver.privateKey, message, context);
}
