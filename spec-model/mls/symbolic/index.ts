/** The symbolic twin of MLS, and what anybody knows of what it protects. */
export * from "./knowledge/index.ts";
export { symbolicMls } from "./layer.ts";
