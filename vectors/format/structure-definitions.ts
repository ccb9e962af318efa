/** The structures as data that any language can read: enough for a codec without a line of code per structure. */
import { structures } from "../../spec-model/structures.ts";
import { type Codec, nameOf, type Part } from "../../spec-model/wire/index.ts";
import type { Json, JsonObject } from "./case.ts";

type Shape = Codec<unknown>["shape"];
type Length = Extract<Shape, { kind: "opaque" }>["length"];

/**
 * By name: where it is defined, what it is, and its type. Types that have a name of their own are referred to by it.
 * Where two drafts have different types of one name, the second one's is `Name 2`.
 */
export function structureDefinitions(): JsonObject {
  const named = new Names();
  for (const { name, source, says, codec } of structures) named.add(name, codec.shape, { source, says });
  return named.definitions();
}

/** The names that definitions are published under. */
class Names {
  private readonly byName = new Map<string, { readonly about: JsonObject; readonly type: Json }>();

  definitions(): JsonObject {
    const sorted = [...this.byName].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([name, { about, type }]) => [name, { ...about, type }]));
  }

  /** The name under which `shape`, whose own name is `name`, is found: its first name that is not another type's. */
  add(name: string, shape: Shape, about: JsonObject = {}): string {
    const type = this.typeOf(shape);
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? name : `${name} ${number}`;
      const known = this.byName.get(candidate);
      if (known === undefined) this.byName.set(candidate, { about, type });
      else if (JSON.stringify(known.type) !== JSON.stringify(type)) continue;
      else if (Object.keys(known.about).length === 0) this.byName.set(candidate, { about, type });
      return candidate;
    }
  }

  private referenceTo(codec: Codec<unknown>): Json {
    const { shape } = codec;
    const name = nameOf(shape);
    return name === undefined || shape.kind === "bool" ? this.typeOf(shape) : { ref: this.add(name, shape) };
  }

  private typeOf(shape: Shape): Json {
    switch (shape.kind) {
      case "uint":
        return { uint: shape.octets };
      case "bool":
        return { bool: true };
      case "opaque":
        return { [shape.text ? "text" : "opaque"]: lengthOf(shape.length) };
      case "rest":
        return { rest: shape.text };
      case "optional":
        return { optional: this.referenceTo(shape.item) };
      case "vector":
        return { vector: this.referenceTo(shape.item), length: lengthOf(shape.length) };
      case "sequence":
        return { sequence: this.referenceTo(shape.item) };
      case "alias":
        return this.referenceTo(shape.of);
      case "restricted":
        return { restricted: this.referenceTo(shape.of), rule: shape.rule };
      case "enum":
        return enumOf(shape);
      case "struct":
        return { struct: shape.parts.map((part) => this.partOf(part)) };
    }
  }

  private partOf(part: Part): Json {
    if (part.kind === "field") return { field: part.wireName, type: this.referenceTo(part.codec) };
    const cases = [...part.arms].map(([tag, parts]) => [tag, parts.map((each) => this.partOf(each))]);
    const otherwise = part.otherwise?.map((each) => this.partOf(each));
    return {
      select: part.on,
      cases: Object.fromEntries(cases),
      ...(otherwise === undefined ? {} : { otherwise }),
    };
  }
}

function enumOf({ octets, values, open }: Extract<Shape, { kind: "enum" }>): Json {
  const named = [...values].filter(([label]) => label !== "reserved");
  return { enum: Object.fromEntries(named), octets, open };
}

function lengthOf(length: Length): Json {
  if (length.kind === "variable") return "V";
  return length.kind === "exact" ? length.octets : [length.min, length.max];
}
