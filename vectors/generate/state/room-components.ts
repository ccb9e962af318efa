/** What updates do to the data of each component of a room. protocol-06 §5.4.1, §7.6; room-policy-04 §3 to §7 */
import { rootRandom } from "../../../simulator/random/index.ts";
import { concat, hex, utf8 } from "../../../spec-model/bytes.ts";
import { FrankingAgentData } from "../../../spec-model/franking/index.ts";
import { providerCredential, roomComponentLogic } from "../../../spec-model/room/index.ts";
import {
  BotPolicy,
  type Component,
  componentIds,
  components,
  JoinLinksData,
  JoinLinksUpdate,
} from "../../../spec-model/room/structures/index.ts";
import { instance } from "../../../spec-model/wire/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import { contentCases, contentRules } from "./component-contents.ts";

/** These have rules of their own, and cases of their own. */
const special: readonly string[] = ["participant_list", "join_links", "franking_signature_key"];
/** In octets. */
const largest = 600;

export function roomComponentGroups(seed: string): VectorGroup[] {
  const whole = components.filter(({ where, name }) => where === "GroupContext" && !special.includes(name));
  return [...whole.map((component) => replacedGroup(component, seed)), agentGroup(), linksGroup()];
}

function groupOf(
  name: keyof typeof componentIds,
  comment: string,
  tests: readonly VectorCase[],
): VectorGroup {
  return {
    operation: "room-component.update",
    comment,
    input: { component: name, componentId: componentIds[name] },
    tests,
  };
}

/** A component whose data one update replaces as a whole, once a commit. */
function replacedGroup(component: Component, seed: string): VectorGroup {
  const { name } = component;
  const [before, after] = contentsOf(component, `${seed} state ${name}`);
  // Those of generator version 1 and 2 had a bot that no room can have: they are gone, and their ids with them.
  const id = name === "bot_policy" ? "component-bots" : `component-${name.replaceAll("_", "-")}`;
  const requirements = name === "room_metadata" ? ["protocol-7.6-replaces-whole"] : [];
  const tests = [
    positive({
      id: `${id}-first`,
      comment: "the component's first data",
      outcome: "applied",
      requirements,
      input: { updates: [hex(after)] },
      output: { data: hex(after) },
    }),
    positive({
      id: `${id}-replaced`,
      comment: "the component's data are replaced as a whole",
      outcome: "applied",
      requirements,
      input: { current: hex(before), updates: [hex(after)] },
      output: { data: hex(after) },
    }),
  ];
  const contents = contentRules[name];
  return groupOf(name, `${name}: one update replaces all of it`, [
    ...tests,
    ...notReplaced(component, tests, before, after),
    ...(contents === undefined ? [] : contentCases(id, contents())),
  ]);
}

function notReplaced(
  { name, update }: Component,
  [, parent]: readonly VectorCase[],
  before: Uint8Array,
  after: Uint8Array,
): VectorCase[] {
  if (parent === undefined) return [];
  const once = name === "room_metadata" ? ["protocol-7.6-once-per-commit"] : [];
  const refused = (
    slug: string,
    flag: string,
    op: string,
    rules: readonly string[],
    ...updates: Uint8Array[]
  ) =>
    negative(parent, {
      slug,
      flag,
      path: name,
      op,
      outcome: "refused",
      requirements: rules,
      change: { updates: updates.map(hex) },
    });
  return [
    refused("twice", "Twice", "one commit updates it twice", once, before, after),
    refused("twice-same", "Twice", "one commit updates it twice, with the same data", once, after, after),
    refused("longer", "Malformed", "an octet stands behind the update", [], concat(after, Uint8Array.of(0))),
    ...(isRefusedWithout(update, after)
      ? [refused("shorter", "Malformed", "the update stops early", [], after.subarray(0, -1))]
      : []),
  ];
}

function isRefusedWithout(update: Component["update"], octets: Uint8Array): boolean {
  try {
    update?.decode(octets.subarray(0, -1));
    return octets.length === 0;
  } catch {
    return true;
  }
}

