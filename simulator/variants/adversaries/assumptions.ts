/**
 * What the drafts count on from honest parties, and which properties rest on it: an adversary can break what rests on
 * the assumptions that it violates, and nothing else. Written from the drafts and from what each property takes for
 * granted, not from what runs have shown: runs are held against it. SEMANTICS §3, S40 to S54
 */
import type { Party } from "../../properties/index.ts";

export interface Assumption {
  readonly says: string;
  readonly draft: string;
  /** Whose conduct it is about. */
  readonly of: readonly Party[];
  /** The properties that rest on it, each with the reason. */
  readonly carries: Readonly<Record<string, string>>;
  /**
   * Of these, what breaks although the property itself does not take the honesty of such a party for granted: what the
   * drafts lack. By party and property.
   */
  readonly beyond?: Readonly<Partial<Record<Party, Readonly<Record<string, string>>>>>;
}

/** Whoever is left in an epoch of the past. */
const leftBehind = {
  I35: "who is left in the epoch before shows nothing of what follows",
  L01: "who is left in the epoch before cannot read what follows",
  L08: "nothing brings a client back that cannot process a commit",
  L02: "who is left in the epoch before cannot commit a leaving; there may be nobody else",
  L03: "who is left in the epoch before cannot commit what is pending; there may be nobody else",
  L05: "who is left in the epoch before cannot commit a removal; there may be nobody else",
};

/** A message that the hub has accepted, and not everybody shows. */
const notShown = {
  L01: "the hub has accepted a message that receivers do not show",
  I35: "who has sent it shows a message that others do not",
};

