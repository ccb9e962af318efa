import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTrace, TraceError, traceDigest, writeTrace } from "../../../simulator/trace/index.ts";
import { utf8 } from "../../../spec-model/bytes.ts";
import { exampleTrace, traces } from "./example-trace.ts";

/** The message with which `input` is refused. */
function refusal(input: string | Uint8Array): string {
  try {
    readTrace(input);
  } catch (error) {
    if (error instanceof TraceError) return error.message;
    throw error;
  }
  return "accepted";
}

const lines = writeTrace(exampleTrace()).split("\n").slice(0, -1);

/** The example trace with one line (counted from 1) replaced. */
function withLine(number: number, change: (line: string) => string): string {
  return `${lines.map((line, i) => (i === number - 1 ? change(line) : line)).join("\n")}\n`;
}

describe("a written trace", () => {
  it("is read back as what was written", () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const text = writeTrace(trace);
        expect(readTrace(text)).toEqual(trace);
        expect(readTrace(utf8(text.toWellFormed()))).toBeDefined();
        expect(writeTrace(readTrace(text))).toBe(text);
      }),
    );
  });

  it("does not depend on the order in which fields were set", () => {
    const { header, events } = exampleTrace();
    const reversed = <T extends object>(value: T) => Object.fromEntries(Object.entries(value).reverse()) as T;
    const shuffled = { header: reversed(header), events: events.map(reversed) };
    expect(writeTrace(shuffled)).toBe(writeTrace({ header, events }));
  });

  it("has these first lines", () => {
    expect(lines.slice(0, 3)).toMatchInlineSnapshot(`
      [
        "{"trace":"mimi-trace/1","scenario":"hello","title":"Alice says hello","seed":1,"version":"0.1.0","drafts":["protocol-06","content-09"],"variants":{"duplicate-notify":"by message id"},"options":{"bodies":false,"latency":"wan","limit":100},"actors":[{"id":"ServerA","kind":"provider","domain":"a.example","label":"ServerA"},{"id":"ServerB","kind":"provider","domain":"b.example","label":"ServerB"},{"id":"ClientA1","kind":"client","domain":"a.example","user":"mimi://a.example/u/alice","label":"ClientA1"}]}",
        "{"seq":0,"at":0,"type":"phase","title":"Alice says hello","draft":"protocol-06 §3.4"}",
        "{"seq":1,"at":10,"type":"intention","actor":"ClientA1","text":"says hello"}",
      ]
    `);
  });

  it("has a digest of its bytes", () => {
    expect(traceDigest("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(traceDigest(writeTrace(exampleTrace()))).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is refused by the writer where an event is malformed", () => {
    const { header, events } = exampleTrace();
    const half = { ...events[0], at: 0.5 } as (typeof events)[number];
    expect(() => writeTrace({ header, events: [half] })).toThrow("phase.at is 0.5, not an integer");
  });
});

describe("the reader", () => {
  it("accepts the example with one event of each type", () => {
    expect(readTrace(lines.map((line) => `${line}\n`).join("")).events).toHaveLength(14);
  });

  it("names the line and what was expected there", () => {
    expect(refusal("")).toBe('line 1: empty: a trace begins with a header, {"trace":"mimi-trace/1",...}');
    expect(refusal(withLine(1, (line) => line.replace("mimi-trace/1", "mimi-trace/2")))).toBe(
      'line 1: the header.trace is "mimi-trace/2", not mimi-trace/1',
    );
    expect(refusal(withLine(3, () => "{"))).toBe("line 3: not JSON");
    expect(refusal(withLine(3, () => "null"))).toMatch(
      /^line 3: the event's type is none of phase, intention, /,
    );
    expect(refusal(withLine(3, (line) => line.replace('"at":10', '"at":"10"')))).toBe(
      "line 3: the event.at is a text, not an integer",
    );
    expect(refusal(withLine(5, (line) => line.replace('"size":2', '"size":-2')))).toBe(
      "line 5: the event.size is -2, not from 0 to 9007199254740991",
    );
    expect(refusal(withLine(5, (line) => line.replace('"size":2,', "")))).toBe(
      'line 5: the event lacks the field "size"',
    );
    expect(refusal(withLine(6, (line) => line.replace('"copyOf"', '"copyof"')))).toMatch(
      /^line 6: the event has a field "copyof", which is none of seq, at, type, id, copyOf$/,
    );
    expect(refusal(withLine(7, (line) => line.replace("01ff", "01FF")))).toBe(
      "line 7: the event.body is not lowercase hexadecimal",
    );
  });

  it("refuses what the writer would write otherwise, and says where", () => {
    expect(refusal(withLine(2, (line) => line.replace(",", ", ")))).toBe(
      'line 2: not in canonical form at column 10: "\\"at\\":0,\\"ty" expected, " \\"at\\":0,\\"t" found',
    );
    expect(refusal(withLine(2, (line) => line.replace('"at":0,', '"at":1,"at":0,')))).toMatch(
      /canonical form/,
    );
    expect(refusal(withLine(3, (line) => line.replace('"at":10', '"at":1e1')))).toMatch(/canonical form/);
    expect(
      refusal(withLine(15, (line) => line.replace('"a":null,', "").replace('"z":1', '"z":1,"a":null'))),
    ).toMatch(/^line 15: not in canonical form/);
    expect(refusal(withLine(2, (line) => `${line}\r`))).toMatch(/the end of the line expected/);
  });

  it("holds lines against those before them", () => {
    expect(refusal(withLine(3, (line) => line.replace('"seq":1', '"seq":2')))).toBe(
      "line 3: seq is 2, but 1 comes next",
    );
    expect(refusal(withLine(4, (line) => line.replace('"at":20', '"at":9')))).toBe(
      "line 4: at is 9, before 10: virtual time does not go back",
    );
    expect(refusal(withLine(3, (line) => line.replace("ClientA1", "ClientA2")))).toBe(
      'line 3: the header names no actor "ClientA2"',
    );
    expect(refusal(withLine(6, (line) => line.replace('"id":2', '"id":1')))).toBe(
      "line 6: message 1 was sent before",
    );
    expect(refusal(withLine(6, (line) => line.replace('"copyOf":1', '"copyOf":3')))).toBe(
      "line 6: no message 3 was sent",
    );
    expect(refusal(withLine(9, (line) => line.replace('"id":1', '"id":2')))).toBe(
      "line 9: message 2 was dropped before",
    );
    expect(refusal(withLine(13, (line) => line.replace('"of":1', '"of":9')))).toBe(
      "line 13: no message 9 was sent",
    );
  });

  it("notices a trace that was cut off or goes on after its end", () => {
    const text = withLine(1, (line) => line);
    expect(refusal(text.slice(0, -1))).toBe("line 15: ends without a line feed: the trace was cut off");
    expect(refusal(text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1))).toBe(
      "line 15: no end event: the trace was cut off",
    );
    expect(refusal(`${text}${lines[2]}\n`)).toBe("line 16: nothing follows the end event");
  });

  it("refuses octets that are not UTF-8, and state that nests without end", () => {
    expect(refusal(Uint8Array.of(0x7b, 0x7d, 10, 0xff, 10))).toBe("line 2: not valid UTF-8");
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    expect(refusal(withLine(15, (line) => line.replace("null", deep)))).toMatch(
      /nests deeper than 64 levels$/,
    );
  });

  it("answers any damage with a TraceError and nothing else", () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.string({ maxLength: 6 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(traces, damage, (trace, changes) => {
        let text = writeTrace(trace);
        for (const [place, cut, added] of changes) {
          const at = place % (text.length + 1);
          text = text.slice(0, at) + added + text.slice(at + cut);
        }
        const message = refusal(text);
        if (message === "accepted") expect(writeTrace(readTrace(text))).toBe(text);
        else expect(message).toMatch(/^line \d+: ./);
      }),
    );
  });

  it("answers arbitrary octets with a TraceError", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(refusal(bytes)).toMatch(/^line \d+: ./);
      }),
    );
  });
});
