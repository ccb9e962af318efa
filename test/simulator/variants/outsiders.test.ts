/** Clients with keys that are old, stolen or expired, and those who act together: what they reach. */
import { describe, expect, it } from "vitest";
import { knowledgeOfRun } from "../../../simulator/knowledge/index.ts";
import { run } from "../../../simulator/run/index.ts";
import {
  chapter,
  client,
  person,
  reports,
  room,
  type Scenario,
  scenario,
} from "../../../simulator/scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  bob,
  c1,
  cathy,
  exampleRoom,
  gathering,
  roles,
  serverA,
  serverB,
  serverC,
} from "../../../simulator/scenarios/index.ts";
import { parseChoice } from "../../../simulator/variants/index.ts";
import { AbuseReport } from "../../../spec-model/abuse/index.ts";
import { fromHex, noBytes, textOf } from "../../../spec-model/bytes.ts";
import { decodeContent } from "../../../spec-model/content/index.ts";
import { outcomeOf } from "./dishonest-room.ts";

const club = room("club", serverA);
const eve = person("Eve", serverB);
const e1 = client("ClientE1", eve);
const cooperative = { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) };
const [bobComes, cathyComes] = [
  { person: bob, clients: [b1], role: roles.admin },
  { person: cathy, clients: [c1], role: roles.ordinary },
];
const layers = [["real"], ["symbolic"]] as const;

/** Cathy is removed, and the others talk on. */
const cathyGoes: Scenario = scenario(
  "cathy-goes",
  "Alice removes Cathy, and writes",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(club, cooperative, bobComes, cathyComes),
  chapter(
    "They talk",
    "protocol-06 §5.4",
    a1.writes(club, "With Cathy."),
    c1.writes(club, "With you."),
    b1.writes(club, "Hello."),
  ),
  chapter("Alice removes Cathy", "room-policy-04 §8.1.2", a1.removes(cathy, club)),
  chapter("They talk on", "protocol-06 §5.4", a1.writes(club, "Without Cathy."), b1.writes(club, "Yes.")),
);

/** Eve is of Bob's provider, and in no room. */
const bobIsRobbed: Scenario = scenario(
  "bob-is-robbed",
  "Alice adds Bob and writes; Bob commits, and she writes again",
  { providers: [serverA, serverB], clients: [a1, b1, e1] },
  acquaintance(serverA, serverB),
  gathering(club, cooperative, bobComes),
  chapter("Alice writes", "protocol-06 §5.4", a1.writes(club, "For Bob.")),
  chapter("Bob commits", "protocol-06 §5.3", b1.commits(club)),
  chapter("Alice writes again", "protocol-06 §5.4", a1.writes(club, "For Bob alone.")),
);

const codeFor = (multiuser: boolean): Scenario =>
  scenario(
    "code",
    "Bob shows a code, and Eve has none",
    { providers: [serverA, serverB], clients: [a1, b1, e1] },
    acquaintance(serverA, serverB),
    chapter(
      "Alice creates a room",
      "protocol-06 §3.1",
      a1.creates(club, exampleRoom("strict", serverA, roles.superAdmin)),
    ),
    chapter(
      "The hub gives out a code",
      "room-policy-04 §6.2",
      serverA.issuesCode(club, { code: "sesame", role: roles.ordinary, multiuser }),
    ),
    chapter("Bob shows it", "protocol-06 §5.6", b1.joins(club, { role: roles.ordinary, code: "sesame" })),
    chapter("Eve would join", "protocol-06 §5.6", e1.joins(club, { role: roles.ordinary })),
    chapter("Alice writes", "protocol-06 §5.4", a1.writes(club, "Who is here?")),
  );