/** Two different contents that the component takes, drawn until it does. */
function contentsOf(component: Component, seed: string): readonly [Uint8Array, Uint8Array] {
  const random = rootRandom(seed);
  const logic = roomComponentLogic.get(component.id);
  const found = new Map<string, Uint8Array>();
  for (let draw = 0; draw < 20_000 && found.size < 2; draw++) {
    const choices = { below: (limit: number) => random.int(0, limit - 1) };
    const codec = component.update ?? component.data;
    const octets = codec.encode(instance(codec, choices));
    const isTaken =
      octets.length <= largest &&
      logic?.(undefined, [octets], []) instanceof Uint8Array &&
      canBeFollowed(component, octets);
    if (isTaken) found.set(hex(octets), octets);
  }
  const [before, after] = [...found.values()];
  if (before === undefined || after === undefined) throw new Error(`nothing that ${component.name} takes`);
  return [before, after];
}

/** What hangs on the rest of the room is asked elsewhere; data that no room could have are none to publish. */
function canBeFollowed({ id }: Component, octets: Uint8Array): boolean {
  if (id !== componentIds.bot_policy) return true;
  return BotPolicy.decode(octets).allowedBots.every(
    ({ localClientBot, botRoleIndex }) => !localClientBot || botRoleIndex === 0,
  );
}

function agentGroup(): VectorGroup {
  const agent = (domain: string, octet: number) =>
    hex(
      FrankingAgentData.encode({
        frankingSignatureKey: new Uint8Array(32).fill(octet),
        credential: providerCredential(domain),
      }),
    );
  const [own, other] = [agent("hub.example", 1), agent("hub.example", 2)];
  const first = positive({
    id: "component-franking-agent-first",
    comment: "the group's first franking agent",
    outcome: "applied",
    level: "SHOULD",
    requirements: ["protocol-5.4.1-update-only-adds"],
    input: { updates: [own] },
    output: { data: own },
  });
  const refused = (slug: string, op: string, change: VectorCase["input"]) =>
    negative(first, { slug, flag: "Agent", path: "FrankingAgentUpdate", op, outcome: "refused", change });
  return groupOf("franking_signature_key", "There is no way to another franking agent but a new group", [
    first,
    refused("another", "there is a franking agent already", { current: own, updates: [other] }),
    refused("same", "the same franking agent comes in again", { current: own, updates: [own] }),
    refused("two", "one commit brings in two", { updates: [own, other] }),
    negative(first, {
      slug: "longer",
      flag: "Malformed",
      path: "FrankingAgentUpdate",
      op: "an octet stands behind the update",
      outcome: "refused",
      requirements: [],
      change: { updates: [`${own}00`] },
    }),
  ]);
}

function linksGroup(): VectorGroup {
  const link = (code: string) => ({ joinLink: utf8(code) });
  const data = (...codes: string[]) => hex(JoinLinksData.encode(codes.map(link)));
  const update = (removedIndices: number[], ...codes: string[]) =>
    hex(JoinLinksUpdate.encode({ removedIndices, addedLinks: codes.map(link) }));
  const applied = (
    slug: string,
    comment: string,
    before: string | undefined,
    after: string,
    ...updates: string[]
  ) =>
    positive({
      id: `component-join-links-${slug}`,
      comment,
      outcome: "applied",
      input: { ...(before === undefined ? {} : { current: before }), updates },
      output: { data: after },
    });
  const both = applied(
    "both",
    "one link goes, another comes",
    data("one", "two"),
    data("two", "three"),
    update([0], "three"),
  );
  // No draft says that links are a set.
  const asSet = ["added-twice", "in-force", "out-and-in"];
  const refused = (slug: string, flag: string, op: string, ...updates: string[]) =>
    negative(both, {
      ...{ slug, flag, path: "JoinLinksUpdate", op },
      outcome: "refused",
      ...(asSet.includes(slug) ? { level: "SHOULD" } : {}),
      change: { updates },
    });
  return groupOf("join_links", "Links that are taken out of force and put into it", [
    both,
    applied("first", "the first link", undefined, data("one"), update([], "one")),
    applied("none", "the last link goes", data("one"), data(), update([0])),
    applied(
      "two",
      "two updates: both refer to the links before",
      data("one", "two"),
      data(),
      update([0]),
      update([1]),
    ),
    refused("beyond", "Index", "the index is that behind the last link", update([2])),
    refused("removed-twice", "Twice", "a link is taken out twice", update([0, 0])),
    refused("added-twice", "Twice", "a link is put in twice", update([], "three", "three")),
    refused("in-force", "Listed", "a link is put in that is in force", update([], "one")),
    refused("out-and-in", "Twice", "a link is taken out and put in", update([0], "one")),
    refused("out-in-two", "Twice", "two updates take out the same link", update([0]), update([0])),
  ]);
}
