/** Checks of role tables: references, transitions, constraints, and capabilities that can never be exercised. room-policy-04 §3 and §8 */
import { type Draft, type Line, type Place, placeIn, type Section } from "../document/index.ts";
import type { RuleId } from "../findings/index.ts";
import type { CheckContext } from "./context.ts";

interface Role {
  readonly name: string;
  readonly place: Place;
  readonly section: Section;
  index: number;
  readonly capabilities: { readonly name: string; readonly place: Place }[];
  readonly includes: { readonly name: string; readonly place: Place }[];
  /** Constraints with a number; absent: there is none. */
  readonly constraints: Map<string, { readonly value: number; readonly place: Place }>;
  changes: { readonly from: number; readonly targets: readonly number[]; readonly place: Place }[];
}

export function checkRoles({ drafts, report }: CheckContext): void {
  for (const { draft } of drafts) {
    for (const roles of roleTables(draft)) {
      const tell = (rule: RuleId, { section }: Role, place: Place, token: string, message: string) =>
        report(rule, place, token, message, { section });
      checkTwice(roles, tell);
      for (const role of roles) {
        checkIncludes(role, roles, tell);
        checkTransitions(role, roles, tell);
        checkConstraints(role, tell);
        checkCapabilities(role, roles, tell);
      }
    }
  }
}

type Tell = (rule: RuleId, role: Role, place: Place, token: string, message: string) => void;

