/** Structures within credentials. */
import { type Codec, DecodeError } from "../wire/index.ts";
import { refuse } from "./rules.ts";

/** What `bytes` encode. Throws CredentialError `malformed` with what the decoder found. */
export function decodedAs<T>(codec: Codec<T>, bytes: Uint8Array): T {
  try {
    return codec.decode(bytes);
  } catch (error) {
    if (error instanceof DecodeError) refuse("malformed", error.message);
    throw error;
  }
}
