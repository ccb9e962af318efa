/** What room-policy-04 leaves open, each with the reading that the model takes, the others, and why. */
import { defaultVariants, type PolicyVariants } from "./variants.ts";

/** A question that a variant can answer otherwise. */
export interface OpenQuestion {
  readonly id: keyof PolicyVariants;
  /** Draft and section. */
  readonly section: string;
  readonly question: string;
  /** What each answer means; its names are the values of the variant. */
  readonly answers: Readonly<Record<string, string>>;
  readonly default: string;
  /** Why the default is the default. */
  readonly reason: string;
}

/** A question that the model answers in one way only. */
export interface SettledReading {
  readonly id: string;
  readonly section: string;
  readonly question: string;
  readonly reading: string;
  readonly alternatives: readonly string[];
  readonly reason: string;
}

type Answers<Id extends keyof PolicyVariants> = Readonly<Record<PolicyVariants[Id], string>>;

export const openQuestions: readonly OpenQuestion[] = [
  ask(
    "limits",
    "§8.1",
    "Are minima and maxima looked at after each change of a commit, or after all of them?",
    {
      net: "the room that the commit leads to counts",
      stepwise: "every room in between counts, too, in the order of the changes",
    },
    "all changes of a commit come into force at once, and in MLS no room exists in between",
  ),
  ask(
    "authorizationBase",
    "§8 and protocol-06 §7.1",
    "Which roles authorise a proposal: the epoch's, or those that accepted proposals have made of them?",
    {
      effective: "accepted proposals are in force at once",
      epochContext: "the participant list and roles of the epoch until the next commit",
    },
    "protocol-06 §7.1 has accepted events take effect at once, and a removal that does not would be pointless",
  ),
  ask(
    "unban",
    "§8.1.3",
    "Can the banned get out of role 1 by canChangeUserRole, or off the list by canRemoveParticipant?",
    {
      onlyCanUnBan: "whoever moves a user out of role 1, or off the list from there, needs canUnBan",
      literal: "each capability by itself, as its own text says",
    },
    "a ban is to last until it is lifted, and a user who is off the list may join again; every role of the examples that may do the one has canUnBan",
  ),
  ask(
    "fixedEntry",
    "§5",
    "May the roles of a fixed-membership room have ways in other than canAddParticipant?",
    {
      noWayIn: "canOpenJoin, canJoinIfPreauthorized and canUseJoinCode are refused in all roles",
      literal: "only canAddParticipant is refused, in roles other than 0 and 1",
    },
    "all of them would put users on a list that is fixed; the change itself is refused either way",
  ),
  ask(
    "fixedRemoval",
    "§5",
    "The text says that ordinary users do not leave a fixed-membership room and are not removed. May others remove them?",
    {
      nobody: "the list stays as it is for everybody",
      byCapability: "canRemoveParticipant and canRemoveSelf are what they are elsewhere",
    },
    "nothing says who is not ordinary",
  ),
  ask(
    "parentSubset",
    "§5",
    "May all participants of the parent room be in one parent-dependent room?",
    {
      strict: "no: it is a strict subset",
      subsetOrEqual: "yes",
    },
    "the text says strict; the banned of the parent-dependent room are not counted",
  ),
  ask(
    "parentRemoval",
    "§5",
    "Who removes a user from a parent-dependent room that has left the parent?",
    {
      hub: "the hub proposes it and needs no role for it, fixed membership or not",
      byCapability: "whoever may remove participants",
    },
    "the text says automatically, and only the hub knows both rooms",
  ),
  ask(
    "singleDevice",
    "§5",
    "Is it one client for each user, or one client in the room, where multi_device is false?",
    {
      perUser: "one for each user",
      perRoom: "one at all",
    },
    "the sentence before speaks of clients per user, and a room with one client is none",
  ),
  ask(
    "minimaAtCreation",
    "§3 and appendix A",
    "Must a new room meet every role's minimum?",
    {
      onceMet: "a minimum that has never been met does not keep the room from working; once met it holds",
      atOnce: "a room that does not meet them cannot be created",
    },
    "all examples of the appendix demand holders whom no creator can name alone",
  ),
  ask(
    "preauthorizedRole",
    "§4",
    "A preauthorisation holds a whole Role. Which role does it give?",
    {
      indexed: "the role of roles_list with its role_index",
      embedded: "the role as it stands in the preauthorisation, stored in the list by its role_index",
    },
    "the list can only hold an index, and two definitions of one role would contradict each other",
  ),
  ask(
    "emptyClaimset",
    "§4",
    "Whom does a preauthorisation without claims match?",
    {
      matchesEverybody: "everybody: every claim of none is matched",
      matchesNobody: "nobody",
    },
    "it is what the rule says when taken by its word, and how a last entry for all others is written",
  ),
  ask(
    "clientsOfListed",
    "§8.1.1",
    "Who adds the clients of a user that is in the list without clients?",
    {
      withAddition: "only the user itself; others add clients along with their user",
      canAddParticipant: "also who could add the user in the role that it has",
    },
    "the capability speaks of the addition to the list, and of clients only along with it",
  ),
  ask(
    "kick",
    "§8.1.2",
    "Does canKick allow removing some of a participant's clients and leaving others?",
    {
      anyClients: "yes",
      allClients: "no: all of the user's clients go, in the same author's proposals",
    },
    "the text says the participant's clients and demands nothing of those that stay",
  ),
  ask(
    "joinCodeRole",
    "§8.1.1",
    "Which role does a join code let its user join in?",
    {
      codeAndRoleZero: "the one that the code is for, where role 0 has it as a target of role 0",
      code: "the one that the code is for",
    },
    "the examples give role 0 both canUseJoinCode and such targets, which nothing else would look at",
  ),
  ask(
    "otherPolicies",
    "§8.6 and §8.7",
    "Who changes a policy component that no capability in use speaks of: notifications, link policies, assets, logging, history, bots, expiry?",
    {
      canChangeOtherPolicyAttribute: "holders of the capability that is reserved under that name",
      canChangeRoomMembershipStyle: "who may change the base policy",
      canChangeRoleDefinitions: "who may replace the roles, and so take any capability",
      nobody: "nobody: they stay as the room was created",
    },
    "its name says what it is for, and no role has it by accident",
  ),
  ask(
    "operationalPolicy",
    "§8.7",
    "Who changes the operational policy? Its capability is reserved.",
    {
      canChangeMlsOperationalPolicies: "holders of that capability",
      otherPolicies: "who may change the other policies",
      nobody: "nobody",
    },
    "every policy_enforcer of the appendix holds it",
  ),
  ask(
    "joinLinkChanges",
    "§6.2 and §8.7",
    "Who changes the join links in force?",
    {
      joinCodeCapabilities:
        "canCreateJoinCode to put links in, canDeleteJoinCode to take them out, though reserved",
      otherPolicies: "who may change the other policies",
      nobody: "nobody",
    },
    "the appendix grants both to admins and moderators",
  ),
  ask(
    "frankingAgent",
    "protocol-06 §5.4.1",
    "Who introduces a franking agent into a room without one?",
    {
      otherPolicies: "who may change the other policies",
      hub: "the hub, by an external proposal",
      nobody: "nobody",
    },
    "it is a component without a capability like the others",
  ),
  ask(
    "contextExtensions",
    "§8 and protocol-06 §7.4",
    "Who may propose GroupContextExtensions? Unlisting a follower in external_senders takes one.",
    {
      hub: "the hub, by an external proposal",
      nobody: "nobody",
    },
    "protocol-06 §7.4 demands the change, and the hub is who knows that a follower has no participant left",
  ),
  ask(
    "leafUpdates",
    "§8.7",
    "Do Update proposals need canSendMLSUpdateProposal, which is reserved?",
    {
      everybody: "no",
      canSendMLSUpdateProposal: "yes",
    },
    "no role of the examples has it, and members have to be able to renew their keys",
  ),
  ask(
    "pskProposals",
    "§8.7",
    "Are PreSharedKey proposals allowed? Their capability is reserved.",
    {
      nobody: "no",
      canSendMLSPSKProposal: "to holders of that capability",
    },
    "nothing in MIMI uses pre-shared keys",
  ),
  ask(
    "submitting",
    "§8.3",
    "A guest of the moderated room has canReactToMessage and not canSendMessage. Does the hub take its reactions?",
    {
      canSendMessage: "no: the hub cannot tell a reaction from any other message",
      anyMessageCapability:
        "yes: it takes messages of who may send any kind of them, and clients drop the wrong kinds",
    },
    "the text lets the hub enforce whether a member can send, and it has only this capability to go by",
  ),
  ask(
    "listedComponents",
    "§5",
    "Must policy_component_ids hold every policy component that the room has?",
    {
      enforced: "yes: a change that leaves one out is refused",
      ignored: "no: the list informs",
    },
    "the text says that they are listed, and newcomers look there for what they have to support",
  ),
];

