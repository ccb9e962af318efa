/** What checks ask of a draft. */
export { type Analysed, analyse, type TextBlock, type TlsBlock } from "./analyse.ts";
export { distanceOf, meant } from "./names.ts";
