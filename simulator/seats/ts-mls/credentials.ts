/** Who the holder of a credential is that ts-mls has read. identity-05 §4 */
import type { Credential as TsCredential } from "ts-mls";
import { encodeCredential } from "ts-mls/credential.js";
import { Credential } from "../../../spec-model/mls/index.ts";
import { holderOf } from "../../../spec-model/room/index.ts";

/** The client and user that the credential speaks for, or undefined where it says neither. */
export function holderOfTsMls(credential: TsCredential): ReturnType<typeof holderOf> {
  return holderOf(Credential.decode(encodeCredential(credential)));
}
