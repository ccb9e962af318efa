/** Where a discovery provider takes requests; ours, as there is no protocol for it. */
export const discoveryPaths = {
  discoveryTokens: "/tokens",
  discoveryLookup: "/lookup",
  removeMapping: "/removals",
} as const;
