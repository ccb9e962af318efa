/** Rooms that nobody has thought out: random casts, wishes, faults and schedules, as one arbitrary that shrinks. */
import fc from "fast-check";
import { examplePolicies } from "../../spec-model/room/index.ts";
import { componentIds, PreAuthData, RoleData } from "../../spec-model/room/structures/index.ts";
import type { Fault } from "../faults/index.ts";
import {
  type Client,
  chapter,
  client,
  type Moment,
  type Person,
  type Provider,
  person,
  provider,
  type Room,
  type RoomSetup,
  room,
  type Scenario,
  scenario,
} from "../scenario/index.ts";
import {
  acquaintance,
  baseRules,
  exampleRoom,
  moderatedRoles,
  roles,
  withRules,
} from "../scenarios/index.ts";
import { type Adversary, type Choice, playedBy } from "../variants/index.ts";
import { type Trial, trialOf } from "./trial.ts";

/** What somebody wants, by numbers into the cast: it means something whatever the cast is. */
interface Wish {
  readonly kind: keyof typeof wishes;
  readonly who: number;
  readonly whom: number;
  readonly role: number;
}

interface Cast {
  readonly place: Room;
  readonly hub: Provider;
  readonly clients: readonly Client[];
  readonly users: readonly Person[];
}

/** What there is to want. Whoever wants it need not be allowed to, nor need it make sense. */
const wishes = {
  write: (cast, { who, whom }) => one(cast, who).writes(cast.place, `${who} ${whom}`),
  commit: (cast, { who }) => one(cast, who).commits(cast.place),
  rename: (cast, { who, whom }) => one(cast, who).renames(cast.place, `name ${whom}`),
  fetch: (cast, { who, whom }) => one(cast, who).fetches(user(cast, whom), cast.place),
  add: (cast, { who, whom, role }) => one(cast, who).adds(user(cast, whom), cast.place, role),
  addOwn: (cast, { who }) => one(cast, who).addsOwnClients(cast.place),
  join: (cast, { who }) => one(cast, who).joins(cast.place),
  enter: (cast, { who, role }) => one(cast, who).joins(cast.place, { role }),
  leave: (cast, { who }) => one(cast, who).leaves(cast.place),
  selfRemove: (cast, { who }) => one(cast, who).leaves(cast.place, "selfRemove"),
  remove: (cast, { who, whom }) => one(cast, who).removes(user(cast, whom), cast.place),
  kick: (cast, { who, whom }) => one(cast, who).kicks(user(cast, whom), cast.place),
  ban: (cast, { who, whom }) => one(cast, who).bans(user(cast, whom), cast.place),
  role: (cast, { who, whom, role }) =>
    one(cast, who).changesRole(
      user(cast, whom),
      cast.place,
      role,
      `gives ${user(cast, whom).name} role ${role}`,
    ),
  removeOwn: (cast, { who, whom }) => one(cast, who).removesOwn(one(cast, whom), cast.place),
  destroy: (cast, { who }) => one(cast, who).destroys(cast.place),
  redefine: (cast, { who, whom }) => {
    const { component, update, says } = at(redefinitions, whom);
    return one(cast, who).updates(cast.place, component, update, says);
  },
  reInit: (cast, { who }) => one(cast, who).reInitialises(cast.place, room("annexe", cast.hub)),
  offline: (cast, { who }) => one(cast, who).goesOffline(),
  return: (cast, { who }) => one(cast, who).returns(),
  hubRemoves: (cast, { whom }) => cast.hub.removes(user(cast, whom), cast.place),
  hubBans: (cast, { whom }) => cast.hub.bans(user(cast, whom), cast.place),
} satisfies Readonly<Record<string, (cast: Cast, wish: Wish) => Moment>>;

/** New contents of policies; each replaces what the room has of it. */
const redefinitions: readonly {
  readonly component: number;
  readonly update: Uint8Array;
  readonly says: string;
}[] = [
  {
    component: componentIds.roles_list,
    update: RoleData.encode(examplePolicies.moderated.roles),
    says: "replaces the roles",
  },
  {
    component: componentIds.base_room_policy,
    update: baseRules({ maxUsers: 2 }),
    says: "limits the number of users",
  },
  {
    component: componentIds.base_room_policy,
    update: baseRules({ multiDevice: false }),
    says: "allows one device each",
  },
  {
    component: componentIds.preauth_list,
    update: PreAuthData.encode({ preauthorizedEntries: [] }),
    says: "empties the preauthorisations",
  },
];

/** Common wishes first: shrinking goes that way. */
const often: readonly (keyof typeof wishes)[] = [
  "write",
  "write",
  "write",
  "commit",
  "fetch",
  "add",
  "fetch",
  "add",
];

const wish: fc.Arbitrary<Wish> = fc.record({
  kind: fc.constantFrom(...often, ...(Object.keys(wishes) as (keyof typeof wishes)[])),
  who: fc.nat(11),
  whom: fc.nat(11),
  role: fc.constantFrom(roles.ordinary, roles.admin, roles.superAdmin, roles.banned, roles.enforcer, 6, 0),
});

/**
 * 1 to 4 providers, 2 to 6 clients of up to 5 users, up to 10 steps of up to 3 wishes at once, up to 3 faults; and one of
 * `adversaries` where there are any, or none, as one of the actors that it can be.
 */