/** Questions that have one answer here. */
export const settledReadings: readonly SettledReading[] = [
  settle(
    "basicClaims",
    "§4",
    "What does a basic credential claim? The draft has claims of certificates and tokens.",
    "its client, user and provider URIs, as claims client, user and provider of type basic",
    ["nothing: nobody with a basic credential is preauthorised, and no hub either"],
    "the hub needs a role to act, and rooms of basic credentials need preauthorisation to be tried",
  ),
  settle(
    "providerRole",
    "§4",
    "How does a provider, as an external sender, hold a role?",
    "by an entry of its provider URI in the participant list, else by preauthorisation",
    ["only by preauthorisation"],
    "policy_enforcer needs one or two participants without clients: only servers are that",
  ),
  settle(
    "banUnlisted",
    "§8.1.3",
    "Can a user be banned who is not in the list?",
    "yes: an addition in role 1, by canBan or canAddParticipant, with 1 as a target of 0",
    ["no: only a role change bans"],
    "the examples give policy_enforcer the change from 0 to 1 and no capability to add",
  ),
  settle(
    "banByRoleChange",
    "§8.1.3",
    "Does canChangeUserRole reach role 1?",
    "yes, without the right to remove the clients: that takes canKick",
    ["no: only canBan"],
    "a note of the draft says that both together do the same as canBan",
  ),
  settle(
    "membershipStyle",
    "§8.6",
    "Which fields are the membership style that canChangeRoomMembershipStyle is about?",
    "all of the base policy",
    ["fixed_membership, parent_dependant and parent_room only"],
    "the component is replaced as a whole, and its other fields would have no capability",
  ),
  settle(
    "resync",
    "§8.1.2",
    "Does a client that joins again in place of its own leaf need canRemoveOwnClient?",
    "no",
    ["yes"],
    "no client goes: the number of clients stays what it is",
  ),
  settle(
    "oneUpdate",
    "§3 and §4",
    "May a commit replace a component twice?",
    "no",
    ["the last one counts"],
    "protocol-06 §7.6 says so for the metadata; who proposed first could not know what comes last",
  ),
  settle(
    "worse",
    "§3",
    "What of a room that misses a limit already?",
    "a change is refused where it misses the limit by more than before",
    ["every change is refused until the limit is met"],
    "otherwise nothing could mend it",
  ),
  settle(
    "indices",
    "§6.2 and protocol-06 §7.5",
    "Which list do indices refer to when several updates stand in one commit?",
    "the list of the epoch",
    ["the list as the updates before have left it"],
    "a proposer knows the epoch's list and not what is committed beside it",
  ),
  settle(
    "newGroup",
    "§5",
    "Who may create a new group for a persistent room that has none?",
    "whoever could join it from outside",
    ["holders of canAddOwnClient only", "the hub decides"],
    "the text asks for appropriate authorisation, and joining is what the new group is for",
  ),
  settle(
    "padToSize",
    "§7.1",
    "What does pad_to_size mean?",
    "contents are padded to a multiple of it; 0 asks for nothing",
    ["all contents have that size", "contents have at least that size"],
    "a fixed size would bound the length of messages, a minimum would hide little",
  ),
  settle(
    "envelope",
    "§1 and arch-03 §4.4",
    "How does a provider say which policies it allows?",
    "not modelled",
    ["a structure for the envelope"],
    "no draft has a format or an endpoint for it",
  ),
  settle(
    "fixedUnique",
    "§5",
    "How do hubs agree that a set of participants has only one fixed-membership room?",
    "not decided by one room's policy",
    ["an order among room URIs"],
    "hubs do not talk to each other",
  ),
];

function ask<Id extends keyof PolicyVariants>(
  id: Id,
  section: string,
  question: string,
  answers: Answers<Id>,
  reason: string,
): OpenQuestion {
  return { id, section: source(section), question, answers, default: defaultVariants[id], reason };
}

function settle(
  id: string,
  section: string,
  question: string,
  reading: string,
  alternatives: readonly string[],
  reason: string,
): SettledReading {
  return { id, section: source(section), question, reading, alternatives, reason };
}

function source(section: string): string {
  return section.startsWith("§") ? `room-policy-04 ${section}` : section;
}
