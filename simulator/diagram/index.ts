/** Diagrams of a run, drawn from its trace alone, and of a machine, drawn from its definition alone. */
export type { FigureOptions } from "./ascii/figure.ts";
export { asciiFigures, kramdownFigure } from "./ascii/figure.ts";
export { machineToDot } from "./machine/dot.ts";
export { renderDot } from "./machine/render.ts";
export { mermaidFigures } from "./mermaid.ts";
export { svgDiagram, svgFigures } from "./svg/figure.ts";
