/** The requirements with their evidence, gaps first, and how many have it. */
import { requirements } from "./catalogue.ts";
import { evidence, type Link } from "./evidence/index.ts";
import type { Actor, Level, Requirement } from "./requirement.ts";

/**
 * `tested`: a test checks it. `implemented`: a rule of the model obeys it, which no linked test checks. `open`:
 * neither. `untestable`: nothing that this toolkit could do would show it.
 */
export type Status = "open" | "implemented" | "tested" | "untestable";

export interface MatrixRow {
  readonly requirement: Requirement;
  readonly status: Status;
  readonly links: readonly Link[];
}

export interface DraftMatrix {
  readonly draft: string;
  /** Gaps first; within a status in the draft's order. */
  readonly rows: readonly MatrixRow[];
  readonly count: Count;
}

/** `testable` is how many could be tested; `total` has those that cannot, too. */
export interface Count {
  readonly tested: number;
  readonly testable: number;
  readonly total: number;
}

/** What to show; an absent field shows all. */
export interface Filter {
  /** With or without revision. */
  readonly draft?: string;
  readonly level?: Level;
  readonly actor?: Actor;
  /** Only what is `open` or `implemented`. */
  readonly gaps?: boolean;
}

const order: readonly Status[] = ["open", "implemented", "tested", "untestable"];

/**
 * One matrix for each draft of which the filter chooses anything. `gaps` leaves out rows and no drafts, so that the
 * counts are of all that is chosen, gap or not.
 */
export function matrixOf(filter: Filter = {}): DraftMatrix[] {
  const chosen = requirements.filter((requirement) => isChosen(requirement, filter)).map(rowOf);
  const drafts = [...new Set(chosen.map(({ requirement }) => requirement.draft))];
  return drafts.map((draft) => {
    const all = chosen.filter(({ requirement }) => requirement.draft === draft);
    const rows = order
      .flatMap((status) => all.filter((row) => row.status === status))
      .filter(({ status }) => !filter.gaps || status === "open" || status === "implemented");
    return { draft, rows, count: countOf(all) };
  });
}

/** The sum over several drafts. */
export function sumOf(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, count) => ({
      tested: sum.tested + count.tested,
      testable: sum.testable + count.testable,
      total: sum.total + count.total,
    }),
    { tested: 0, testable: 0, total: 0 },
  );
}

export function isDraft(name: string, draft: string): boolean {
  return draft === name || draft.replace(/-\d+$/, "") === name;
}

function isChosen(requirement: Requirement, { draft, level, actor }: Filter): boolean {
  return (
    (draft === undefined || isDraft(draft, requirement.draft)) &&
    (level === undefined || requirement.level === level) &&
    (actor === undefined || requirement.actors.includes(actor))
  );
}

function rowOf(requirement: Requirement): MatrixRow {
  const links = evidence[requirement.id] ?? [];
  return { requirement, links, status: statusOf(requirement, links) };
}

function statusOf({ testable }: Requirement, links: readonly Link[]): Status {
  if (links.some(({ kind }) => kind === "test")) return "tested";
  if (testable === "none") return "untestable";
  return links.length > 0 ? "implemented" : "open";
}

function countOf(rows: readonly MatrixRow[]): Count {
  const testable = rows.filter(({ status }) => status !== "untestable");
  return {
    tested: testable.filter(({ status }) => status === "tested").length,
    testable: testable.length,
    total: rows.length,
  };
}
