/** After the faults: everybody is back, and those who can commit do so, until nothing is left to be done. */
import type { HostedRoom } from "../../spec-model/hub/index.ts";
import { stateName } from "../../spec-model/machine.ts";
import type { ClientState } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import type { RunningActor } from "../running-actor.ts";
import type { Moment } from "../scenario/index.ts";

/** Rounds of commits: the first may lose a race, the second take up what the hub has proposed since. */
export const roundsOfCommits = 3;

/** Who is still down or away starts again. */
export function comingBack(actors: readonly RunningActor[]): Moment[] {
  return actors.flatMap((actor): Moment[] => {
    const state = actor.state() as Partial<ProviderState>;
    if (state.isDown === true)
      return [{ actor: actor.id, says: "starts again", intention: { type: "restart" } }];
    return actor.isAway?.() === true
      ? [{ actor: actor.id, says: "has its connection back", intention: { type: "connect" } }]
      : [];
  });
}

/** In every room that goes on: whoever waits for a word on its update asks again, and one more member commits. */
export function committing(actors: readonly RunningActor[], round: number): Moment[] {
  const clients = actors.flatMap((actor) => {
    const state = actor.state() as Partial<ClientState>;
    return state.rooms === undefined || state.requests === undefined ? [] : [state as ClientState];
  });
  const hosted = actors.flatMap((actor) =>
    Object.values((actor.state() as Partial<ProviderState>).hosted ?? {}),
  );
  return hosted
    .filter(({ machine }) => machine.status !== "done")
    .flatMap((room) => committers(room, clients, round));
}

function committers({ room, machine }: HostedRoom, clients: readonly ClientState[], round: number): Moment[] {
  const members = new Set(machine.context.current.members.map(({ client }) => client));
  const inState = (name: string) =>
    clients.filter(({ client, rooms }) => {
      const own = rooms[room];
      return members.has(client) && own !== undefined && stateName(own.machine) === name;
    });
  const idle = inState("member.idle");
  const next = idle[round % Math.max(1, idle.length)];
  return [...inState("member.unsure"), ...(next === undefined ? [] : [next])].map(({ client }) => ({
    actor: client,
    says: "commits what is pending",
    intention: { type: "commit", room },
  }));
}
