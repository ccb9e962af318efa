import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { main } from "../../cli/main.ts";

const folder = mkdtempSync(join(tmpdir(), "mimi-search-"));

/** Runs a command line; gives its exit code, what it printed, and its errors. */
async function mimi(...argv: string[]) {
  const out = vi.spyOn(console, "log").mockImplementation(() => {});
  const err = vi.spyOn(console, "error").mockImplementation(() => {});
  const written = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const code = await main(argv);
  const textOf = (spy: { readonly mock: { readonly calls: unknown[][] } }) =>
    spy.mock.calls.map((call) => String(call[0])).join("\n");
  const told = { code, out: textOf(out), err: `${textOf(err)}${textOf(written)}` };
  vi.restoreAllMocks();
  return told;
}

const finding = "docs/findings/replays/two-rooms-for-two.json";

describe("mimi variants", () => {
  it("lists questions with their answers, and defects with what they break", async () => {
    const { out } = await mimi("variants");
    expect(out).toContain("room.externalCommit");
    expect(out).toContain("- acceptAndVoid: yes");
    expect(out).toContain("hub-lets-leave-be-left-out");
    expect(out).toContain("protocol-3.5-leave-in-next-commit");
  });

  it("lists one kind as data", async () => {
    const { out } = await mimi("variants", "--kind", "adversary", "--format", "json");
    const listed = JSON.parse(out) as { id: string; kind: string }[];
    expect(listed.map(({ id }) => id)).toContain("follower-re-pairs-franks");
    expect(new Set(listed.map(({ kind }) => kind))).toEqual(new Set(["adversary"]));
  });
});

describe("mimi search", () => {
  it("prints the property, the story, the ladder and how to see it again, and fails", async () => {
    const argv = ["search", "--seed", "3", "--runs", "30", "--out", folder];
    const { code, out } = await mimi(...argv, "--variant", "hub-lets-leave-be-left-out");
    expect(code).toBe(1);
    expect(out).toContain("I10 does not hold");
    expect(out).toContain("The story");
    expect(out).toContain("ClientA1");
    expect(out).toContain(`mimi replay ${join(folder, "search-3-I10.json")}`);
    const again = await mimi("replay", join(folder, "search-3-I10.json"));
    expect(again.code).toBe(1);
    expect(again.out).toContain("I10 does not hold");
  }, 60_000);

  it("says so where everything holds", async () => {
    const { code, out } = await mimi("search", "--seed", "1", "--runs", "3");
    expect([code, out]).toEqual([0, "3 stories, and everything holds."]);
  });

  it.each([
    [["--runs", "-1"], "--runs is an integer from 1 to 1000000"],
    [["--property", "I99"], 'there is no property "I99"'],
    [["--variant", "hub-allows-everythin"], 'did you mean "hub-allows-everything"?'],
    [["--path", "left"], "a path is numbers with colons between"],
  ])("refuses %j", async (argv, says) => {
    const { code, err } = await mimi("search", ...argv);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});

describe("mimi replay and mimi shrink", () => {
  it("make a finding no smaller than it is already, but for what told the story", async () => {
    const { code, out } = await mimi("shrink", finding, "--out", folder);
    expect(code).toBe(1);
    expect(out).toContain("I16 does not hold");
    const shrunk = readFileSync(join(folder, "two-rooms-for-two-shrunk.json"), "utf8");
    expect(shrunk.length).toBeLessThanOrEqual(readFileSync(finding, "utf8").length);
  }, 60_000);

  it.each([
    ["a file that is not there", "nowhere.json", "cannot read nowhere.json"],
    ["a foreign file", "package.json", 'package.json: it is no replay file: it has no member "replay"'],
  ])("refuse %s in one line", async (_what, file, says) => {
    for (const verb of ["replay", "shrink"]) {
      const { code, err } = await mimi(verb, file);
      expect(code).toBe(2);
      expect(err).toContain(says);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  });

  it("refuse a scenario that no actor understands", async () => {
    const text = readFileSync(finding, "utf8").replace(
      '"type": "createRoom"',
      '"type": "createRoom", "setup": 7',
    );
    const broken = text.replace(/"setup": \{/, '"setup": {"components": 7, "x": {');
    const file = join(folder, "broken.json");
    writeFileSync(file, broken);
    const { code, err } = await mimi("replay", file);
    expect(code).toBe(2);
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});

describe("what a researcher gets wrong", () => {
  const text = readFileSync(finding, "utf8");
  const nobody = text.replace(/"variants": \[[^\]]*\]/, '"variants": ["hub-forks@nobody"]');

  it.each([
    [
      "a file that is cut off",
      text.slice(0, 400),
      /it is not JSON: it ends too early, at line \d+, column \d+$/,
    ],
    ["a word that is no JSON", '{\n  "replay": oops\n}', /it is not JSON: .*oops/],
    ["no version", text.replace('"version"', '"revision"'), /version is missing or no text$/],
    ["a part for nobody", nobody, /hub-forks@nobody: the actor is one of .*a\.example/],
  ])("a replay file with %s: one line says what and where", async (name, contents, says) => {
    const file = join(folder, `${name.replaceAll(" ", "-")}.json`);
    writeFileSync(file, contents);
    const { code, out, err } = await mimi("replay", file);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
    expect(err).not.toContain("\n");
  });

  it("what another version has found is tried, and the version told", async () => {
    const file = join(folder, "another-version.json");
    writeFileSync(file, text.replace(/"version": "[^"]*"/, '"version": "9.9.9"'));
    const { code, out } = await mimi("replay", file);
    expect(code).toBe(1);
    expect(out).toContain("the file was written by version 9.9.9");
  });

  it.each([
    ["run", "kick"],
    ["search", "--runs", "1000000"],
    ["shrink", finding],
  ])("mimi %s refuses a folder that cannot be written into before it does any work", async (...argv) => {
    const file = join(folder, "a-file");
    writeFileSync(file, "kept");
    const { code, out, err } = await mimi(...argv, "--out", join(file, "folder"));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/cannot write into .*: part of the path is not a folder$/);
    expect(readFileSync(file, "utf8")).toBe("kept");
  });

  it.each([
    ["hub-forks@nobody", "a.example"],
    ["client-promotes-itself@a.example", "ClientA1"],
  ])("mimi run and mimi knowledge refuse %s, and name who could play it", async (variant, able) => {
    for (const verb of ["run", "knowledge"]) {
      const { code, err } = await mimi(verb, "kick", "--variant", variant);
      expect(code).toBe(2);
      expect(err).toContain(`${variant}: the actor is one of`);
      expect(err).toContain(able);
    }
  });
});
