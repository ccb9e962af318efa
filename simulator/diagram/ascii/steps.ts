/** The list of steps under a ladder, one a unit, in the drafts' notation. */
import type { Actor } from "../../trace/index.ts";
import type { Column } from "../ladder/columns.ts";
import type { Arrow, Ladder, Unit } from "../ladder/plan.ts";
import { ascii, wrap } from "./text.ts";

const continued = "    ";

/** The lines of the list: who is drawn as one, then the steps from top to bottom, each at most `width` wide. */
export function stepsOf(
  { columns, units }: Ladder,
  actors: ReadonlyMap<string, Actor>,
  width: number,
): readonly string[] {
  const groups = columns.flatMap(({ name, members }) =>
    members.length > 1 ? [`${name}: ${members.map(({ label }) => label).join(", ")}`] : [],
  );
  const steps = withoutRepeats(units).flatMap((unit) => stepsOfUnit(unit, columns, actors));
  return [...groups, ...steps].flatMap((step) => wrap(ascii(step), width, continued));
}

/** Arrows whose label stands above another are told with it. */
function withoutRepeats(units: readonly Unit[]): readonly Unit[] {
  const told: Unit[] = [];
  for (const unit of units) {
    const above = told.at(-1);
    const [arrow] = unit.type === "arrows" ? unit.arrows : [];
    if (arrow?.labelAbove && above?.type === "arrows" && unit.type === "arrows" && unit.arrows.length === 1) {
      const arrows = above.arrows.map((other) =>
        other.from === arrow.from &&
        other.to === arrow.to &&
        other.label === arrow.label &&
        saysOf(other) === saysOf(arrow)
          ? { ...other, messages: [...other.messages, ...arrow.messages] }
          : other,
      );
      if (arrows.some((other, i) => other !== above.arrows[i])) {
        told[told.length - 1] = { type: "arrows", arrows };
        continue;
      }
    }
    told.push(unit);
  }
  return told;
}

function stepsOfUnit(
  unit: Unit,
  columns: readonly Column[],
  actors: ReadonlyMap<string, Actor>,
): readonly string[] {
  if (unit.type === "arrows") return unit.arrows.map((arrow) => stepOf(arrow, columns, actors));
  const { note } = unit;
  if (unit.actors.length === 0) return [note.text];
  return [`${namesOf(unit.actors, unit.column, columns, actors)}: ${note.text}`];
}

function stepOf(arrow: Arrow, columns: readonly Column[], actors: ReadonlyMap<string, Actor>): string {
  const name = (end: "from" | "to") =>
    namesOf(
      arrow.messages.map((message) => message[end]),
      arrow[end],
      columns,
      actors,
    );
  const says = saysOf(arrow);
  if (arrow.drawn === "end") return `${name("from")}->${name("to")}: (${arrow.tag}) arrives`;
  const what = arrow.kind === "local" ? `[[ ${says} ]]` : says;
  return [`${name("from")}->${name("to")}: ${what}`, ...remarks(arrow)].join(", ");
}

function saysOf({ messages }: Arrow): string {
  return messages[0]?.says ?? "";
}

/** What is not plain about an arrow. */
function remarks({ drawn, tag, messages: [message] }: Arrow): readonly string[] {
  if (message === undefined) return [];
  const { copyOf, tampered, lost, delivered } = message;
  const ways = {
    whole: [],
    lost: [`lost (${lost ?? ""})`],
    start: [delivered ? `arrives later (${tag})` : `still under way at the end (${tag})`],
    end: [],
  };
  return [
    ...(copyOf === undefined ? [] : ["duplicate"]),
    ...tampered.map((what) => `tampered (${what})`),
    ...ways[drawn],
  ];
}

/** The column's name where all its members are meant, otherwise the names of those that are. */
function namesOf(
  ids: readonly string[],
  column: number | undefined,
  columns: readonly Column[],
  actors: ReadonlyMap<string, Actor>,
): string {
  const distinct = [...new Set(ids)];
  const drawn = column === undefined ? undefined : columns[column];
  if (drawn !== undefined && drawn.members.length === distinct.length) return drawn.name;
  return distinct.map((id) => actors.get(id)?.label ?? id).join(", ");
}
