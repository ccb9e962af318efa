/** The harness against programs that do well, badly, nothing, and nonsense. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../vectors/format/case.ts";
import {
  type Implementation,
  ImplementationError,
  junit,
  type LoadedCase,
  type LoadedFile,
  startProgram,
  summaryOf,
  verify,
} from "../../vectors/verify/index.ts";
import { judge } from "../../vectors/verify/judge.ts";

const capabilities = {
  type: "capabilities",
  protocol: 1,
  name: "x",
  version: "1",
  operations: ["codec.decode"],
};

/** A program whose answer to the request `r` is what `body` returns; what it does not return is not said. */
function program(body: string, first: object = capabilities): string {
  const script = `
    console.log(${JSON.stringify(JSON.stringify(first))});
    require("node:readline").createInterface({input: process.stdin}).on("line", (line) => {
      const r = JSON.parse(line);
      const said = (() => { ${body} })();
      if (said !== undefined) console.log(typeof said === "string" ? said : JSON.stringify({id: r.id, ...said}));
    });`;
  return nodeRunning(script);
}

const folder = mkdtempSync(join(tmpdir(), "mimi-harness-"));
let scripts = 0;

function nodeRunning(script: string): string {
  const path = join(folder, `${++scripts}.cjs`);
  writeFileSync(path, script);
  return `node ${path}`;
}

