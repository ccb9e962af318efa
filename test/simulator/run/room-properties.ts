/** Properties of rooms that hold at every rest where nothing fails and nobody lies. SEMANTICS in the field's words. */
import type { RunningActor } from "../../../simulator/running-actor.ts";
import type { HostedRoom } from "../../../spec-model/hub/index.ts";
import { effectiveRoom } from "../../../spec-model/hub/index.ts";
import { stateName } from "../../../spec-model/machine.ts";
import type { ClientRoom, ClientState } from "../../../spec-model/participant/index.ts";
import type { ProviderState } from "../../../spec-model/provider/index.ts";

/** What does not hold, in sentences; `before` is what the last look has left. */
export interface Look {
  readonly problems: readonly string[];
  /** Of clients outside of a room: how many messages they have. */
  readonly outside: ReadonlyMap<string, number>;
}

export function lookAt(actors: readonly RunningActor[], before: Look | undefined): Look {
  const providers = actors.flatMap((actor) => {
    const state = actor.state() as Partial<ProviderState>;
    return state.hosted === undefined ? [] : [state as ProviderState];
  });
  const clients = actors.flatMap((actor) => {
    const state = actor.state() as Partial<ClientState>;
    return state.rooms === undefined ? [] : [state as ClientState];
  });
  const rooms = providers.flatMap(({ hosted }) => Object.values(hosted));
  const views = clients.flatMap((state) => Object.values(state.rooms).map((view) => ({ state, view })));
  const outside = new Map(
    views
      .filter(({ view }) => !isInside(view))
      .map(({ state, view }) => [`${state.client} ${view.room}`, view.messages.length]),
  );
  return {
    problems: [
      ...rooms.flatMap(problemsOfRoom),
      ...rooms.flatMap(({ room }) => problemsOfOrder(views.filter(({ view }) => view.room === room))),
      ...views.flatMap(({ state, view }) => (state.connected ? problemsOfClient(state, view) : [])),
      ...[...outside].flatMap(([who, count]) => {
        const earlier = before?.outside.get(who);
        return earlier === undefined || earlier === count ? [] : [`${who}: hears messages from outside`];
      }),
    ],
    outside,
  };
}

function isInside({ machine }: ClientRoom): boolean {
  return stateName(machine).startsWith("member");
}

/** I03 to I05, and what is pending is pending in the group as well. */
function problemsOfRoom({ room, machine, group, pending }: HostedRoom): string[] {
  if (machine.status === "done") return [];
  const { current, policy } = machine.context;
  const effective = effectiveRoom(machine.context);
  const roleOf = new Map(current.participants.map(({ user, role }) => [user, role]));
  const known = new Set(policy.roles.map(({ index }) => index));
  return [
    ...current.members
      .filter(({ user }) => !roleOf.has(user))
      .map(({ client }) => `I03 ${client} has no participant`),
    ...current.members
      .filter(({ user }) => roleOf.get(user) === 1)
      .map(({ client }) => `I04 ${client} is banned`),
    ...(roleOf.size === current.participants.length ? [] : [`I05 somebody is listed twice in ${room}`]),
    ...current.participants
      .filter(({ role }) => !known.has(role))
      .map(({ user }) => `I05 ${user} has no known role`),
    ...(effective.members.length === 0 ? [`I09 nobody is left to commit in ${room}`] : []),
    ...(machine.context.pending.length === pending.length && group.pendingProposals.size === pending.length
      ? []
      : [`I10 what is pending in ${room} is not what the group holds`]),
  ];
}

/**
 * I30 and I45: in which order messages come is the same for everybody, and none comes twice. Not so for own ones: the
 * hub's answer may overtake what it has still to fan out. What is shown stands in the order of times all the same (I35).
 */
function problemsOfOrder(
  views: readonly { readonly state: ClientState; readonly view: ClientRoom }[],
): string[] {
  const orders = views.map(({ state, view }) => ({
    client: state.client,
    user: state.user,
    ids: view.messages.map(({ messageId }) => messageId),
    heard: view.messages,
  }));
  const ofOthers = (one: (typeof orders)[number], other: (typeof orders)[number]) =>
    one.heard
      .filter(
        ({ sender, messageId }) => ![one.user, other.user].includes(sender) && other.ids.includes(messageId),
      )
      .map(({ messageId }) => messageId)
      .join();
  return orders.flatMap((one, i) => [
    ...(new Set(one.ids).size === one.ids.length ? [] : [`I45 ${one.client} has a message twice`]),
    ...orders.slice(i + 1).flatMap((other) => {
      const isSame = ofOthers(one, other) === ofOthers(other, one);
      return isSame ? [] : [`I30 ${one.client} and ${other.client} differ in the order`];
    }),
  ]);
}

/** Nobody is left hanging: every update and every join has found its end. */
function problemsOfClient({ client, asks }: ClientState, { machine, buffered }: ClientRoom): string[] {
  const state = stateName(machine);
  const ends = ["outside", "removed", "superseded", "member.idle", "member.leaving"];
  return [
    ...(ends.includes(state) ? [] : [`${client} hangs in ${state}`]),
    ...(Object.keys(asks).length === 0 ? [] : [`${client} waits for ${Object.keys(asks).length} answers`]),
    ...(isInside({ machine } as ClientRoom) && buffered.length > 0
      ? [`${client} keeps ${buffered.length} events`]
      : []),
    ...(machine.context.inFlight === undefined ? [] : [`${client} has an update in flight`]),
  ];
}
