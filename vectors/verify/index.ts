/** Reading the published files, and running them against an implementation. */
export {
  casesOf,
  checkedFile,
  type LoadedCase,
  type LoadedFile,
  loadFile,
  manifest,
  publishedPaths,
  VectorFileError,
  vectorsFolder,
} from "./files.ts";
export { type Implementation, ImplementationError } from "./implementation.ts";
export { junit } from "./junit.ts";
export { startProgram } from "./program.ts";
export type { Answer, Capabilities, CaseRequest } from "./protocol.ts";
export { type Counts, type Summary, summaryOf } from "./summary.ts";
export { type Result, verify } from "./verify.ts";
