/** Arbitrary MIMI content and CBOR data for fast-check, within what the format allows. */
import fc from "fast-check";
import type { CborKey, CborValue } from "./cbor-value.ts";
import type { Extensions, MimiContent, NestedPart } from "./container.ts";
import type { Disposition } from "./dispositions.ts";

export const text = fc.string({ unit: "binary", maxLength: 40 }).filter((each) => each.isWellFormed());
export const octets = (maxLength = 40): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
export const octetsOf = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const safeInteger = fc.maxSafeInteger();
/** Integers as they decode: bigint beyond 2^53 - 1 only. */
const integer: fc.Arbitrary<number | bigint> = fc.oneof(
  safeInteger,
  fc.integer({ min: -300, max: 70_000 }),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: -(2n ** 64n), max: -(2n ** 53n) }),
);
const float = fc
  .oneof(
    fc.double(),
    fc.float(),
    fc.constantFrom(0, -0, 1.5, 65504, 2 ** -24, 65505, Number.NaN, Number.POSITIVE_INFINITY),
  )
  .map((value) => ({ float: value }));
const simple = fc
  .integer({ min: 0, max: 255 })
  .filter((value) => value < 20 || value === 23 || value > 31)
  .map((value) => ({ simple: value }));
const tagNumber: fc.Arbitrary<number | bigint> = fc.oneof(
  fc.integer({ min: 4, max: 100_000 }),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
);
const bignum = fc.record({
  tag: fc.constantFrom(2, 3),
  value: fc.uint8Array({ minLength: 9, maxLength: 20 }).filter((each) => each[0] !== 0),
});
const scalar: fc.Arbitrary<CborValue> = fc.oneof(
  integer,
  text,
  octets(),
  fc.boolean(),
  fc.constant(null),
  float,
  simple,
);

/** Any data item that may have its maps, arrays and tags at levels from `level` to 4. */
export function cborValue(level: number): fc.Arbitrary<CborValue> {
  if (level > 4) return scalar;
  const inner = cborValue(level + 1);
  const entries = fc.uniqueArray(fc.tuple(cborKey, inner), {
    maxLength: 5,
    selector: ([key]) => (key instanceof Uint8Array ? `bytes ${key}` : `${typeof key} ${key}`),
  });
  return fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(inner, { maxLength: 5 }) },
    { weight: 1, arbitrary: entries.map((each) => new Map(each)) },
    { weight: 1, arbitrary: fc.record({ tag: tagNumber, value: inner }) },
    ...(level < 5 ? [{ weight: 1, arbitrary: bignum }] : []),
  );
}

const cborKey: fc.Arbitrary<CborKey> = fc.oneof(safeInteger, text, octets(8));

const extensionKey = fc.oneof(
  safeInteger.filter((key) => key !== 0 && key !== 1 && key !== 2),
  text.filter((key) => key !== ""),
);

export const extensions: fc.Arbitrary<Extensions> = fc
  .tuple(
    fc.option(text, { nil: undefined }),
    fc.option(text, { nil: undefined }),
    fc.array(fc.tuple(extensionKey, cborValue(2)), { maxLength: 4 }),
  )
  .map(([senderUri, roomUri, others]) => {
    const map = new Map<number | string, CborValue>(others);
    if (senderUri !== undefined) map.set(1, senderUri);
    if (roomUri !== undefined) map.set(2, roomUri);
    return map;
  });

const disposition: fc.Arbitrary<Disposition> = fc.oneof(
  fc.constantFrom<Disposition>(
    "unspecified",
    "render",
    "reaction",
    "profile",
    "inline",
    "icon",
    "attachment",
    "session",
    "preview",
  ),
  fc.integer({ min: 9, max: 255 }),
);
const common = { disposition, language: text };
const leaf: fc.Arbitrary<NestedPart> = fc.oneof(
  fc.record({ ...common, cardinality: fc.constant("nullpart" as const) }),
  fc.record({
    ...common,
    cardinality: fc.constant("single" as const),
    contentType: text,
    content: octets(300),
  }),
  fc.record({
    ...common,
    cardinality: fc.constant("external" as const),
    contentType: text,
    url: text,
    expires: fc.nat(0xffffffff),
    size: uint64,
    encAlg: fc.nat(0xffff),
    key: octets(),
    nonce: octets(),
    aad: octets(),
    hashAlg: fc.nat(0xff),
    contentHash: octets(),
    description: text,
    filename: text,
  }),
);

/** A part at `level`, 1 being the body. */
export function nestedPart(level: number): fc.Arbitrary<NestedPart> {
  if (level >= 4) return leaf;
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc.record({
        ...common,
        cardinality: fc.constant("multi" as const),
        partSemantics: fc.constantFrom("chooseOne" as const, "singleUnit" as const, "processAll" as const),
        parts: fc.array(nestedPart(level + 1), { minLength: 2, maxLength: 4 }),
      }),
    },
  );
}

export const mimiContent: fc.Arbitrary<MimiContent> = fc.record({
  salt: octetsOf(16),
  replaces: fc.option(octetsOf(32), { nil: undefined }),
  topicId: octets(),
  expires: fc.option(fc.record({ relative: fc.boolean(), time: fc.nat(0xffffffff) }), { nil: undefined }),
  inReplyTo: fc.option(octetsOf(32), { nil: undefined }),
  mimiExtensions: extensions,
  nestedPart: nestedPart(1),
});
