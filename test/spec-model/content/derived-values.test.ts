import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, hex } from "../../../spec-model/bytes.ts";
import { octets, octetsOf, text } from "../../../spec-model/content/arbitrary.ts";
import {
  ContentError,
  decodeDerivedValues,
  decodeStatusReport,
  encodeDerivedValues,
  encodeStatusReport,
  type MessageDerivedValues,
  type MessageStatus,
  statusByMessage,
} from "../../../spec-model/content/index.ts";

const derived: fc.Arbitrary<MessageDerivedValues> = fc.record({
  messageId: octetsOf(32),
  hubAcceptedTimestamp: fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.constant({ tag: 1001 as const, value: new Map([[1, 1644387225]]) }),
  ),
  mlsGroupId: octets(),
  senderLeafIndex: fc.nat(0xffffffff),
  senderClientUrl: text,
  senderUserUrl: text,
  roomUrl: text,
});
const status: fc.Arbitrary<MessageStatus> = fc.oneof(
  fc.constantFrom<MessageStatus>("unread", "delivered", "read", "expired", "deleted", "hidden", "error"),
  fc.integer({ min: 7, max: 255 }),
);
const report = fc.array(fc.record({ messageId: octetsOf(32), status }), { maxLength: 30 });

function placeOfRefusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ContentError) return error.place;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("derived values", () => {
  it("come back from their encoding", () => {
    fc.assert(
      fc.property(derived, (values) => {
        expect(decodeDerivedValues(encodeDerivedValues(values))).toEqual(values);
      }),
    );
  });

  it("are refused where they are cut short, and with any other tag for the time", () => {
    fc.assert(
      fc.property(derived, fc.nat(), (values, at) => {
        const encoded = encodeDerivedValues(values);
        expect(() => decodeDerivedValues(encoded.subarray(0, at % encoded.length))).toThrow(ContentError);
      }),
    );
    const before = concat(Uint8Array.of(0x87, 0x58, 0x20), new Uint8Array(32));
    for (const time of [[0xc1, 0x00], [0xd9, 0x03, 0xe9, 0x00], [0xd9, 0x03, 0xea, 0xa0], [0x20], [0xf6]]) {
      const bytes = concat(before, Uint8Array.from(time));
      expect(placeOfRefusal(() => decodeDerivedValues(bytes))).toBe("hubAcceptedTimestamp");
    }
  });
});

describe("status reports", () => {
  it("come back from their encoding", () => {
    fc.assert(
      fc.property(report, (entries) => {
        expect(decodeStatusReport(encodeStatusReport(entries))).toEqual(entries);
      }),
    );
  });

  it("may be empty", () => expect(hex(encodeStatusReport([]))).toBe("80"));

  it("say of a message what they say last", () => {
    const messageId = new Uint8Array(32).fill(1);
    const entries = [
      { messageId, status: "delivered" },
      { messageId, status: "read" },
    ] as const;
    expect([...statusByMessage(entries)]).toEqual([[hex(messageId), "read"]]);
  });

  it("are refused with the place of what is wrong", () => {
    const id = `5820${"00".repeat(32)}`;
    const decode = (text: string) => () => decodeStatusReport(Uint8Array.from(Buffer.from(text, "hex")));
    expect(placeOfRefusal(decode(`82 82${id}02 82${id}190100`.replaceAll(" ", "")))).toBe("[1].status");
    expect(placeOfRefusal(decode("818241ff02"))).toBe("[0].messageId");
    expect(placeOfRefusal(decode(`8183${id}0200`))).toBe("[0]");
    expect(placeOfRefusal(decode("8000"))).toBe("");
    const named = { messageId: new Uint8Array(32), status: 2 };
    expect(placeOfRefusal(() => encodeStatusReport([named]))).toBe("[0].status");
  });
});
