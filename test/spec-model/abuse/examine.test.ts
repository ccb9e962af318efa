/** What a hub stands by when a message is reported: what it has franked itself, and nothing else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AbusiveMessage,
  examineReported,
  type ReportDesk,
  type ReportedMessageRule,
  reportedMessageRules,
} from "../../../spec-model/abuse/index.ts";
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import { compose, encodeContent } from "../../../spec-model/content/index.ts";
import { DecodeError } from "../../../spec-model/wire/index.ts";
import { bob, franked, hubKey, hubSignature, random, room, written } from "../franking/franked.ts";
import { deskOf, reported } from "./desk.ts";

const time = 1_767_225_600_000n;
const message = written("You ferret!");
const frank = franked(message, time);
const genuine = reported(message, time, frank);

describe("a reported message", () => {
  it("is verified where the hub has franked it: with its sender, its message ID and its time", () => {
    expect(examineReported(deskOf(), genuine)).toEqual({
      verified: true,
      sender: bob,
      messageId: hex(message.messageId),
      acceptedMs: Number(time),
    });
  });

  const unnamed = {
    ...written("x"),
    encoded: compose({ sender: "", room, salt: random }, nullPart()).encoded,
  };
  const elsewhere = written("x", bob, "mimi://hub.example/r/other");
  const broken: [ReportedMessageRule, AbusiveMessage, ReportDesk][] = [
    ["contentDecodes", { ...genuine, messageContent: utf8("no content") }, deskOf()],
    ["isOfRoom", reported(elsewhere, time, franked(elsewhere, time)), deskOf()],
    [
      "frankedHere",
      genuine,
      deskOf({ hubKeys: [{ hubKey: random.bytes(32), fromMs: 0, untilMs: undefined }] }),
    ],
    ["knownCipherSuite", genuine, deskOf({ suiteOf: () => undefined })],
    ["signedHere", genuine, deskOf({ frankingKeys: [random.bytes(32)] })],
  ];

  it.each(broken)("is refused by %s", (rule, what, desk) => {
    expect(examineReported(desk, what)).toEqual({ verified: false, rule });
  });

  it("is refused where its content does not name its sender", () => {
    const nameless = { ...genuine, messageContent: withoutExtensions() };
    expect(examineReported(deskOf(), nameless)).toEqual({ verified: false, rule: "namesSender" });
    // An empty sender is one that nothing was franked for.
    expect(examineReported(deskOf(), { ...genuine, messageContent: unnamed.encoded }).verified).toBe(false);
  });

  it("has a rule in these tests for each that there is", () => {
    const tested = [...broken.map(([rule]) => rule), "namesSender"];
    expect(tested.sort()).toEqual(Object.keys(reportedMessageRules).sort());
  });

  it("is verified for no other octets than those that were franked (any octet of the report changed)", () => {
    const encoded = AbusiveMessage.encode(genuine);
    fc.assert(
      fc.property(fc.nat(encoded.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = encoded.slice();
        changed[at] = (changed[at] ?? 0) ^ mask;
        let decoded: AbusiveMessage;
        try {
          decoded = AbusiveMessage.decode(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
          return;
        }
        const verdict = examineReported(deskOf(), decoded);
        expect(verdict.verified).toBe(false);
        if (!verdict.verified) expect(Object.keys(reportedMessageRules)).toContain(verdict.rule);
      }),
      { numRuns: 400 },
    );
  });
});

describe("a hub that has changed its hub_key", () => {
  const old = { hubKey, fromMs: 0, untilMs: 5000 };
  const now = { hubKey: random.bytes(32), fromMs: 5000, untilMs: undefined };
  const both = { hubKeys: [now, old] };
  const at = (ms: bigint) => reported(message, ms, franked(message, ms));

  it("finds the key that was in use at the accepted time", () => {
    expect(examineReported(deskOf(both), at(4000n)).verified).toBe(true);
  });

  it("tries both in the millisecond of the change", () => {
    expect(examineReported(deskOf(both), at(5000n)).verified).toBe(true);
  });

  it("does not believe the old key for a time at which it was no longer in use", () => {
    expect(examineReported(deskOf(both), at(5001n))).toEqual({ verified: false, rule: "frankedHere" });
    expect(examineReported(deskOf({ ...both, keySelection: "all" }), at(5001n)).verified).toBe(true);
  });

  it("does not believe the present key for a time before it was in use", () => {
    const early = franked(message, 4000n, bob, "draft", now.hubKey);
    expect(examineReported(deskOf(both), reported(message, 4000n, early)).verified).toBe(false);
    const since = franked(message, 5000n, bob, "draft", now.hubKey);
    expect(examineReported(deskOf(both), reported(message, 5000n, since)).verified).toBe(true);
  });

  it("loses all earlier franks where it only knows the present key: a defect", () => {
    const desk = deskOf({ ...both, keySelection: "newest" });
    expect(examineReported(desk, at(4000n))).toEqual({ verified: false, rule: "frankedHere" });
  });
});

describe("a hub that has changed the key it signs franks with", () => {
  it("verifies what it has signed with either", () => {
    const genuinely = reported(message, 4000n, franked(message, 4000n));
    const since = [random.bytes(32), hubSignature.publicKey];
    expect(examineReported(deskOf({ frankingKeys: since }), genuinely).verified).toBe(true);
    const found = examineReported(deskOf({ frankingKeys: since.slice(0, 1) }), genuinely);
    expect(found).toEqual({ verified: false, rule: "signedHere" });
  });
});

function nullPart() {
  return { disposition: "render" as const, language: "", cardinality: "nullpart" as const };
}

function withoutExtensions(): Uint8Array {
  return encodeContent({ ...message.content, mimiExtensions: new Map() });
}
