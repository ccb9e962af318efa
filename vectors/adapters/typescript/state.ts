/** The state operations, answered by the model. */
import type { Handler } from "./handler.ts";
import { claimHandlers } from "./state/claims.ts";
import { componentHandlers } from "./state/components.ts";
import { consentHandlers } from "./state/consent.ts";
import { searchHandlers } from "./state/search.ts";

export const stateHandlers: Readonly<Record<string, Handler>> = {
  ...componentHandlers,
  ...consentHandlers,
  ...claimHandlers,
  ...searchHandlers,
};