const open: Implementation[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function started(command: string, timeout = 5000): Promise<Implementation> {
  const implementation = await startProgram(command, { timeout });
  open.push(implementation);
  return implementation;
}

function loaded(...ids: readonly string[]): LoadedFile {
  const cases = ids.map((id, index) => ({
    id,
    tcId: index + 1,
    comment: id,
    flags: [],
    requirements: ["r1"],
    expect: { level: "MUST", allow: ["valid"] },
    input: { structure: "UserRolePair", bytes: "00" },
    operation: "codec.decode",
    family: "codec",
  })) satisfies LoadedCase[];
  return { path: "a.json", file: {} as LoadedFile["file"], cases };
}

async function verdicts(command: string, ids: readonly string[], timeout?: number) {
  const results = await verify([loaded(...ids)], await started(command, timeout));
  return results.map(({ verdict }) =>
    verdict.verdict === "passed" ? "passed" : `${verdict.verdict}: ${verdict.says}`,
  );
}

describe("a program under test", () => {
  it("passes the cases that it answers rightly", async () => {
    expect(await verdicts(program(`return {outcome: "valid"}`), ["a", "b"])).toEqual(["passed", "passed"]);
  });

  it("is given the operation and the whole input", async () => {
    const said = `return r.operation === "codec.decode" && r.input.bytes === "00" ? {outcome: "valid"} : {outcome: "x"}`;
    expect(await verdicts(program(said), ["a"])).toEqual(["passed"]);
  });

  it("fails a case that it answers wrongly, and goes on", async () => {
    const said = `return {outcome: r.id === "a" ? "invalid" : "valid"}`;
    expect(await verdicts(program(said), ["a", "b"])).toEqual([
      "failed: the outcome is valid, not invalid",
      "passed",
    ]);
  });

  it("is started again where it crashes, and the case says why", async () => {
    const said = `if (r.id === "a") { console.error("no such luck"); process.exit(7); } return {outcome: "valid"}`;
    expect(await verdicts(program(said), ["a", "b"])).toEqual([
      "failed: it ended with exit code 7 before an answer: no such luck",
      "passed",
    ]);
  });

  it("is started again where it does not answer in time", async () => {
    const said = `return r.id === "a" ? undefined : {outcome: "valid"}`;
    expect(await verdicts(program(said), ["a", "b"], 1500)).toEqual([
      "failed: an answer did not come within 1500 ms",
      "passed",
    ]);
  });

  it.each([
    [`return "tralala"`, 'failed: not a JSON object: "tralala"'],
    [`return "[1]"`, 'failed: not a JSON object: "[1]"'],
    [`return {id: "other", outcome: "valid"}`, 'failed: an answer to "other"'],
    [`return {}`, "failed: an answer without an outcome"],
    [`return {outcome: "valid", output: 3}`, "failed: an output that is no JSON object"],
  ])("fails a case that it answers with nonsense, and goes on: %s", async (said, verdict) => {
    const command = program(`if (r.id === "b") return {outcome: "valid"}; ${said}`);
    expect(await verdicts(command, ["a", "b"])).toEqual([verdict, "passed"]);
  });

  it("is given up where it does not start again", async () => {
    const fs = `require("node:fs")`;
    const marker = join(folder, "started once");
    const guard = `if (${fs}.existsSync("${marker}")) process.exit(1); ${fs}.writeFileSync("${marker}", "");`;
    const script = `${guard} console.log(${JSON.stringify(JSON.stringify(capabilities))}); process.stdin.once("data", () => process.exit(1));`;
    const all = await verdicts(nodeRunning(script), ["a", "b", "c", "d", "e", "f"]);
    expect(all.slice(0, 2)).toEqual([
      "failed: it ended with exit code 1 before an answer",
      "failed: it ended with exit code 1 before its capabilities",
    ]);
    expect(all.at(-1)).toBe("failed: it does not start any more");
  });

  it("skips what it says it lacks, and what it finds it lacks", async () => {
    const lacking = program(`return {outcome: "valid"}`, { ...capabilities, operations: ["uri.parse"] });
    expect(await verdicts(lacking, ["a"])).toEqual(["skipped: it lacks the operation codec.decode"]);
    const other = program(`return {outcome: "valid"}`, { ...capabilities, structures: ["Role"] });
    expect(await verdicts(other, ["a"])).toEqual(["skipped: it lacks the structure UserRolePair"]);
    const unsupported = program(`return {outcome: "unsupported", says: "not yet"}`);
    expect(await verdicts(unsupported, ["a"])).toEqual(["skipped: not yet"]);
  });

  it.each([
    ["true", "it ended with exit code 0 before its capabilities"],
    ["no-such-program-anywhere", "it ended with exit code 127"],
    ["echo hello; cat", "the first line has to be a JSON object"],
    [`echo '{"type":"capabilities","protocol":2}'; cat`, "it speaks protocol 2, not 1"],
    [`echo '{"type":"capabilities","protocol":1}'; cat`, "have to have name, version and operations"],
  ])("cannot be used without capabilities: %s", async (command, says) => {
    const error = await startProgram(command, { timeout: 5000 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ImplementationError);
    expect((error as Error).message).toContain(says);
  });

  it("cannot be used where it is silent from the start", async () => {
    await expect(startProgram("sleep 60", { timeout: 200 })).rejects.toThrow("did not come within 200 ms");
  });
});

describe("an answer", () => {
  const must = { level: "MUST", allow: ["valid"] } as const;

  it("may hold more than what is asked for, but not within what is asked for", () => {
    const expected = { expect: must, output: { value: { a: 1 } } };
    expect(judge(expected, { outcome: "valid", output: { value: { a: 1 }, more: 2 } }).verdict).toBe(
      "passed",
    );
    expect(judge(expected, { outcome: "valid", output: { value: { a: 1, b: 2 } } })).toEqual({
      verdict: "failed",
      says: "value.b is too much",
    });
  });

  it("that is wrong differs where the requirement is no MUST", () => {
    const should = { expect: { level: "SHOULD", allow: ["valid"] } } as const;
    expect(judge(should, { outcome: "invalid" }).verdict).toBe("differs");
  });

  it("passes where it is what is expected, and fails where any value in it is another", () => {
    const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), json), (output) => {
        const expected = { expect: must, output: output as JsonObject };
        expect(judge(expected, { outcome: "valid", output: structuredClone(output) }).verdict).toBe("passed");
        for (const name of Object.keys(output)) {
          const changed = { ...output, [name]: ["something else", output[name] ?? null, 7] };
          expect(judge(expected, { outcome: "valid", output: changed }).verdict).toBe("failed");
        }
      }),
    );
  });
});

describe("reports", () => {
  it("count by family, level and requirement", async () => {
    const results = await verify(
      [loaded("a", "b")],
      await started(program(`return {outcome: r.id === "a" ? "valid" : "invalid"}`)),
    );
    const counts = { passed: 1, failed: 1, differs: 0, skipped: 0 };
    expect(summaryOf(results)).toEqual({
      all: counts,
      byFamily: [["codec", counts]],
      byLevel: [["MUST", counts]],
      byRequirement: [["r1", counts]],
    });
  });

  it("are XML that holds every case, whatever the answers hold", async () => {
    const results = await verify([loaded("a")], await started(program(`return {outcome: "<&\\u0001\\">"}`)));
    const xml = junit(results);
    expect(xml).toContain('tests="1" failures="1"');
    expect(xml).toContain("not &lt;&amp;\ufffd&quot;&gt;");
  });
});
