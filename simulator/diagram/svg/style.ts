/** The look of SVG ladders: one set of colours on light ground, one on dark, chosen by the reader's own setting. */

export const fontSize = 13;
export const smallSize = 11;

/** Fixed colours first: programs that know no media queries then draw on light ground. */
const colours = {
  light: {
    paper: "#ffffff",
    ink: "#1f2328",
    muted: "#656d76",
    line: "#b6bdc5",
    box: "#f3f5f7",
    request: "#0a58ca",
    response: "#1a7f37",
    local: "#6e5494",
    alarm: "#c62828",
    warning: "#b35900",
    note: "#fff8dc",
    noteLine: "#d9c77a",
    wish: "#e8f1ff",
    wishLine: "#9dbdf0",
    seen: "#e6f6ea",
    seenLine: "#93cfa4",
    trouble: "#ffebe9",
    troubleLine: "#e59b96",
  },
  dark: {
    paper: "#0d1117",
    ink: "#e6edf3",
    muted: "#8d96a0",
    line: "#444c56",
    box: "#1c2128",
    request: "#6cb0ff",
    response: "#56d364",
    local: "#c4a5f5",
    alarm: "#ff7b72",
    warning: "#f0a04b",
    note: "#2b2611",
    noteLine: "#6b5f28",
    wish: "#12243d",
    wishLine: "#31588c",
    seen: "#10281a",
    seenLine: "#2f6b43",
    trouble: "#3a1512",
    troubleLine: "#8a3b35",
  },
} as const;

type Colours = (typeof colours)["light" | "dark"];

/** The style sheet of a ladder. */
export const styleSheet = [
  `text{font-family:Arial,"Liberation Sans",Helvetica,sans-serif;font-size:${fontSize}px}`,
  `.title{font-size:20px;font-weight:600}.phase{font-size:15px;font-weight:600}.name{font-weight:600}`,
  `.small{font-size:${smallSize}px}.middle{text-anchor:middle}.end{text-anchor:end}`,
  ".halo{stroke-width:4px;stroke-linejoin:round;paint-order:stroke}",
  ".arrow{fill:none;stroke-width:1.6px}.local{stroke-dasharray:5 3}.late{stroke-dasharray:2 3}",
  ".lifeline{stroke-width:1px}.box{stroke-width:1px}",
  paint(colours.light),
  `@media (prefers-color-scheme:dark){${paint(colours.dark)}}`,
].join("");

function paint(colour: Colours): string {
  const kinds = (["request", "response", "local", "alarm", "warning"] as const).map(
    (kind) => `.arrow.${kind}{stroke:${colour[kind]}}.head.${kind},text.${kind}{fill:${colour[kind]}}`,
  );
  const notes = (["note", "wish", "seen", "trouble"] as const).map(
    (kind) => `.${kind}{fill:${colour[kind]};stroke:${colour[`${kind}Line`]}}`,
  );
  return [
    `.paper{fill:${colour.paper}}text{fill:${colour.ink}}.muted{fill:${colour.muted};font-weight:400}.halo{stroke:${colour.paper}}`,
    `.lifeline{stroke:${colour.line}}.box{fill:${colour.box};stroke:${colour.line}}`,
    ...kinds,
    ...notes,
  ].join("");
}
