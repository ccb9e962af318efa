/** The crypto operations, answered by the model. */
import type { Provider } from "../../../spec-model/mls/index.ts";
import { componentHandlers } from "./crypto/components.ts";
import { credentialHandlers } from "./crypto/credentials.ts";
import { followHandlers } from "./crypto/follow.ts";
import { frankingHandlers } from "./crypto/franking.ts";
import { keyPackageHandlers } from "./crypto/key-packages.ts";
import { multiCredentialHandlers } from "./crypto/multi-credentials.ts";
import { requestHandlers } from "./crypto/requests.ts";
import { semiPrivateHandlers } from "./crypto/semi-private.ts";
import type { Handler } from "./handler.ts";

/** The operations over `provider`'s primitives: an implementation's mistakes can be in them as well. */
export function cryptoHandlersOver(provider?: Provider): Readonly<Record<string, Handler>> {
  return {
    ...requestHandlers(provider),
    ...frankingHandlers(provider),
    ...semiPrivateHandlers(provider),
    ...componentHandlers(provider),
    ...followHandlers(provider),
    ...keyPackageHandlers(provider),
    ...multiCredentialHandlers(provider),
    ...credentialHandlers,
  };
}

export const cryptoHandlers = cryptoHandlersOver();
