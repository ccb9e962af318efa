/**
 * The rules that a policy decision can refuse by, each with its stable id, its place and what it demands. A role that
 * lacks a capability is refused by the capability's own name. room-policy-04 and protocol-06 §7
 */
import type { CapabilityName } from "../structures/index.ts";
import { capabilityRules } from "./capabilities.ts";

export interface RuleText {
  /** Draft and section. */
  readonly section: string;
  /** What has to hold, or, for a capability, what its holder may do. */
  readonly says: string;
}

const membership = {
  "provider-has-role": ["room-policy-04 §4", "a provider acts in the role it is listed or preauthorised for"],
  "role-is-defined": ["room-policy-04 §3", "every role that a participant holds is one of the room's roles"],
  "authorised-role-change": [
    "room-policy-04 §3",
    "the actor's role allows moving from this role to that one",
  ],
  "added-user-is-unlisted": ["room-policy-04 §8.1.1", "who is added is not in the list yet"],
  "removed-user-is-listed": ["room-policy-04 §8.1.2", "who is removed is in the list"],
  "changed-user-is-listed": ["room-policy-04 §8.1.3", "whose role changes is in the list"],
  "clients-come-with-user": [
    "room-policy-04 §8.1.1",
    "another user's clients are added along with that user, by the same author",
  ],
  "client-is-new": ["RFC 9420 §12.2", "an added client is not a member already"],
  "joins-as-participant": [
    "protocol-06 §1",
    "who joins from outside is in the list or puts itself on it in the same commit",
  ],
  "join-code-valid": [
    "room-policy-04 §8.1.1",
    "a join code is one of the room's, not expired, and for a role that it can lead to",
  ],
  "group-is-gone": ["room-policy-04 §5", "a room gets a new group only once it has none"],
  "room-is-persistent": ["room-policy-04 §5", "only a persistent room outlives its group"],
  "entry-role": ["room-policy-04 §8.1.1", "a newcomer takes a role that its way in leads to"],
  "external-commits-allowed": ["room-policy-04 §7.1", "the operational policy allows external commits"],
  "external-proposals-allowed": ["room-policy-04 §7.1", "the operational policy allows external proposals"],
  "own-role-is-preauthorised": [
    "room-policy-04 §8.1.3",
    "a participant moves itself only to the first role it is preauthorised for",
  ],
  "fixed-membership": ["room-policy-04 §5", "nobody enters or leaves the list of a fixed-membership room"],
  "change-is-known": ["room-policy-04 §8", "some capability authorises this kind of change"],
  "committer-is-participant": [
    "protocol-06 §7.1",
    "who commits is in the list and not banned, with what is accepted already taken into account",
  ],
  "leaver-does-not-commit": ["room-policy-04 §8.1.2", "a client does not commit its own removal"],
} as const;

const components = {
  "metadata-field-is-changeable": ["room-policy-04 §8.2", "the changed metadata field has a capability"],
  "component-is-known": ["room-policy-04 §5", "a changed component is one that the drafts define"],
  "component-is-needed": ["protocol-06 §7", "a room keeps its list, metadata, roles and base policy"],
  "component-has-capability": ["room-policy-04 §8.6", "some capability authorises changing this component"],
  "franking-agent-stays": ["protocol-06 §5.4.1", "a franking agent is introduced, never replaced"],
} as const;

const together = {
  "one-change-per-user": ["protocol-06 §7.5", "a commit changes each user's entry at most once"],
  "roles-change-apart": ["room-policy-04 §3", "roles are not replaced in a commit that changes the list"],
  "preauthorisations-change-apart": [
    "room-policy-04 §4",
    "preauthorisations are not replaced in a commit that changes the list, except by removals",
  ],
  "one-metadata-update": ["protocol-06 §7.6", "a commit has at most one metadata update"],
  "one-update-per-component": [
    "mls-extensions §4.7",
    "a component that is replaced as a whole is changed at most once in a commit",
  ],
  "component-removed-alone": [
    "mls-extensions §4.7",
    "a commit that removes a component does not change it, too",
  ],
  "link-changed-once": ["room-policy-04 §6.2", "a commit takes out or puts in each join link at most once"],
  "reinit-alone": ["RFC 9420 §12.2", "a ReInit is the only proposal of its commit"],
  "one-context-change": ["RFC 9420 §12.2", "a commit has at most one GroupContextExtensions"],
  "one-change-per-leaf": ["RFC 9420 §12.2", "a commit updates or removes each leaf at most once"],
  "client-added-once": ["RFC 9420 §12.2", "a commit adds each client at most once"],
} as const;

const result = {
  "members-are-participants": ["protocol-06 §1", "every member client's user is in the list"],
  "banned-have-no-clients": ["room-policy-04 §8.1.3", "no client of a banned user is a member"],
  "role-limits": [
    "room-policy-04 §3",
    "the change drives no role further below its minima or above its maxima",
  ],
  "max-clients": ["room-policy-04 §5", "the change adds no client beyond max_clients"],
  "max-users": ["room-policy-04 §5", "the change adds no user, the banned aside, beyond max_users"],
  "single-device": ["room-policy-04 §5", "without multi_device a user has one client in the group"],
  "parent-subset": ["room-policy-04 §5", "the participants are some, not all, of the parent room's"],
  "pseudonyms-allowed": ["room-policy-04 §5", "without pseudonyms_allowed nobody comes in under a pseudonym"],
  "policies-are-listed": ["room-policy-04 §5", "the base policy lists every policy component in use"],
} as const;

