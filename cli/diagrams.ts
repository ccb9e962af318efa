/** A trace's diagrams in the formats that commands offer. */
import { InvalidArgumentError } from "commander";
import { asciiFigures, kramdownFigure, mermaidFigures, svgDiagram } from "../simulator/diagram/index.ts";
import type { Trace } from "../simulator/trace/index.ts";

export const diagramFormats = ["ascii", "kramdown", "svg", "mermaid"] as const;
export type DiagramFormat = (typeof diagramFormats)[number];

/** For commander: a list of formats with commas between. */
export function formatList(text: string): DiagramFormat[] {
  return text.split(",").map((word) => {
    const format = diagramFormats.find((each) => each === word.trim());
    if (format !== undefined) return format;
    throw new InvalidArgumentError(`"${word}" is none of ${diagramFormats.join(", ")}.`);
  });
}

/** The diagram as text for a terminal. */
export function printedDiagram(trace: Trace, format: DiagramFormat, width: number): string {
  switch (format) {
    case "ascii":
      return asciiFigures(trace, { width })
        .map(({ title, draft, text }) => `${[title, draft].filter(Boolean).join(" \u00b7 ")}\n\n${text}\n`)
        .join("\n");
    case "kramdown":
      return asciiFigures(trace, { width })
        .map((figure, i) => kramdownFigure(figure, `fig-${trace.header.scenario}-${i + 1}`))
        .join("\n");
    case "svg":
      return svgDiagram(trace);
    case "mermaid":
      return mermaidFigures(trace)
        .map((figure) => figure.text)
        .join("\n\n");
  }
}

const extensions: Readonly<Record<DiagramFormat, string>> = {
  ascii: "ladder.txt",
  kramdown: "ladder.md",
  svg: "ladder.svg",
  mermaid: "ladder.mmd",
};

/** The diagrams as files, by name. */
export function diagramFiles(
  trace: Trace,
  name: string,
  formats: readonly DiagramFormat[],
  width: number,
): Map<string, string> {
  return new Map(
    formats.map((format) => [`${name}.${extensions[format]}`, printedDiagram(trace, format, width)]),
  );
}
