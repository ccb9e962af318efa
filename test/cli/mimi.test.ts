/** The command line as a person uses it: what it prints, what it writes, how it ends. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { machines } from "../../simulator/machines.ts";
import published from "../../vectors/runs.json" with { type: "json" };

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = () => mkdtempSync(join(tmpdir(), "mimi-test-"));

function mimi(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "cli/mimi.mjs"), ...args], {
    cwd: folder(),
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, stdout, stderr };
}

describe("mimi run", () => {
  it("tells the story, draws the ladders, shows where everybody ends, and says the digest and the files", () => {
    const out = folder();
    const { status, stdout, stderr } = mimi("run", "clubhouse", "--out", out);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("Bob leaves the room (protocol-06 §3.5)");
    expect(stdout).toContain("ClientA1        ServerA         ServerB         ClientB*");
    expect(stdout).toContain("Where everybody ends");
    expect(stdout).toContain(published.clubhouse["1"]);
    expect(readdirSync(out).sort()).toEqual([
      "clubhouse-1.jsonl",
      "clubhouse-1.ladder.mmd",
      "clubhouse-1.ladder.svg",
      "clubhouse-1.ladder.txt",
    ]);
  });

  it("is what the README shows", () => {
    const out = folder();
    mimi("run", "clubhouse", "--quiet", "--out", out);
    const shown = /```text\n(.*?)```/s.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1];
    expect(shown).toContain("Alice adds Bob to the room");
    expect(readFileSync(join(out, "clubhouse-1.ladder.txt"), "utf8")).toContain(shown);
  });

  it("keeps every line of the ladders within 72 columns", () => {
    const out = folder();
    mimi("run", "clubhouse", "--quiet", "--out", out);
    const lines = readFileSync(join(out, "clubhouse-1.ladder.txt"), "utf8").split("\n");
    const titles = /\u00b7 (protocol|content)-/;
    expect(lines.filter((line) => line.length > 72 && !titles.test(line))).toEqual([]);
  });

  it.each([
    [["run", "clubhose"], 'mimi run: there is no scenario "clubhose". Did you mean "clubhouse"?'],
    [["run", "clubhouse", "--seed", "-1"], "a seed is an integer from 0 to 2^53-1"],
    [["run", "clubhouse", "--seed", "many"], "a seed is an integer from 0 to 2^53-1"],
    [["run", "clubhouse", "--latency", "slow"], '"slow" is no latency'],
    [["run", "clubhouse", "--format", "png"], '"png" is none of ascii, kramdown, svg, mermaid'],
    [["run", "clubhouse", "--suite", "9"], "the cipher suites of the model are 1, 2 and 3"],
    [
      ["diagram", "nowhere.jsonl"],
      "mimi diagram: cannot read nowhere.jsonl: there is no such file or folder",
    ],
    [["run", "clubhouse", "--flip", "4"], "write the message's id, the byte and the bit"],
    [["run", "clubhouse", "--flip", "9999:1:0"], "no message 9999 with a byte 1"],
    [["rum"], "unknown command 'rum'"],
  ])("%j: one clear line and exit code 2", (args, says) => {
    const { status, stderr } = mimi(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("reports who noticed a flipped bit, in which message", () => {
    const { status, stdout } = mimi("run", "clubhouse", "--quiet", "--out", folder(), "--flip", "73:353:0");
    expect(status).toBe(0);
    expect(stdout).toContain("ServerA: PolicyError providers-speak-for-their-own");
    expect(stdout).toContain("in message 73, ServerB to ServerA: /submitMessage SubmitMessageRequest");
  });

  it("says that a folder cannot be written into, and leaves nothing half-written", () => {
    const file = join(folder(), "a-file");
    writeFileSync(file, "");
    const { status, stderr } = mimi("run", "clubhouse", "--quiet", "--out", join(file, "below"));
    expect(status).toBe(2);
    expect(stderr).toContain("cannot write into");
  });
});

describe("mimi diagram", () => {
  it("draws from the trace alone what the run drew", () => {
    const out = folder();
    mimi("run", "clubhouse", "--quiet", "--out", out);
    const { status, stdout } = mimi("diagram", join(out, "clubhouse-1.jsonl"));
    expect(status).toBe(0);
    expect(stdout.trimEnd()).toBe(readFileSync(join(out, "clubhouse-1.ladder.txt"), "utf8").trimEnd());
  });

  it("says in which line a trace is malformed", () => {
    const out = folder();
    mimi("run", "clubhouse", "--quiet", "--out", out);
    const bad = join(out, "bad.jsonl");
    const lines = readFileSync(join(out, "clubhouse-1.jsonl"), "utf8").split("\n");
    writeFileSync(bad, [...lines.slice(0, 5), "{", ...lines.slice(6)].join("\n"));
    const { status, stderr } = mimi("diagram", bad);
    expect(status).toBe(2);
    expect(stderr).toContain("line 6: not JSON");
  });
});

describe("mimi list and mimi machines", () => {
  it("lists the scenarios", () => {
    expect(mimi("list").stdout).toContain("clubhouse");
  });

  it("draws every machine as Graphviz and SVG", () => {
    const out = folder();
    const { status } = mimi("machines", "--out", out);
    expect(status).toBe(0);
    expect(readdirSync(out).filter((name) => name.endsWith(".svg"))).toHaveLength(machines.size);
    expect(readFileSync(join(out, "hub-room.svg"), "utf8")).toContain("proposalsPending");
  });
});

describe("the published pictures", () => {
  it("are those that the machines give", () => {
    const out = folder();
    execFileSync(process.execPath, [join(root, "cli/mimi.mjs"), "machines", "--out", out]);
    for (const name of readdirSync(out)) {
      const kept = join(root, "docs/machines", name);
      expect(existsSync(kept), name).toBe(true);
      expect(readFileSync(kept, "utf8"), `${name}: npm run mimi -- machines --out docs/machines`).toBe(
        readFileSync(join(out, name), "utf8"),
      );
    }
  });
});
