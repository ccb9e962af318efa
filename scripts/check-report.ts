// Writes docs/check-report.md: what `mimi check` finds in the drafts beside the repository, by rule, place and token.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkReport } from "../cli/checking/check-report.ts";
import { writeFiles } from "../cli/files.ts";

const shared = process.env["MIMI_SHARED"] ?? fileURLToPath(new URL("../../shared", import.meta.url));
if (!existsSync(`${shared}/drafts`)) throw new Error("neither ../shared nor MIMI_SHARED holds the drafts");
const docs = fileURLToPath(new URL("../docs", import.meta.url));
const report = checkReport((path) =>
  existsSync(`${shared}/drafts/${path}`) ? readFileSync(`${shared}/drafts/${path}`) : undefined,
);
writeFiles("check-report", docs, new Map([["check-report.md", report]]));
