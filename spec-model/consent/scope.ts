/** What a consent is about: who will ask for key material, whose, and for which room. protocol-06 §5.7 (ConsentScope) */
import type { ConsentEntry } from "./structures.ts";

export interface Scope {
  readonly requester: string;
  readonly target: string;
  /** undefined: any room. */
  readonly room: string | undefined;
}

/** The scope of an entry; a roomId that is there and empty is one of no room. */
export function scopeOf(entry: ConsentEntry): Scope {
  return {
    requester: entry.requesterUri.uri,
    target: entry.targetUri.uri,
    room: entry.roomId?.uri,
  };
}

/** A name for the scope; equal scopes have equal names, and no two others. */
export function scopeName({ requester, target, room }: Scope): string {
  return JSON.stringify(room === undefined ? [requester, target] : [requester, target, room]);
}

/** The entry that says `operation` about the scope. KeyPackages go with a grant only. */
export function entryFor(
  scope: Scope,
  operation: ConsentEntry["consentOperation"],
  clientKeyPackages: Extract<ConsentEntry, { consentOperation: "grant" }>["clientKeyPackages"] = [],
): ConsentEntry {
  const about = {
    requesterUri: { uri: scope.requester },
    targetUri: { uri: scope.target },
    roomId: scope.room === undefined ? undefined : { uri: scope.room },
    consentExtensions: { componentData: [] },
  };
  return operation === "grant"
    ? { ...about, consentOperation: operation, clientKeyPackages }
    : { ...about, consentOperation: operation };
}
