/** Mistakes about how handshakes are encrypted, and what else they show: what others could read, or not use. protocol-06 §5.3, semiprivatemessage-07 */
import { concat, hex, noBytes } from "../../../spec-model/bytes.ts";
import {
  type Member,
  type MlsLayer,
  Proposal,
  safeAad,
  safeAadItems,
} from "../../../spec-model/mls/index.ts";
import type { Defect } from "../variant.ts";

type Row = readonly [
  id: string,
  says: string,
  breaks: readonly string[],
  change: (layer: MlsLayer) => Partial<MlsLayer>,
];

const rows: readonly Row[] = [
  [
    "client-sends-in-the-open",
    "sends its handshakes as PublicMessages where the room has agreed on SemiPrivateMessages",
    ["room-policy-7-handshake-formats", "protocol-5.3-semi-private-hides"],
    sendingInTheOpen,
  ],
  [
    "client-repeats-generations",
    "encrypts every SemiPrivateMessage of an epoch under the key of the first",
    ["semiprivatemessage-3.1-own-generation"],
    repeatingGenerations,
  ],
  [
    "client-shows-hidden-proposals",
    "repeats the proposals of a SemiPrivateMessage in its authenticated data, which is not encrypted",
    ["semiprivatemessage-4-hidden-from-others"],
    showingProposals,
  ],
  [
    "client-commits-leaves-without-path",
    "leaves out the path of commits that take up a SelfRemove",
    ["mls-extensions-6.3.1-needs-path"],
    committingWithoutPath,
  ],
];

export const formatDefects: readonly Defect[] = rows.map(([id, says, breaks, change]) => ({
  kind: "defect",
  id,
  says,
  party: "client",
  breaks,
  alteration: { habit: () => ({ mls: (layer) => ({ ...layer, ...change(layer) }) }) },
}));

function sendingInTheOpen(layer: MlsLayer): Partial<MlsLayer> {
  const wireFormat = "mls_public_message" as const;
  return {
    commit: (member, options, ...rest) => layer.commit(member, { ...options, wireFormat }, ...rest),
    propose: (member, proposal, options, ...rest) =>
      layer.propose(member, proposal, { ...options, wireFormat }, ...rest),
  };
}

/** What a layer keeps its ratchets in: the real one, and the symbolic one. */
type Ratchets = Partial<Record<"secretTree" | "ratchets", unknown>>;

function repeatingGenerations(layer: MlsLayer): Partial<MlsLayer> {
  const first = new Map<string, Ratchets>();
  const rewound = (member: Member): Member => {
    const { groupId, epoch } = member.groupContext;
    const place = `${hex(groupId)} ${epoch} ${member.leafIndex}`;
    const { secretTree, ratchets } = member as Member & Ratchets;
    const kept = first.get(place) ?? { ...(secretTree === undefined ? { ratchets } : { secretTree }) };
    first.set(place, kept);
    return { ...member, ...kept };
  };
  return {
    propose: (member, proposal, options, ...rest) => {
      const isHidden = options.wireFormat === "mls_semiprivate_message";
      return layer.propose(isHidden ? rewound(member) : member, proposal, options, ...rest);
    },
  };
}

/** A component that nobody has registered. */
const ownComponent = 0xff00;

function showingProposals(layer: MlsLayer): Partial<MlsLayer> {
  const showing = <
    Options extends { readonly wireFormat?: unknown; readonly authenticatedData?: Uint8Array },
  >(
    options: Options,
    proposals: readonly Proposal[],
  ): Options => {
    if (options.wireFormat !== "mls_semiprivate_message" || proposals.length === 0) return options;
    const aadItemData = concat(noBytes, ...proposals.map((each) => Proposal.encode(each)));
    const items = safeAadItems(options.authenticatedData ?? safeAad([]));
    return { ...options, authenticatedData: safeAad([...items, { componentId: ownComponent, aadItemData }]) };
  };
  return {
    commit: (member, options, ...rest) =>
      layer.commit(member, showing(options, options.proposals ?? []), ...rest),
    propose: (member, proposal, options, ...rest) =>
      layer.propose(member, proposal, showing(options, [proposal]), ...rest),
  };
}

function committingWithoutPath(layer: MlsLayer): Partial<MlsLayer> {
  const takesUpLeaves = ({ pendingProposals }: Member) =>
    [...pendingProposals.values()].some(({ proposal }) => proposal.proposalType === "self_remove");
  return {
    commit: (member, options, ...rest) =>
      layer.commit(
        member,
        takesUpLeaves(member) ? { ...options, crafted: { withoutPath: true } } : options,
        ...rest,
      ),
  };
}
