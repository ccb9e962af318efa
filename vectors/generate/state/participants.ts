/** ParticipantListUpdates of one commit, applied to a list. protocol-06 §7.5 */
import { hex } from "../../../spec-model/bytes.ts";
import { ParticipantListData, ParticipantListUpdate } from "../../../spec-model/room/structures/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";

type Pair = readonly [user: string, role: number];

interface Update {
  readonly roles?: readonly (readonly [index: number, role: number])[];
  readonly removed?: readonly number[];
  readonly added?: readonly Pair[];
}

const [alice, bob, cathy, dave, eve] = ["a", "b", "c", "d", "e"].map(
  (letter, i) => `mimi://${letter}.example/u/${["alice", "bob", "cathy", "dave", "eve"][i]}`,
) as [string, string, string, string, string];
const base: readonly Pair[] = [
  [alice, 4],
  [bob, 2],
  [cathy, 2],
  [dave, 1],
];
const rule = (...names: readonly string[]) => names.map((name) => `protocol-7.5-${name}`);

export function participantGroups(): VectorGroup[] {
  return [
    {
      operation: "participants.update",
      comment:
        "Role changes first, then removals, then additions at the end; indices are those of the list before",
      input: {},
      tests: [...applied(), ...refused()],
    },
  ];
}

/** The lists afterwards are written out by hand. */
function applied(): VectorCase[] {
  const order = rule("indices-of-current-list", "order");
  const kinds: readonly (readonly [
    slug: string,
    comment: string,
    before: readonly Pair[],
    updates: readonly Update[],
    after: readonly Pair[],
  ])[] = [
    ["nothing", "an empty update", base, [{}], base],
    ["add", "one user is added", base, [{ added: [[eve, 2]] }], [...base, [eve, 2]]],
    ["add-to-none", "the first user of an empty list", [], [{ added: [[alice, 4]] }], [[alice, 4]]],
    [
      "add-two",
      "two users are added, in this order",
      [[alice, 4]],
      [
        {
          added: [
            [cathy, 2],
            [bob, 2],
          ],
        },
      ],
      [
        [alice, 4],
        [cathy, 2],
        [bob, 2],
      ],
    ],
    ["remove-first", "the first user is removed", base, [{ removed: [0] }], base.slice(1)],
    ["remove-last", "the last user is removed", base, [{ removed: [3] }], base.slice(0, 3)],
    [
      "remove-two",
      "two users are removed: the second index is not one less",
      base,
      [{ removed: [0, 1] }],
      base.slice(2),
    ],
    ["remove-backwards", "the same, the other way round", base, [{ removed: [1, 0] }], base.slice(2)],
    [
      "remove-apart",
      "users with one between them are removed",
      base,
      [{ removed: [0, 2] }],
      [
        [bob, 2],
        [dave, 1],
      ],
    ],
    ["remove-all", "everybody is removed", base, [{ removed: [0, 1, 2, 3] }], []],
    [
      "role",
      "a role changes",
      base,
      [{ roles: [[1, 3]] }],
      [
        [alice, 4],
        [bob, 3],
        [cathy, 2],
        [dave, 1],
      ],
    ],
    ["same-role", "a role changes to itself", base, [{ roles: [[1, 2]] }], base],
    [
      "roles",
      "two roles change",
      base,
      [
        {
          roles: [
            [3, 2],
            [1, 3],
          ],
        },
      ],
      [
        [alice, 4],
        [bob, 3],
        [cathy, 2],
        [dave, 2],
      ],
    ],
    [
      "large-role",
      "a role of 32 bits",
      base,
      [{ roles: [[1, 0xffffffff]] }],
      [
        [alice, 4],
        [bob, 0xffffffff],
        [cathy, 2],
        [dave, 1],
      ],
    ],
    [
      "everything",
      "role changes, removals and additions in one",
      base,
      [{ roles: [[3, 3]], removed: [1], added: [[eve, 2]] }],
      [
        [alice, 4],
        [cathy, 2],
        [dave, 3],
        [eve, 2],
      ],
    ],
    [
      "role-behind-removed",
      "a role change behind a removed user",
      base,
      [{ roles: [[2, 3]], removed: [0] }],
      [
        [bob, 2],
        [cathy, 3],
        [dave, 1],
      ],
    ],
    [
      "two-updates",
      "two updates of one commit: both refer to the list before",
      base,
      [{ removed: [0] }, { roles: [[1, 3]] }],
      [
        [bob, 3],
        [cathy, 2],
        [dave, 1],
      ],
    ],
    [
      "two-additions",
      "two updates that add",
      base.slice(0, 1),
      [{ added: [[eve, 2]] }, { added: [[bob, 2]] }],
      [
        [alice, 4],
        [eve, 2],
        [bob, 2],
      ],
    ],
    [
      "two-removals",
      "two updates that remove",
      base,
      [{ removed: [3] }, { removed: [0] }],
      [
        [bob, 2],
        [cathy, 2],
      ],
    ],
  ];
  return kinds.map(([slug, comment, before, updates, after]) =>
    positive({
      id: `participants-${slug}`,
      comment,
      requirements: order,
      outcome: "applied",
      input: { list: list(before), updates: updates.map(encoded) },
      output: { list: list(after) },
      view: { before, after },
    }),
  );
}

