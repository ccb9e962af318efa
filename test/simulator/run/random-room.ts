/** Rooms that nobody has thought out: random casts, and random lists of what their users want, several things at once. */
import fc from "fast-check";
import {
  type Chapter,
  type Client,
  chapter,
  client,
  type Person,
  type Provider,
  person,
  provider,
  room,
  type Scenario,
  scenario,
} from "../../../simulator/scenario/index.ts";
import { acquaintance } from "../../../simulator/scenarios/cast.ts";
import { exampleRoom, roles } from "../../../simulator/scenarios/setups.ts";

type Moment = Chapter["moments"][number][number];

/** What somebody wants, by numbers into the cast: it means something whatever the cast is. */
interface Wish {
  readonly kind: (typeof kinds)[number];
  readonly who: number;
  readonly whom: number;
  readonly role: number;
}

const kinds = [
  "write",
  "write",
  "write",
  "commit",
  "rename",
  "fetch",
  "add",
  "fetch",
  "add",
  "addOwn",
  "join",
  "leave",
  "selfRemove",
  "remove",
  "kick",
  "ban",
  "role",
  "removeOwn",
  "offline",
  "return",
  "hubRemoves",
  "hubBans",
] as const;

const wish: fc.Arbitrary<Wish> = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.nat(11),
  whom: fc.nat(11),
  role: fc.constantFrom(roles.ordinary, roles.admin),
});

export interface RandomRoom {
  readonly scenario: Scenario;
  readonly latency: string;
  readonly seed: number;
}

/** 2 to 4 providers, 2 to 6 clients, up to 12 steps of up to three wishes that come at the same moment. */
export const randomRoom: fc.Arbitrary<RandomRoom> = fc
  .record({
    providers: fc.integer({ min: 2, max: 4 }),
    clients: fc.array(fc.record({ user: fc.nat(4) }), { minLength: 1, maxLength: 5 }),
    invited: fc.nat(31),
    steps: fc.array(fc.array(wish, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 }),
    latency: fc.constantFrom("constant(20ms)", "uniform(1ms,60ms)", "exponential(5ms,40ms)"),
    seed: fc.nat(),
  })
  .map(({ providers, clients, invited, steps, latency, seed }) => ({
    scenario: tell(providers, clients, invited, steps),
    latency,
    seed,
  }));

function tell(
  providerCount: number,
  clientSettings: readonly { readonly user: number }[],
  invited: number,
  steps: readonly (readonly Wish[])[],
): Scenario {
  const servers = Array.from({ length: providerCount }, (_, i) => {
    const letter = String.fromCharCode(65 + i);
    return provider(`Server${letter}`, `${letter.toLowerCase()}.example`);
  });
  const hub = servers[0] as Provider;
  const host = client("Client0", person("Host", hub));
  const people = Array.from({ length: 5 }, (_, i) => person(`User${i}`, at(servers, i + 1)));
  const guests = clientSettings.map(({ user }, i) => {
    const of = at(people, user);
    return { client: client(`Client${i + 1}`, of), person: of };
  });
  const clients = [host, ...guests.map((guest) => guest.client)];
  const users = [...new Set(guests.map((guest) => guest.person))];
  const place = room("anywhere", hub);
  const cast = { clients, users, hub, place };
  const first = users.filter((_, i) => (invited >> i) % 2 === 1);
  return scenario(
    "random",
    "A random room",
    { providers: servers, clients },
    acquaintance(...servers),
    chapter(
      "The room comes about",
      "protocol-06 §3.1",
      host.creates(place, exampleRoom("cooperative", hub, roles.superAdmin)),
      guests.map((guest) => guest.client.publishes(12)),
      ...first.flatMap((user) => [host.fetches(user, place), host.adds(user, place, roles.ordinary)]),
    ),
    ...steps.map((wishes, i) =>
      chapter(
        `Step ${i + 1}`,
        "protocol-06",
        wishes.map((each) => momentOf(each, cast)),
      ),
    ),
    // Whoever is away comes back, and one more commit takes up what is left: then everybody must agree.
    chapter(
      "Everybody is back",
      "protocol-06",
      clients.map((each) => each.returns()),
    ),
  );
}

function momentOf(
  { kind, who, whom, role }: Wish,
  cast: {
    readonly clients: readonly Client[];
    readonly users: readonly Person[];
    readonly hub: Provider;
    readonly place: ReturnType<typeof room>;
  },
): Moment {
  const { hub, place } = cast;
  const one = at(cast.clients, who);
  const other = at(cast.users, whom);
  switch (kind) {
    case "write":
      return one.writes(place, `${who} ${whom}`);
    case "commit":
      return one.commits(place);
    case "rename":
      return one.renames(place, `name ${whom}`);
    case "fetch":
      return one.fetches(other, place);
    case "add":
      return one.adds(other, place, role);
    case "addOwn":
      return one.addsOwnClients(place);
    case "join":
      return one.joins(place);
    case "leave":
      return one.leaves(place);
    case "selfRemove":
      return one.leaves(place, "selfRemove");
    case "remove":
      return one.removes(other, place);
    case "kick":
      return one.kicks(other, place);
    case "ban":
      return one.bans(other, place);
    case "role":
      return one.changesRole(other, place, role, "changes a role");
    case "removeOwn":
      return one.removesOwn(at(cast.clients, whom), place);
    case "offline":
      return one.goesOffline();
    case "return":
      return one.returns();
    case "hubRemoves":
      return hub.removes(other, place);
    case "hubBans":
      return hub.bans(other, place);
  }
}

function at<T>(list: readonly T[], i: number): T {
  return list[i % list.length] as T;
}
