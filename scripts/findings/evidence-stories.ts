// Small stories of which the trace shows more than a property says: what is asked, answered, and seen on the way.
import {
  assetServer,
  type Chapter,
  chapter,
  client,
  downloads,
  introducing,
  listedUnder,
  masked,
  maskedClient,
  person,
  reports,
  room,
  type Scenario,
  scenario,
  sharesImage,
} from "../../simulator/scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  bob,
  exampleRoom,
  gathering,
  roles,
  serverA,
  serverB,
  uploadingLocally,
  withRules,
} from "../../simulator/scenarios/index.ts";

const club = room("club", serverA);
const cooperative = { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) };

/** Alice asks once for Bob's key material, of which there is some; she may add him then. */
export const asksOnce = (stored: number, adds = false): Scenario =>
  scenario(
    "asks-once",
    "Alice asks for Bob's key material",
    { providers: [serverA, serverB], clients: [a1, b1] },
    acquaintance(serverA, serverB),
    gathering(club, cooperative),
    chapter(
      "Alice asks for Bob's key material",
      "protocol-06 §5.2",
      ...(stored === 0 ? [] : [b1.publishes(stored)]),
      a1.fetches(bob, club),
      ...(adds ? [a1.adds(bob, club, roles.ordinary)] : []),
    ),
  );

/** Bob closes his account, and is in Alice's room. */
export const closesAccount: Scenario = scenario(
  "closes-account",
  "Bob closes his account while he is in Alice's room",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, { person: bob, clients: [b1], role: roles.ordinary }),
  chapter("Bob closes his account", "protocol-06 §5.2", {
    actor: serverB.setting.domain,
    intention: { type: "deleteAccount", user: bob.user },
    says: "Bob closes his account",
  }),
  chapter("Alice writes", "protocol-06 §5.4", a1.writes(club, "Are you there?")),
);

export const number = "+12125551212";

/** Alice looks for a telephone number at Bob's provider. */
export const looksForNumber: Scenario = scenario(
  "looks-for-number",
  "Alice looks for a telephone number at Bob's provider",
  {
    providers: [serverA, serverB],
    clients: [a1, b1],
    introduction: { consents: [], profiles: listedUnder(bob, number) },
  },
  acquaintance(serverA, serverB),
  chapter(
    "Alice looks for the number",
    "protocol-06 §5.8",
    introducing(a1, alice).queries(
      serverB,
      [{ searchType: "phone", searchValue: number }],
      "looks for a telephone number",
    ),
  ),
);

/** A minimal-metadata room with Alice and somebody with this name. */
export const maskedWith = (name: string): Scenario => {
  const [one, two] = [
    masked(alice, "3f0c1d52-8a0e-4b57-9c1a-5d2e7f604b81"),
    masked(person(name, serverB), "a7d94e06-21cb-4f3d-8e90-6b1c0d3f2a75"),
  ];
  const first = maskedClient("ClientA1", one, "c95e2b70-6f1d-4d38-a2e4-918b7c0f5d36");
  const second = maskedClient("ClientB1", two, "0d4a8c13-b97e-4e25-9f60-72e1a5c3b8d4");
  const setup = withRules(exampleRoom("cooperative", serverA, roles.superAdmin), { pseudonymsAllowed: true });
  const joined: readonly Chapter[] = [
    gathering(
      room("den", serverA),
      { host: first, setup },
      {
        person: two,
        clients: [second],
        role: roles.ordinary,
      },
    ),
  ];
  return scenario(
    "masked-with",
    "A minimal-metadata room for two",
    { providers: [serverA, serverB], clients: [first, second] },
    acquaintance(serverA, serverB),
    ...joined,
  );
};

/** Alice comes into her room under a pseudonym, and Bob under his name. */
export const halfMasked: Scenario = (() => {
  const hidden = masked(alice, "3f0c1d52-8a0e-4b57-9c1a-5d2e7f604b81");
  const first = maskedClient("ClientA1", hidden, "c95e2b70-6f1d-4d38-a2e4-918b7c0f5d36");
  const setup = withRules(exampleRoom("cooperative", serverA, roles.superAdmin), { pseudonymsAllowed: true });
  return scenario(
    "half-masked",
    "Alice is in a room under a pseudonym, and adds Bob",
    { providers: [serverA, serverB], clients: [first, b1] },
    acquaintance(serverA, serverB),
    gathering(
      room("den", serverA),
      { host: first, setup },
      { person: bob, clients: [b1], role: roles.ordinary },
    ),
    chapter("Alice writes", "protocol-06 §5.4", first.writes(room("den", serverA), "Hush.")),
  );
})();

const assets = assetServer("AssetsA", "assets.a.example", serverA);

/** Bob downloads an image by way of the hub's gateway. */
export const downloadsUnseen: Scenario = scenario(
  "downloads-unseen",
  "Alice shares an image, and Bob downloads it by Oblivious HTTP",
  { providers: [serverA, serverB], clients: [a1, b1], assets: [assets] },
  acquaintance(serverA, serverB),
  gathering(
    club,
    { host: a1, setup: uploadingLocally(cooperative.setup, [assets]) },
    { person: bob, clients: [b1], role: roles.ordinary },
  ),
  chapter("Alice shares an image", "room-policy-04 §6.4", sharesImage(a1, club, "ferret.png", "a ferret")),
  chapter("Bob downloads it", "protocol-06 §5.10.3", downloads(b1, alice, club, "ohttp")),
);

/** Bob grants Alice, and takes it back at once. */
export const grantsAndRevokes: Scenario = scenario(
  "grants-and-revokes",
  "Bob lets Alice add him, and takes it back",
  { providers: [serverA, serverB], clients: [a1, b1], introduction: { consents: [] } },
  acquaintance(serverA, serverB),
  chapter("Bob grants consent, and revokes it", "protocol-06 §5.7", [
    introducing(b1, bob).grants(alice),
    { ...introducing(b1, bob).revokes(alice), afterMs: 5 },
  ]),
);

const nobody = person("Nobody", serverB);

/** Alice asks for the key material of somebody who does not want her, and of somebody who is not there. */
export const asksForTwo: Scenario = scenario(
  "asks-for-two",
  "Alice asks for key material of Bob, who has not consented, and of nobody",
  { providers: [serverA, serverB], clients: [a1, b1], introduction: { consents: [] } },
  acquaintance(serverA, serverB),
  gathering(club, cooperative),
  chapter(
    "Alice asks for Bob's key material, and for that of a user who is not there",
    "protocol-06 §5.2",
    b1.publishes(1),
    a1.fetches(bob, club),
    a1.fetches(nobody, club),
  ),
);

/** Alice writes, and Bob reports her. */
export const bobReports: Scenario = scenario(
  "bob-reports",
  "Alice writes, and Bob reports her",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, { person: bob, clients: [b1], role: roles.ordinary }),
  chapter("Alice writes", "protocol-06 §5.4", a1.writes(club, "One.")),
  chapter("Bob reports her", "protocol-06 §5.9", reports(b1, alice, club)),
);

const a2 = client("ClientA2", alice);

/** Bob renames the room through his provider, and Alice's new device would join. */
export const renamesAndIsJoined: Scenario = scenario(
  "renames-and-is-joined",
  "Bob renames the room, and Alice's new device would join",
  { providers: [serverA, serverB], clients: [a1, a2, b1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, { person: bob, clients: [b1], role: roles.admin }),
  chapter("Bob renames the room", "protocol-06 §5.3", b1.renames(club, "The Club")),
  chapter("Alice's new device would join", "protocol-06 §5.6", a2.joins(club)),
);