function refused(): VectorCase[] {
  const parent = applied().find(({ id }) => id === "participants-everything");
  if (parent === undefined) return [];
  const faulty = (
    slug: string,
    flag: string,
    path: string,
    op: string,
    requirements: readonly string[],
    ...updates: readonly Update[]
  ) =>
    negative(parent, {
      slug,
      flag,
      path: `ParticipantListUpdate.${path}`,
      op,
      outcome: "refused",
      requirements,
      change: { updates: updates.map(encoded) },
    });
  const indices = rule("indices-of-current-list");
  const once = rule("one-change-per-user");
  const [roles, removed, added] = ["changedRoleParticipants", "removedIndices", "addedParticipants"] as const;
  return [
    faulty("remove-beyond", "Index", removed, "the index is that behind the last user", indices, {
      removed: [4],
    }),
    faulty("remove-far", "Index", removed, "the index is the largest that there is", indices, {
      removed: [0xffffffff],
    }),
    faulty("role-beyond", "Index", roles, "the role of nobody changes", indices, { roles: [[4, 2]] }),
    faulty("remove-added", "Index", removed, "the user that the same update adds is removed", indices, {
      removed: [4],
      added: [[eve, 2]],
    }),
    faulty(
      "second-update-index",
      "Index",
      removed,
      "the second update refers to who the first one adds",
      indices,
      { added: [[eve, 2]] },
      { removed: [4] },
    ),
    faulty("remove-twice", "Twice", removed, "a user is removed twice", once, { removed: [1, 1] }),
    faulty("role-twice", "Twice", roles, "a user's role changes twice", once, {
      roles: [
        [1, 3],
        [1, 1],
      ],
    }),
    faulty("role-and-remove", "Twice", roles, "a user's role changes, and the user is removed", once, {
      roles: [[1, 3]],
      removed: [1],
    }),
    faulty("remove-and-add", "Twice", added, "a user is removed and added", once, {
      removed: [1],
      added: [[bob, 3]],
    }),
    faulty(
      "twice-in-two",
      "Twice",
      removed,
      "two updates remove the same user",
      once,
      { removed: [1] },
      { removed: [1] },
    ),
    faulty(
      "role-and-remove-in-two",
      "Twice",
      removed,
      "one update changes the role of a user that another removes",
      once,
      { roles: [[1, 3]] },
      { removed: [1] },
    ),
    faulty("add-listed", "Listed", added, "somebody is added who is in the list", rule("one-role"), {
      added: [[bob, 3]],
    }),
    faulty("add-twice", "Listed", added, "somebody is added twice", rule("one-role"), {
      added: [
        [eve, 2],
        [eve, 2],
      ],
    }),
    faulty(
      "add-in-two",
      "Listed",
      added,
      "two updates add the same user",
      rule("one-role"),
      { added: [[eve, 2]] },
      { added: [[eve, 3]] },
    ),
    faulty("role-0", "RoleZero", roles, "a role changes to 0, that of who is not listed", rule("one-role"), {
      roles: [[1, 0]],
    }),
    faulty("add-role-0", "RoleZero", added, "somebody is added with role 0", rule("one-role"), {
      added: [[eve, 0]],
    }),
    negative(parent, {
      slug: "long-update",
      flag: "Malformed",
      path: "ParticipantListUpdate",
      op: "an octet stands behind the update",
      outcome: "refused",
      requirements: [],
      change: { updates: [`${encoded({ removed: [1] })}00`] },
    }),
    negative(parent, {
      slug: "short-list",
      flag: "Malformed",
      path: "ParticipantListData",
      op: "the list stops early",
      outcome: "refused",
      requirements: [],
      change: { list: list(base).slice(0, -2) },
    }),
  ];
}

function list(pairs: readonly Pair[]): string {
  return hex(
    ParticipantListData.encode({ participants: pairs.map(([user, roleIndex]) => ({ user, roleIndex })) }),
  );
}

function encoded({ roles = [], removed = [], added = [] }: Update): string {
  return hex(
    ParticipantListUpdate.encode({
      changedRoleParticipants: roles.map(([userIndex, roleIndex]) => ({ userIndex, roleIndex })),
      removedIndices: [...removed],
      addedParticipants: added.map(([user, roleIndex]) => ({ user, roleIndex })),
    }),
  );
}
