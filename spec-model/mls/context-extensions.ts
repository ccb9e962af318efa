/** Whether the extensions of a GroupContext are well-formed and acceptable, wherever they come from (RFC 9420 §5.3.1, §13.4). */
import { dictionaryOf } from "./app-data.ts";
import { type MlsApplication, unlessRefused } from "./application.ts";
import { demandDistinct, externalSenders, requiredCapabilities, requiredWireFormats } from "./extensions.ts";
import type { Extension } from "./structures/index.ts";

/** Refuses extensions that cannot be read, occur twice, or name an external sender whom the application does not accept. */
export function validateContextExtensions(extensions: readonly Extension[], app: MlsApplication): void {
  demandDistinct(extensions);
  requiredCapabilities(extensions);
  requiredWireFormats(extensions);
  dictionaryOf(extensions);
  for (const { credential, signatureKey } of externalSenders(extensions)) {
    unlessRefused(app.validateExternalSender?.(credential, signatureKey), "externalSenderRefused");
  }
}
