/** One message of each kind with each of its receivers, and the fields that a receiver cannot or need not verify. */
import { utf8 } from "../../../../spec-model/bytes.ts";
import {
  commit,
  completeGroupInfo,
  decryptAsReceiver,
  encryptApplication,
  externalCommit,
  followContent,
  followHandshake,
  type GroupView,
  groupInfo,
  joinByWelcome,
  type MemberState,
  MLSMessage,
  PartialGroupInfo,
  partialGroupInfo,
  propose,
  proposeExternally,
  proposeUpdate,
  RatchetTreeOption,
  ratchetTreeExtension,
  receive,
  startPublicGroup,
  toRatchetTreeExtension,
  validateKeyPackage,
} from "../../../../spec-model/mls/index.ts";
import { fromRatchetTreeExtension } from "../../../../spec-model/mls/ratchet-tree.ts";
import type { Codec } from "../../../../spec-model/wire/index.ts";
import { add, hubKeys, random, remove, room, suite, welcomeOf } from "../refusals/room.ts";
import { receiver, receiverPrivateKey, semiPrivateRoom } from "../refusals/safe-interface.ts";
import { application as app, client, log, topic, update } from "../room-fixture.ts";

/** Why a receiver does not notice a change of a field. */
export interface Unprotected {
  /** As `differences` gives it. */
  readonly field: string;
  readonly because: string;
}

export interface Kind {
  readonly says: string;
  readonly codec: Codec<unknown>;
  readonly octets: Uint8Array;
  /** What the receiver makes of it, but for the unprotected fields. Throws where it refuses. */
  readonly process: (octets: Uint8Array) => unknown;
  readonly unprotected: readonly Unprotected[];
  /** The sender itself refuses what it has sent. */
  readonly alwaysRefused?: true;
}

const { alice, bob, hub } = room;
const semi = semiPrivateRoom;
const [dave, erin] = [client("dave"), client("erin")];

const encoded = (message: MLSMessage) => MLSMessage.encode(message);
const handshake = [add(dave.keyPackage), update(topic, "x")];
const inPrivate = { wireFormat: "mls_private_message" as const };
const halfPublic = { wireFormat: "mls_semiprivate_message" as const };
const welcoming = commit(
  alice,
  { proposals: [add(dave.keyPackage), add(erin.keyPackage)], forcePath: true },
  app,
  random,
);
const described = groupInfo(alice, app);

const received = (state: MemberState) => (octets: Uint8Array) => {
  const { message: _, ...heard } = receive(state, MLSMessage.decode(octets), app);
  return heard;
};

/** What the hub concludes, but for the tags that it has no key for. */
function concluded({ group, ...rest }: { group: GroupView; kind: string }) {
  const { confirmationTag: _tag, pendingProposals, ...known } = group;
  const facts = "facts" in rest ? rest.facts : [...pendingProposals.values()].map((p) => p.proposal);
  return { known, facts };
}

const followed = (octets: Uint8Array) => concluded(followHandshake(hub, MLSMessage.decode(octets), app));

const openedByHub = (octets: Uint8Array) => {
  const message = MLSMessage.decode(octets);
  if (message.wireFormat !== "mls_semiprivate_message") return followHandshake(semi.hub, message, app);
  const own = { receiver, privateKey: receiverPrivateKey };
  const content = decryptAsReceiver(own, message.semiprivateMessage, semi.hub.groupContext, app);
  return concluded(followContent(suite, semi.hub, content, app));
};

/** Joins, and validates the KeyPackage or GroupInfo if it is one of those. */
function introduced(octets: Uint8Array): unknown {
  const message = MLSMessage.decode(octets);
  switch (message.wireFormat) {
    case "mls_key_package":
      return validateKeyPackage(suite, message.keyPackage, app);
    case "mls_group_info":
      return startPublicGroup(message.groupInfo, undefined, app);
    case "mls_welcome":
      return joinByWelcome(message.welcome, { own: dave }, app);
    default:
      return receive(bob, message, app);
  }
}

function withTree(octets: Uint8Array): unknown {
  const option = RatchetTreeOption.decode(octets);
  const tree = option.representation === "full" ? fromRatchetTreeExtension(option.ratchetTree) : undefined;
  return startPublicGroup(described, tree, app);
}

const membershipTag = {
  field: "publicMessage.membershipTag",
  because: "only members have the membership key (RFC 9420 §6.2); followHandshake says so in `unverified`",
};
const confirmationTag = {
  field: "publicMessage.auth.confirmationTag",
  because:
    "only members of the next epoch have its key (RFC 9420 §8.1); followHandshake says so in `unverified`",
};

function ofMessage(
  says: string,
  message: MLSMessage,
  process: Kind["process"],
  unprotected: readonly Unprotected[] = [],
): Kind {
  return { says, codec: MLSMessage as Codec<unknown>, octets: encoded(message), process, unprotected };
}

