/** What is left of each actor when a run ends, in a few words. */

import { equalBytes } from "../../spec-model/bytes.ts";
import { FrankingAgentData } from "../../spec-model/franking/index.ts";
import { stateName } from "../../spec-model/machine.ts";
import { dictionaryOf, type GroupContext } from "../../spec-model/mls/index.ts";
import { type ClientState, peopleBehind, timelineIn, told } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import { componentIds } from "../../spec-model/room/structures/index.ts";
import type { RoomView } from "../properties/index.ts";
import type { Json } from "../running-actor.ts";

type Summary = Readonly<Record<string, Json>>;

/** The rooms a provider hosts and follows, and the key material it still has. */
export function providerSummary(state: ProviderState): Summary {
  const hosted = Object.values(state.hosted).map(({ room, machine, group }) => ({
    room,
    state: stateName(machine),
    epoch: machine.context.current.epoch,
    participants: machine.context.current.participants.map(({ user, role }) => `${user} (role ${role})`),
    clients: machine.context.current.members.map((member) => member.client),
    accepted: machine.context.accepted,
    ...frankedIn(state.keys, group.groupContext),
  }));
  const followed = Object.values(state.followed).map((machine) => ({
    room: machine.context.room,
    state: stateName(machine),
    clients: [...machine.context.clients],
  }));
  const reports = Object.values(state.reports).map(({ context: { room, records } }) => ({
    room,
    counted: records.map(({ reporter, alleged, messages }) => ({
      reporter,
      alleged,
      messages: messages.filter(({ verified }) => verified).length,
    })),
  }));
  const stock = Object.values(state.stocks).map((machine) => ({
    user: machine.context.user,
    keyPackages: machine.context.stock.length,
  }));
  return { hosted, followed, stock, ...(reports.length === 0 ? {} : { reports }) };
}

/** Which key signs the room's franks, at a hub that has had several. */
function frankedIn({ franking, pastFranking }: ProviderState["keys"], { extensions }: GroupContext): Summary {
  if (pastFranking === undefined) return {};
  const agent = dictionaryOf(extensions).get(componentIds.franking_signature_key);
  if (agent === undefined) return { franking: "no key" };
  const { frankingSignatureKey } = FrankingAgentData.decode(agent);
  return { franking: equalBytes(frankingSignatureKey, franking.publicKey) ? "newest key" : "older key" };
}

/** Where a client stands in each of its rooms, and what it shows there. */
export function clientSummary(state: ClientState): Summary {
  const rooms = Object.values(state.rooms).map(({ room, machine, messages, member }) => ({
    room,
    state: stateName(machine),
    epoch: machine.context.epoch,
    shows: timelineIn({ messages }).map(told),
    ...peopleIn(state, member),
  }));
  const introductions = Object.values(state.introductions).map(({ machine }) => ({
    identifier: machine.context.identifier,
    room: machine.context.room,
    state: stateName(machine),
  }));
  const begun = introductions.length === 0 ? {} : { introductions };
  return { rooms, keyPackages: Object.keys(state.keyPackages).length, ...begun };
}

/** Who is behind the pseudonyms in a room, where the client goes by one itself. */
function peopleIn(state: ClientState, member: ClientState["rooms"][string]["member"]): Summary {
  if (state.persona === undefined || member === undefined) return {};
  const people = peopleBehind(state, member, 0).map(({ user, real }) => ({ user, real: real ?? "" }));
  return { people };
}

/** What a client shows; one that is away, or has lost its place, is not there. */
function clientViews(state: ClientState): readonly RoomView[] {
  return Object.values(state.rooms).map((room) => ({
    room: room.room,
    isThere: state.connected && stateName(room.machine).startsWith("member") && !isGoing(room),
    entries: timelineIn(room),
  }));
}

/** Whether the hub has accepted that the client be removed: it gets no messages from that moment on. protocol-06 §5.3 */
function isGoing({ member, machine }: ClientState["rooms"][string]): boolean {
  return machine.context.known.some((reference) => {
    const pending = member?.pendingProposals.get(reference);
    if (member === undefined || pending === undefined) return false;
    const { proposal, sender } = pending;
    if (proposal.proposalType === "remove") return proposal.removed === member.leafIndex;
    if (proposal.proposalType !== "self_remove" || sender.senderType !== "member") return false;
    return sender.leafIndex === member.leafIndex;
  });
}

export const clientLooks = { rooms: clientViews, isAway: ({ connected }: ClientState) => !connected };
