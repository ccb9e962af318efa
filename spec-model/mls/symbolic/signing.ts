/**
 * Signing what the core verifies (RFC 9420 §6.1, §12.4.3): the same octets, put together from encodings that are needed
 * more than once.
 */
import { concat } from "../../bytes.ts";
import { vector } from "../../wire/index.ts";
import { contentToBeSigned } from "../content-signature.ts";
import type { CipherSuite } from "../crypto/index.ts";
import type { GroupInfoSigner } from "../group-info.ts";
import type { GroupView } from "../group-view.ts";
import { signWithLabel } from "../labelled.ts";
import { MAC } from "../structures/basics.ts";
import {
  Extension,
  type FramedContent,
  type GroupContext,
  type GroupInfo,
  ProtocolVersion,
  WireFormat,
} from "../structures/index.ts";
import { encodedContent, encodedContext } from "./names.ts";

/** The signature of FramedContentTBS. */
export function signContent(
  suite: CipherSuite,
  privateKey: Uint8Array,
  wireFormat: WireFormat,
  content: FramedContent,
  context: GroupContext,
): Uint8Array {
  const bound = contentToBeSigned(wireFormat, content, context).context;
  const signed = concat(
    ProtocolVersion.encode("mls10"),
    WireFormat.encode(wireFormat),
    encodedContent(content),
    ...(bound === undefined ? [] : [encodedContext(bound)]),
  );
  return signWithLabel(suite, privateKey, "FramedContentTBS", signed);
}

/** A member's GroupInfo of the group's epoch with these extensions. */
export function signGroupInfo(
  suite: CipherSuite,
  { groupContext, confirmationTag }: GroupView,
  { leafIndex: signer, signaturePrivateKey }: GroupInfoSigner,
  extensions: Extension[],
): GroupInfo {
  const signed = concat(
    encodedContext(groupContext),
    extensionList.encode(extensions),
    MAC.encode(confirmationTag),
    Uint8Array.of(signer >>> 24, signer >>> 16, signer >>> 8, signer),
  );
  const signature = signWithLabel(suite, signaturePrivateKey, "GroupInfoTBS", signed);
  return { groupContext, extensions, confirmationTag, signer, signature };
}

const extensionList = vector(Extension);
