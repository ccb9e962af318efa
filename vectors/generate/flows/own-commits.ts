/** A client's own commits in a recorded run, with what it drew for them. RFC 9420 §7.4 and §8.3 */

import type { Input } from "../../../spec-model/actor.ts";
import { equalBytes, hex, noBytes } from "../../../spec-model/bytes.ts";
import {
  type CipherSuite,
  type ExternalCommitOptions,
  encodeRatchetTree,
  externalInitLabel,
  externalPubOf,
  GroupInfo,
  MLSMessage,
  type MlsLayer,
  nodeKeyPair,
  type RatchetTree,
  realMls,
} from "../../../spec-model/mls/index.ts";
import { type ClientIntention, type ClientState, stepClient } from "../../../spec-model/participant/index.ts";
import type { RandomSource } from "../../../spec-model/random.ts";
import type { MadeCommit } from "../../format/flow-steps.ts";
import type { RecordedStep } from "./record.ts";

/** By the commit's MLSMessage in hexadecimal. */
export function ownCommits(steps: readonly RecordedStep[]): ReadonlyMap<string, MadeCommit> {
  return new Map(steps.filter(sendsUpdate).flatMap((step) => [...commitsOf(step)]));
}

export function sendsUpdate({ outputs }: RecordedStep): boolean {
  return outputs.some(
    (output) =>
      output.type === "local" && output.message.type === "ask" && output.message.operation === "update",
  );
}

/** Takes the step again, and writes down what its MLS draws. */
function commitsOf({ at, input, entropy, before }: RecordedStep): ReadonlyMap<string, MadeCommit> {
  const made = new Map<string, MadeCommit>();
  const watched: MlsLayer = {
    ...realMls,
    commit(member, options, app, random) {
      const { draws, logged } = logging(random);
      const result = realMls.commit(member, options, app, logged);
      const suite = realMls.suite(member.groupContext.cipherSuite);
      made.set(hex(MLSMessage.encode(result.message)), pathOf(suite, result.message, draws));
      return result;
    },
    externalCommit(options, app, random) {
      const { draws, logged } = logging(random);
      const result = realMls.externalCommit(options, app, logged);
      const suite = realMls.suite(options.groupInfo.groupContext.cipherSuite);
      const path = pathOf(suite, result.message, draws);
      made.set(hex(MLSMessage.encode(result.message)), {
        ...path,
        joining: joiningOf(suite, options, result.message, draws),
      });
      return result;
    },
  };
  stepClient(before as ClientState, input as Input<ClientIntention>, { now: at, entropy }, watched);
  return made;
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

/** The draw that the committer's leaf key comes from. */
function pathOf(suite: CipherSuite, message: MLSMessage, draws: readonly Uint8Array[]): MadeCommit {
  const { path } = commitIn(message);
  if (path === undefined) return {};
  const { encryptionKey } = path.leafNode;
  const secret = draws.find(
    (drawn) =>
      drawn.length === suite.hashLength && equalBytes(nodeKeyPair(suite, drawn).publicKey, encryptionKey),
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
  const kemOutput = commitIn(message).proposals.flatMap((each) =>
    each.type === "proposal" && each.proposal.proposalType === "external_init"
      ? [each.proposal.kemOutput]
      : [],
  )[0];
  const initSecret = draws
    .map((drawn) => initialised(suite, groupInfo, drawn))
    .find((init) => init !== undefined && equalBytes(init.kemOutput, kemOutput ?? noBytes))?.secret;
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

function commitIn(message: MLSMessage) {
  if (message.wireFormat !== "mls_public_message") return { proposals: [], path: undefined };
  const { content } = message.publicMessage;
  return content.contentType === "commit" ? content.commit : { proposals: [], path: undefined };
}
