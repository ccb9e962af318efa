/** Lays out DOT with Graphviz, which runs in the process as WebAssembly. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";

/** The SVG document of `dot`. Rejects with Graphviz's own message where `dot` is not DOT. */
export async function renderDot(dot: string): Promise<string> {
  const graphviz = await Graphviz.load();
  return graphviz.dot(dot);
}
