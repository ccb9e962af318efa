/** The matrix as a document: for programs, for reading beside the drafts, and as a page. */
export { matrixAsHtml } from "./html.ts";
export { matrixAsJson } from "./json.ts";
export { matrixAsMarkdown } from "./markdown.ts";
