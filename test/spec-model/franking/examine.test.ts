/** A receiver's check of a frank: every rule with its own code, and every octet covered. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeContent, extensionKey } from "../../../spec-model/content/index.ts";
import {
  examineFrank,
  type FrankRule,
  frankRules,
  type ReceivedFrank,
} from "../../../spec-model/franking/index.ts";
import { cathy, franked, mallory, random, received, room, suite, written } from "./franked.ts";

const time = 1_767_225_600_000n;
const message = written("Hello!");
const frank = franked(message, time);
const whole = received(message, time, { frank });
const ruleOf = (what: ReceivedFrank) => {
  const found = examineFrank(suite, what);
  return found.verdict === "wrong" ? found.rule : found.verdict;
};

describe("a frank that holds", () => {
  it("gives the evidence to report the message with: content, frank, sender, room and time", () => {
    expect(examineFrank(suite, whole)).toEqual({
      verdict: "verified",
      evidence: {
        applicationData: message.encoded,
        frank,
        context: { senderUri: { uri: whole.sender }, roomUri: { uri: room }, acceptedTimestamp: time },
      },
    });
  });

  it("is not expected without a tag or without a franking agent", () => {
    expect(ruleOf(received(message, time, { tag: undefined }))).toBe("none");
    expect(ruleOf(received(message, time, { agent: undefined }))).toBe("none");
  });
});

describe("a frank that does not hold", () => {
  const forged = written("Hello!", mallory);
  const elsewhere = written("Hello!", whole.sender, "mimi://hub.example/r/other");
  const broken: [FrankRule, ReceivedFrank][] = [
    ["frankPresent", received(message, time)],
    ["tagPresent", { ...whole, tag: undefined }],
    ["frankCipherSuite", { ...whole, frank: { ...frank, frankingSignatureCiphersuite: 3 } }],
    ["frankingAgentPresent", { ...whole, agent: undefined }],
    ["frankingAgentIsHub", { ...whole, agent: { signatureKey: random.bytes(32), domain: "c.example" } }],
    ["frankSignature", { ...whole, sender: cathy }],
    ["frankingTag", { ...whole, tag: random.bytes(32) }],
    ["senderIsSender", received(forged, time, { frank: franked(forged, time) })],
    ["roomIsRoom", received(elsewhere, time, { frank: franked(elsewhere, time) })],
  ];

  it.each(broken)("is refused by %s", (rule, what) => {
    expect(ruleOf(what)).toBe(rule);
  });

  it("is refused by every rule there is, in one case or another", () => {
    expect(broken.map(([rule]) => rule).sort()).toEqual(Object.keys(frankRules).sort());
  });

  it("is noticed whichever octet of content, frank, tag, time, sender or room is changed", () => {
    const flipped = (bytes: Uint8Array, place: number, mask: number) => {
      const changed = bytes.slice();
      const at = place % bytes.length;
      changed[at] = (changed[at] ?? 0) ^ mask;
      return changed;
    };
    const text = (uri: string, place: number) => {
      const at = place % uri.length;
      return `${uri.slice(0, at)}${uri[at] === "x" ? "y" : "x"}${uri.slice(at + 1)}`;
    };
    const kinds: Record<string, (place: number, mask: number) => ReceivedFrank> = {
      content: (place, mask) => withContent(flipped(message.encoded, place, mask)),
      stamp: (place, mask) => ({
        ...whole,
        frank: { ...frank, serverFrank: flipped(frank.serverFrank, place, mask) },
      }),
      signature: (place, mask) => ({
        ...whole,
        frank: {
          ...frank,
          frankingIntegritySignature: flipped(frank.frankingIntegritySignature, place, mask),
        },
      }),
      suite: (_, mask) => ({
        ...whole,
        frank: { ...frank, frankingSignatureCiphersuite: frank.frankingSignatureCiphersuite ^ mask },
      }),
      tag: (place, mask) => ({ ...whole, tag: flipped(whole.tag ?? message.encoded, place, mask) }),
      time: (place, mask) => ({
        ...whole,
        acceptedTimestamp: time ^ (BigInt(mask) << BigInt(8 * (place % 8))),
      }),
      sender: (place) => ({ ...whole, sender: text(whole.sender, place) }),
      room: (place) => ({ ...whole, room: text(room, place) }),
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(kinds)),
        fc.nat(1000),
        fc.integer({ min: 1, max: 255 }),
        (kind, place, mask) => {
          const changed = kinds[kind]?.(place, mask);
          if (changed === undefined) throw new Error("no such kind");
          expect(Object.keys(frankRules)).toContain(ruleOf(changed));
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Content that no longer decodes never gets as far as its frank: it stands for one that says nothing. */
function withContent(applicationData: Uint8Array): ReceivedFrank {
  try {
    const { salt, mimiExtensions } = decodeContent(applicationData);
    const sender = mimiExtensions.get(extensionKey.senderUri);
    return {
      ...whole,
      applicationData,
      content: { salt, sender, room: mimiExtensions.get(extensionKey.roomUri) },
    };
  } catch {
    return { ...whole, applicationData };
  }
}
