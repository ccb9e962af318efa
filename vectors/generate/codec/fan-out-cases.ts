/** What the hub makes of an accepted handshake for those in the room: nothing is added to its proposals. protocol-06 §5.5 */
import { hex } from "../../../spec-model/bytes.ts";
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { commit, groupInfo, type MLSMessage, type Proposal, propose } from "../../../spec-model/mls/index.ts";
import { HandshakeBundle } from "../../../spec-model/update/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { positive } from "../cases.ts";
import { application, foundGroup, type Group, topicUpdate } from "../crypto/group.ts";
import { type Scene, scenes } from "../crypto/keys.ts";

const timestamp = 1_800_000_000_000n;

export function fanOutGroups(seed: string): VectorGroup[] {
  const [scene] = scenes(seed);
  if (scene === undefined) return [];
  const group = foundGroup(scene);
  return [
    {
      operation: "handshake.fan-out",
      comment: "Handshakes on their way from the hub to the room's providers",
      input: {},
      tests: [...proposalCases(scene, group), committed(scene, group)],
    },
  ];
}

function proposalCases(scene: Scene, group: Group): VectorCase[] {
  const random = scene.random("fanned out proposals");
  const sent = (proposal: Proposal, wireFormat?: "mls_semiprivate_message"): MLSMessage =>
    propose(group.alice, proposal, wireFormat === undefined ? {} : { wireFormat }, application, random)
      .message;
  const [rename, again] = [sent(topicUpdate("Clubhouse")), sent(topicUpdate("Attic"))];
  const leave = sent({ proposalType: "remove", removed: 2 });
  const hidden = sent(topicUpdate("Cellar"), "mls_semiprivate_message");
  const kinds: readonly (readonly [string, string, readonly [MLSMessage, ...MLSMessage[]]])[] = [
    ["alone", "one proposal", [rename]],
    ["two", "a proposal and a further one", [rename, leave]],
    ["order", "the same two in the other order", [leave, rename]],
    ["four", "a proposal and three further ones", [rename, leave, again, hidden]],
    ["repeated", "a proposal that is there twice", [rename, again, rename]],
    ["semi-private", "proposals in SemiPrivateMessages and PublicMessages", [hidden, rename]],
  ];
  return kinds.map(([slug, comment, [proposalOrCommit, ...moreProposals]]) => {
    const event = { timestamp, message: proposalOrCommit, moreProposals };
    return fanned(`proposals-${slug}`, comment, { proposalOrCommit, moreProposals }, event);
  });
}

function committed(scene: Scene, group: Group): VectorCase {
  const random = scene.random("fanned out commit");
  const made = commit(group.alice, { proposals: [topicUpdate("Clubhouse")] }, application, random);
  const bundle: HandshakeBundle = {
    proposalOrCommit: made.message,
    welcome: made.welcome,
    groupInfoOption: { representation: "full", groupInfo: groupInfo(made.state, application) },
    ratchetTreeOption: { representation: "distributionService" },
  };
  return fanned("commit", "a commit, of which only the handshake is for those in the room", bundle, {
    timestamp,
    message: made.message,
    externalProposals: [],
  });
}

function fanned(slug: string, comment: string, bundle: HandshakeBundle, event: FanoutMessage): VectorCase {
  return positive({
    id: `fan-out-${slug}`,
    comment,
    requirements: bundle.moreProposals === undefined ? [] : ["protocol-5.5-more-proposals-unchanged"],
    outcome: "fanned",
    input: { bundle: hex(HandshakeBundle.encode(bundle)), timestamp: `${timestamp}` },
    output: { event: hex(FanoutMessage.encode(event)) },
    view: { furtherProposals: bundle.moreProposals?.length ?? 0 },
  });
}