describe.each(layers)("on %s MLS", (mls) => {
  it("a removed client that goes on with its old keys is refused, and reads nothing", () => {
    const { broken, refused, shown } = outcomeOf(
      cathyGoes,
      mls,
      `client-returns-with-old-keys@${c1.setting.client}`,
    );
    expect(broken).toEqual([]);
    expect(refused.some((text) => /refuses the message/.test(text))).toBe(true);
    expect(refused.some((text) => /refuses the update: wrongEpoch/.test(text))).toBe(true);
    expect(shown.filter((text) => text.startsWith("ClientC1"))).toEqual([
      'ClientC1 "With Cathy."',
      'ClientC1 "With you."',
      'ClientC1 "Hello."',
    ]);
  });

  it("providers that feed a removed client give it nothing that it can read", () => {
    const { broken, shown, trace } = outcomeOf(cathyGoes, mls, "followers-feed-the-removed");
    const fed = trace.events.filter(
      (event) => event.type === "send" && event.to === c1.setting.client && event.from !== "c.example",
    );
    expect(fed.length).toBeGreaterThan(0);
    expect(broken).toEqual([]);
    expect(shown.filter((text) => text.startsWith("ClientC1"))).toHaveLength(3);
  });

  it("a message signed with a stolen key is shown to nobody where messages are franked", () => {
    const { shown, noticed } = outcomeOf(cathyGoes, mls, `client-signs-with-stolen-key@${b1.setting.client}`);
    expect(noticed).toContain("frankSignature");
    expect(shown.filter((text) => text.endsWith('"Hello."'))).toEqual(['ClientB1 "Hello."']);
  });

  it("a thief of a KeyPackage's keys reads until its owner commits", () => {
    const { shown } = outcomeOf(bobIsRobbed, mls, "providers-hand-welcomes-around");
    expect(shown.filter((text) => text.startsWith("ClientE1"))).toEqual(['ClientE1 "For Bob."']);
    expect(shown.filter((text) => text.startsWith("ClientB1"))).toEqual([
      'ClientB1 "For Bob."',
      'ClientB1 "For Bob alone."',
    ]);
  });

  it("nobody is added with KeyPackages that have expired", () => {
    const { broken, noticed, shown } = outcomeOf(
      bobIsRobbed,
      mls,
      `client-offers-expired-key-packages@${b1.setting.client}`,
    );
    expect(broken).toEqual([]);
    expect(noticed).toContain("lifetime");
    expect(shown.filter((text) => text.startsWith("ClientB1"))).toEqual([]);
  });

  it("a code for many lets in a client that has it from its provider", () => {
    const { shown } = outcomeOf(codeFor(true), mls, "providers-pass-on-join-codes");
    expect(shown).toContain('ClientE1 "Who is here?"');
    expect(outcomeOf(codeFor(true), mls).shown).not.toContain('ClientE1 "Who is here?"');
  });

  it("a code for one is spent", () => {
    const { shown } = outcomeOf(codeFor(false), mls, "providers-pass-on-join-codes");
    expect(shown).toEqual(['ClientA1 "Who is here?"', 'ClientB1 "Who is here?"']);
  });
});

describe("what they know together", () => {
  const known = knowledgeOfRun(cathyGoes, 1);
  const [before, after] = [known.messages.slice(0, 3), known.messages.slice(3)];
  const { client: removed } = c1.setting;

  it("a removed client reads nothing more with the hub and all followers", () => {
    const all = [removed, "a.example", "b.example", "c.example"];
    expect(before.every((message) => known.reads(all, message))).toBe(true);
    expect(after.some((message) => known.reads(all, message))).toBe(false);
    expect(after.length).toBeGreaterThan(0);
  });

  it("a hub with one member reads what that member reads", () => {
    for (const message of known.messages) {
      expect(known.reads(["a.example", removed], message)).toBe(known.reads([removed], message));
      expect(known.reads(["a.example", b1.setting.client], message)).toBe(true);
    }
  });

  it("two followers read nothing", () => {
    expect(known.messages.filter((message) => known.reads(["b.example", "c.example"], message))).toEqual([]);
  });
});

describe("what the thief of a KeyPackage's keys knows", () => {
  const known = knowledgeOfRun(bobIsRobbed, 1, [parseChoice("providers-hand-welcomes-around")]);
  const thief = e1.setting.client;
  const numbers = known.messages
    .filter((message) => known.reads([thief], message))
    .map(({ number }) => number);

  it("is what the owner knows until the owner commits", () => {
    expect(numbers).toEqual([1]);
  });

  it("is nothing where the provider does not hand the Welcome over", () => {
    const honest = knowledgeOfRun(bobIsRobbed, 1);
    expect(honest.messages.filter((message) => honest.reads([thief, "b.example"], message))).toEqual([]);
  });
});

describe("a hub that lends its stamp to a member", () => {
  const reported = scenario(
    "bob-reports",
    "Alice writes, and Bob reports her",
    { providers: [serverA, serverB], clients: [a1, b1] },
    acquaintance(serverA, serverB),
    gathering(club, cooperative, bobComes),
    chapter("Alice writes", "protocol-06 §5.4", a1.writes(club, "Good morning.")),
    chapter("Bob reports her", "protocol-06 §5.9", reports(b1, alice, club)),
  );
  const variants = [parseChoice("hub-lends-its-stamp")];
  const { trace } = run(reported, { seed: 1, variants, keepBodies: true });
  const report = trace.events.findLast((event) => event.type === "send" && event.operation === "reportAbuse");
  const body = report?.type === "send" ? (fromHex(report.body ?? "") ?? noBytes) : noBytes;

  it("counts a message that nobody has sent", () => {
    const [message] = AbuseReport.decode(body).messages;
    const content = decodeContent(message?.messageContent ?? noBytes);
    const part = content.nestedPart;
    expect(part.cardinality === "single" && textOf(part.content)).toBe("What nobody has said.");
    const decisions = trace.events.flatMap((event) => (event.type === "decision" ? [event.text] : []));
    expect(decisions.at(-1)).toBe("the hub has accepted the report");
  });
});
