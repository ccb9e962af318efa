/** A room of three members that the refusal cases start from, and the tools of a member who does not keep to the rules. */
import { noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import { signContent } from "../../../../spec-model/mls/content-signature.ts";
import {
  type AuthenticatedContent,
  type Commit,
  type CommitOptions,
  type CommitResult,
  cipherSuite,
  commit,
  createGroup,
  type Extension,
  type FramedContent,
  type GroupView,
  groupInfo,
  joinByWelcome,
  type MemberState,
  type MLSMessage,
  type MlsErrorCode,
  type OwnKeyPackage,
  type Proposal,
  type ProposalOrRef,
  receive,
  startPublicGroup,
} from "../../../../spec-model/mls/index.ts";
import { protectPublic } from "../../../../spec-model/mls/public-message.ts";
import { application, client, randomness, roomExtensions } from "../room-fixture.ts";

/** One way to break a rule, and the code that has to come out. */
export interface Case {
  readonly code: MlsErrorCode;
  readonly says: string;
  readonly act: () => unknown;
}

export const suite = cipherSuite(1);
export const random = randomness("refusals");
export const hubKeys = suite.signature.generateKeyPair(random);

export interface Room {
  readonly alice: MemberState;
  readonly bob: MemberState;
  readonly carol: MemberState;
  readonly bobs: OwnKeyPackage;
  readonly hub: GroupView;
}

/** Alice creates the group and adds Bob and Carol with a path, so that the tree has parents. */
export function foundRoom(extensions: Extension[] = roomExtensions(hubKeys.publicKey)): Room {
  const creator = client("alice");
  const [bobs, carols] = [client("bob"), client("carol")];
  const founder = createGroup({ groupId: utf8("room"), extensions, creator }, application, random);
  const proposals = [bobs, carols].map(({ keyPackage }) => add(keyPackage));
  const made = commit(founder, { proposals, forcePath: true }, application, random);
  const welcome = welcomeOf(made);
  const alice = made.state;
  return {
    alice,
    bob: joinByWelcome(welcome, { own: bobs }, application).state,
    carol: joinByWelcome(welcome, { own: carols }, application).state,
    bobs,
    hub: startPublicGroup(groupInfo(alice, application), alice.tree, application),
  };
}

export const room = foundRoom();
export const { alice, bob, carol, bobs, hub } = room;

export function welcomeOf(made: Pick<CommitResult, "welcome">) {
  if (made.welcome === undefined) throw new Error("nobody to welcome");
  return made.welcome;
}

export function add(keyPackage: OwnKeyPackage["keyPackage"]): Proposal {
  return { proposalType: "add", keyPackage };
}

export function remove(removed: number): Proposal {
  return { proposalType: "remove", removed };
}

export function byValue(...proposals: Proposal[]): ProposalOrRef[] {
  return proposals.map((proposal) => ({ type: "proposal", proposal }));
}

/** A copy with one bit changed, by default the last octet's. */
export function flipped(octets: Uint8Array, at = octets.length - 1): Uint8Array {
  return octets.map((octet, i) => (i === at ? octet ^ 1 : octet));
}

/** Any content under a member's signature and membership tag, whether it may be sent or not. */
export function forged(member: MemberState, content: FramedContent, tag = new Uint8Array(32)): MLSMessage {
  const wireFormat = "mls_public_message";
  const context = member.groupContext;
  const signature = signContent(suite, member.signaturePrivateKey, wireFormat, content, context);
  const auth = content.contentType === "commit" ? { signature, confirmationTag: tag } : { signature };
  const message: AuthenticatedContent = { wireFormat, content, auth };
  const publicMessage = protectPublic(suite, member.secrets.membershipKey, message, context);
  return { version: "mls10", wireFormat, publicMessage };
}

export function addressFrom(member: MemberState) {
  return {
    groupId: member.groupContext.groupId,
    epoch: member.groupContext.epoch,
    sender: { senderType: "member" as const, leafIndex: member.leafIndex },
    authenticatedData: noBytes,
  };
}

/** A commit of Alice's with these proposals and no path. */
export function forgedCommit(...proposals: ProposalOrRef[]): MLSMessage {
  return forged(alice, {
    ...addressFrom(alice),
    contentType: "commit",
    commit: { proposals, path: undefined },
  });
}

/** The content of a PublicMessage that holds a commit. */
export function commitIn(message: MLSMessage): Extract<FramedContent, { contentType: "commit" }> {
  const content = message.wireFormat === "mls_public_message" ? message.publicMessage.content : undefined;
  if (content?.contentType !== "commit") throw new Error("no commit");
  return content;
}

export function pathIn(message: MLSMessage): NonNullable<Commit["path"]> {
  const { path } = commitIn(message).commit;
  if (path === undefined) throw new Error("no path");
  return path;
}

/** A real commit of Alice's whose path has been changed and signed again. */
export function withChangedPath(
  change: (path: NonNullable<Commit["path"]>) => NonNullable<Commit["path"]>,
  options: CommitOptions = {},
): MLSMessage {
  const { message } = commit(alice, { ...options, forcePath: true }, application, random);
  const content = commitIn(message);
  return forged(alice, { ...content, commit: { ...content.commit, path: change(pathIn(message)) } });
}

export const bobReceives = (message: MLSMessage) => receive(bob, message, application);
