/** What is left of each actor when a run ends, in a few words. */

import { stateName } from "../../spec-model/machine.ts";
import type { ClientState } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import type { Json } from "./actors.ts";

type Summary = Readonly<Record<string, Json>>;

/** The rooms a provider hosts and follows, and the key material it still has. */
export function providerSummary(state: ProviderState): Summary {
  const hosted = Object.values(state.hosted).map(({ room, machine }) => ({
    room,
    state: stateName(machine),
    epoch: machine.context.current.epoch,
    participants: machine.context.current.participants.map(({ user, role }) => `${user} (role ${role})`),
    clients: machine.context.current.members.map((member) => member.client),
    accepted: machine.context.accepted,
  }));
  const followed = Object.values(state.followed).map((machine) => ({
    room: machine.context.room,
    state: stateName(machine),
    clients: [...machine.context.clients],
  }));
  const stock = Object.values(state.stocks).map((machine) => ({
    user: machine.context.user,
    keyPackages: machine.context.stock.length,
  }));
  return { hosted, followed, stock };
}

/** Where a client stands in each of its rooms, and what it shows there. */
export function clientSummary(state: ClientState): Summary {
  const rooms = Object.values(state.rooms).map(({ room, machine, timeline }) => ({
    room,
    state: stateName(machine),
    epoch: machine.context.epoch,
    shows: timeline.map((shown) => shown.text),
  }));
  return { rooms, keyPackages: Object.keys(state.keyPackages).length };
}
