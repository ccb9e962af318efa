/** The revisions that are modelled, named once. Everything that depends on a revision cites it by these short names. */

export interface Draft {
  /** How sources are cited: `protocol-06`. */
  readonly short: string;
  readonly document: string;
}

export const drafts: readonly Draft[] = [
  { short: "protocol-06", document: "draft-ietf-mimi-protocol-06" },
  { short: "room-policy-04", document: "draft-ietf-mimi-room-policy-04" },
  { short: "content-09", document: "draft-ietf-mimi-content-09" },
  { short: "arch-03", document: "draft-ietf-mimi-arch-03" },
  { short: "message-status-01", document: "draft-mahy-mimi-message-status-01" },
  { short: "identity-05", document: "draft-mahy-mimi-identity-05" },
  { short: "discovery", document: "draft-interop-mimi-discovery-requirements" },
  { short: "mls-extensions", document: "draft-ietf-mls-extensions, July 2026" },
  { short: "semiprivatemessage-07", document: "draft-mahy-mls-semiprivatemessage-07" },
  { short: "ratchet-tree-options-03", document: "draft-mahy-mls-ratchet-tree-options-03" },
];
