/** What is signed, encrypted, hashed or expanded under a label (RFC 9420 §5.1.2, §5.1.3, §5.2 and §8). */
import { opaque, struct, uint16, v } from "../../wire/index.ts";

export const SignContent = struct("SignContent", { label: opaque(v), content: opaque(v) }).from(
  "RFC 9420 §5.1.2",
  "the input of every signature",
);
export const EncryptContext = struct("EncryptContext", { label: opaque(v), context: opaque(v) }).from(
  "RFC 9420 §5.1.3",
  "the info of every encryption to a public key",
);
export const RefHashInput = struct("RefHashInput", { label: opaque(v), value: opaque(v) }).from(
  "RFC 9420 §5.2",
  "the input of every reference",
);
export const KDFLabel = struct("KDFLabel", { length: uint16, label: opaque(v), context: opaque(v) }).from(
  "RFC 9420 §8",
  "the info of every derived secret",
);