export function randomTrial(
  variants: readonly Choice[],
  adversaries: readonly Adversary[] = [],
): fc.Arbitrary<Trial> {
  return fc
    .record({
      providers: fc.integer({ min: 1, max: 4 }),
      clients: fc.array(fc.record({ user: fc.nat(4) }), { minLength: 1, maxLength: 5 }),
      invited: fc.nat(31),
      setup: fc.nat(setups.length - 1),
      steps: fc.array(fc.array(wish, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 10 }),
      faults: fc.array(fault, { maxLength: 3, size: "-1" }),
      delay: fc.record({ least: fc.integer({ min: 1, max: 60 }), spread: fc.integer({ min: 0, max: 200 }) }),
      seed: fc.nat(0xffff),
      ...(adversaries.length === 0
        ? {}
        : {
            adversary: fc.option(fc.record({ of: fc.constantFrom(...adversaries), who: fc.nat(11) }), {
              freq: 4,
            }),
          }),
    })
    .map(({ providers, clients, invited, setup, steps, faults, delay, seed, adversary }) => {
      const servers = serversOf(providers);
      const story = tell(servers, clients, invited, setup, steps);
      const dishonest = adversary == null ? [] : [playedBy(adversary.of, adversary.who, story)];
      return trialOf(story, {
        seed,
        latency: latencyOf(delay),
        faults: faults.map((make) => make(servers.map(({ setting }) => setting.domain))),
        variants: [...variants, ...dishonest],
      });
    });
}

function latencyOf({ least, spread }: { readonly least: number; readonly spread: number }): string {
  return spread === 0 ? `constant(${least}ms)` : `uniform(${least}ms,${least + spread}ms)`;
}

const setups: readonly ((hub: Provider) => RoomSetup)[] = [
  (hub) => exampleRoom("cooperative", hub, roles.superAdmin),
  (hub) => exampleRoom("cooperative", hub, roles.admin),
  (hub) => exampleRoom("cooperative", hub, roles.ordinary),
  (hub) => exampleRoom("moderated", hub, moderatedRoles.moderator),
  (hub) => exampleRoom("moderated", hub, moderatedRoles.attendee),
  (hub) => exampleRoom("strict", hub, roles.admin),
  (hub) => exampleRoom("multiOrganization", hub, roles.admin),
  (hub) => withRules(exampleRoom("cooperative", hub, roles.superAdmin), { maxUsers: 3, maxClients: 3 }),
  (hub) => withRules(exampleRoom("cooperative", hub, roles.superAdmin), { multiDevice: false }),
];

function serversOf(count: number): readonly Provider[] {
  return Array.from({ length: count }, (_, i) => {
    const letter = String.fromCharCode(65 + i);
    return provider(`Server${letter}`, `${letter.toLowerCase()}.example`);
  });
}

const names = ["Bob", "Cathy", "Dora", "Eve", "Fred"];

function tell(
  servers: readonly Provider[],
  clientSettings: readonly { readonly user: number }[],
  invited: number,
  setup: number,
  steps: readonly (readonly Wish[])[],
): Scenario {
  const hub = at(servers, 0);
  const host = client("ClientA1", person("Alice", hub));
  const people = names.map((name, i) => person(name, at(servers, i + 1)));
  const guests = clientSettings.map(({ user: of }, i) => {
    const owner = at(people, of);
    const number = clientSettings.slice(0, i).filter((each) => each.user === of).length + 1;
    return { client: client(`Client${owner.name[0]}${number}`, owner), person: owner };
  });
  const clients = [host, ...guests.map((guest) => guest.client)];
  const users = [...new Set(guests.map((guest) => guest.person))];
  const cast: Cast = { place: room("club", hub), hub, clients, users };
  const first = users.filter((_, i) => (invited >> i) % 2 === 1);
  return scenario(
    "random",
    "A random room",
    { providers: servers, clients },
    ...(servers.length > 1 ? [acquaintance(...servers)] : []),
    chapter(
      "The room comes about",
      "protocol-06 §3.1",
      host.creates(cast.place, at(setups, setup)(hub)),
      guests.map((guest) => guest.client.publishes(6)),
      ...first.flatMap((each) => [
        host.fetches(each, cast.place),
        host.adds(each, cast.place, roles.ordinary),
      ]),
    ),
    ...steps.map((list, i) =>
      chapter(
        `Step ${i + 1}`,
        "protocol-06 §3",
        list.map((each) => wishes[each.kind](cast, each)),
      ),
    ),
    chapter(
      "Everybody is back",
      "protocol-06 §5.5",
      clients.map((each) => each.returns()),
    ),
  );
}

type MakeFault = (domains: readonly string[]) => Fault;

/** A fault between some of the providers that there are. */
const fault: fc.Arbitrary<MakeFault> = fc
  .record({
    type: fc.constantFrom("loss", "lostAnswers", "duplicate", "reorder", "cut", "crash"),
    rate: fc.constantFrom(50_000, 200_000, 500_000),
    from: fc.nat(3),
    to: fc.nat(3),
    begins: fc.integer({ min: 0, max: 2_000 }),
    lasts: fc.integer({ min: 1, max: 3_000 }),
  })
  .map(({ type, rate, from, to, begins, lasts }) => (domains) => {
    const window = { from: begins * 1000, until: (begins + lasts) * 1000 };
    const link = { from: at(domains, from), to: "*" };
    switch (type) {
      case "loss":
        return { type, rate, link: { from: "*", to: "*" }, of: "all", window };
      case "lostAnswers":
        return { type: "loss", rate, link: { from: "*", to: "*" }, of: "answers", window };
      case "duplicate":
        return { type, rate, copies: 1, link, window };
      case "reorder":
        return { type, rate, by: { type: "uniform", min: 100_000, max: 1_000_000 }, link, window };
      case "cut":
        return { type, link: { from: at(domains, from), to: at(domains, to) }, window };
      case "crash":
        return { type, actor: at(domains, from), window };
    }
  });

function one({ clients }: Cast, i: number): Client {
  return at(clients, i);
}

function user({ users }: Cast, i: number): Person {
  return at(users, i);
}

function at<T>(list: readonly T[], i: number): T {
  return list[i % list.length] as T;
}