const publicProposal = propose(alice, update(topic, "x"), {}, app, random).message;
const byHub = proposeExternally(
  hub.groupContext,
  { sender: { senderType: "external", senderIndex: 0 }, signaturePrivateKey: hubKeys.privateKey },
  remove(1),
  app,
);
const asking = proposeExternally(
  hub.groupContext,
  { sender: { senderType: "new_member_proposal" }, signaturePrivateKey: dave.signaturePrivateKey },
  add(dave.keyPackage),
  app,
);
const publicCommit = commit(alice, { proposals: handshake, forcePath: true }, app, random).message;
const joining = externalCommit(
  { groupInfo: described, ratchetTree: hub.tree, joiner: dave, proposals: [update(log, "dave")] },
  app,
  random,
).message;
const late = encryptApplication(alice, utf8("late"), { authenticatedData: utf8("aad") }, app, random).message;
const halfPublicProposal = propose(semi.alice, remove(2), halfPublic, app, random);
const halfPublicCommit = commit(
  semi.alice,
  { ...halfPublic, proposals: handshake, forcePath: true, authenticatedData: utf8("aad") },
  app,
  random,
);
const forMembersOnly = {
  field: "semiprivateMessage.encryptedSenderData",
  because:
    "the receiver's own ciphertext names the sender, and nothing it can read covers this field (semiprivatemessage-07 §4.3)",
};

export const kinds: readonly Kind[] = [
  ofMessage(
    "KeyPackage at whoever adds its owner",
    { version: "mls10", wireFormat: "mls_key_package", keyPackage: dave.keyPackage },
    introduced,
  ),
  ofMessage(
    "Welcome at one of two newcomers",
    { version: "mls10", wireFormat: "mls_welcome", welcome: welcomeOf(welcoming) },
    introduced,
    ["newMember", "encryptedGroupSecrets.kemOutput", "encryptedGroupSecrets.ciphertext"].map((part) => ({
      field: `welcome.secrets[].${part}`,
      because:
        "each newcomer reads its own entry only; the others' are not authenticated to it (RFC 9420 §12.4.3.1)",
    })),
  ),
  ofMessage(
    "GroupInfo with the tree, at a joiner",
    {
      version: "mls10",
      wireFormat: "mls_group_info",
      groupInfo: groupInfo(alice, app, [ratchetTreeExtension(alice.tree)]),
    },
    introduced,
  ),
  {
    says: "RatchetTreeOption beside a GroupInfo, at a joiner",
    codec: RatchetTreeOption as Codec<unknown>,
    octets: RatchetTreeOption.encode({
      representation: "full",
      ratchetTree: toRatchetTreeExtension(alice.tree),
    }),
    process: withTree,
    unprotected: [],
  },
  {
    says: "PartialGroupInfo at the hub",
    codec: PartialGroupInfo as Codec<unknown>,
    octets: PartialGroupInfo.encode(partialGroupInfo(described, false)),
    process: (octets) => completeGroupInfo(suite, hub, alice.leafIndex, PartialGroupInfo.decode(octets)),
    unprotected: [
      {
        field: "ratchetTreePresence",
        because:
          "the signature shows whether the tree is in the GroupInfo, not whether it was in the one before (ratchet-tree-options-03 §4)",
      },
    ],
  },
  ofMessage("PublicMessage with a proposal at a member", publicProposal, received(bob)),
  ofMessage("PublicMessage with a proposal at the hub", publicProposal, followed, [membershipTag]),
  ofMessage("PublicMessage with an external sender's proposal at a member", byHub, received(bob)),
  ofMessage("PublicMessage with a newcomer's proposal at the hub", asking, followed),
  ofMessage("PublicMessage with a commit at a member", publicCommit, received(bob)),
  ofMessage("PublicMessage with a commit at the hub", publicCommit, followed, [
    membershipTag,
    confirmationTag,
  ]),
  ofMessage("PublicMessage with an external commit at a member", joining, received(bob)),
  ofMessage("PublicMessage with an external commit at the hub", joining, followed, [confirmationTag]),
  ofMessage(
    "PrivateMessage with application data at a member",
    encryptApplication(alice, utf8("hello"), { paddingLength: 4 }, app, random).message,
    received(bob),
  ),
  ofMessage(
    "PrivateMessage with application data at a member who is an epoch ahead",
    late,
    received(commit(bob, {}, app, random).state),
  ),
  ofMessage(
    "PrivateMessage with a proposal at a member",
    proposeUpdate(alice, {}, inPrivate, app, random).message,
    received(bob),
  ),
  ofMessage(
    "PrivateMessage with a commit at a member",
    commit(alice, { ...inPrivate, proposals: handshake, forcePath: true }, app, random).message,
    received(bob),
  ),
  ofMessage("SemiPrivateMessage with a proposal at a member", halfPublicProposal.message, received(semi.bob)),
  ofMessage(
    "SemiPrivateMessage with a proposal at an external receiver",
    halfPublicProposal.message,
    openedByHub,
    [forMembersOnly],
  ),
  {
    ...ofMessage(
      "SemiPrivateMessage with a proposal back at its sender",
      halfPublicProposal.message,
      received(halfPublicProposal.state),
    ),
    alwaysRefused: true,
  },
  ofMessage("SemiPrivateMessage with a commit at a member", halfPublicCommit.message, received(semi.bob)),
  ofMessage(
    "SemiPrivateMessage with a commit at an external receiver",
    halfPublicCommit.message,
    openedByHub,
    [forMembersOnly],
  ),
  {
    ...ofMessage(
      "SemiPrivateMessage with a commit back at its sender",
      halfPublicCommit.message,
      received(halfPublicCommit.ifRefused),
    ),
    alwaysRefused: true,
  },
];

/** All the states that messages are processed with. */
export const receivers = { room, semi };