const wellFormed = {
  "policy-in-envelope": ["arch-03 §4.4", "the policy is one that the hub admits for its rooms"],
  "creator-is-participant": ["protocol-06 §3.1", "a new room lists the user that creates it"],
  "role-indices-distinct": ["room-policy-04 §3", "every role has an index of its own"],
  "role-limits-ordered": ["room-policy-04 §3", "no minimum of a role is above its maximum"],
  "open-join-on-role-zero": ["room-policy-04 §8.1.1", "only role 0 has canOpenJoin"],
  "open-join-leads-somewhere": ["room-policy-04 §8.1.1", "role 0 with canOpenJoin has a change from role 0"],
  "fixed-membership-has-no-way-in": ["room-policy-04 §5", "no role of a fixed room can let anybody in"],
  "parent-room-named": ["room-policy-04 §5", "a parent-dependent room names one parent, others none"],
  "parent-on-same-hub": ["room-policy-04 §5", "a parent-dependent room has its parent's hub"],
  "preauthorised-role-is-defined": ["room-policy-04 §4", "a preauthorisation is for one of the room's roles"],
  "history-shared-by-active-roles": [
    "room-policy-04 §6.6",
    "who may share history is a defined role, neither 0 nor 1, that can have clients",
  ],
  "bot-role": ["room-policy-04 §6.7", "a local bot has role 0, any other bot 0 or a defined role"],
  "hyperlinks-not-required": ["room-policy-04 §6.3", "detecting links in text is never required"],
  "preview-proxy-named": ["room-policy-04 §6.3", "where a preview proxy may be used, there is one"],
  "hub-assets-one-provider": [
    "room-policy-04 §6.4",
    "where assets are uploaded to the hub, only the hub's domains are listed",
  ],
  "download-default-allowed": [
    "room-policy-04 §6.4",
    "the default way to download is allowed and not forbidden",
  ],
  "logging-client-named": ["room-policy-04 §6.5", "where logging is required, there is a logging client"],
  "one-logger-per-provider": ["room-policy-04 §6.5", "no provider has more than one logging client"],
  "expiry-bounds-ordered": ["room-policy-04 §6.8", "the default duration lies between minimum and maximum"],
  "one-link-on-request": ["room-policy-04 §6.2", "where links are had on request, at most one is in force"],
  "times-ordered": ["room-policy-04 §7.1", "a default time lies between its minimum and its maximum"],
  "required-not-forbidden": ["room-policy-04 §7.1", "nothing is both mandatory and forbidden"],
} as const;

const conduct = {
  "sender-is-active": ["protocol-06 §5.4", "who sends has a client in the group"],
  "asset-host": ["room-policy-04 §6.4", "an asset lies where the policy has the sender's assets lie"],
  "asset-size": ["room-policy-04 §6.4", "an asset is no larger than the policy accepts"],
  "media-type-permitted": [
    "room-policy-04 §6.4",
    "a media type is not forbidden, and is one of the permitted where such are listed",
  ],
  "download-type": ["room-policy-04 §6.4", "assets are downloaded in an allowed way"],
  "notification-allowed": ["room-policy-04 §6.1", "forbidden notifications are not sent, required ones are"],
  "link-preview-allowed": ["room-policy-04 §6.3", "previews are made, and by proxy, as the policy says"],
  "expiry-allowed": ["room-policy-04 §6.8", "a message expires, within bounds, as the policy says"],
  "history-allowed": ["room-policy-04 §6.6", "history is shared by the roles, and as far back, as listed"],
  "bot-allowed": ["room-policy-04 §6.7", "a bot does only what its entry allows"],
  "epoch-tolerance": ["room-policy-04 §7.1", "a message is not of too old an epoch, nor of one to come"],
  "handshake-format": ["room-policy-04 §7.1", "handshakes have one of the listed formats"],
  "key-package-lifetime": ["room-policy-04 §7.1", "a KeyPackage does not live longer than the maximum"],
  "credential-lifetime": ["room-policy-04 §7.1", "a credential does not live longer than the maximum"],
  "leaf-update-time": ["room-policy-04 §7.1", "a member's leaf does not get older than the maximum"],
  padding: ["room-policy-04 §7.1", "an encrypted content is padded to a multiple of pad_to_size"],
  "client-capabilities": [
    "room-policy-04 §7.1",
    "a client supports what is mandatory and uses nothing forbidden",
  ],
} as const;

const others = { ...membership, ...components, ...together, ...result, ...wellFormed, ...conduct };

/** The stable id of a rule. */
export type PolicyRule = keyof typeof others | CapabilityName;

/** Every rule that a decision can name. */
export const policyRules: Readonly<Record<PolicyRule, RuleText>> = {
  ...textsOf(others),
  ...capabilityRules,
};

function textsOf<Name extends string>(
  rules: Readonly<Record<Name, readonly [section: string, says: string]>>,
): Readonly<Record<Name, RuleText>> {
  const entries = Object.entries<readonly [string, string]>(rules);
  return Object.fromEntries(entries.map(([name, [section, says]]) => [name, { section, says }])) as Readonly<
    Record<Name, RuleText>
  >;
}
