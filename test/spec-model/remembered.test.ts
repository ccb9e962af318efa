import { describe, expect, it } from "vitest";
import {
  latestFew,
  remembered,
  rememberedByBoth,
  rememberedByOctets,
  rememberedByText,
  rememberedLately,
  rememberedPair,
} from "../../spec-model/remembered.ts";

describe("what is remembered", () => {
  it("is made once for each object, whichever was asked for in between", () => {
    const asked: object[] = [];
    const nameOf = remembered((value: { name: string }) => {
      asked.push(value);
      return [value.name];
    });
    const [one, other] = [{ name: "one" }, { name: "one" }];
    const [first, second] = [nameOf(one), nameOf(other)];
    expect(nameOf(one)).toBe(first);
    expect(nameOf(other)).toBe(second);
    expect(first).not.toBe(second);
    expect(asked).toEqual([one, other]);
  });

  it("is made anew where making it has thrown", () => {
    let fails = true;
    const made = remembered(() => {
      if (fails) throw new Error("not yet");
      return "made";
    });
    const value = {};
    expect(() => made(value)).toThrow("not yet");
    fails = false;
    expect(made(value)).toBe("made");
  });

  it("is made once for each two objects", () => {
    let times = 0;
    const both = rememberedByBoth((a: { n: number }, b: { n: number }) => {
      times++;
      return a.n - b.n;
    });
    const [five, two] = [{ n: 5 }, { n: 2 }];
    expect([both(five, two), both(two, five), both(five, two), both(five, five)]).toEqual([3, -3, 3, 0]);
    expect(times).toBe(3);
  });

  it("is forgotten for a pair when others are asked for", () => {
    let times = 0;
    const pair = rememberedPair((a: number, b: number) => {
      times++;
      return a + b;
    });
    expect([pair(1, 2), pair(1, 2), pair(1, 3), pair(1, 2)]).toEqual([3, 3, 4, 3]);
    expect(times).toBe(3);
  });

  it("is made once for equal octets in different arrays, and for others anew", () => {
    const length = rememberedByOctets((octets) => ({ length: octets.length }));
    const first = length(Uint8Array.of(1, 2, 3));
    expect(length(Uint8Array.of(1, 2, 3))).toBe(first);
    expect(length(Uint8Array.of(1, 2, 4))).not.toBe(first);
    expect(length(Uint8Array.of(1, 2))).toEqual({ length: 2 });
  });

  it("is made once for a text until there are too many", () => {
    const asked: string[] = [];
    const upper = rememberedByText(2, (text) => {
      asked.push(text);
      return text.toUpperCase();
    });
    expect(["a", "b", "a", "c", "a"].map(upper)).toEqual(["A", "B", "A", "C", "A"]);
    expect(asked).toEqual(["a", "b", "c", "a"]);
  });

  it("is kept of the latest few objects only, and a later value takes the place of an earlier", () => {
    const latest = latestFew<{ readonly n: number }, string>();
    const keys = Array.from({ length: 20 }, (_, n) => ({ n }));
    for (const key of keys) latest.set(key, `${key.n}`);
    const [first, last] = [keys[0] ?? { n: -1 }, keys[19] ?? { n: -1 }];
    expect(latest.get(first)).toBeUndefined();
    expect(latest.get(last)).toBe("19");
    latest.set(last, "other");
    expect(keys.filter((key) => latest.get(key) !== undefined)).toHaveLength(16);
    expect(latest.get(last)).toBe("other");
  });

  it("is made anew for an object that others have come after", () => {
    let times = 0;
    const made = rememberedLately((value: { readonly n: number }) => {
      times++;
      return value.n;
    });
    const keys = Array.from({ length: 17 }, (_, n) => ({ n }));
    expect([...keys, ...keys.slice(-3)].map(made)).toEqual([...keys.map(({ n }) => n), 14, 15, 16]);
    expect(times).toBe(17);
    expect(keys.slice(0, 1).map(made)).toEqual([0]);
    expect(times).toBe(18);
  });
});
