/** The declarations against the text of RFC 9420 and its extensions: every structure, its fields in the same order. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as structures from "../../../spec-model/mls/structures/index.ts";
import { type Codec, nameOf, type Part } from "../../../spec-model/wire/index.ts";
import { missingShared, sharedFolder } from "../../shared-folder.ts";

const shared = sharedFolder();

/** Definitions of the text that have no declaration of their own. */
const elsewhere: Readonly<Record<string, string>> = {
  "rfc9420.md StructWithVectors": "an example of the presentation language",
  "draft-ietf-mls-extensions-2026-07.md PreSharedKeyID": "an excerpt: RFC 9420's with one case more",
  "draft-ietf-mls-extensions-2026-07.md Proposal": "RFC 9420's, whose field proposal_type it calls msg_type",
  "draft-mahy-mls-semiprivatemessage-07.md SemiPrivateMessageContent":
    "PrivateMessageContent without its case application, the same octets otherwise",
};

/** Fields of the text whose declaration has another name, or none. */
const otherwise: Readonly<Record<string, readonly string[]>> = {
  // A select between two structures: the fields are theirs.
  TreeHashInput: ["leaf_node", "parent_node"],
};

interface Drafted {
  readonly kind: string;
  readonly name: string;
  readonly body: string;
}

function draftedIn(file: string): Drafted[] {
  const document = readFileSync(`${shared}/drafts/${file}`, "utf8");
  const blocks = [...document.matchAll(/^~~~[^\n]*\n([\s\S]*?)^~~~$/gm)].map((match) => match[1] ?? "");
  return blocks.flatMap((block) => {
    const code = block.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/[^\n]*/g, "");
    const found = [...code.matchAll(/^ *(struct|enum) \{([\s\S]*?)^ *\} ?(\w+);?$/gm)];
    return found.map(([, kind = "", body = "", name = ""]) => ({ kind, name, body }));
  });
}

/** The names of fields, in their order; those in the cases of a select included. */
function fieldsIn(body: string): string[] {
  const names = [...body.matchAll(/^ +(?:optional<\w+>|\w+) (\w+)(?:<V>|\[\w+\])?(?: = \w+)?;? *$/gm)];
  return [...new Set(names.map((match) => match[1] ?? ""))];
}

function numbersIn(body: string): string[] {
  const all = [...body.matchAll(/(\w+)\((\d+)\)/g)].map(([, name, number]) => `${name}(${number})`);
  return all.filter((entry) => !/^(reserved|invalid)\(0\)$/.test(entry));
}

function wireNames(parts: readonly Part[]): string[] {
  return parts.flatMap((part) =>
    part.kind === "field" ? [part.wireName] : [...part.arms.values()].flatMap((arm) => wireNames(arm)),
  );
}

const declared = new Map(
  Object.values(structures).flatMap((exported) => {
    const codec = exported as Codec<unknown>;
    const name = codec.shape === undefined ? undefined : nameOf(codec.shape);
    return name === undefined ? [] : [[name, codec] as const];
  }),
);

describe.skipIf(shared === undefined).each([
  ["rfc9420.md", 45],
  ["draft-ietf-mls-extensions-2026-07.md", 15],
  ["draft-mahy-mls-semiprivatemessage-07.md", 5],
  ["draft-mahy-mls-ratchet-tree-options-03.md", 4],
] as const)(`%s (${shared ? "compared with the declarations" : missingShared})`, (file, least) => {
  const drafted = (shared === undefined ? [] : draftedIn(file)).filter(
    ({ name }) => !(`${file} ${name}` in elsewhere),
  );

  it("has definitions", () => expect(drafted.length).toBeGreaterThanOrEqual(least));

  it.each(drafted.filter(({ kind }) => kind === "struct"))(
    "declares struct $name with its fields in order",
    ({ name, body }) => {
      const shape = declared.get(name)?.shape;
      expect(shape?.kind).toBe("struct");
      const own = shape?.kind === "struct" ? [...new Set(wireNames(shape.parts))] : [];
      const wanted = fieldsIn(body).filter((field) => !otherwise[name]?.includes(field));
      expect(own.filter((field) => wanted.includes(field))).toEqual(wanted);
    },
  );

  it.each(drafted.filter(({ kind }) => kind === "enum"))(
    "declares enum $name with its numbers",
    ({ name, body }) => {
      const shape = declared.get(name)?.shape;
      const own =
        shape?.kind === "enum" ? [...shape.values].map(([label, number]) => `${label}(${number})`) : [];
      expect(own).toEqual(expect.arrayContaining(numbersIn(body)));
    },
  );
});
