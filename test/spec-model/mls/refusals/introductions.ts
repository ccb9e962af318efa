/** GroupInfos, Welcomes and successor groups that do not hold what they promise. */
import { noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import { signGroupInfo } from "../../../../spec-model/mls/group-info.ts";
import {
  branch,
  commit,
  completeGroupInfo,
  externalCommit,
  type GroupContext,
  GroupSecrets,
  groupInfo,
  joinByWelcome,
  keyPackageRef,
  type MemberState,
  type PreSharedKeyID,
  partialGroupInfo,
  ratchetTreeExtension,
  reinitialise,
  startPublicGroup,
  type Welcome,
} from "../../../../spec-model/mls/index.ts";
import { decryptWithLabel, encryptWithLabel } from "../../../../spec-model/mls/labelled.ts";
import { demandSuccessorGroup } from "../../../../spec-model/mls/successor-group.ts";
import { application as app, client } from "../room-fixture.ts";
import { add, alice, bob, type Case, flipped, foundRoom, hub, random, suite, welcomeOf } from "./room.ts";

const info = groupInfo(alice, app);
const dave = client("dave");
const made = commit(alice, { proposals: [add(dave.keyPackage)] }, app, random);
const welcome = welcomeOf(made);

function changedSecrets(
  change: (secrets: Welcome["secrets"][number]) => Welcome["secrets"][number],
): Welcome {
  return { ...welcome, secrets: welcome.secrets.map(change) };
}

/** Dave's secrets encrypted to somebody whom nobody added. */
function passedOn(): Welcome {
  const eve = client("eve");
  const [sealed] = welcome.secrets;
  if (sealed === undefined) throw new Error("an empty Welcome");
  const { encryptedGroupInfo } = welcome;
  const secrets = decryptWithLabel(
    suite,
    dave.initPrivateKey,
    "Welcome",
    encryptedGroupInfo,
    sealed.encryptedGroupSecrets,
    "groupSecretsDecryption",
  );
  const plaintext = GroupSecrets.encode({ ...GroupSecrets.decode(secrets), pathSecret: undefined });
  const encryptedGroupSecrets = encryptWithLabel(
    suite,
    eve.keyPackage.initKey,
    "Welcome",
    encryptedGroupInfo,
    plaintext,
    random,
  );
  return {
    ...welcome,
    secrets: [{ newMember: keyPackageRef(suite, eve.keyPackage), encryptedGroupSecrets }],
  };
}

/** A Welcome to a group whose first secrets depend on a PSK. */
function withPsk() {
  const psk: PreSharedKeyID = { psktype: "external", pskId: utf8("p"), pskNonce: new Uint8Array(32) };
  const knowing = (secret: string) => ({ ...app, findPsk: () => utf8(secret) });
  const proposals = [add(dave.keyPackage), { proposalType: "psk" as const, psk }];
  return { welcome: welcomeOf(commit(alice, { proposals }, knowing("right"), random)), knowing };
}

/** Bob's and Alice's states in a group that a ReInit closed, agreeing on a successor. */
function closed(): MemberState {
  const reInit = {
    proposalType: "reinit" as const,
    groupId: utf8("next"),
    version: "mls10" as const,
    cipherSuite: 1,
    extensions: [],
  };
  return commit(foundRoom([]).alice, { proposals: [reInit] }, app, random).state;
}

const [newAlice, newBob] = [client("alice"), client("bob")];
const branched = branch(
  alice,
  utf8("branch"),
  { creator: newAlice, keyPackages: [newBob.keyPackage] },
  app,
  random,
);
const link: PreSharedKeyID = {
  psktype: "resumption",
  usage: "branch",
  pskGroupId: alice.groupContext.groupId,
  pskEpoch: alice.groupContext.epoch,
  pskNonce: noBytes,
};

export const introductionCases: Case[] = [
  {
    code: "groupInfoSigner",
    says: "a GroupInfo signed by nobody",
    act: () => startPublicGroup({ ...info, signer: 77 }, hub.tree, app),
  },
  {
    code: "groupInfoSignature",
    says: "a GroupInfo with a changed signature",
    act: () => startPublicGroup({ ...info, signature: flipped(info.signature) }, hub.tree, app),
  },
  {
    code: "groupInfoSignature",
    says: "a PartialGroupInfo with a changed signature",
    act: () => {
      const partial = partialGroupInfo(info, false);
      const changed = { ...partial, signature: flipped(partial.signature) };
      return completeGroupInfo(suite, hub, alice.leafIndex, changed);
    },
  },
  {
    code: "noRatchetTree",
    says: "a GroupInfo without a tree anywhere",
    act: () => startPublicGroup(info, undefined, app),
  },
  {
    code: "noExternalPub",
    says: "an external commit with a GroupInfo that does not invite one",
    act: () => {
      const closedInfo = signGroupInfo(suite, alice, alice, []);
      return externalCommit({ groupInfo: closedInfo, ratchetTree: hub.tree, joiner: dave }, app, random);
    },
  },
  {
    code: "partialGroupInfoTree",
    says: "a PartialGroupInfo that holds a ratchet tree",
    act: () => {
      const partial = {
        ...partialGroupInfo(info, false),
        groupInfoExtensions: [ratchetTreeExtension(hub.tree)],
      };
      return completeGroupInfo(suite, hub, alice.leafIndex, partial);
    },
  },
  {
    code: "welcomeCipherSuite",
    says: "a Welcome of another cipher suite than the KeyPackage",
    act: () => joinByWelcome({ ...welcome, cipherSuite: 3 }, { own: dave }, app),
  },
  {
    code: "welcomeNotForUs",
    says: "somebody else's Welcome",
    act: () => joinByWelcome(welcome, { own: client("eve") }, app),
  },
  {
    code: "groupSecretsDecryption",
    says: "a Welcome with changed secrets",
    act: () => {
      const changed = changedSecrets((secrets) => {
        const { kemOutput, ciphertext } = secrets.encryptedGroupSecrets;
        return { ...secrets, encryptedGroupSecrets: { kemOutput, ciphertext: flipped(ciphertext) } };
      });
      return joinByWelcome(changed, { own: dave }, app);
    },
  },
  {
    code: "groupInfoDecryption",
    says: "a Welcome read with the wrong PSK",
    act: () => {
      const { welcome: bound, knowing } = withPsk();
      return joinByWelcome(bound, { own: dave }, knowing("wrong"));
    },
  },
  {
    code: "groupIdInUse",
    says: "a Welcome to a group with the ID of one that the client is in",
    act: () => joinByWelcome(welcome, { own: dave }, { ...app, participatesIn: () => true }),
  },
  {
    code: "unknownPsk",
    says: "a Welcome that needs a PSK which the newcomer does not have",
    act: () => joinByWelcome(withPsk().welcome, { own: dave }, app),
  },
  {
    code: "ownLeafMissing",
    says: "a Welcome passed on to somebody who was not added",
    act: () => joinByWelcome(passedOn(), { own: client("eve") }, app),
  },
  {
    code: "successorUnknown",
    says: "a subgroup of a group that the newcomer is not in",
    act: () => {
      const old = { ...app, findPsk: () => alice.secrets.resumptionPsk };
      return joinByWelcome(welcomeOf(branched), { own: newBob }, old);
    },
  },
  {
    code: "successorTwice",
    says: "a group that claims two origins",
    act: () => demandSuccessorGroup([link, link], branched.groupInfo, branched.ratchetTree, bob, app),
  },
  {
    code: "successorEpoch",
    says: "a subgroup that is not in its first epoch",
    act: () => {
      const groupContext = { ...branched.groupInfo.groupContext, epoch: 2n };
      demandSuccessorGroup([link], { ...branched.groupInfo, groupContext }, branched.ratchetTree, bob, app);
    },
  },
  {
    code: "successorMembers",
    says: "a subgroup with somebody from outside",
    act: () => {
      const stranger = client("stranger");
      const keyPackages = [newBob.keyPackage, stranger.keyPackage];
      const other = branch(alice, utf8("b"), { creator: newAlice, keyPackages }, app, random);
      return joinByWelcome(welcomeOf(other), { own: newBob, previous: bob }, app);
    },
  },
  {
    code: "branchMismatch",
    says: "a subgroup of another cipher suite",
    act: () =>
      branch(alice, utf8("b"), { creator: client("alice", { suite: 3 }), keyPackages: [] }, app, random),
  },
  {
    code: "reInitMismatch",
    says: "a successor that continues an epoch before the ReInit",
    act: () => {
      const old = closed();
      const { groupId, epoch } = old.groupContext;
      const id = { ...link, usage: "reinit" as const, pskGroupId: groupId, pskEpoch: epoch - 1n };
      return demandSuccessorGroup([id], branched.groupInfo, branched.ratchetTree, old, app);
    },
  },
  {
    code: "reInitMismatch",
    says: "a successor of another cipher suite than the ReInit announced",
    act: () =>
      reinitialise(closed(), { creator: client("alice", { suite: 3 }), keyPackages: [] }, app, random),
  },
  {
    code: "reInitMismatch",
    says: "a successor whose GroupInfo has another cipher suite than the ReInit",
    act: () => comesAfter({ cipherSuite: 3 }),
  },
  {
    code: "reInitMismatch",
    says: "a successor with another group ID than the ReInit announced",
    act: () => comesAfter({ groupId: utf8("elsewhere") }),
  },
  {
    code: "reInitMismatch",
    says: "a successor with other extensions than the ReInit announced",
    act: () => comesAfter({ extensions: [{ extensionType: 0xf001, extensionData: noBytes }] }),
  },
  {
    code: "successorMembers",
    says: "a successor that leaves out somebody who was in the closed group",
    act: () => comesAfter({}),
  },
  {
    code: "branchMismatch",
    says: "a subgroup whose GroupInfo has another cipher suite",
    act: () => {
      const groupContext = { ...branched.groupInfo.groupContext, cipherSuite: 3 };
      demandSuccessorGroup([link], { ...branched.groupInfo, groupContext }, branched.ratchetTree, bob, app);
    },
  },
];

/** Whether a group of Alice and Bob that is as the ReInit announced, but for `change`, is the closed one's successor. */
function comesAfter(change: Partial<GroupContext>): void {
  const old = closed();
  if (old.reInit === undefined) throw new Error("the group is not closed");
  const { groupId: pskGroupId, epoch: pskEpoch } = old.groupContext;
  const { groupId, cipherSuite, extensions } = old.reInit;
  const announced = { groupId, cipherSuite, extensions };
  const groupContext = { ...branched.groupInfo.groupContext, ...announced, ...change };
  const id = { ...link, usage: "reinit" as const, pskGroupId, pskEpoch };
  demandSuccessorGroup([id], { ...branched.groupInfo, groupContext }, branched.ratchetTree, old, app);
}
