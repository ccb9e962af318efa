/** What came of running vectors: how many by family, level and requirement, then each case that is wrong. */
import { type Counts, type Result, summaryOf } from "../../vectors/verify/index.ts";
import { bold, dim, green, red, yellow } from "../colours.ts";

/** Of cases with the same trouble in one file, so many are told. */
const mostTold = 20;

/** The last line counts: `N passed, N failed, N differing, N skipped`. */
export function printResults(
  implementation: string,
  results: readonly Result[],
  print: (line: string) => void = console.log,
): void {
  const { all, byFamily, byLevel, byRequirement } = summaryOf(results);
  print(bold(implementation));
  for (const [name, counts] of byFamily) print(`  ${row(name, counts)}`);
  for (const [name, counts] of byLevel) print(`  ${row(name, counts)}`);
  const broken = byRequirement.filter(([, { failed, differs }]) => failed + differs > 0);
  if (broken.length > 0) print(bold("Requirements that are not met"));
  for (const [id, counts] of broken) print(`  ${row(id, counts)}`);
  tell("Wrong", results, "failed", print);
  tell("Different from what a SHOULD or MAY says", results, "differs", print);
  tell("Skipped", results, "skipped", print);
  print(inWords(all));
}

function tell(
  title: string,
  results: readonly Result[],
  kind: "failed" | "differs" | "skipped",
  print: (line: string) => void,
): void {
  const own = results.filter(({ verdict }) => verdict.verdict === kind);
  if (own.length === 0) return;
  print(bold(title));
  if (kind === "skipped") {
    tellReasons(own, print);
    return;
  }
  for (const { case: each, verdict } of own.slice(0, mostTold)) {
    const says = verdict.verdict === "passed" ? "" : verdict.says;
    print(`  ${kind === "failed" ? red(each.id) : yellow(each.id)} ${dim(each.comment)}`);
    print(`    ${says}`);
  }
  if (own.length > mostTold) print(dim(`  and ${own.length - mostTold} more; --format json has all of them`));
}

/** Skipped cases say why together: one line a reason. */
function tellReasons(skipped: readonly Result[], print: (line: string) => void): void {
  const counts = new Map<string, number>();
  for (const { verdict } of skipped) {
    const says = verdict.verdict === "skipped" ? verdict.says : "";
    counts.set(says, (counts.get(says) ?? 0) + 1);
  }
  for (const [says, count] of counts) print(`  ${dim(`${count} cases: ${says}`)}`);
}

function row(name: string, counts: Counts): string {
  const { passed, failed, differs, skipped } = counts;
  const tried = passed + failed + differs;
  const mark = failed > 0 ? red("✗") : differs > 0 ? yellow("~") : tried === 0 ? dim("-") : green("✓");
  return `${mark} ${name.padEnd(28)} ${`${passed}`.padStart(6)} of ${tried}${skipped > 0 ? dim(`, ${skipped} skipped`) : ""}`;
}

function inWords({ passed, failed, differs, skipped }: Counts): string {
  const differing = differs > 0 ? `, ${differs} differing` : "";
  return `${passed} passed, ${failed} failed${differing}, ${skipped} skipped`;
}
