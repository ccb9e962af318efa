/** Join codes as a hub keeps them: for which role, until when, for how many. room-policy-04 §6.2 and §8.1.1 */
import type { RoomPolicy } from "../policy-facts.ts";

export interface JoinCode {
  readonly code: string;
  /** The role that it lets its user join in. */
  readonly role: number;
  /** Milliseconds since 1970; the moment itself is too late. Missing: no end. */
  readonly expiresMs?: number;
  /** Several users may use it. */
  readonly multiuser: boolean;
}

/** A new code under the room's policy on join links; without one it is for one user and does not expire. */
export function newJoinCode(
  { joinLinkPolicy }: Pick<Partial<RoomPolicy>, "joinLinkPolicy">,
  code: string,
  role: number,
  nowMs: number,
): JoinCode {
  if (joinLinkPolicy === undefined) return { code, role, multiuser: false };
  const { multiuser, expiration } = joinLinkPolicy;
  return { code, role, multiuser, expiresMs: nowMs + expiration * 1000 };
}

/** The codes that are valid at a time in milliseconds. */
export function validJoinCodes(codes: readonly JoinCode[], nowMs: number): readonly JoinCode[] {
  return codes.filter(({ expiresMs }) => expiresMs === undefined || nowMs < expiresMs);
}

/** The codes that are left once `code` has let somebody in. */
export function spendJoinCode(codes: readonly JoinCode[], code: string): readonly JoinCode[] {
  return codes.filter((each) => each.multiuser || each.code !== code);
}
