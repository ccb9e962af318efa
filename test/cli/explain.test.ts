/** `mimi explain`: every type has its definition, and all are listed. */
import { describe, expect, it } from "vitest";
import { formats } from "../../spec-model/formats/index.ts";
import { mimi } from "./in-process.ts";

describe("mimi explain", () => {
  it("lists all types under their drafts, within 110 columns", async () => {
    const { code, out } = await mimi("explain");
    expect(code).toBe(0);
    const lines = out.split("\n");
    const listed = lines.flatMap((line) => /^ {2}(\w+) +\S*§/.exec(line)?.[1] ?? []);
    expect([...listed].sort()).toEqual(formats.map(({ name }) => name).sort());
    expect(lines.filter((line) => [...line].length > 110)).toEqual([]);
    expect(lines).toContain("draft-ietf-mimi-protocol-06");
  });

  it("shows the definition in the presentation language, where it is used and the readings chosen", async () => {
    const { code, out } = await mimi("explain", "KeyMaterialRequest");
    expect(code).toBe(0);
    expect(out).toMatch(/^KeyMaterialRequest · protocol-06 §5.2\n/);
    expect(out).toContain("  struct {\n    Protocol protocol;\n    IdentifierUri requestingUser;");
    expect(out).toMatch(/IdentifierUri roomId; +# the room that the KeyPackages are for/);
    expect(out).toContain("made of     Protocol, IdentifierUri, CipherSuite");
    expect(out).toContain("carried by  POST keyMaterial (the request)");
    expect(out).toContain("Format decisions\n  question  how a request outside the context of a room");
    expect((await mimi("explain", "KeyPackage")).out).toMatch(/used in {5}.*ClientKeyMaterial/);
  });

  it("explains the CBOR formats field by field", async () => {
    const { out } = await mimi("explain", "mimicontent");
    expect(out).toMatch(/ {4}salt: bstr \.size 16, +# random/);
    expect(out).toContain("ExternalPart = [");
  });

  it("explains every type within 110 columns", async () => {
    for (const { name, source, says } of formats) {
      const { code, out } = await mimi("explain", name);
      expect(code).toBe(0);
      expect(out).toContain(`${name} · ${source}`);
      expect(out.replace(/\n/g, " ")).toContain(says);
      expect(out.split("\n").filter((line) => [...line].length > 110)).toEqual([]);
    }
  });

  it.each([
    [
      "KeyMaterialRequst",
      'mimi explain: there is no type "KeyMaterialRequst". Did you mean "KeyMaterialRequest"?',
    ],
    ["mimicontents", 'mimi explain: there is no type "mimicontents". Did you mean "mimiContent"?'],
    ["x", 'mimi explain: there is no type "x". mimi explain lists all types.'],
  ])("%s: one clear line and exit code 2", async (name, says) => {
    expect(await mimi("explain", name)).toEqual({ code: 2, out: "", error: says });
  });
});
