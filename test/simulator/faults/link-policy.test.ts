/** What faults do to messages on their way. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLinkFault, linkPolicy, parseFault } from "../../../simulator/faults/index.ts";
import { createKernel, createNetwork, linksFrom } from "../../../simulator/kernel/index.ts";
import { rootRandom } from "../../../simulator/random/index.ts";

type Kind = "request" | "response" | "local";
interface Posted {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly kind: Kind;
}

/** Where `posts` arrive, as [index, time], with `fault` and 1 ms between any two nodes. */
function arrivals(fault: string, posts: readonly Posted[], seed = 1): [number, number][] {
  const parsed = parseFault(fault);
  if (!isLinkFault(parsed)) throw new Error(`${fault} is no fault of links`);
  const got: [number, number][] = [];
  const kernel = createKernel<() => void>({ handle: (event) => event() });
  const network = createNetwork<() => void, { kind: Kind; index: number }>({
    kernel,
    arrive:
      ({ envelope }) =>
      () =>
        got.push([envelope.about.index, kernel.now()]),
    random: rootRandom(seed),
    link: linksFrom({ "*>*": { latency: { type: "constant", of: 1000 }, fifo: true } }),
    policies: [linkPolicy(parsed)],
  });
  for (const [index, { at, from, to, kind }] of posts.entries()) {
    kernel.at(at, () => void network.send({ from, to, bytes: new Uint8Array(), about: { kind, index } }));
  }
  kernel.run();
  return got;
}

const request = (at: number, from = "a", to = "b"): Posted => ({ at, from, to, kind: "request" });
const many = (count: number) => Array.from({ length: count }, (_, index) => request(index * 10));

describe("faults of links", () => {
  it("lose as many messages as their rate says", () => {
    expect(arrivals("loss(0%)", many(100))).toHaveLength(100);
    expect(arrivals("loss(100%)", many(100))).toHaveLength(0);
    const left = arrivals("loss(20%)", many(5000)).length;
    expect(left).toBeGreaterThan(3900);
    expect(left).toBeLessThan(4100);
  });

  it("lose at a higher rate all that they lose at a lower one", () => {
    const indexes = (rate: number) => new Set(arrivals(`loss(${rate}%)`, many(500)).map(([index]) => index));
    const [more, fewer] = [indexes(10), indexes(30)];
    for (const index of fewer) expect(more.has(index)).toBe(true);
  });

  it("lose answers alone where they are told to", () => {
    const posts: Posted[] = [request(0), { ...request(10, "b", "a"), kind: "response" }];
    expect(arrivals("loss(100%, answers)", posts).map(([index]) => index)).toEqual([0]);
    expect(arrivals("loss(100%, requests)", posts).map(([index]) => index)).toEqual([1]);
  });

  it("leave a client and its own provider alone", () => {
    const posts: Posted[] = [{ at: 0, from: "mimi://a/d/1", to: "a", kind: "local" }, request(0)];
    expect(arrivals("loss(100%)", posts).map(([index]) => index)).toEqual([0]);
  });

  it("duplicate", () => {
    const got = arrivals("duplicate(100%, 2)", [request(0)]);
    expect(got.map(([index]) => index)).toEqual([0, 0, 0]);
  });

  it("hold up what comes behind, or let it overtake", () => {
    const posts = [request(0), request(10)];
    const held = "(100%, constant(5ms))@0us-5us";
    expect(arrivals(`delay${held}`, posts)).toEqual([
      [0, 6000],
      [1, 6000],
    ]);
    expect(arrivals(`reorder${held}`, posts)).toEqual([
      [1, 1010],
      [0, 6000],
    ]);
  });

  it("partition groups of providers both ways, and nobody else", () => {
    const posts = [request(0, "a", "b"), request(0, "b", "a"), request(0, "b", "c"), request(0, "a", "d")];
    expect(arrivals("partition(a|b+c)", posts).map(([index]) => index)).toEqual([2, 3]);
  });

  it("cut one way, as long as they last", () => {
    const posts = [request(0), request(20), request(0, "b", "a")];
    expect(arrivals("cut(a>b)@0us-20us", posts).map(([index]) => index)).toEqual([2, 1]);
  });

  it("keep what goes over a clogged link until it is free", () => {
    expect(arrivals("clog(a>*)@0us-10ms", [request(0), request(3000), request(20_000)])).toEqual([
      [0, 11_000],
      [1, 11_000],
      [2, 21_000],
    ]);
  });

  it("do the same for the same seed, and never anything to what is outside their window", () => {
    const kinds = fc.constantFrom(
      "loss(30%)",
      "duplicate(30%)",
      "delay(30%, lan)",
      "reorder(30%, wan)",
      "cut(a>b)",
    );
    fc.assert(
      fc.property(kinds, fc.nat(), (fault, seed) => {
        expect(arrivals(fault, many(30), seed)).toEqual(arrivals(fault, many(30), seed));
        const later = arrivals(`${fault}@1s-2s`, many(30), seed);
        expect(later).toEqual(many(30).map(({ at }, index) => [index, at + 1000]));
      }),
    );
  });
});
