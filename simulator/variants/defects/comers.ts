/** Mistakes about who comes from outside, what the hub gives them for it, and who may propose from there. protocol-06 §5.6 and §7.4, mls-extensions §6.3 */
import { GroupInfoRatchetTreeTBE } from "../../../spec-model/group-info/index.ts";
import { type MLSMessage, MlsError, type MlsLayer } from "../../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import type { Alteration } from "../alteration.ts";
import type { Defect, Party } from "../variant.ts";

type Row = readonly [
  id: string,
  says: string,
  party: Party,
  breaks: readonly string[],
  alteration: Alteration,
];

const rows: readonly Row[] = [
  [
    "client-joins-past-leavers",
    "leaves out of its external commit the SelfRemoves that it has got with the GroupInfo",
    "client",
    ["mls-extensions-6.3.1-joiner-includes"],
    withLayer((layer) => ({
      externalCommit: (options, ...rest) => layer.externalCommit({ ...options, selfRemoves: [] }, ...rest),
    })),
  ],
  [
    "hub-gives-no-pending",
    "gives out the GroupInfo without the proposals that are pending",
    "hub",
    ["mls-extensions-6.3.1-attached"],
    withLayer((layer) => ({ suite: (number) => sealingNoPending(layer.suite(number)) })),
  ],
  [
    "client-refuses-updates-from-outside",
    "takes no AppDataUpdate from an external sender, nor one in an external commit",
    "client",
    ["mls-extensions-4.7-external"],
    withLayer((layer) => ({
      receive: (member, message, ...rest) => {
        if (bringsUpdateFromOutside(message)) throw new MlsError("externalSenderContent", "an AppDataUpdate");
        return layer.receive(member, message, ...rest);
      },
    })),
  ],
  [
    "hub-completes-without-key",
    "makes a GroupInfo from a PartialGroupInfo without the key for external commits",
    "hub",
    ["protocol-5.3-partial-group-info"],
    withLayer((layer) => ({
      completeGroupInfo: (...asked) => {
        const whole = layer.completeGroupInfo(...asked);
        return {
          ...whole,
          extensions: whole.extensions.filter(({ extensionType }) => extensionType !== "external_pub"),
        };
      },
    })),
  ],
  [
    "hub-never-unlists",
    "leaves a provider among the external senders that has no participant any more",
    "hub",
    ["protocol-7.4-follower-unlisted"],
    withLayer((layer) => ({
      proposeExternally: (context, proposer, proposal, ...rest) => {
        if (proposal.proposalType === "group_context_extensions") {
          throw new MlsError("proposalTypeUnsupported", "proposes no other list");
        }
        return layer.proposeExternally(context, proposer, proposal, ...rest);
      },
    })),
  ],
  [
    "hub-unlists-at-once",
    "takes the list of external senders for changed as soon as somebody has proposed to change it",
    "hub",
    ["protocol-7.4-listed-when-committed"],
    withLayer((layer) => ({
      followHandshake: (...asked) => {
        const followed = layer.followHandshake(...asked);
        if (followed.kind !== "proposal") return followed;
        const { proposal } = followed.pending;
        if (proposal.proposalType !== "group_context_extensions") return followed;
        const { extensions } = proposal;
        const groupContext = { ...followed.group.groupContext, extensions };
        return { ...followed, group: { ...followed.group, groupContext } };
      },
    })),
  ],
];

export const comerDefects: readonly Defect[] = rows.map(([id, says, party, breaks, alteration]) => ({
  kind: "defect",
  id,
  says,
  party,
  breaks,
  alteration,
}));

function withLayer(change: (layer: MlsLayer) => Partial<MlsLayer>): Alteration {
  return { habit: () => ({ mls: (layer) => ({ ...layer, ...change(layer) }) }) };
}

/** What a hub encrypts to a joiner is the GroupInfo with all that goes with it. protocol-06 §5.6 */
function sealingNoPending(suite: ReturnType<MlsLayer["suite"]>): ReturnType<MlsLayer["suite"]> {
  const { seal } = suite.hpke;
  const hpke = {
    ...suite.hpke,
    seal: (...[key, info, aad, plaintext, random]: Parameters<typeof seal>) =>
      seal(key, info, aad, withoutPending(plaintext), random),
  };
  return { ...suite, hpke };
}

function withoutPending(plaintext: Uint8Array): Uint8Array {
  const contents = attempt(() => GroupInfoRatchetTreeTBE.decode(plaintext));
  return isRefused(contents)
    ? plaintext
    : GroupInfoRatchetTreeTBE.encode({ ...contents, pendingProposals: [] });
}

function bringsUpdateFromOutside(message: MLSMessage): boolean {
  if (message.wireFormat !== "mls_public_message") return false;
  const { content } = message.publicMessage;
  const { senderType } = content.sender;
  if (content.contentType === "proposal") {
    return senderType === "external" && content.proposal.proposalType === "app_data_update";
  }
  if (content.contentType !== "commit" || senderType !== "new_member_commit") return false;
  return content.commit.proposals.some(
    (each) => each.type === "proposal" && each.proposal.proposalType === "app_data_update",
  );
}
