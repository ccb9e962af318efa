import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Arrival,
  createKernel,
  createNetwork,
  type DeliveryPolicy,
  type LinkTable,
  linksFrom,
  noFaults,
  TimeTextError,
  type Verdict,
  wan,
} from "../../../simulator/kernel/index.ts";
import { rootRandom } from "../../../simulator/random/index.ts";
import { utf8 } from "../../../spec-model/bytes.ts";

type Policies = readonly DeliveryPolicy<string>[];

function networkOf(table: LinkTable, policies: Policies = noFaults, seed: number | string = 1) {
  const arrived: { id: number; copyOf?: number; at: number; about: string; bytes: Uint8Array }[] = [];
  const kernel = createKernel<Arrival<string>>({
    handle({ envelope: { id, copyOf, about, bytes } }, at) {
      arrived.push({ id, at, about, bytes, ...(copyOf === undefined ? {} : { copyOf }) });
    },
  });
  const network = createNetwork<Arrival<string>, string>({
    kernel,
    arrive: (arrival) => arrival,
    random: rootRandom(seed).split("network"),
    link: linksFrom(table),
    policies,
  });
  const send = (from: string, to: string, about: string) =>
    network.send({ from, to, bytes: utf8(about), about });
  return { kernel, arrived, send };
}

function always(verdict: Verdict, name = "always"): DeliveryPolicy<string> {
  return { name, deliver: () => verdict };
}

describe("a network", () => {
  it("delivers after the latency of the link", () => {
    const { kernel, arrived, send } = networkOf({ "a>b": "constant(5ms)", "b>a": "constant(7ms)" });
    const sent = send("a", "b", "hello");
    send("b", "a", "hi");
    kernel.run();
    expect(sent.flights).toMatchObject([{ arrivesAt: 5000, tampered: [] }]);
    expect(arrived).toMatchObject([
      { id: 1, at: 5000, about: "hello" },
      { id: 2, at: 7000, about: "hi" },
    ]);
  });

  it("may deliver out of order on a link without order, and never on one with it", () => {
    const orderOf = (fifo: boolean) => {
      const { kernel, arrived, send } = networkOf({ "*>*": { fifo } });
      for (let i = 0; i < 50; i++) send("a", "b", `${i}`);
      kernel.run();
      return arrived.map(({ id }) => id);
    };
    const inOrder = Array.from({ length: 50 }, (_, i) => i + 1);
    expect(orderOf(true)).toEqual(inOrder);
    expect(orderOf(false)).not.toEqual(inOrder);
    expect(orderOf(false).sort((a, b) => a - b)).toEqual(inOrder);
  });

  it("drops, and says why", () => {
    const { kernel, arrived, send } = networkOf({}, [always({ type: "drop", reason: "loss" })]);
    expect(send("a", "b", "gone").flights).toMatchObject([{ dropped: "loss" }]);
    expect(kernel.run().steps).toBe(0);
    expect(arrived).toEqual([]);
  });

  it("delays on top of the latency", () => {
    const { kernel, arrived, send } = networkOf({ "*>*": "constant(5ms)" }, [
      always({ type: "delay", by: 100 }),
    ]);
    send("a", "b", "late");
    kernel.run();
    expect(arrived).toMatchObject([{ at: 5100 }]);
  });

  it("duplicates under ids of their own", () => {
    const { kernel, arrived, send } = networkOf({}, [always({ type: "duplicate", copies: 2 })]);
    send("a", "b", "thrice");
    kernel.run();
    const byId = arrived.sort((a, b) => a.id - b.id);
    expect(byId.map(({ id, copyOf, about }) => ({ id, copyOf, about }))).toEqual([
      { id: 1, about: "thrice" },
      { id: 2, copyOf: 1, about: "thrice" },
      { id: 3, copyOf: 1, about: "thrice" },
    ]);
  });

  it("gives each copy a latency of its own", () => {
    const { arrived, kernel, send } = networkOf({}, [always({ type: "duplicate", copies: 2 })]);
    send("a", "b", "thrice");
    kernel.run();
    expect(new Set(arrived.map(({ at }) => at)).size).toBe(3);
  });

  it("replaces bytes, and says what was done to them", () => {
    const { kernel, arrived, send } = networkOf({}, [
      always({ type: "replace", bytes: utf8("jello"), what: "octet 0 changed" }),
    ]);
    expect(send("a", "b", "hello").flights).toMatchObject([{ tampered: ["octet 0 changed"] }]);
    kernel.run();
    expect(arrived).toMatchObject([{ bytes: utf8("jello") }]);
  });

  it("asks the policies in order, each about every copy that is left", () => {
    const asked: string[] = [];
    const watch = (name: string): DeliveryPolicy<string> => ({
      name,
      deliver(_link, { id }) {
        asked.push(`${name} ${id}`);
        return name === "second" && id === 1 ? { type: "drop", reason: "the original" } : { type: "deliver" };
      },
    });
    const { kernel, arrived, send } = networkOf({}, [
      watch("first"),
      always({ type: "duplicate", copies: 1 }),
      watch("second"),
      watch("third"),
    ]);
    send("a", "b", "x");
    kernel.run();
    expect(asked).toEqual(["first 1", "second 1", "second 2", "third 2"]);
    expect(arrived).toMatchObject([{ id: 2, copyOf: 1 }]);
  });

  it("gives every copy one fate: it arrives once, at the time that was said, or is dropped", () => {
    const verdicts: fc.Arbitrary<Verdict> = fc.oneof(
      fc.constant<Verdict>({ type: "deliver" }),
      fc.constant<Verdict>({ type: "drop", reason: "loss" }),
      fc.nat(50_000).map((by): Verdict => ({ type: "delay", by })),
      fc.nat(2).map((copies): Verdict => ({ type: "duplicate", copies })),
      fc.uint8Array().map((bytes): Verdict => ({ type: "replace", bytes, what: "replaced" })),
    );
    const scripts = fc.array(fc.array(verdicts, { minLength: 1, maxLength: 8 }), { maxLength: 3 });
    fc.assert(
      fc.property(scripts, fc.nat(20), fc.boolean(), (script, count, fifo) => {
        const policies = script.map((steps, i): DeliveryPolicy<string> => {
          let turn = 0;
          return { name: `policy ${i}`, deliver: () => steps[turn++ % steps.length] as Verdict };
        });
        const { kernel, arrived, send } = networkOf({ "*>*": { fifo } }, policies);
        const flights = Array.from({ length: count }, (_, i) => send("a", "b", `${i}`)).flatMap(
          (sent) => sent.flights,
        );
        kernel.run();
        const announced = flights.filter(({ dropped }) => dropped === undefined);
        const times = (list: { id: number; at: number }[]) => list.map(({ id, at }) => `${id} ${at}`).sort();
        expect(new Set(flights.map(({ envelope }) => envelope.id)).size).toBe(flights.length);
        expect(times(arrived)).toEqual(times(announced.map((f) => ({ id: f.envelope.id, at: f.arrivesAt }))));
      }),
    );
  });
});