/** The roles of each section that lists some: an item with the name, and in it one with the index. */
function roleTables({ prose }: Draft): Role[][] {
  const tables = new Map<Section, Role[]>();
  let outer: { line: Line; depth: number }[] = [];
  let role: Role | undefined;
  let roleDepth = 0;
  for (const { lines, section, depth } of prose) {
    const [line] = lines;
    if (line === undefined) continue;
    outer = [...outer.filter((each) => each.depth < depth), { line, depth }];
    const index = /^role_index\s*[=:]\s*(\d+)/.exec(line.text);
    const parent = outer.at(-2);
    if (index !== null && parent !== undefined) {
      const name = parent.line.text.replace(/[`*]/g, "").trim();
      role = {
        name,
        place: placeIn(parent.line),
        section,
        index: Number(index[1]),
        capabilities: [],
        includes: [],
        constraints: new Map(),
        changes: [],
      };
      roleDepth = parent.depth;
      tables.set(section, [...(tables.get(section) ?? []), role]);
    } else if (role !== undefined && (depth <= roleDepth || section !== role.section)) role = undefined;
    else if (role !== undefined) addTo(role, lines);
  }
  return [...tables.values()];
}

function addTo(role: Role, lines: readonly Line[]): void {
  const [line] = lines;
  if (line === undefined) return;
  const text = lines.map((each) => each.text).join(" ");
  const capability = /^`?(can[A-Z]\w+)`?/.exec(text);
  if (capability !== null) role.capabilities.push({ name: capability[1] ?? "", place: placeIn(line) });
  const included =
    /^\(?includes? all (?:of )?the capabilities (?:authorized |of |for )+(?:an? |the )?`?(\w+)`?/.exec(text);
  if (included !== null) role.includes.push({ name: included[1] ?? "", place: placeIn(line) });
  const constraint = /^`?(m(?:in|ax)imum_(?:active_)?participants_constraint)`?\s*[=:]\s*(\d+)/.exec(text);
  if (constraint !== null)
    role.constraints.set(constraint[1] ?? "", { value: Number(constraint[2]), place: placeIn(line) });
  const changes = /^`?authorized_role_changes`?\s*[=:]\s*(.*)$/.exec(text);
  if (changes === null) return;
  role.changes = [...(changes[1] ?? "").matchAll(/\(\s*(\d+)\s*,\s*\[([^\]]*)\]\s*\)/g)].map((match) => ({
    from: Number(match[1]),
    targets: (match[2] ?? "")
      .split(",")
      .filter((each) => each.trim() !== "")
      .map(Number),
    place: placeIn(line),
  }));
}

function checkTwice(roles: readonly Role[], tell: Tell): void {
  for (const [i, role] of roles.entries()) {
    const before = roles.slice(0, i);
    const other = before.find(({ index }) => index === role.index);
    if (other !== undefined)
      tell(
        "role-twice",
        role,
        role.place,
        role.name,
        `${role.name} and ${other.name} both have the index ${role.index}`,
      );
    else if (before.some(({ name }) => name === role.name))
      tell("role-twice", role, role.place, role.name, `there are two roles called ${role.name}`);
  }
}

function checkIncludes(role: Role, roles: readonly Role[], tell: Tell): void {
  for (const { name, place } of role.includes) {
    const other = roles.find((each) => each.name === name);
    if (other === undefined) tell("role-unknown", role, place, name, `there is no role called ${name}`);
    else if (reaches(other, role, roles))
      tell(
        "role-unknown",
        role,
        place,
        name,
        `${role.name} takes over the capabilities of ${name}, which takes over its own`,
      );
  }
}

function reaches(from: Role, wanted: Role, roles: readonly Role[], seen = new Set<Role>()): boolean {
  if (from === wanted) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return from.includes.some(({ name }) => {
    const next = roles.find((each) => each.name === name);
    return next !== undefined && reaches(next, wanted, roles, seen);
  });
}

function checkTransitions(role: Role, roles: readonly Role[], tell: Tell): void {
  // Where an index is given twice, another one is missing.
  if (new Set(roles.map(({ index }) => index)).size < roles.length) return;
  const declared = new Set([0, ...roles.map(({ index }) => index)]);
  for (const { from, targets, place } of role.changes) {
    for (const index of [from, ...targets]) {
      if (!declared.has(index))
        tell(
          "role-transition",
          role,
          place,
          String(index),
          `${role.name} has a change with the role ${index}, which is not declared`,
        );
    }
  }
}

function checkConstraints(role: Role, tell: Tell): void {
  const pairs = [
    ["minimum_participants_constraint", "maximum_participants_constraint"],
    ["minimum_active_participants_constraint", "maximum_active_participants_constraint"],
    ["minimum_active_participants_constraint", "maximum_participants_constraint"],
  ] as const;
  for (const [low, high] of pairs) {
    const min = role.constraints.get(low);
    const max = role.constraints.get(high);
    if (min === undefined || max === undefined || min.value <= max.value) continue;
    tell(
      "role-constraint",
      role,
      min.place,
      low,
      `${role.name} has ${low} ${min.value} and ${high} ${max.value}`,
    );
    return;
  }
}

function checkCapabilities(role: Role, roles: readonly Role[], tell: Tell): void {
  const seen = new Set<string>();
  for (const { name, place } of role.capabilities) {
    const lacks = seen.has(name) ? "it is listed twice" : whatLacks(name.toLowerCase(), role, roles);
    seen.add(name);
    if (lacks !== undefined)
      tell(
        "role-capability",
        role,
        place,
        name,
        `${role.name} cannot exercise ${name}: ${lacks}`.replace(
          "cannot exercise",
          lacks === "it is listed twice" ? "has" : "cannot exercise",
        ),
      );
  }
}

/** What is missing for a capability to be of use; undefined: nothing that can be told. */
function whatLacks(capability: string, role: Role, roles: readonly Role[]): string | undefined {
  const hasChange = (holds: (from: number, target: number) => boolean) =>
    role.changes.some(({ from, targets }) => targets.some((target) => holds(from, target)));
  const hasBanned = roles.some(({ index, name }) => index === 1 && /^banned/i.test(name));
  switch (capability) {
    case "canaddparticipant":
      return hasChange((from, target) => from === 0 && target !== 0)
        ? undefined
        : "no authorised change leads from 0 to a role";
    case "canremoveparticipant":
      return hasChange((from, target) => from !== 0 && target === 0)
        ? undefined
        : "no authorised change leads from a role to 0";
    case "canremoveself":
      return hasChange((from, target) => from === role.index && target === 0)
        ? undefined
        : `no authorised change leads from ${role.index} to 0`;
    case "canchangeuserrole":
      return hasChange((from, target) => from !== 0 && target !== 0)
        ? undefined
        : "no authorised change leads from one role to another";
    case "canban":
      if (!hasBanned) return 'there is no role 1 called "banned"';
      return hasChange((from, target) => from > 1 && target === 1)
        ? undefined
        : "no authorised change leads from a role to 1";
    case "canunban":
      if (!hasBanned) return 'there is no role 1 called "banned"';
      return hasChange((from, target) => from === 1 && target > 1)
        ? undefined
        : "no authorised change leads from 1 to another role than 0";
    case "canopenjoin":
      if (role.index !== 0) return "it is for the role 0 only";
      return hasChange((from, target) => from === 0 && target !== 0)
        ? undefined
        : "no authorised change leads from 0 to a role";
    case "canjoinifpreauthorized":
      return role.index === 0 ? "it is for other roles than 0" : undefined;
    case "canaddownclient": {
      const most = role.constraints.get("maximum_active_participants_constraint");
      return most?.value === 0 ? "no holder may have clients" : undefined;
    }
    default:
      return undefined;
  }
}
