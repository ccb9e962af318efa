// All defects, what is known of what catches each, and what catches one without a run.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AnswerDefect,
  answerDefects,
  facultiesWith,
  honest,
  unmetBy,
} from "../simulator/answers/index.ts";
import { type Defect, defects } from "../simulator/variants/index.ts";
import { type LoadedCase, loadFile, publishedPaths, vectorsFolder } from "../vectors/verify/index.ts";
import { flowCatching } from "./defects-flows.ts";

const json = new URL("../docs/defects.json", import.meta.url);

/** Where a defect is caught, and by what: `answers` and `vectors` are no drills, and have no seeds. */
export interface CaughtBy {
  readonly drill: string;
  readonly seed?: number;
  /** The id of the property, of the answer that is expected, or of the vector. */
  readonly property: string;
}

/** What is known of each defect, by its id; null where nothing has caught it. */
export type Caught = Readonly<Record<string, CaughtBy | null>>;

export const allDefects: readonly (Defect | AnswerDefect)[] = [...defects, ...answerDefects];

export function readCaught(): Caught {
  return existsSync(json) ? (JSON.parse(readFileSync(json, "utf8")) as Caught) : {};
}

export function publishedCases(): readonly LoadedCase[] {
  return publishedPaths().flatMap((path) => loadFile(join(vectorsFolder, path)).cases);
}

/** What no run is needed for: an answer, or a vector. */
export function caughtWithoutRun(
  defect: Defect | AnswerDefect,
  cases: readonly LoadedCase[],
): CaughtBy | undefined {
  const unmet = unmetBy("mistaken" in defect ? defect.mistaken(honest) : facultiesWith(defect.alteration));
  if (unmet !== undefined) return { drill: "answers", property: unmet.id };
  const flow = "mistaken" in defect ? undefined : flowCatching(defect, cases);
  return flow === undefined ? undefined : { drill: "vectors", property: flow };
}

/** In the order of the defects; what is not known is not caught. */
export function writeCaught(found: ReadonlyMap<string, CaughtBy | null>): void {
  const all = Object.fromEntries(allDefects.map(({ id }) => [id, found.get(id) ?? null]));
  writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
}
