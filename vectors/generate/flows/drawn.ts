/** What a client of a recorded run draws for its own groups and commits. RFC 9420 §7.4, §8.3 and §11 */

import type { Input } from "../../../spec-model/actor.ts";
import { equalBytes, hex, noBytes } from "../../../spec-model/bytes.ts";
import {
  type CipherSuite,
  type ExternalCommitOptions,
  encodeRatchetTree,
  epochSecretsOf,
  externalInitLabel,
  externalPubOf,
  GroupInfo,
  leafAt,
  type Member,
  MLSMessage,
  type MlsLayer,
  nodeKeyPair,
  type RatchetTree,
  realMls,
} from "../../../spec-model/mls/index.ts";
import { type ClientIntention, type ClientState, stepClient } from "../../../spec-model/participant/index.ts";
import type { RandomSource } from "../../../spec-model/random.ts";
import type { FoundedGroup, MadeCommit } from "../../format/flow-steps.ts";
import type { RecordedStep } from "./record.ts";

/** What a client makes in one step. */
export interface Drawn {
  /** By the commit's MLSMessage in hexadecimal. */
  readonly commits: ReadonlyMap<string, MadeCommit>;
  /** Without what is published of the group. */
  readonly group: Omit<FoundedGroup, "groupInfo" | "ratchetTree"> | undefined;
}

/** Takes the step again, and writes down what its MLS draws. */
export function drawnIn({ at, input, entropy, before }: RecordedStep): Drawn {
  const commits = new Map<string, MadeCommit>();
  let group: Drawn["group"];
  const watched: MlsLayer = {
    ...realMls,
    createGroup(options, app, random) {
      const { draws, logged } = logging(random);
      const member = realMls.createGroup(options, app, logged);
      group = {
        epochSecret: hex(beginningOf(member, draws)),
        encryptionPrivateKey: hex(options.creator.encryptionPrivateKey),
      };
      return member;
    },
    commit(member, options, app, random) {
      const { draws, logged } = logging(random);
      const result = realMls.commit(member, options, app, logged);
      commits.set(hex(MLSMessage.encode(result.message)), pathOf(member, result.state, draws));
      return result;
    },
    externalCommit(options, app, random) {
      const { draws, logged } = logging(random);
      const result = realMls.externalCommit(options, app, logged);
      const suite = realMls.suite(options.groupInfo.groupContext.cipherSuite);
      commits.set(hex(MLSMessage.encode(result.message)), {
        ...pathOf(undefined, result.state, draws),
        joining: joiningOf(suite, options, result.message, draws),
      });
      return result;
    },
  };
  stepClient(before as ClientState, input as Input<ClientIntention>, { now: at, entropy }, watched);
  return { commits, group };
}

function logging(random: RandomSource): { readonly draws: Uint8Array[]; readonly logged: RandomSource } {
  const draws: Uint8Array[] = [];
  const bytes = (length: number) => {
    const drawn = random.bytes(length);
    draws.push(drawn);
    return drawn;
  };
  return { draws, logged: { bytes } };
}

/** The draw that is the first epoch's secret. RFC 9420 §11 */
function beginningOf(member: Member, draws: readonly Uint8Array[]): Uint8Array {
  const suite = realMls.suite(member.groupContext.cipherSuite);
  const authenticator = realMls.epochAuthenticator(member);
  const secret = draws.find((drawn) =>
    equalBytes(epochSecretsOf(suite, drawn).epochAuthenticator, authenticator),
  );
  if (secret === undefined) throw new Error("the group begins with nothing that was drawn");
  return secret;
}

/** The draw that the committer's leaf key comes from, where it has another one now. */
function pathOf(before: Member | undefined, after: Member, draws: readonly Uint8Array[]): MadeCommit {
  const suite = realMls.suite(after.groupContext.cipherSuite);
  const [was, is] = [before, after].map((each) => each && leafAt(each.tree, each.leafIndex)?.encryptionKey);
  if (is === undefined) throw new Error("the committer is not in the group");
  if (was !== undefined && equalBytes(was, is)) return {};
  const secret = draws.find(
    (drawn) => drawn.length === suite.hashLength && equalBytes(nodeKeyPair(suite, drawn).publicKey, is),
  );
  if (secret === undefined) throw new Error("the path begins with nothing that was drawn");
  return { pathSecret: hex(secret) };
}

function joiningOf(
  suite: CipherSuite,
  options: Pick<ExternalCommitOptions, "groupInfo" | "ratchetTree" | "selfRemoves">,
  message: MLSMessage,
  draws: readonly Uint8Array[],
): NonNullable<MadeCommit["joining"]> {
  const { groupInfo, ratchetTree, selfRemoves = [] } = options;
  const kemOutput = kemOutputIn(message);
  const initSecret = draws
    .map((drawn) => initialised(suite, groupInfo, drawn))
    .find((init) => init !== undefined && equalBytes(init.kemOutput, kemOutput))?.secret;
  if (initSecret === undefined) throw new Error("the group is initialised with nothing that was drawn");
  return {
    initSecret: hex(initSecret),
    groupInfo: hex(GroupInfo.encode(groupInfo)),
    ratchetTree: hex(treeOctets(ratchetTree)),
    selfRemoves: selfRemoves.map((each) => hex(MLSMessage.encode(each))),
  };
}

/** What HPKE exports where it draws these octets. RFC 9420 §8.3 */
function initialised(suite: CipherSuite, groupInfo: GroupInfo, drawn: Uint8Array) {
  const random = { bytes: (length: number) => (length === drawn.length ? drawn : new Uint8Array(length)) };
  return suite.hpke.exportSecret(
    externalPubOf(groupInfo),
    noBytes,
    externalInitLabel,
    suite.hashLength,
    random,
  );
}

function treeOctets(tree: RatchetTree | undefined): Uint8Array {
  if (tree === undefined) throw new Error("there is no tree beside the GroupInfo");
  return encodeRatchetTree(tree);
}

function kemOutputIn(message: MLSMessage): Uint8Array {
  if (message.wireFormat !== "mls_public_message") return noBytes;
  const { content } = message.publicMessage;
  const proposals = content.contentType === "commit" ? content.commit.proposals : [];
  for (const each of proposals) {
    if (each.type === "proposal" && each.proposal.proposalType === "external_init")
      return each.proposal.kemOutput;
  }
  return noBytes;
}
