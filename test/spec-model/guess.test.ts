/** Guessing what bytes are. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, utf8 } from "../../spec-model/bytes.ts";
import { mimiContent, octetsOf } from "../../spec-model/content/arbitrary.ts";
import { encodeContent, encodeStatusReport } from "../../spec-model/content/index.ts";
import { directoryAt, directoryDocument } from "../../spec-model/endpoints/index.ts";
import { guessType } from "../../spec-model/guess.ts";
import { expandEntropy } from "../../spec-model/random.ts";
import { structureNamed, structures } from "../../spec-model/structures.ts";
import { arbitraryOf } from "../../spec-model/wire/arbitrary.ts";
import { sharedFolder } from "../shared-folder.ts";
import { proposalMessageOctets, welcomeOctets } from "./mls-messages.ts";
import { octets } from "./octets.ts";

const shared = sharedFolder();

describe("a guess", () => {
  it("tells an MLSMessage", () => {
    expect(guessType(proposalMessageOctets)?.likeliest).toBe("MLSMessage");
  });

  it("tells MIMI content", () => {
    const property = fc.property(mimiContent, (content) => {
      return guessType(encodeContent(content))?.likeliest === "mimiContent";
    });
    fc.assert(property, { numRuns: 30 });
  });

  it("tells a status report", () => {
    const report = fc.array(octetsOf(32), { minLength: 1, maxLength: 3 });
    const property = fc.property(report, (ids) => {
      const bytes = encodeStatusReport(ids.map((messageId) => ({ messageId, status: "read" })));
      return guessType(bytes)?.likeliest === "MessageStatusReport";
    });
    fc.assert(property, { numRuns: 30 });
  });

  it("tells a directory document, sound or not", () => {
    const document = directoryDocument(directoryAt("https://mimi.a.example"));
    expect(guessType(utf8(document))?.likeliest).toBe("Directory");
    expect(guessType(utf8(document.replace("https", "http")))?.likeliest).toBe("Directory");
  });

  it("names a whole type first wherever there is one and no damage is likelier, and each type once", () => {
    for (const name of ["KeyMaterialRequest", "UpdateRequest", "KeyPackage", "GroupInfoRequest"]) {
      const codec = structureNamed(name)?.codec;
      if (codec === undefined) throw new Error(name);
      const property = fc.property(arbitraryOf(codec), (value) => {
        const guess = guessType(codec.encode(value));
        const names = [guess?.likeliest, ...(guess?.others ?? [])];
        return new Set(names).size === names.length;
      });
      fc.assert(property, { numRuns: 15 });
    }
  });

  it("of a damaged message is the type that explains most of it", () => {
    const damaged = Uint8Array.from([...proposalMessageOctets, 0xff]);
    expect(guessType(damaged)?.likeliest).toBe("MLSMessage");
  });

  it("is none where nothing explains anything", () => {
    expect(guessType(octets("ffffffffffff"))).toBeUndefined();
    expect(guessType(expandEntropy(new Uint8Array(32), "noise").bytes(10_000))).toBeUndefined();
  });

  it("of any octets is a known type or none", () => {
    const names = new Set([
      ...structures.map(({ name }) => name),
      "mimiContent",
      "MessageStatusReport",
      "MessageDerivedValues",
      "Directory",
    ]);
    const property = fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const guess = guessType(bytes);
      return guess === undefined || [guess.likeliest, ...guess.others].every((name) => names.has(name));
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("knows a Welcome on its own", () => {
    expect(guessType(welcomeOctets)).toBeDefined();
  });
});

describe.skipIf(!shared)("the MLS working group's messages", () => {
  const path = `${shared}/mls-vectors/messages.json`;
  const vectors =
    shared === undefined ? [] : (JSON.parse(readFileSync(path, "utf8")) as Record<string, string>[]);

  it.each([
    ["mls_welcome", "MLSMessage"],
    ["mls_group_info", "MLSMessage"],
    ["mls_key_package", "MLSMessage"],
    ["public_message_commit", "MLSMessage"],
    ["private_message", "MLSMessage"],
    ["ratchet_tree", "RatchetTreeExtension"],
    ["group_secrets", "GroupSecrets"],
    ["commit", "Commit"],
    ["add_proposal", "KeyPackage"],
    ["update_proposal", "LeafNode"],
    ["re_init_proposal", "ReInit"],
  ])("%s is guessed to be a %s", (name, type) => {
    for (const vector of vectors.slice(0, 20)) {
      expect(guessType(fromHex(vector[name] ?? "") ?? octets(""))?.likeliest).toBe(type);
    }
  });
});
