/** What whoever carries a body can see in it: handshakes and trees in clear, requests, and the senders of messages. */
import { ConsentEntry, scopeOf } from "../../spec-model/consent/index.ts";
import { IdentifierRequest } from "../../spec-model/discovery/index.ts";
import type { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import { KeyMaterialRequest } from "../../spec-model/key-material/index.ts";
import {
  type Credential,
  fromRatchetTreeExtension,
  type MLSMessage,
  members,
  type Proposal,
} from "../../spec-model/mls/index.ts";
import { attempt, holderOf, isRefused, roomOfGroup } from "../../spec-model/room/index.ts";
import { componentIds, ParticipantListUpdate } from "../../spec-model/room/structures/index.ts";
import { type Carried, fannedOutIn } from "./carried.ts";
import type { Fact } from "./fact.ts";
import type { Names } from "./names.ts";
import { keyPackageFacts, memberFact, participantFact } from "./seen-by-clients.ts";
import { consentFact } from "./seen-by-providers.ts";

export function seenIn(carried: Carried, names: Names): Fact[] {
  switch (carried.operation) {
    case "keyMaterial":
      return orNone(() => keyMaterialAsked(KeyMaterialRequest.decode(carried.body)));
    case "requestConsent":
    case "updateConsent":
    case "consentNews":
      return orNone(() => consentIn(ConsentEntry.decode(carried.body)));
    case "identifierQuery":
      return orNone(() => nameAsked(names.of(carried.from), IdentifierRequest.decode(carried.body)));
    case "fetchAsset":
    case "proxyDownload":
      return [{ kind: "asset", what: `${names.of(carried.from)} downloads ${carried.about}` }];
    case "asset":
      return [{ kind: "asset", what: `${names.of(carried.from)} downloads ${carried.about}` }];
    default:
      return fannedOutIn(carried).flatMap((fanned) => inClear(fanned, carried.about, names));
  }
}

function keyMaterialAsked({ requestingUser, targetUser, roomId }: KeyMaterialRequest): Fact[] {
  const where = roomId.uri === "" ? "no room" : roomId.uri;
  return [
    {
      kind: "request",
      what: `${requestingUser.uri} asks for key material of ${targetUser.uri} for ${where}`,
    },
  ];
}

function consentIn(entry: ConsentEntry): Fact[] {
  const scope = scopeOf(entry);
  const where = scope.room ?? "any room";
  switch (entry.consentOperation) {
    case "grant":
      return [consentFact("granted", scope)];
    case "revoke":
      return [consentFact("revoked", scope)];
    case "request":
      return [{ kind: "request", what: `${scope.requester} asks ${scope.target} for consent for ${where}` }];
    case "cancel":
      return [
        {
          kind: "request",
          what: `${scope.requester} asks ${scope.target} no longer for consent for ${where}`,
        },
      ];
  }
}

function nameAsked(asker: string, { queryElements }: IdentifierRequest): Fact[] {
  return queryElements.map((element) => ({
    kind: "request",
    what: `${asker} asks who ${element.searchType} ${element.searchValue} is`,
  }));
}

/** Handshakes of a room are in clear for all its providers, but those hidden from followers. protocol-06 §4.2 */
function inClear({ message, ...beside }: FanoutMessage, room: string, names: Names): Fact[] {
  const option = "ratchetTreeOption" in beside ? beside.ratchetTreeOption : undefined;
  const nodes = option?.representation === "full" ? option.ratchetTree : [];
  const tree = nodes.length === 0 ? [] : orNone(() => members(fromRatchetTreeExtension(nodes)));
  return [
    ...tree.flatMap(({ leafNode }) => memberIn(leafNode.credential, room, names)),
    ...inHandshake(message, room, names),
  ];
}

/** Of a commit, what has come true; a proposal alone is not more than a wish. */
function inHandshake(message: MLSMessage, fallback: string, names: Names): Fact[] {
  if (message.wireFormat !== "mls_public_message") return [];
  const { content } = message.publicMessage;
  if (content.contentType !== "commit") return [];
  const room = roomOfGroup(content.groupId) ?? fallback;
  const { path, proposals } = content.commit;
  const newcomer = content.sender.senderType === "new_member_commit" ? path?.leafNode.credential : undefined;
  return [
    ...(newcomer === undefined ? [] : memberIn(newcomer, room, names)),
    ...proposals.flatMap((each) => (each.type === "proposal" ? inProposal(each.proposal, room, names) : [])),
  ];
}

function inProposal(proposal: Proposal, room: string, names: Names): Fact[] {
  if (proposal.proposalType === "add")
    return [
      ...memberIn(proposal.keyPackage.leafNode.credential, room, names),
      ...keyPackageFacts(proposal.keyPackage, names),
    ];
  if (proposal.proposalType !== "app_data_update" || proposal.op !== "update") return [];
  if (proposal.componentId !== componentIds.participant_list) return [];
  const { update } = proposal;
  return orNone(() =>
    ParticipantListUpdate.decode(update).addedParticipants.map(({ user, roleIndex: role }) =>
      participantFact(room, { user, role }),
    ),
  );
}

function memberIn(credential: Credential, room: string, names: Names): Fact[] {
  const holder = holderOf(credential);
  return holder === undefined ? [] : [memberFact(room, holder.client, names)];
}

function orNone<T>(decode: () => readonly T[]): T[] {
  const decoded = attempt(decode);
  return isRefused(decoded) ? [] : [...decoded];
}
