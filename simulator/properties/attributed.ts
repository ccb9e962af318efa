/**
 * Who did what in a commit: the difference between two epochs, each part of it put down to the proposer whose pending
 * proposal names it, or else to the committer. protocol-06 §7.1
 */
import type { HostedRoom } from "../../spec-model/hub/index.ts";
import type { Author, Change, ProposalFacts } from "../../spec-model/room/index.ts";
import { readCommit, roleIn } from "./reading.ts";
import type { HostedChange } from "./step.ts";

export interface Deed {
  /** A user's URI, or a provider's as `mimi://domain`. */
  readonly author: string;
  /** Whether the author comes in by this very commit. */
  readonly joining: boolean;
  /** The client that joins. */
  readonly client?: string;
  readonly what: DeedChange;
}

export type DeedChange =
  | { readonly kind: "add"; readonly user: string; readonly role: number }
  | { readonly kind: "remove"; readonly user: string }
  | { readonly kind: "role"; readonly user: string; readonly from: number; readonly to: number }
  | { readonly kind: "addClient" | "removeClient"; readonly user: string; readonly client: string };

/** What the commit of a step changes; undefined where there is none, or it cannot be read. */
export function deedsOf({ before, after, accepted }: HostedChange): readonly Deed[] | undefined {
  const entry = accepted.find(({ kind }) => kind === "commit");
  const commit = entry === undefined ? undefined : readCommit(entry);
  if (before === undefined || commit === undefined) return undefined;
  const { current, pending } = before.machine.context;
  const { committer } = commit;
  const joining = committer.kind === "joiner";
  const author =
    committer.kind === "joiner"
      ? committer.user
      : current.members.find(({ leaf }) => leaf === committer.leaf)?.user;
  if (author === undefined) return undefined;
  const client = committer.kind === "joiner" ? { client: committer.client } : {};
  const taken = pending.filter(({ reference }) => commit.references.includes(reference ?? ""));
  return differences(before, after).map((what) => {
    const proposer = taken.find(({ changes }) => changes.some((change) => isAbout(change, what)))?.author;
    return proposer === undefined
      ? { author, joining, ...client, what }
      : { author: uriOf(proposer), joining: false, what };
  });
}

/** What proposals that have just become pending want. */
export function wantedBy({ author, changes }: ProposalFacts): readonly Deed[] {
  return changes.flatMap((change): Deed[] => {
    const what = deedOf(change);
    return what === undefined ? [] : [{ author: uriOf(author), joining: author.kind === "newMember", what }];
  });
}

export function uriOf(author: Author): string {
  return author.kind === "provider" ? `mimi://${author.domain}` : author.user;
}

function deedOf(change: Change): DeedChange | undefined {
  switch (change.kind) {
    case "addParticipant":
      return { kind: "add", user: change.user, role: change.role };
    case "removeParticipant":
      return { kind: "remove", user: change.user };
    case "changeRole":
      return { kind: "role", user: change.user, from: change.from, to: change.to };
    case "addClient":
    case "removeClient":
      return { kind: change.kind, user: change.user, client: change.client };
    default:
      return undefined;
  }
}

function isAbout(change: Change, what: DeedChange): boolean {
  const deed = deedOf(change);
  if (deed?.kind !== what.kind || deed.user !== what.user) return false;
  return !("client" in deed) || !("client" in what) || deed.client === what.client;
}

function differences(before: HostedRoom, after: HostedRoom): DeedChange[] {
  const [then, now] = [before.machine.context.current, after.machine.context.current];
  // A client that comes back by a new leaf is removed and added.
  const isIn = (members: typeof now.members, of: (typeof now.members)[number]) =>
    members.some(({ client }) => client === of.client);
  return [
    ...now.participants.flatMap(({ user, role }): DeedChange[] => {
      const from = roleIn(then.participants, user);
      if (from === undefined) return [{ kind: "add", user, role }];
      return from === role ? [] : [{ kind: "role", user, from, to: role }];
    }),
    ...then.participants
      .filter(({ user }) => roleIn(now.participants, user) === undefined)
      .map(({ user }): DeedChange => ({ kind: "remove", user })),
    ...now.members
      .filter((member) => !isIn(then.members, member))
      .map(({ user, client }): DeedChange => ({ kind: "addClient", user, client })),
    ...then.members
      .filter((member) => !isIn(now.members, member))
      .map(({ user, client }): DeedChange => ({ kind: "removeClient", user, client })),
  ];
}
