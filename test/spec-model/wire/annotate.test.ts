import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryOf } from "../../../spec-model/wire/arbitrary.ts";
import {
  type Annotated,
  annotate,
  bool,
  type Codec,
  closedEnum,
  opaque,
  openEnum,
  optional,
  shown,
  struct,
  text,
  typeName,
  uint8,
  uint16,
  uint64,
  v,
  vector,
} from "../../../spec-model/wire/index.ts";
import { octets } from "../octets.ts";

const Kind = closedEnum("Kind", 255, { plain: 0, named: 1 });
const Item = struct("Item", { kind: Kind }).select("kind", {
  plain: {},
  named: { name: text(v).as("for people") },
});
const Outer = struct("Outer", { items: vector(Item), last: optional(uint16) }) as Codec<unknown>;
const bytes = octets("05 01 02 6869 00 01 0007");

/** Steps, offset, length and value of each part, as a line of text. */
function lines(part: Annotated, depth = 0): string[] {
  const line = `${"  ".repeat(depth)}${part.step ?? "whole"} ${part.offset}+${part.length} ${shown(part)}`;
  return [line.trimEnd(), ...part.children.flatMap((child) => lines(child, depth + 1))];
}

describe("an annotated tree", () => {
  it("has every field and item with its octets and its value", () => {
    const { tree, error } = annotate(Outer, bytes);
    expect(error).toBeUndefined();
    expect(lines(tree)).toEqual([
      "whole 0+9",
      "  items 0+6 2 items",
      "    0 1+4",
      "      kind 1+1 named (1)",
      '      name 2+3 "hi"',
      "    1 5+1",
      "      kind 5+1 plain (0)",
      "  last 6+3 7",
    ]);
  });

  it("has the types and meanings of the declarations", () => {
    const name = annotate(Outer, bytes).tree.children[0]?.children[0]?.children[1];
    expect(name?.codec.notes.meaning).toBe("for people");
    expect(name && typeName(name.codec.shape)).toBe("opaque");
    expect(typeName(Outer.shape)).toBe("Outer");
  });

  it("goes as far as the bytes are right, and says what is wrong then", () => {
    const { tree, error } = annotate(Outer, octets("05 01 02 6869 09 00"));
    expect(error?.message).toBe("Outer.items[1].kind: the value 9 at byte 5 (a Kind: plain, named)");
    expect(lines(tree)).toEqual([
      "whole 0+6 incomplete",
      "  items 0+6 incomplete",
      "    0 1+4",
      "      kind 1+1 named (1)",
      '      name 2+3 "hi"',
      "    1 5+1 incomplete",
      "      kind 5+1 incomplete",
    ]);
  });

  it("shows what is absent, unknown, true, long or not text", () => {
    const Mixed = struct("Mixed", {
      absent: optional(uint8),
      unknown: openEnum("Open", 1, { a: 1 }),
      yes: bool,
      big: uint64,
      raw: opaque(v),
    }) as Codec<unknown>;
    const { tree } = annotate(Mixed, octets("00 07 01 ffffffffffffffff 02abcd"));
    expect(tree.children.map(shown)).toEqual([
      "absent",
      "unknown (7)",
      "true",
      "18446744073709551615",
      "abcd",
    ]);
  });

  it("covers all octets: parts follow each other without gaps, inside their parents", () => {
    fc.assert(
      fc.property(arbitraryOf(Outer), (value) => {
        const encoded = Outer.encode(value);
        const { tree } = annotate(Outer, encoded);
        expect([tree.offset, tree.length]).toEqual([0, encoded.length]);
        expectNoGaps(tree);
      }),
    );
  });
});

function expectNoGaps(part: Annotated): void {
  const end = part.offset + part.length;
  part.children.forEach((child, i) => {
    const next = part.children[i + 1]?.offset ?? end;
    expect(child.offset + child.length).toBe(next);
    expectNoGaps(child);
  });
}
