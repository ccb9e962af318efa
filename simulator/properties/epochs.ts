/** Epochs: one successor each, the same for everybody, and nothing accepted is ever lost. protocol-06 §5.3, §5.5 and §7 */
import { equalBytes, hex } from "../../spec-model/bytes.ts";
import type { GroupContext, GroupView } from "../../spec-model/mls/index.ts";
import { participantsIn } from "../../spec-model/room/index.ts";
import { createAgreement } from "./agreement.ts";
import type { Property } from "./definition.ts";
import { always, atHub, eachStep, sentences, together } from "./definition.ts";
import { epochOf, readCommit } from "./reading.ts";

/** I01 */
const agreement: Property = {
  id: "I01",
  says: "all clients of a room agree on the GroupContext and the epoch authenticator",
  draft: "protocol-06 §7.3",
  assumes: ["client"],
  kind: "safety",
  watch() {
    const { enter, leave } = createAgreement();
    return {
      step({ actor, outputs }) {
        let found: string[] | undefined;
        for (const output of outputs) {
          if (output.type === "departed") leave(actor, output.room);
          if (output.type !== "entered") continue;
          found ??= [];
          const { holds, detail } = enter(actor, output);
          if (!holds) found.push(detail);
        }
        return found;
      },
    };
  },
};

const singleSuccessor = atHub(
  {
    id: "I02",
    says: "the hub accepts at most one commit for each epoch, and its log only grows",
    draft: "protocol-06 §5.3 and §5.5",
    assumes: ["hub"],
  },
  () => {
    const commits = new Map<string, string>();
    return ({ room, before, after, accepted }) => {
      const doubled = accepted.flatMap((entry) => {
        const epoch = entry.kind === "commit" ? epochOf(entry) : undefined;
        if (epoch === undefined) return [];
        const place = `${hex((before ?? after).group.groupContext.groupId)} ${epoch}`;
        const earlier = commits.get(place);
        commits.set(place, entry.item);
        return earlier === undefined
          ? []
          : [
              `${room}: entries ${earlier} and ${entry.item} of the log are both commits that end epoch ${epoch}`,
            ];
      });
      const [from, to] = [before?.machine.context.current.epoch ?? 0, after.machine.context.current.epoch];
      const goesOn = before === undefined || isSameGroup(before.group, after.group);
      return sentences(
        ...doubled,
        goesOn && to < from && `${room}: the hub goes back from epoch ${from} to ${to}`,
      );
    };
  },
);

const effectiveFold = always({
  id: "I08",
  says: "what the hub believes of a room is what the group's context, its tree and its pending proposals say",
  draft: "protocol-06 §7.1",
  assumes: ["hub"],
  holds({ room, group, machine, pending }) {
    const { current, pending: facts } = machine.context;
    const believed = current.participants.map(({ user, role }) => `${user} in role ${role}`).join(", ");
    const listed = listOf(group.groupContext);
    return sentences(
      Number(group.groupContext.epoch) !== current.epoch &&
        `${room}: the group is in epoch ${group.groupContext.epoch}, and the hub in epoch ${current.epoch}`,
      listed !== believed && `${room}: the participant list says ${listed}; the hub has ${believed}`,
      group.pendingProposals.size !== facts.length &&
        `${room}: ${group.pendingProposals.size} proposals are pending in the group, and ${facts.length} at the hub`,
      pending.length > facts.length &&
        `${room}: the hub keeps ${pending.length} messages for ${facts.length}`,
    );
  },
});

const commitCoversPending = atHub(
  {
    id: "I10",
    says: "an accepted commit takes up every pending proposal; an external one leaves behind only the hub's own",
    draft: "protocol-06 §3.5 and §5.5",
    assumes: ["hub"],
  },
  () =>
    ({ room, before, accepted }) => {
      const first = accepted.find(({ kind }) => kind === "commit");
      const commit = first === undefined ? undefined : readCommit(first);
      if (before === undefined || commit === undefined) return undefined;
      const { pending } = before.machine.context;
      return pending
        .filter(({ reference }) => reference !== undefined && !commit.references.includes(reference))
        .filter(({ author }) => commit.committer.kind === "member" || author.kind !== "provider")
        .map(
          ({ author }) =>
            `${room}: the commit that ends epoch ${commit.epoch} leaves out what ` +
            `${author.kind === "provider" ? author.domain : author.user} had proposed`,
        );
    },
);

const durable = eachStep(
  {
    id: "I47",
    says: "what the hub has accepted stays in its log as it was, also when it stops and goes on",
    draft: "protocol-06 §5.5",
    assumes: ["hub"],
  },
  () =>
    ({ actor, provider }) => {
      if (provider === undefined || provider.before.hosted === provider.after.hosted) return undefined;
      return together(
        Object.values(provider.before.hosted).map(({ room, log }) => {
          const now = provider.after.hosted[room]?.log;
          if (now === undefined) return [`${actor} no longer has the room ${room}`];
          if (now === log) return undefined;
          return Object.entries(log)
            .filter(([item, bytes]) => now[item] !== bytes && !equalBytes(now[item] ?? empty, bytes))
            .map(([item]) => `${room}: entry ${item} of the log is gone, or is another one`);
        }),
      );
    },
);

const empty = new Uint8Array(0);

const updateDeterminism: Property = eachStep(
  {
    id: "I07",
    says: "an update of the participant list comes to the same list at the hub and at every client",
    draft: "protocol-06 §7.5",
    assumes: ["hub", "client"],
  },
  () => {
    const lists = new Map<string, { readonly list: string; readonly by: string }>();
    const compare = (by: string, room: string, before: GroupContext | undefined, after: GroupContext) => {
      const isSame = before !== undefined && equalBytes(before.groupId, after.groupId);
      if (isSame && before.epoch === after.epoch) return undefined;
      const list = listOf(after);
      const place = `epoch ${after.epoch} of ${room}`;
      const key = `${hex(after.groupId)} ${after.epoch}`;
      const known = lists.get(key);
      if (known === undefined) lists.set(key, { list, by });
      if (known === undefined || known.list === list) return [];
      return [`${place}: the list of ${by} is ${list}; that of ${known.by} is ${known.list}`];
    };
    return ({ actor, hosted, rooms }) =>
      together([
        ...hosted.map(({ room, before, after }) =>
          compare(actor, room, before?.group.groupContext, after.group.groupContext),
        ),
        ...rooms.map(({ room, before, after }) =>
          after.member === undefined
            ? undefined
            : compare(actor, room, before?.member?.groupContext, after.member.groupContext),
        ),
      ]);
  },
);

function isSameGroup(one: GroupView, other: GroupView): boolean {
  return equalBytes(one.groupContext.groupId, other.groupContext.groupId);
}

function listOf(groupContext: GroupContext): string {
  return participantsIn(groupContext)
    .map(({ user, role }) => `${user} in role ${role}`)
    .join(", ");
}

export const epochs: readonly Property[] = [
  agreement,
  singleSuccessor,
  updateDeterminism,
  effectiveFold,
  commitCoversPending,
  durable,
];
