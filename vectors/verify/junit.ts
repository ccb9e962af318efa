/** Results as JUnit XML, which build servers read: a suite for each file. */
import type { Result } from "./verify.ts";

export function junit(results: readonly Result[]): string {
  const paths = [...new Set(results.map(({ path }) => path))];
  const suites = paths.map((path) =>
    suiteXml(
      path,
      results.filter((each) => each.path === path),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}

function suiteXml(path: string, results: readonly Result[]): string {
  const failures = results.filter(({ verdict }) => verdict.verdict === "failed").length;
  const skipped = results.filter(({ verdict }) => verdict.verdict === "skipped").length;
  const time = seconds(results.reduce((sum, { took }) => sum + took, 0));
  const head = `name="${escaped(path)}" tests="${results.length}" failures="${failures}" skipped="${skipped}" time="${time}"`;
  return `  <testsuite ${head}>\n${results.map(caseXml).join("")}  </testsuite>\n`;
}

function caseXml({ case: { id, family, expect }, verdict, took }: Result): string {
  const head = `    <testcase name="${escaped(id)}" classname="${family}.${expect.level}" time="${seconds(took)}"`;
  if (verdict.verdict === "passed") return `${head}/>\n`;
  const message = escaped(verdict.says);
  const tag = verdict.verdict === "failed" ? "failure" : "skipped";
  // JUnit has no word for a difference that is allowed: it is told where people look.
  if (verdict.verdict === "differs") return `${head}><system-out>${message}</system-out></testcase>\n`;
  return `${head}><${tag} message="${message}"/></testcase>\n`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\uffff]/g, "\ufffd");
}
