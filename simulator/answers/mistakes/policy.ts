/** Hubs and clients that misread a room's policy, beyond the rules that they may lack. room-policy-04 */
import type { Decision, PolicyState, Role } from "../../../spec-model/room/index.ts";
import type { Faculties, PolicyFaculties } from "../faculties.ts";
import { type AnswerDefect, by, type Row } from "./mistake.ts";

const allowed: Decision = { allowed: true };
const instead =
  (change: (policy: PolicyFaculties) => Partial<PolicyFaculties>) =>
  ({ policy }: Faculties): Partial<Faculties> => ({ policy: { ...policy, ...change(policy) } });
/** Decides for another room than there is. */
const seeing = (change: (state: PolicyState) => PolicyState) =>
  instead(({ decide }) => ({ decide: (state, ...asked) => decide(change(state), ...asked) }));
const withRoles = (change: (role: Role) => Role) =>
  seeing((state) => ({ ...state, roles: state.roles.map(change) }));
const refused: Decision = { allowed: false, rule: "canDestroyRoom", draft: "", says: "no reason" };

const roles: readonly Row[] = [
  [
    "hub-has-a-least-holder",
    "takes a minimum of zero for one of one",
    ["room-policy-3-zero-minimum"],
    withRoles((role) =>
      role.index < 2 ? role : { ...role, minimumParticipants: Math.max(1, role.minimumParticipants) },
    ),
  ],
  [
    "hub-ignores-minima",
    "goes by no minimum of a role",
    ["room-policy-3-constraints"],
    withRoles((role) => ({ ...role, minimumParticipants: 0 })),
  ],
  [
    "hub-takes-no-maximum-for-zero",
    "takes a maximum that is not there for zero",
    ["room-policy-3-absent-maximum"],
    withRoles((role) => ({ maximumParticipants: 0, ...role })),
  ],
  [
    "hub-lists-in-role-zero",
    "lists participants in role 0",
    ["room-policy-3-role-zero-reserved"],
    instead(({ decide }) => ({
      decide: (state, ...asked) => {
        const decision = decide(state, ...asked);
        return !decision.allowed && decision.rule === "role-is-defined" ? allowed : decision;
      },
    })),
  ],
  [
    "hub-takes-role-one-for-banned",
    "takes role 1 for that of the banned, whatever its name",
    ["room-policy-8.1.3-banned-role", "room-policy-8.1.3-unban-from-banned"],
    withRoles((role) => (role.index === 1 ? { ...role, name: "banned" } : role)),
  ],
  [
    "hub-unbans-nobody",
    "knows no canUnBan",
    ["room-policy-8.1.3-unban"],
    withRoles((role) => ({ ...role, capabilities: role.capabilities.filter((each) => each !== "canUnBan") })),
  ],
  [
    "hub-lets-unbanning-add-clients",
    "lets whoever unbans a user add its clients",
    ["room-policy-8.1.3-unban-adds-no-client"],
    instead(({ decide }) => ({
      decide: (state, request, ...more) => {
        const decision = decide(state, request, ...more);
        if (decision.allowed || request.kind !== "commit") return decision;
        const changes = request.proposals.flatMap((each) => each.changes);
        return changes.some((each) => each.kind === "changeRole" && each.from === 1) ? allowed : decision;
      },
    })),
  ],
  [
    "hub-judges-commits-only",
    "takes every proposal and judges when it is committed",
    ["room-policy-8-propose-and-commit", "protocol-7.5-each-authorised"],
    instead(({ decide }) => ({
      decide: (state, request, ...more) =>
        request.kind === "proposals" ? allowed : decide(state, request, ...more),
    })),
  ],
  [
    "hub-takes-no-proposals",
    "lets capabilities be used in commits only",
    ["room-policy-8-propose-and-commit"],
    instead(({ decide }) => ({
      decide: (state, request, ...more) =>
        request.kind === "proposals" ? refused : decide(state, request, ...more),
    })),
  ],
  [
    "hub-takes-no-new-devices",
    "lets no client of a participant join by itself",
    ["protocol-3.6-new-client-joins-itself"],
    instead(({ decide }) => ({
      decide: (state, request, ...more) => {
        const enters = request.kind === "commit" && request.author.kind === "newMember";
        const user = enters && "user" in request.author ? request.author.user : undefined;
        return state.participants.some((each) => each.user === user)
          ? refused
          : decide(state, request, ...more);
      },
    })),
  ],
];

