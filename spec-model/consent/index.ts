/** Consent to be added to rooms. */
export { type ConsentCacheEvent, consentCacheMachine } from "./cache-machine.ts";
export { consentMachine } from "./consent-machine.ts";
export {
  type ConsentContext,
  type ConsentEvent,
  type ConsentPolicy,
  mayRequest,
  mayUpdate,
} from "./consent-rules.ts";
export {
  type ConsentLedger,
  consentInForce,
  consentOf,
  isDeniedForAnyRoom,
  nextOrder,
  type Standing,
} from "./ledger.ts";
export { entryFor, type Scope, scopeName, scopeOf } from "./scope.ts";
export * from "./structures.ts";
