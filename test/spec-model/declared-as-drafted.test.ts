/** The declarations against the drafts' own text: every structure is there, with its fields in the draft's order. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CapabilityType, componentIds } from "../../spec-model/room/structures/index.ts";
import { structureNamed } from "../../spec-model/structures.ts";
import type { Codec, Part } from "../../spec-model/wire/index.ts";
import { missingShared, sharedFolder } from "../shared-folder.ts";

const shared = sharedFolder();
if (shared === undefined) console.log(missingShared);

/** Where the declaration differs from the text on purpose; the reason is a decision on the structure. */
const differences: Readonly<Record<string, (drafted: string[]) => string[]>> = {
  // The case extension has no number.
  PendingProposalPolicy: (fields) => fields.filter((field) => field !== "id_of_strategy_params"),
};

interface Drafted {
  readonly kind: "struct" | "enum";
  readonly name: string;
  readonly members: readonly string[];
}

/** Definitions in fenced blocks, without comments; HTML comments of the document are no part of it. */
function draftedIn(file: string): Drafted[] {
  const document = readFileSync(`${shared}/drafts/${file}`, "utf8").replace(/<!--[\s\S]*?-->/g, "");
  const blocks = [...document.matchAll(/^~~~[^\n]*\n([\s\S]*?)^~~~$/gm)].map((match) => match[1] ?? "");
  return blocks.flatMap((block) =>
    definitionsIn(block.replace(/[/*]\/?\*?[^\n]*\*\/|\/\*[\s\S]*?\*\//g, "")),
  );
}

function definitionsIn(block: string): Drafted[] {
  const found = [...block.matchAll(/^(struct|enum) \{\n([\s\S]*?)^\} ?(\w+);?$/gm)];
  return found.map(([, kind, body = "", name = ""]) => ({
    kind: kind as Drafted["kind"],
    name,
    members: kind === "enum" ? valuesIn(body) : fieldsIn(body),
  }));
}

function valuesIn(body: string): string[] {
  return [...body.matchAll(/^\s*(\w+)\((\d+)\)/gm)].map(([, name, number]) => `${name}(${number})`);
}

/** Names of fields, without repetitions between the cases of a select. */
function fieldsIn(body: string): string[] {
  const lines = body.split("\n").filter((line) => !/\b(select|case|default)\b/.test(line));
  const names = lines.map(
    (line) => /^\s+(?:optional\s+)?\S+\s+(\w+)\s*(?:<V>|\[\d+\])?\s*;?\s*$/.exec(line)?.[1],
  );
  return [...new Set(names.filter((name) => name !== undefined))];
}

function declaredMembers(codec: Codec<unknown>): string[] {
  const { shape } = codec;
  if (shape.kind === "struct") return [...new Set(wireNames(shape.parts))];
  if (shape.kind === "enum") return [...shape.values].map(([name, number]) => `${name}(${number})`);
  return [];
}

function wireNames(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if (part.kind === "field") return [part.wireName];
    return [...part.arms.values()].flatMap((arm) => wireNames(arm));
  });
}

const files = ["draft-ietf-mimi-protocol-06.md", "draft-ietf-mimi-room-policy-03.md"];

describe.skipIf(shared === undefined)("the declarations, compared with the drafts", () => {
  const drafted = shared === undefined ? [] : files.flatMap(draftedIn);

  it("has found the drafts' definitions", () => {
    const names = new Set(drafted.map(({ name }) => name));
    expect(names.size).toBe(87);
    for (const name of ["Protocol", "HandshakeBundle", "OperationalParameters"])
      expect(names).toContain(name);
  });

  it("has a declaration for every definition, with the same names in the same order", () => {
    for (const { name, members } of drafted) {
      if (name === "bool") continue;
      const structure = structureNamed(name);
      expect(structure?.name, `${name} is declared`).toBe(name);
      if (structure === undefined) continue;
      const wanted = differences[name]?.([...members]) ?? members;
      expect({ [name]: declaredMembers(structure.codec) }).toEqual({ [name]: wanted });
    }
  });

  it("has the capabilities of the registry", () => {
    const policy = readFileSync(`${shared}/drafts/draft-ietf-mimi-room-policy-03.md`, "utf8");
    const rows = [...policy.matchAll(/^\| (0x[0-9a-f]{4}) \| (\w+)/gm)];
    const { shape } = CapabilityType;
    expect(shape.kind === "enum" && Object.fromEntries(shape.values)).toEqual(
      Object.fromEntries(rows.map(([, number, name]) => [name, Number(number)])),
    );
  });

  it("has the components that are registered", () => {
    const text = files.map((file) => readFileSync(`${shared}/drafts/${file}`, "utf8")).join("\n");
    const entries = [...text.matchAll(/^- Value: .*?(0x[0-9A-F]{4}).*\n- Name: (\w+)$/gm)];
    expect(componentIds).toEqual(
      Object.fromEntries(entries.map(([, number, name]) => [name, Number(number)])),
    );
  });
});
