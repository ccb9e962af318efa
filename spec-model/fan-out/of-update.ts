/** The event that an accepted update is for those who are in the room already. protocol-06 §5.5 */
import type { MLSMessage } from "../mls/index.ts";
import type { HandshakeBundle } from "../update/index.ts";
import type { FanoutMessage } from "./structures.ts";

/**
 * The handshake as it came, with its further proposals and no others; a commit with the hub's own proposals for the
 * epoch that it begins. `timestamp` in ms since the UNIX epoch. protocol-06 §5.5
 */
export function eventOfUpdate(
  bundle: HandshakeBundle,
  timestamp: bigint,
  stapled: readonly MLSMessage[] = [],
): FanoutMessage {
  const { proposalOrCommit: message, moreProposals } = bundle;
  return moreProposals === undefined
    ? { timestamp, message, externalProposals: [...stapled] }
    : { timestamp, message, moreProposals };
}
