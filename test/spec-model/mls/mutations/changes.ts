/** Random changes of an encoding: to its octets, to single fields, and faults that no encoder makes. */
import fc from "fast-check";
import { concat } from "../../../../spec-model/bytes.ts";
import {
  type Annotated,
  annotate,
  type Codec,
  EncodeError,
  instance,
  type Mutation,
  singleFaults,
} from "../../../../spec-model/wire/index.ts";

type AnyCodec = Codec<unknown>;

/** Places are numbers of any size; they are taken modulo what there is. */
export type Change =
  | { do: "flip"; places: readonly number[]; by: number }
  | { do: "truncate"; at: number }
  | { do: "insert"; at: number; octets: Uint8Array }
  | { do: "delete"; at: number; count: number }
  | { do: "copy"; from: number; to: number; count: number }
  | { do: "exchange"; at: number; count: number }
  | { do: "flipInField"; field: number; at: number; by: number }
  | { do: "replaceField"; field: number; choices: readonly number[] }
  | { do: "fault"; which: number };

const place = fc.nat();
const by = fc.integer({ min: 1, max: 255 });
const short = fc.integer({ min: 1, max: 40 });

export const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    do: fc.constant("flip" as const),
    places: fc.array(place, { minLength: 1, maxLength: 3 }),
    by,
  }),
  fc.record({ do: fc.constant("truncate" as const), at: place }),
  fc.record({
    do: fc.constant("insert" as const),
    at: place,
    octets: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  fc.record({ do: fc.constant("delete" as const), at: place, count: short }),
  fc.record({ do: fc.constant("copy" as const), from: place, to: place, count: short }),
  fc.record({ do: fc.constant("exchange" as const), at: place, count: short }),
  fc.record({ do: fc.constant("flipInField" as const), field: place, at: place, by }),
  fc.record({ do: fc.constant("flipInField" as const), field: place, at: place, by }),
  fc.record({
    do: fc.constant("replaceField" as const),
    field: place,
    choices: fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
  }),
  fc.record({ do: fc.constant("fault" as const), which: place }),
);

/** A valid encoding that changes are made to. */
export class Specimen {
  readonly octets: Uint8Array;
  private readonly codec: AnyCodec;
  private readonly fields: readonly Annotated[];
  private readonly faults: readonly Mutation[];

  constructor(codec: AnyCodec, octets: Uint8Array) {
    this.codec = codec;
    this.octets = octets;
    const { tree } = annotate(codec, octets);
    this.fields = fieldsOf(tree).filter(({ length }) => length > 0);
    this.faults = singleFaults(codec, octets);
  }

  /** The changed octets; the same ones where the change comes to nothing. */
  changed(change: Change, other: Uint8Array): Uint8Array {
    const { octets } = this;
    const index = (n: number) => n % octets.length;
    switch (change.do) {
      case "flip": {
        const places = new Set(change.places.map(index));
        return octets.map((octet, i) => (places.has(i) ? octet ^ change.by : octet));
      }
      case "truncate":
        return octets.slice(0, index(change.at));
      case "insert": {
        const at = index(change.at);
        return concat(octets.subarray(0, at), change.octets, octets.subarray(at));
      }
      case "delete":
        return spliced(octets, index(change.at), change.count, new Uint8Array(0));
      case "copy": {
        const from = index(change.from);
        return spliced(octets, index(change.to), change.count, octets.slice(from, from + change.count));
      }
      case "exchange": {
        const at = index(change.at);
        return spliced(octets, at, change.count, other.slice(at, at + change.count));
      }
      case "flipInField": {
        const field = this.field(change.field);
        const at = field.offset + (change.at % field.length);
        return octets.map((octet, i) => (i === at ? octet ^ change.by : octet));
      }
      case "replaceField":
        return this.withOtherValue(this.field(change.field), change.choices);
      case "fault":
        return this.faults[change.which % this.faults.length]?.bytes ?? octets;
    }
  }

  private field(n: number): Annotated {
    const field = this.fields[n % this.fields.length];
    if (field === undefined) throw new Error("a structure without fields");
    return field;
  }

  /** Another value of the field's type, inside the lengths that are around it where it takes as many octets. */
  private withOtherValue({ codec, offset, length }: Annotated, choices: readonly number[]): Uint8Array {
    let made = 0;
    const below = (limit: number) => (choices[made++ % choices.length] ?? 0) % limit;
    try {
      return spliced(this.octets, offset, length, codec.encode(instance(codec, { below }, {})));
    } catch (error) {
      // Types whose cases depend on what is around them have no value by themselves.
      if (error instanceof EncodeError || error instanceof TypeError) return this.octets;
      throw error;
    }
  }

  decode(octets: Uint8Array): unknown {
    return this.codec.decode(octets);
  }
}

/** The parts that have no parts, and the vectors. */
function fieldsOf(part: Annotated): Annotated[] {
  const below = part.children.flatMap(fieldsOf);
  return part.step === undefined || (below.length > 0 && part.codec.shape.kind === "struct")
    ? below
    : [part, ...below];
}

function spliced(octets: Uint8Array, at: number, count: number, inserted: Uint8Array): Uint8Array {
  return concat(octets.subarray(0, at), inserted, octets.subarray(at + count));
}
