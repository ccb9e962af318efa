/** The matrix as one page that needs nothing else: no network, no other file. */
import { type DraftMatrix, type MatrixRow, sumOf } from "../matrix.ts";
import { actors, levels, testabilities } from "../requirement.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";
import { countInWords, linkInWords, statusWords } from "./words.ts";

export function matrixAsHtml(matrix: readonly DraftMatrix[]): string {
  const all = sumOf(matrix.map(({ count }) => count));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>MIMI requirements</title>
<style>${pageStyle}</style>
<header>
<h1>What the MIMI drafts require</h1>
<p>Every rule in our words, with the rule of the model that obeys it and the test that checks it; gaps first.</p>
<p class="sum">${countInWords(all)}.</p>
</header>
<nav>${matrix.map(summaryOf).join("")}</nav>
${filters(matrix)}
<main>${matrix.map(sectionOf).join("\n")}</main>
<script>${pageScript}</script>
</html>
`;
}

function summaryOf({ draft, rows, count }: DraftMatrix): string {
  const parts = (["tested", "implemented", "open", "untestable"] as const).map((status) => {
    const many = rows.filter((row) => row.status === status).length;
    return many === 0
      ? ""
      : `<i class="${status}" style="flex:${many}" title="${many} ${statusWords[status]}"></i>`;
  });
  return `<a href="#${draft}"><b>${draft}</b><span>${count.tested} of ${count.testable}</span><u>${parts.join("")}</u></a>`;
}

function filters(matrix: readonly DraftMatrix[]): string {
  const choice = (name: string, label: string, values: readonly string[], texts = values) =>
    `<label>${label}<select name="${name}"><option value="">all</option>${values
      .map((value, i) => `<option value="${escaped(value)}">${escaped(texts[i] ?? value)}</option>`)
      .join("")}</select></label>`;
  return `<form>${choice(
    "draft",
    "draft",
    matrix.map(({ draft }) => draft),
  )}${choice("level", "level", levels)}${choice("actor", "who", Object.keys(actors))}${choice(
    "status",
    "status",
    Object.keys(statusWords),
    Object.values(statusWords),
  )}<label>words<input name="words" type="search" placeholder="welcome, 5.3, role …"></label><output></output></form>`;
}

function sectionOf({ draft, rows, count }: DraftMatrix): string {
  return `<section id="${draft}" data-draft="${draft}">
<h2>${draft}</h2><p>${countInWords(count)}.</p>
${rows.map(articleOf).join("\n")}
</section>`;
}

function articleOf({ requirement, status, links }: MatrixRow): string {
  const { id, section, level, says, testable } = requirement;
  const who = requirement.actors.join(" ");
  return `<article id="${id}" class="${status}" data-level="${level}" data-actor="${who}" data-status="${status}">
<p class="place">§${section}</p><p class="level">${level}</p>
<div><p>${escaped(says)}</p>
<p class="small"><a href="#${id}">${id}</a> · ${requirement.actors.join(", ")} · ${escaped(testabilities[testable])}</p>
${evidenceOf(links)}</div>
<p class="status">${statusWords[status]}</p>
</article>`;
}

function evidenceOf(links: MatrixRow["links"]): string {
  if (links.length === 0) return "";
  const tests = links.filter(({ kind }) => kind === "test").length;
  const many = (count: number, what: string) => (count === 1 ? `1 ${what}` : `${count} ${what}s`);
  const parts = [
    ...(tests === 0 ? [] : [many(tests, "test")]),
    ...(tests === links.length ? [] : [many(links.length - tests, "rule")]),
  ];
  return `<details><summary>${parts.join(", ")}</summary><ul>${links
    .map((link) => `<li class="${link.kind}">${escaped(linkInWords(link))}</li>`)
    .join("")}</ul></details>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
