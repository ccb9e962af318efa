/** `mimi check`: what it prints, in which form, and how it ends. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ruleIds } from "../../spec-model/drafts/index.ts";
import { mimi } from "./in-process.ts";

const correct = fileURLToPath(new URL("../spec-model/drafts/seeded/draft-example-rooms.md", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mimi-check-"));

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const broken = file(
  "broken.md",
  "# A\n\n~~~ tls\nstruct {\n  opaque key;\n  unit64 time;\n} Answer;\n~~~\n\nAgain:\n\n~~~ tls\nstruct {\n  opaque key;\n  unit64 time;\n} Answer;\n~~~\n",
);

describe("mimi check", () => {
  it("finds nothing in a correct draft and ends with 0", async () => {
    const { code, out } = await mimi("check", correct);
    expect(out).toMatch(/nothing found$/);
    expect(code).toBe(0);
  });

  it("tells place, line, what is wrong, why it matters and what to do, a copy only once, and ends with 1", async () => {
    const { code, out } = await mimi("check", broken);
    expect(code).toBe(1);
    expect(out).toContain("error[tls-missing-length]: key is opaque without a length");
    expect(out).toMatch(/--> .*broken\.md:5:10 \(1 A\)/);
    expect(out).toContain("5 |   opaque key;\n  |          ^^^");
    expect(out).toContain("= why: As it stands, it is a single octet.");
    expect(out).toContain("= fix: did you mean uint64?");
    expect(out).toContain("= also: in line 14");
    expect(out).toMatch(/broken\.md: 2 errors$/);
  });

  it("prints JSON with everything in it", async () => {
    const { code, out } = await mimi("check", "--format", "json", broken);
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as {
      findings: { rule: string; place: { line: number }; why: string }[];
    };
    expect(findings.map(({ rule, place }) => `${rule} ${place.line}`)).toEqual([
      "tls-missing-length 5",
      "tls-undefined-type 6",
    ]);
    expect(findings.every(({ why }) => why.length > 10)).toBe(true);
  });

  it("prints SARIF 2.1.0 with the rules that were broken", async () => {
    const { out } = await mimi("check", "--format", "sarif", broken);
    const log = JSON.parse(out) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; ruleIndex: number }[];
      }[];
    };
    expect(log.version).toBe("2.1.0");
    const [run] = log.runs;
    for (const { ruleId, ruleIndex } of run?.results ?? [])
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(run?.results).toHaveLength(2);
  });

  it("prints a table in Markdown", async () => {
    const { out } = await mimi("check", "--format", "markdown", broken);
    expect(out.split("\n")).toHaveLength(4);
    expect(out).toContain("| tls-undefined-type |");
  });

  it("runs only the rules or groups asked for, and not those to be ignored", async () => {
    expect((await mimi("check", "--rule", "tls-undefined-type", broken)).out).toMatch(/: 1 error$/);
    expect((await mimi("check", "--ignore", "tls", broken)).code).toBe(0);
    expect((await mimi("check", "--rule", "json,cddl-syntax", broken)).code).toBe(0);
  });

  it("tells only what a baseline does not have, wherever it has moved to", async () => {
    const baseline = join(folder, "baseline.json");
    expect((await mimi("check", "--write-baseline", baseline, broken)).code).toBe(0);
    expect((await mimi("check", "--baseline", baseline, broken)).code).toBe(0);
    const moved = file("moved.md", `# Before\n\nThis is new.\n\n${readFileSync(broken, "utf8")}`);
    expect((await mimi("check", "--baseline", baseline, moved)).code).toBe(0);
    const more = file("more.md", `${readFileSync(broken, "utf8")}\nIt answers 201 Accepted.\n`);
    const { code, out } = await mimi("check", "--baseline", baseline, more);
    expect(code).toBe(1);
    expect(out).toContain("http-status");
    expect(out).not.toContain("tls-");
    expect((await mimi("check", "--baseline", baseline, correct)).error).toContain(
      "2 entries of the baseline are not found any more",
    );
  });

  it("explains every rule with an example", async () => {
    const { code, out } = await mimi("check", "--list-rules");
    expect(code).toBe(0);
    for (const id of ruleIds) expect(out).toContain(`${id} (`);
    expect(out.match(/^ {2}example:/gm)).toHaveLength(ruleIds.length);
  });

  it("reads several drafts together: what one defines, the other may use", async () => {
    const defines = file("defines.md", "# A\n\n~~~ tls\nstruct {\n  uint8 a;\n} Elsewhere;\n~~~\n");
    const uses = file("uses.md", "# A\n\n~~~ tls\nstruct {\n  Elsewhere a;\n} Here;\n~~~\n");
    expect((await mimi("check", uses)).out).toContain("the type Elsewhere is not defined");
    expect((await mimi("check", defines, uses)).code).toBe(0);
  });

  it("says what changed between two revisions, and what that touches", async () => {
    const older = readFileSync(correct, "utf8");
    const newer = older
      .replaceAll("opaque note<V>;", "opaque note<V>;\n  uint64 reported_at;")
      .replace("| 0x0100 | canSendMessage ", "| 0x0101 | canSendMessage ")
      .replace("A follower MUST NOT change", "A follower SHOULD NOT change")
      .replace("ServerA: Check that the change is allowed\n", "");
    const { code, out } = await mimi("check", "--diff", correct, file("newer.md", newer));
    expect(code).toBe(1);
    expect(out).toMatch(/On the wire\n {2}changed RoomReport §3\.4 .*\n {4}\+ uint64 reported_at/);
    expect(out).toMatch(/In registries\n {2}changed canSendMessage .*\n {4}- 256\n {4}\+ 257/);
    expect(out).toMatch(/In what sentences demand\n {2}changed §8/);
    expect(out).toMatch(/In flows\n {2}changed Alice adds Bob .*\n {4}- ServerA: Check/);
    expect(out).toMatch(/4 differences$/);
    expect((await mimi("check", "--diff", correct, correct)).code).toBe(0);
  });

  it("compares a draft with what is modelled of it", async () => {
    const draft = file(
      "draft-ietf-mimi-protocol-latest.md",
      "---\ndocname: draft-ietf-mimi-protocol-latest\n---\n--- middle\n\n# A\n\n~~~ tls\nstruct {\n  opaque uri<V>;\n  uint8 kind;\n} IdentifierUri;\n~~~\n\nEverybody MUST dance.\n",
    );
    const { code, out } = await mimi("check", "--model", draft);
    expect(code).toBe(1);
    expect(out).toMatch(/changed IdentifierUri .*\n {4}\+ uint8 kind/);
    expect(out).toMatch(/models: .*structure KeyMaterialRequest/);
    expect(out).toContain("removed KeyMaterialRequest");
    expect(out).toContain("+ Everybody MUST dance.");
    expect((await mimi("check", "--model", correct)).code).toBe(2);
  });

  it("compares schemas with the formats that are modelled, and names files and vectors of those", async () => {
    const source =
      "---\ndocname: draft-mahy-mimi-message-status-latest\n---\n--- middle\n\n# A\n\n~~~ cddl\nMessageStatusReport = [ * PerMessageStatus ]\nPerMessageStatus = [ messageId: MessageId, status: baseStatus, at: uint ]\nbaseStatus = &( unread: 0, delivered: 1, read: 2, expired: 3, deleted: 4, hidden: 5, error: 6 )\nMessageId = bstr .size 32\n~~~\n";
    const { code, out } = await mimi("check", "--model", file("draft-mahy-mimi-message-status.md", source));
    expect(code).toBe(1);
    expect(out).toMatch(/In schemas\n {2}changed PerMessageStatus §1 .*\n {4}\+ at: uint\n/);
    expect(out).toContain("models: spec-model/content/message-status.ts");
    expect(out).toContain("vectors: vectors/message-status-01/content/reports.json");
  });

  it("names the scenarios and properties that follow the changed section of that draft, not of another", async () => {
    const at = (name: string, type: string) =>
      file(
        `${name}-${type}.md`,
        `---\ndocname: ${name}-latest\n---\n--- middle\n\n# A\n\n# B\n\n# C\n\n# D\n\n# E\n\n## One\n\n## Two\n\n## Three\n\n~~~ tls\nstruct {\n  ${type} kind;\n} UpdateRequest;\n~~~\n`,
      );
    const changes = async (name: string) => {
      const { out } = await mimi(
        "check",
        "--diff",
        "--format",
        "json",
        at(name, "uint8"),
        at(name, "uint16"),
      );
      const { changes: all } = JSON.parse(out) as {
        changes: {
          draft: string;
          touches: { scenarios: string[]; properties: string[]; vectors: string[] };
        }[];
      };
      return all;
    };
    const [protocol] = await changes("draft-ietf-mimi-protocol");
    expect(protocol?.draft).toBe("protocol-06");
    expect(protocol?.touches.scenarios).toContain("clubhouse");
    expect(protocol?.touches.properties).toContain("I27");
    expect(protocol?.touches.vectors.some((path) => path.startsWith("vectors/protocol-06/"))).toBe(true);
    const [other] = await changes("draft-somebody-else");
    expect(other?.draft).toBe("");
    expect(other?.touches.properties).toEqual([]);
  });

  it("compares a figure with the model's own run of its flow", async () => {
    const drawn = (endpoint: string) =>
      file(
        `draft-ietf-mimi-protocol-figure-${endpoint}.md`,
        `---\ndocname: draft-ietf-mimi-protocol-latest\n---\n--- middle\n\n# A\n\n~~~ aasvg\nClientC1       ServerC         ServerA         ServerB         ClientB*  ClientC*  ClientA*\n  |               |               |               |               |         |         |\n  |<~~~~~~~~~~~~~~+               |               |               |         |         |\n  +~~~~~~~~~~~~~~>|               |               |               |         |         |\n\nClientC1->ServerC: [[ message ]]\nServerC->ServerA: POST /${endpoint}\nServerA->ServerC: 200 OK\nServerA->ServerC: POST /notify\nServerA->ServerB: POST /notify\n~~~\n`,
      );
    const { out } = await mimi("check", "--rule", "figure-model-run", drawn("submit"));
    expect(out).toContain(
      "the model's run has no /submit from ServerC to ServerA: it has /submitMessage there",
    );
    expect((await mimi("check", "--rule", "figure-model-run", drawn("submitMessage"))).code).toBe(0);
    const model = await mimi("check", "--model", drawn("submit"));
    expect(model.out).toMatch(/In flows\n {2}changed A .*\n {4}- the model's run has no \/submit/);
  });

  it.each([
    ["a path that is none", ["none.md"], /cannot read none\.md: there is no such file/],
    ["a folder", [folder], /it is a folder/],
    [
      "a binary file",
      [
        file(
          "a.bin",
          Uint8Array.from({ length: 4096 }, (_, i) => i % 7),
        ),
      ],
      /is no draft: this is not UTF-8 text/,
    ],
    ["an empty file", [file("empty.md", "")], /is empty/],
    [
      "a rule that is none",
      ["--rule", "tls-sintax", broken],
      /there is no rule "tls-sintax"\. Did you mean "tls-syntax"\?/,
    ],
    [
      "a baseline that is none",
      ["--baseline", broken, broken],
      /is no baseline; write one with --write-baseline/,
    ],
    ["one draft to compare", ["--diff", broken], /--diff compares two drafts/],
    ["no draft", [], /give the file of a draft/],
  ])("%s: one clear line and exit code 2", async (_, args, says) => {
    const { code, out, error } = await mimi("check", ...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toMatch(says);
    expect(error.split("\n")).toHaveLength(1);
  });
});
