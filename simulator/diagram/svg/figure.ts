/** Ladder diagrams as SVG documents that need nothing from outside: no font, no script, no request. */
import type { Trace } from "../../trace/index.ts";
import { type Ladder, laddersOf } from "../ladder/plan.ts";
import { type Drawing, drawSvgLadder } from "./ladder.ts";
import { widthOf } from "./measure.ts";
import { smallSize, styleSheet } from "./style.ts";
import { element, escapeXml } from "./xml.ts";

/** One chapter of a trace as an SVG document. */
export interface SvgFigure {
  /** The phase's title; empty for what came before the first phase. */
  readonly title: string;
  /** The section that the phase follows. */
  readonly draft?: string;
  readonly svg: string;
}

/** One SVG document with all chapters of `trace`, below each other, under the trace's title. */
export function svgDiagram(trace: Trace): string {
  const { title, scenario, seed } = trace.header;
  const chapters = laddersOf(trace).map((ladder) => titled(ladder, drawSvgLadder(ladder, labelIn(trace))));
  const heading: Drawing = {
    width: widthOf(title, 20),
    height: 44,
    body: [
      element("text", { class: "title", x: 0, y: 18 }, escapeXml(title)),
      element("text", { class: "small muted", x: 0, y: 36 }, escapeXml(`${scenario}, seed ${seed}`)),
    ],
  };
  return svgDocument(title, [heading, ...chapters, legend]);
}

/** An SVG document for each chapter of `trace` in which anything happens. */
export function svgFigures(trace: Trace): readonly SvgFigure[] {
  return laddersOf(trace).map((ladder) => {
    const { title, draft } = ladder;
    const drawing = drawSvgLadder(ladder, labelIn(trace));
    const svg = svgDocument(title, [title === "" ? drawing : titled(ladder, drawing), legend]);
    return { title, ...(draft === undefined ? {} : { draft }), svg };
  });
}

const margin = 24;
const betweenParts = 22;

function labelIn({ header }: Trace): (actor: string) => string {
  const labels = new Map(header.actors.map(({ id, label }) => [id, label]));
  return (actor) => labels.get(actor) ?? actor;
}

function titled({ title, draft }: Ladder, { width, height, body }: Drawing): Drawing {
  if (title === "") return { width, height, body };
  const top = 30;
  const source = draft === undefined ? "" : `  ${draft}`;
  const heading = element(
    "text",
    { class: "phase", x: 0, y: 14 },
    escapeXml(title),
    ...(source === "" ? [] : [element("tspan", { class: "small muted", dx: 12 }, escapeXml(draft ?? ""))]),
  );
  const wide = widthOf(title, 16) + widthOf(source, smallSize) + 12;
  return {
    width: Math.max(width, wide),
    height: height + top,
    body: [heading, element("g", { transform: `translate(0,${top})` }, ...body)],
  };
}

/** What the kinds of lines mean. */
const legend: Drawing = drawLegend([
  ["request", "request"],
  ["response", "response"],
  ["local local", "within a provider"],
  ["request late", "late"],
  ["alarm", "lost"],
  ["warning", "changed"],
]);

function drawLegend(entries: readonly (readonly [look: string, text: string])[]): Drawing {
  let x = 0;
  const body = entries.flatMap(([look, text]) => {
    const drawn = [
      element("line", { class: `arrow ${look}`, x1: x, y1: 8, x2: x + 26, y2: 8 }),
      element("text", { class: "small muted", x: x + 32, y: 12 }, text),
    ];
    x += 46 + Math.ceil(widthOf(text, smallSize));
    return drawn;
  });
  return { width: x, height: 16, body };
}

function svgDocument(title: string, parts: readonly Drawing[]): string {
  let y = margin;
  const groups = parts.map(({ height, body }) => {
    const group = element("g", { transform: `translate(${margin},${Math.round(y)})` }, ...body);
    y += height + betweenParts;
    return group;
  });
  const width = Math.ceil(Math.max(...parts.map((part) => part.width))) + 2 * margin;
  const height = Math.ceil(y - betweenParts) + margin;
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
  };
  const children = [
    element("title", {}, escapeXml(title)),
    element("style", {}, styleSheet),
    element("rect", { class: "paper", x: 0, y: 0, width, height }),
    ...groups,
  ];
  return `${element("svg", attributes, "\n", children.join("\n"), "\n")}\n`;
}
