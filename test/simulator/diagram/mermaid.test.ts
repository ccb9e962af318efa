import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mermaidFigures } from "../../../simulator/diagram/index.ts";
import * as faults from "./faults.ts";
import { storiesOf } from "./random-story.ts";
import { aliceAddsBob } from "./section-3.ts";

const trickyTexts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "end",
    "the End",
    "%% comment",
    "a;b",
    "#35;",
    "a\nb",
    "A->>B: x",
    '"q"',
    "{x}",
    "",
    "\u2028",
  ),
);

describe("a Mermaid diagram", () => {
  it("is this where Alice adds Bob", () => {
    expect(mermaidFigures(aliceAddsBob()).map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "sequenceDiagram
        title: Alice adds Bob to the room
        participant p0 as ClientA1
        participant p1 as ServerA
        participant p2 as ServerB
        participant p3 as ClientB*
        Note over p0: prepares a Commit over AppDataUpdate(+Bob), Add*
        p0-)p1: Commit, etc.
        Note over p1: verifies that AppDataUpdate and Adds are allowed by policy
        p1-)p0: Accepted
        p1->>p2: /notify
        Note over p2: recognizes that the Welcome adds Bob to clubhouse
        p2-)p3: Welcome, Tree
        p2-->>p1: 200 OK",
      ]
    `);
  });

  it("is this where everything goes wrong", () => {
    expect(mermaidFigures(faults.everyFault()).map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "sequenceDiagram
        title: A network that does everything wrong
        participant p0 as ServerA
        participant p1 as ServerB
        participant p2 as ClientB*
        p0-xp1: /notify, lost#58; loss
        Note over p0: sends it again after 5 s
        p0->>p1: /notify
        p1--xp0: 200 OK, lost#58; partition
        p1-)p2: Commit
        p0->>p1: /notify
        p0->>p1: /notify (copy)
        Note over p1: recognizes a duplicate
        p0->>p1: /notify, changed#58; octet 17 flipped
        Note over p1: notices WireError truncated at FanoutMessage.timestamp#58; ends 3 octets early
        Note over p0,p2: I01 does not hold#58; clients in one epoch agree on its context (ClientB1 and ClientA1 at epoch 4)
        Note over p1: 400, still under way at the #101;nd",
      ]
    `);
  });

  it("tells the departure and the arrival of a message that others overtake", () => {
    expect(mermaidFigures(faults.crossing())[0]?.text.split("\n").slice(4)).toEqual([
      "  Note over p0: /notify, (1) departs",
      "  p0->>p1: /notify",
      "  p1-->>p0: 200 OK",
      "  p0->>p1: (1) /notify",
    ]);
  });

  it("has only lines of known forms, with nothing in their texts that Mermaid could read as more than text", () => {
    const word = String.raw`(?:[\p{L}\p{N} /.,_()?=*+-]|#\d+;)+`;
    const known = [
      "sequenceDiagram",
      `  title: ${word}`,
      String.raw`  participant p\d+ as ${word}`,
      String.raw`  p\d+(?:->>|-->>|-\)|-x|--x)p\d+: ${word}`,
      String.raw`  Note over p\d+(?:,p\d+)?: ${word}`,
      `  %% ${word}`,
    ];
    const line = new RegExp(`^(?:${known.join("|")})$`, "u");
    fc.assert(
      fc.property(storiesOf(trickyTexts), (trace) => {
        for (const { text } of mermaidFigures(trace)) {
          for (const one of text.split("\n")) {
            expect(one).toMatch(line);
            expect(one).not.toMatch(/\bend\b/i);
          }
        }
      }),
    );
  });
});