describe("a network's randomness", () => {
  /** Draws, and does nothing with it. */
  const greedy: DeliveryPolicy<string> = {
    name: "greedy",
    deliver(_link, _envelope, draw) {
      draw.float();
      return { type: "deliver" };
    },
  };

  const arrivalsOnAb = (aside: number, policies: Policies) => {
    const { kernel, arrived, send } = networkOf({ "a>b": "uniform(0ms,100ms)" }, policies, "split");
    for (let i = 0; i < 10; i++) {
      send("a", "b", "watched");
      for (let other = 0; other < aside; other++) send("b", "c", "other");
    }
    kernel.run();
    return arrived.filter(({ about }) => about === "watched").map(({ at }) => at);
  };

  it("on one link does not depend on the traffic of others", () => {
    fc.assert(
      fc.property(fc.nat(4), (aside) => {
        expect(arrivalsOnAb(aside, [])).toEqual(arrivalsOnAb(0, []));
      }),
    );
  });

  it("of latencies does not depend on what policies draw", () => {
    expect(arrivalsOnAb(0, [greedy])).toEqual(arrivalsOnAb(0, []));
  });

  it("of a policy does not depend on the policies beside it", () => {
    const drawsOf = (others: Policies) => {
      const drawn: number[] = [];
      const watched: DeliveryPolicy<string> = {
        name: "watched",
        deliver(_link, _envelope, draw) {
          drawn.push(draw.uint32());
          return { type: "deliver" };
        },
      };
      const { send } = networkOf({}, [...others, watched]);
      for (let i = 0; i < 5; i++) send("a", "b", "x");
      return drawn;
    };
    expect(drawsOf([greedy])).toEqual(drawsOf([]));
  });
});

describe("a table of links", () => {
  it("lets the most specific pattern decide", () => {
    const link = linksFrom({
      "a>b": "constant(1ms)",
      "a>*": "constant(2ms)",
      "*>b": "constant(3ms)",
      "*>*": "lan",
    });
    expect(link("a", "b").latency).toEqual({ type: "constant", of: 1000 });
    expect(link("a", "c").latency).toEqual({ type: "constant", of: 2000 });
    expect(link("c", "b").latency).toEqual({ type: "constant", of: 3000 });
    expect(link("c", "a").latency).toMatchObject({ type: "uniform" });
  });

  it("falls back to the latency of the Internet, without order", () => {
    expect(linksFrom({})("a", "b")).toEqual({ latency: wan, fifo: false });
    expect(linksFrom({ "*>*": { fifo: true } })("a", "b")).toEqual({ latency: wan, fifo: true });
  });

  it("refuses a latency that cannot be read", () => {
    expect(() => linksFrom({ "a>b": "quick" })).toThrow(TimeTextError);
  });
});