export const assumptions = {
  processable: {
    says: "every member can process what the hub has to accept without any key",
    draft: "RFC 9420 §12.4.2, protocol-06 §5.3",
    of: ["client", "follower"],
    carries: { ...leftBehind, I12: "members find what the hub has no key to find, and refuse the commit" },
    beyond: {
      follower: { I12: "the hub checks a signature that does not cover the membership tag (SEMANTICS S40)" },
    },
  },
  commits: {
    says: "what is pending is committed by a member, in commits that the hub can accept",
    draft: "protocol-06 §3.5",
    of: ["client", "follower"],
    carries: {
      L02: "a leaving takes somebody else's commit to come true",
      L03: "nobody but a member commits what is pending",
      L05: "a hub proposes a removal, and a member has to commit it",
    },
  },
  welcomes: {
    says: "a Welcome opens for each client that its commit adds, and leads to the group of the room",
    draft: "RFC 9420 §12.4.3.1, protocol-06 §5.3",
    of: ["client"],
    carries: {
      L01: "a client that is added and cannot come in cannot read",
      L08: "a client that is added and cannot come in is in no epoch",
      L02: "a client that cannot come in cannot commit a leaving; there may be nobody else",
      L03: "a client that cannot come in cannot commit what is pending; there may be nobody else",
      L05: "a client that cannot come in cannot commit a removal; there may be nobody else",
    },
  },
  readable: {
    says: "what a member sends is encrypted once, with the next of its own keys",
    draft: "RFC 9420 §9.1",
    of: ["client"],
    carries: { L01: "receivers have deleted a used key", I35: notShown.I35 },
  },
  asksForFrank: {
    says: "in a room with a franking agent a sender asks for a frank",
    draft: "protocol-06 §5.4.1",
    of: ["client"],
    carries: { I39: "a message without a tag is accepted without a frank, and its sender shows it" },
  },
  franksItsOwn: {
    says: "the tag and the names that a sender gives the hub are those of the content inside",
    draft: "protocol-06 §5.4.1.1",
    of: ["client"],
    carries: {
      ...notShown,
      I37: "the hub franks what it cannot read; the sender keeps a frank that no report with it passes",
    },
    beyond: {
      client: { I37: "of the dishonest sender's own copy: nobody else accepts the frank" },
    },
  },
  franksStay: {
    says: "a follower hands a message on with the frank and the time that came with it",
    draft: "protocol-06 §5.5",
    of: ["follower"],
    carries: {
      ...notShown,
      I34: "the time comes beside the message",
      I36: "the frank comes beside the message",
      I37: "the frank comes beside the message",
    },
    beyond: {
      follower: {
        I34: "a frank does not cover which message it was given for, and brings its own time (SEMANTICS S42)",
      },
    },
  },
  namesSender: {
    says: "a provider submits a message in the name of the user whose client has sent it",
    draft: "protocol-06 §5.4",
    of: ["follower"],
    carries: { ...notShown, I37: "the frank names another sender than the content" },
  },
  handsMessagesOn: {
    says: "a follower hands every message to its clients in the room, in the hub's order, when it comes",
    draft: "protocol-06 §5.5, arch-03 §5.4",
    of: ["follower"],
    carries: {
      ...notShown,
      I26: "what it hands on late reaches clients who have been removed since",
      I30: "what it hands on later comes after what was accepted later",
      I31: "what it has kept back is a gap",
      I32: "a message that it keeps back for good is one that was never handed on",
    },
  },
  handsEventsOn: {
    says: "a follower hands commits, proposals and Welcomes to its clients, and theirs to the hub",
    draft: "protocol-06 §5.3 and §5.5",
    of: ["follower"],
    carries: {
      ...leftBehind,
      I12: "a client cannot accept what has been changed on its way",
      I26: "what it hands on late reaches clients who have been removed since",
      I30: "what it hands on later comes after what was accepted later",
      I31: "what it has kept back is a gap",
      I32: "an event that it keeps back for good is one that was never handed on",
      I34: "the time comes beside the message",
      I36: "the frank comes beside the message",
      I37: "the frank comes beside the message",
    },
    beyond: {
      follower: {
        I12: "what a follower hands to a client is not signed as a whole (SEMANTICS S40, S42)",
        I34: "a frank does not cover which message it was given for, and brings its own time (SEMANTICS S42)",
      },
    },
  },
  oneTime: {
    says: "a hub tells everybody the same accepted time",
    draft: "content-09 §3.4",
    of: ["hub"],
    carries: { ...notShown, I34: "the hub alone says when it has accepted a message" },
  },
  fansOut: {
    says: "a hub sends every event to every provider with participants",
    draft: "protocol-06 §5.5",
    of: ["hub"],
    carries: { ...leftBehind, L07: "nobody else could send what was fanned out meanwhile" },
  },
  inOrder: {
    says: "a hub sends events in the order in which it has accepted them",
    draft: "protocol-06 §5.5",
    of: ["hub"],
    carries: {
      ...notShown,
      I30: "the order of events is the hub's",
      I31: "what it sends later is a gap until then",
    },
  },
  oneSuccessor: {
    says: "a hub accepts one commit for each epoch, and keeps one log",
    draft: "protocol-06 §5.3 and §7.3",
    of: ["hub"],
    carries: {
      ...leftBehind,
      I01: "both branches have an epoch of the same number",
      I07: "each branch has a list of its own",
      I32: "a follower of one branch recognises nothing of the other",
      I36: "a frank is the hub's on one branch only",
    },
    beyond: {
      hub: {
        I01: "members agree with those of their own branch only (SEMANTICS I01, S49)",
        I32: "each event has an answer on its own branch only (SEMANTICS S49)",
      },
    },
  },
  clock: {
    says: "a hub's accepted times do not go back",
    draft: "content-09 §3.4, SEMANTICS S57",
    of: ["hub"],
    carries: { I33: "the hub alone dates what it accepts" },
  },
  enforces: {
    says: "a hub accepts what the room's policy allows, and nothing else",
    draft: "protocol-06 §7.1, room-policy-04 §8",
    of: ["hub"],
    carries: {
      ...leftBehind,
      I03: "that a client comes in with its user or after it is policy",
      I04: "who may ban, add and let in is policy",
      I05: "which roles may be given is policy",
      I11: "the hub alone decides whether an event is allowed",
      I12: "members judge a commit by the same policy and refuse it",
      I14: "limits are policy",
      I15: "who may come into a fixed room is policy",
      I17: "that a room's participants are among those of its parent is policy",
      I18: "who may lift a ban is policy",
      I27: "whether somebody may still write is policy",
      I26: "whether somebody may still read is policy",
      I48: "who may use a code is policy",
      I53: "a client that comes in without its user finds the list without it",
    },
  },
  keysKept: {
    says: "a Welcome goes to the client that it is for, and nobody else has that client's keys",
    draft: "protocol-06 §5.5, RFC 9420 §16",
    of: ["client", "follower"],
    carries: {
      ...leftBehind,
      I12: "of two clients on one leaf, each refuses the commits of the other as its own",
      I24: "a Welcome has come to somebody else's client",
      I30: "what the thief gets is not what its provider is sent for it",
      I53: "the thief comes in under a name that is not its own",
    },
  },
} as const satisfies Readonly<Record<string, Assumption>>;

export type AssumptionId = keyof typeof assumptions;

/** The properties that rest on these assumptions, in order. */
export function restingOn(violated: readonly AssumptionId[]): readonly string[] {
  return [...new Set(violated.flatMap((id) => Object.keys(assumptions[id].carries)))].toSorted();
}
