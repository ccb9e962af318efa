/** `mimi vectors`: listing, showing, verifying, and what it says of bad arguments. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { manifest, vectorsFolder } from "../../vectors/verify/index.ts";
import { mimi } from "./in-process.ts";

const uris = join(vectorsFolder, "protocol-06/codec/mimi-uris.json");
const folder = () => mkdtempSync(join(tmpdir(), "mimi-vectors-"));

describe("mimi vectors", () => {
  it("lists the files with the number of their cases", async () => {
    const { code, out } = await mimi("vectors", "list");
    expect(code).toBe(0);
    expect(out).toMatch(/protocol-06\/codec\/mimi-uris\.json +49 cases +24 negative/);
    expect(out.split("\n").at(-1)).toContain(`${manifest().tests} cases`);
  });

  it("shows a case with its whole input", async () => {
    const { code, out } = await mimi("vectors", "show", "uri-not-port");
    expect(code).toBe(0);
    expect(out).toContain('"text": "mimi://a.example:443/u/alice"');
  });

  it("says which case was probably meant", async () => {
    const { code, error } = await mimi("vectors", "show", "uri-not-prot");
    expect(code).toBe(2);
    expect(error).toBe('mimi vectors show: there is no case "uri-not-prot". Did you mean "uri-not-port"?');
  });

  it("verifies the model against all published files", async () => {
    const { code, out } = await mimi("vectors", "verify");
    expect(out.split("\n").at(-1)).toBe(`${manifest().tests} passed, 0 failed, 0 skipped`);
    expect(code).toBe(0);
  });

  it("ends with 1 where a program answers wrongly", async () => {
    const says = `{"type":"capabilities","protocol":1,"name":"no","version":"0","operations":["uri.compare"]}`;
    const impl = `echo '${says}'; while read -r line; do id=$(echo "$line" | sed 's/.*"id":"\\([^"]*\\)".*/\\1/'); echo "{\\"id\\":\\"$id\\",\\"outcome\\":\\"same\\"}"; done`;
    const { code, out } = await mimi("vectors", "verify", uris, "--impl", impl);
    expect(out).toContain("uri-compare-kinds");
    expect(out.split("\n").at(-1)).toBe("4 passed, 4 failed, 41 skipped");
    expect(code).toBe(1);
  });

  it("writes JSON and JUnit reports", async () => {
    const out = folder();
    await mimi("vectors", "verify", uris, "--format", "json", "--out", join(out, "a.json"));
    await mimi("vectors", "verify", uris, "--format", "junit", "--out", join(out, "a.xml"));
    expect(JSON.parse(readFileSync(join(out, "a.json"), "utf8"))).toMatchObject({ passed: 49, failed: 0 });
    expect(readFileSync(join(out, "a.xml"), "utf8")).toContain('tests="49" failures="0"');
  });

  it.each([
    [["verify", "/no/such/file.json"], "/no/such/file.json: it cannot be read"],
    [["verify", "--format", "xml"], 'there is no format "xml"; there are text, json, junit'],
    [["verify", "--timeout", "soon"], '--timeout takes a number of milliseconds, not "soon"'],
    [["verify", uris, "--impl", "true"], "it ended with exit code 0 before its capabilities"],
  ])("says what is wrong with %j", async (args, says) => {
    const { code, error } = await mimi("vectors", ...args);
    expect(code).toBe(2);
    expect(error).toContain(says);
    expect(error).not.toContain("\n");
  });

  it("says what the cases cover: all that there is to cover", async () => {
    const { code, out } = await mimi("vectors", "coverage");
    expect(code).toBe(0);
    const [, covered, all] =
      /(\d+) of (\d+) requirements with a form on the wire or in a policy are covered/.exec(out) ?? [];
    expect(covered).toBe(all);
    expect(out).not.toContain("not covered");
  });

  it("knows two formats for that, and no others", async () => {
    const { code, error } = await mimi("vectors", "coverage", "--format", "xml");
    expect(code).toBe(2);
    expect(error).toBe('mimi vectors coverage: there is no format "xml"; there are text, json');
  });

  it("refuses a file that is no vector file, without a stack trace", async () => {
    const path = join(folder(), "x.json");
    for (const text of ["", "[", "[]", "null", "{}", '{"family":"codec"}']) {
      writeFileSync(path, text);
      const { code, error } = await mimi("vectors", "verify", path);
      expect(code).toBe(2);
      expect(error).toContain(path);
      expect(error).not.toContain("\n");
    }
  });
});