const entries: readonly Row[] = [
  [
    "hub-takes-any-claim",
    "takes an entry to match whoever has one of its claims",
    ["room-policy-4-every-claim"],
    seeing((state) => ({
      ...state,
      preauthorized: (state.preauthorized ?? []).flatMap(({ claims, role }) =>
        claims.length === 0 ? [{ claims, role }] : claims.map((claim) => ({ claims: [claim], role })),
      ),
    })),
  ],
  [
    "hub-takes-last-match",
    "gives the role of the last entry that matches",
    ["room-policy-4-first-match"],
    seeing((state) => ({ ...state, preauthorized: (state.preauthorized ?? []).toReversed() })),
  ],
  [
    "hub-preauthorises-the-listed",
    "lets preauthorisation count for who is in the list",
    ["room-policy-4-consulted-only-for", "room-policy-4-banned-stays-out"],
    instead(({ decide }) => ({
      decide: (state, request, ...more) => {
        const decision = decide(state, request, ...more);
        const enters = request.kind === "commit" && request.author.kind === "newMember";
        return !decision.allowed &&
          enters &&
          (state.preauthorized ?? []).some(({ claims }) => claims.length === 0)
          ? allowed
          : decision;
      },
    })),
  ],
  [
    "hub-keeps-one-link",
    "allows one join link in every room",
    ["room-policy-6.2-many"],
    instead(({ decide }) => ({
      decide: (state, ...asked) => ((state.joinLinks ?? []).length > 1 ? refused : decide(state, ...asked)),
    })),
  ],
  [
    "hub-takes-expired-codes",
    "takes join codes that have expired",
    ["room-policy-6.2-expires"],
    () => ({ validJoinCodes: (codes) => codes }),
  ],
  [
    "hub-gives-out-eternal-codes",
    "gives out join codes that do not expire",
    ["room-policy-6.2-expires"],
    ({ newJoinCode }) => ({
      newJoinCode: (...asked) => {
        const { expiresMs: _, ...code } = newJoinCode(...asked);
        return code;
      },
    }),
  ],
  [
    "hub-never-spends-codes",
    "takes a join code as often as it is shown",
    ["room-policy-6.2-single-use"],
    () => ({ spendJoinCode: (codes) => codes }),
  ],
  [
    "hub-ends-persistent-rooms",
    "forgets a persistent room with its group",
    ["room-policy-5-persistent-room"],
    ({ isOver }) => ({ isOver: (state) => isOver({ members: state.members }) }),
  ],
  [
    "hub-forgets-dependent-rooms",
    "leaves in dependent rooms who goes out of the parent",
    ["room-policy-5-parent-removal"],
    () => ({ removedWithParent: () => [] }),
  ],
];

const settings: readonly Row[] = [
  [
    "client-wants-no-parameters",
    "takes an entry without parameters for the type without any",
    ["room-policy-6.4-type-without-parameters"],
    instead(({ decideMediaType }) => ({
      decideMediaType: (policy, sent) =>
        sent.parameters.length > 0 ? refused : decideMediaType(policy, sent),
    })),
  ],
  [
    "client-shares-forbidden-history",
    "shares history where that is forbidden",
    ["room-policy-6.6-forbidden-empty"],
    instead(({ decideHistory }) => ({
      decideHistory: (policy, shared) =>
        policy.history?.historySharing === "forbidden" ? allowed : decideHistory(policy, shared),
    })),
  ],
  [
    "client-shares-history-by-itself",
    "shares history without being told to",
    ["room-policy-6.6-automatically"],
    instead(({ decideHistory }) => ({
      decideHistory: (policy, shared) => decideHistory(policy, { ...shared, automatically: false }),
    })),
  ],
  [
    "client-shares-all-history",
    "shares history from the beginning",
    ["room-policy-6.6-period"],
    instead(({ decideHistory }) => ({
      decideHistory: (policy, shared) => decideHistory(policy, { ...shared, age: 0 }),
    })),
  ],
  [
    "client-lets-expire-whenever",
    "lets a message expire after any time",
    ["room-policy-6.8-bounds"],
    instead(({ decideExpiration }) => ({
      decideExpiration: (policy, seconds) => {
        const { expiration } = policy;
        const bound =
          expiration !== undefined && "minExpirationDuration" in expiration
            ? expiration.minExpirationDuration
            : 0;
        return decideExpiration(policy, seconds === undefined ? undefined : bound);
      },
    })),
  ],
  [
    "client-uploads-anywhere",
    "uploads wherever it likes",
    ["protocol-5.10-upload-policy", "room-policy-6.4-upload-location"],
    () => ({ uploadHost: () => undefined }),
  ],
];

export const policyMistakes: readonly AnswerDefect[] = [
  ...by("hub", [...roles, ...entries]),
  ...by("client", settings),
];
