import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../scripts/notebook.ts";

const folder = fileURLToPath(new URL("../../notebooks", import.meta.url));
const notebooks = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");

describe("a notebook", () => {
  it.each(notebooks)("%s prints what stands in it", (name) => {
    const markdown = readFileSync(`${folder}/${name}`, "utf8");
    expect(evaluate(markdown, folder)).toBe(markdown);
  });
});
