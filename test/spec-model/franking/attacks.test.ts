/** What franks as drafted do not prevent, shown; and which variant does. protocol-06 §5.4.1 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examineReported } from "../../../spec-model/abuse/index.ts";
import {
  boundBy,
  examineFrank,
  type Frank,
  type FrankingVariants,
  verifyFrank,
} from "../../../spec-model/franking/index.ts";
import { deskOf, reported } from "../abuse/desk.ts";
import {
  bob,
  cathy,
  franked,
  hubSignature,
  mallory,
  random,
  received,
  room,
  suite,
  written,
} from "./franked.ts";

type Integrity = FrankingVariants["integrity"];
const verdictOf = (what: ReturnType<typeof received>, integrity?: Integrity) =>
  examineFrank(suite, what, integrity).verdict;

describe("a dishonest follower gives a message the frank and the time of another one of the same sender", () => {
  const [early, late] = [written("I am at home."), written("I was there.")];

  it("and as drafted its receivers take it: the message is back-dated", () => {
    const stolen = received(late, 1000n, { frank: franked(early, 1000n) });
    expect(verdictOf(stolen)).toBe("verified");
  });

  it("and as drafted the hub then does not know its own frank again: the message cannot be reported", () => {
    const desk = deskOf();
    expect(examineReported(desk, reported(late, 9000n, franked(late, 9000n))).verified).toBe(true);
    expect(examineReported(desk, reported(late, 1000n, franked(early, 1000n)))).toEqual({
      verified: false,
      rule: "frankedHere",
    });
  });

  it.each(["tag", "tagAndBlindedSender"] as const)(
    "and is noticed where the hub's signature covers the tag (variant %s)",
    (integrity) => {
      const stolen = received(late, 1000n, { frank: franked(early, 1000n, bob, integrity) });
      expect(examineFrank(suite, stolen, integrity)).toEqual({ verdict: "wrong", rule: "frankSignature" });
      const own = received(late, 9000n, { frank: franked(late, 9000n, bob, integrity) });
      expect(verdictOf(own, integrity)).toBe("verified");
    },
  );

  it("is noticed as drafted, too, where the other message is another sender's", () => {
    const hers = franked(written("Hi!", cathy), 1000n, cathy);
    expect(examineFrank(suite, received(late, 1000n, { frank: hers }))).toEqual({
      verdict: "wrong",
      rule: "frankSignature",
    });
  });

  it("never works with the tag signed, whatever the texts and times (any two messages)", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), fc.nat(), (first, second, t1, t2) => {
        const [m1, m2] = [written(first), written(second)];
        const stolen = received(m2, BigInt(t1), { frank: franked(m1, BigInt(t1), bob, "tag") });
        expect(verdictOf(stolen, "tag")).toBe("wrong");
        const genuine = received(m2, BigInt(t2), { frank: franked(m2, BigInt(t2), bob, "tag") });
        expect(verdictOf(genuine, "tag")).toBe("verified");
      }),
      { numRuns: 30 },
    );
  });
});

describe("a follower that cannot read a message tries who has sent it", () => {
  const users = [bob, cathy, mallory, "mimi://c.example/u/dave"];

  /** All that a follower has: the frank, the time, the room, and the public key of the franking agent. */
  function fitting(given: Frank, time: bigint, integrity: Integrity): string[] {
    return users.filter((uri) => {
      const context = { senderUri: { uri }, roomUri: { uri: room }, acceptedTimestamp: time };
      // The tag is in the clear; the salt is not, and no guess is as good as none.
      const bound = boundBy(integrity, seenTag, random.bytes(16));
      return verifyFrank(suite, hubSignature.publicKey, given, context, bound);
    });
  }
  const message = written("Nobody knows that this is mine.", cathy);
  const seenTag = received(message, 5000n).tag ?? new Uint8Array(0);

  it("and as drafted finds the sender", () => {
    expect(fitting(franked(message, 5000n, cathy), 5000n, "draft")).toEqual([cathy]);
  });

  it("and finds it as well where only the tag is signed, too", () => {
    expect(fitting(franked(message, 5000n, cathy, "tag"), 5000n, "tag")).toEqual([cathy]);
  });

  it("and finds nobody where the sender is blinded under a key from the salt", () => {
    const blinded = franked(message, 5000n, cathy, "tagAndBlindedSender");
    expect(fitting(blinded, 5000n, "tagAndBlindedSender")).toEqual([]);
  });
});

describe("a provider lies about who sends", () => {
  const insult = written("You ferret!", cathy);

  it("and frames its own user with a message that nobody has ever decrypted: the report is verified as drafted", () => {
    // The ciphertext that goes with the tag is random octets: the hub cannot tell.
    const given = franked(insult, 7000n, cathy);
    expect(examineReported(deskOf(), reported(insult, 7000n, given))).toMatchObject({
      verified: true,
      sender: cathy,
    });
  });

  it("and the blinded signature does not change that: a frank proves what the provider has asserted", () => {
    const given = franked(insult, 7000n, cathy, "tagAndBlindedSender");
    const desk = deskOf({ integrity: "tagAndBlindedSender" });
    expect(examineReported(desk, reported(insult, 7000n, given)).verified).toBe(true);
  });

  it("and lets a muted user speak in another's name: receivers that see a frank notice", () => {
    const muted = received(written("Me again.", mallory), 7000n, { sender: mallory });
    const given = franked(written("Me again.", mallory), 7000n, bob);
    expect(examineFrank(suite, { ...muted, frank: given })).toEqual({
      verdict: "wrong",
      rule: "frankSignature",
    });
  });
});
