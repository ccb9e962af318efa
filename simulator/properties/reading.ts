/**
 * What properties read out of rooms and logs by themselves: they do not ask the functions whose decisions they check.
 * RFC 9420 §12.4, protocol-06 §5.3 and §7.5
 */
import { hex } from "../../spec-model/bytes.ts";
import type { HostedRoom } from "../../spec-model/hub/index.ts";
import {
  type Change,
  holderOf,
  type MemberClient,
  type Participant,
  type ProposalFacts,
  type Role,
} from "../../spec-model/room/index.ts";
import type { Accepted } from "./step.ts";

/** A commit in a hub's log, as far as everybody can read it. */
export interface ReadCommit {
  /** The epoch that it ends. */
  readonly epoch: number;
  /** References of the pending proposals that it takes up, hex. */
  readonly references: readonly string[];
  readonly committer:
    | { readonly kind: "member"; readonly leaf: number }
    | { readonly kind: "joiner"; readonly client: string; readonly user: string };
}

/** undefined where the commit is encrypted, or is none. */
export function readCommit({ kind, fanned }: Accepted): ReadCommit | undefined {
  const { message } = fanned;
  if (kind !== "commit" || message.wireFormat !== "mls_public_message") return undefined;
  const { content } = message.publicMessage;
  if (content.contentType !== "commit") return undefined;
  const references = content.commit.proposals.flatMap((each) =>
    each.type === "reference" ? [hex(each.reference)] : [],
  );
  const committer = committerOf(content.sender, content.commit.path?.leafNode.credential);
  return committer === undefined ? undefined : { epoch: Number(content.epoch), references, committer };
}

type PublicContent = Extract<
  Accepted["fanned"]["message"],
  { wireFormat: "mls_public_message" }
>["publicMessage"]["content"];

function committerOf(
  sender: PublicContent["sender"],
  credential: Parameters<typeof holderOf>[0] | undefined,
): ReadCommit["committer"] | undefined {
  if (sender.senderType === "member") return { kind: "member", leaf: sender.leafIndex };
  const holder = credential === undefined ? undefined : holderOf(credential);
  return holder === undefined ? undefined : { kind: "joiner", ...holder };
}

/** The epoch of a handshake or of an application message. */
export function epochOf({ fanned }: Accepted): number | undefined {
  const { message } = fanned;
  if (message.wireFormat === "mls_public_message") return Number(message.publicMessage.content.epoch);
  return message.wireFormat === "mls_private_message" ? Number(message.privateMessage.epoch) : undefined;
}

/** KeyPackageRefs that a Welcome has secrets for. */
export function welcomedBy({ fanned }: Accepted): readonly string[] {
  const { message } = fanned;
  return message.wireFormat === "mls_welcome"
    ? message.welcome.secrets.map(({ newMember }) => hex(newMember))
    : [];
}

/** The list and the clients with everything that has been accepted and not committed. protocol-06 §7.1 */
export interface Effective {
  readonly participants: readonly Participant[];
  readonly members: readonly MemberClient[];
}

/** One change after the other; what each says is in it, and nothing is judged. */
export function withPending(room: Effective, pending: readonly ProposalFacts[]): Effective {
  return pending.flatMap(({ changes }) => changes).reduce(after, room);
}

/** The room as its hub has it now, with what is pending. */
export function effectiveOf({ machine }: HostedRoom): Effective {
  return withPending(machine.context.current, machine.context.pending);
}

function after({ participants, members }: Effective, change: Change): Effective {
  switch (change.kind) {
    case "addParticipant":
      return { participants: [...participants, { user: change.user, role: change.role }], members };
    case "removeParticipant":
      return { participants: participants.filter(({ user }) => user !== change.user), members };
    case "changeRole":
      return {
        participants: participants.map((each) =>
          each.user === change.user ? { user: each.user, role: change.to } : each,
        ),
        members,
      };
    case "removeClient":
      return { participants, members: members.filter(({ leaf }) => leaf !== change.leaf) };
    default:
      return { participants, members };
  }
}

/** The user's role; undefined where it is not listed. */
export function roleIn(list: readonly Participant[], user: string): number | undefined {
  return list.find((each) => each.user === user)?.role;
}

export function roleWith(roles: readonly Role[], index: number): Role | undefined {
  return roles.find((each) => each.index === index);
}

/** Where a room has a role of the banned it is role 1 of this name. room-policy-04 §8.1.3 */
export function bannedRoleOf(roles: readonly Role[]): number | undefined {
  return roles.find(({ index, name }) => index === 1 && name === "banned")?.index;
}

/** Whether what the hub has accepted takes the user out of the room, or bans it there. protocol-06 §5.3 */
export function isOut(hosted: HostedRoom, user: string): boolean {
  const { policy, current } = hosted.machine.context;
  const role = roleIn(effectiveOf(hosted).participants, user);
  if (role === undefined) return roleIn(current.participants, user) !== undefined;
  return role === bannedRoleOf(policy.roles);
}

/** `live`, `destroyed`, ... */
export function lifeOf({ machine }: HostedRoom): string {
  return typeof machine.value === "string" ? machine.value : (Object.keys(machine.value)[0] ?? "");
}
