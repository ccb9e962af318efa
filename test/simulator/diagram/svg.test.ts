import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { svgDiagram, svgFigures } from "../../../simulator/diagram/index.ts";
import { chaptersOf } from "../../../simulator/diagram/ladder/chapter.ts";
import { linesOf, widthOf } from "../../../simulator/diagram/svg/measure.ts";
import { readTrace, writeTrace } from "../../../simulator/trace/index.ts";
import * as faults from "./faults.ts";
import { storiesOf } from "./random-story.ts";
import * as figures from "./section-3.ts";
import { createStory } from "./story.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.constantFrom("</text>", "a & b", '"<!--"', "\ud800"),
);

/** What keeps `svg` from being well-formed XML: the first tag that is out of place, or a stray sign. */
function malformed(svg: string): string | undefined {
  const open: string[] = [];
  for (const [, text = "", tag = ""] of svg.matchAll(/([^<]*)(<[^>]*>|$)/g)) {
    if (/&(?!(amp|lt|gt|quot);)/.test(text) || text.includes(">")) return text;
    const [, closing, name = "", attributes = "", empty] =
      /^<(\/?)([a-z]+)((?: [a-zA-Z0-9-]+="[^"<&]*(?:&[a-z]+;[^"<&]*)*")*)(\/?)>$/.exec(tag) ?? [];
    if (tag === "") continue;
    if (name === "") return tag;
    if (closing) {
      if (open.pop() !== name || attributes !== "") return tag;
    } else if (!empty) open.push(name);
  }
  return open.at(-1);
}

describe("an SVG ladder", () => {
  it("is well-formed XML without control characters, whatever the texts", () => {
    expect(malformed("<g><text>a</g></text>")).toBe("</g>");
    expect(malformed("<g>&</g>")).toBe("&");
    fc.assert(
      fc.property(storiesOf(anyText), (trace) => {
        for (const svg of [svgDiagram(trace), ...svgFigures(trace).map((figure) => figure.svg)]) {
          expect(malformed(svg)).toBeUndefined();
          expect(svg.isWellFormed()).toBe(true);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
          expect(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(svg)).toBe(false);
        }
      }),
    );
  });

  it("draws every message once", () => {
    fc.assert(
      fc.property(storiesOf(fc.constantFrom("/notify", "200 OK")), (trace) => {
        const drawn = svgFigures(trace).flatMap(({ svg }) =>
          [...svg.matchAll(/data-message="([^"]*)"/g)].flatMap(([, ids = ""]) => ids.split(" ").map(Number)),
        );
        const sent = chaptersOf(trace).flatMap(({ occurrences }) =>
          occurrences.flatMap((one) => (one.type === "departure" ? [one.message.id] : [])),
        );
        const ascending = (a: number, b: number) => a - b;
        expect(drawn.sort(ascending)).toEqual(sent.sort(ascending));
      }),
    );
  });

  it("is the same for a trace and for what is read back of it", () => {
    fc.assert(
      fc.property(storiesOf(fc.string()), (trace) => {
        expect(svgDiagram(readTrace(writeTrace(trace)))).toBe(svgDiagram(trace));
      }),
    );
  });

  it("keeps everything inside its frame", () => {
    fc.assert(
      fc.property(storiesOf(anyText), (trace) => {
        for (const { svg } of svgFigures(trace)) {
          const [, width = "", height = ""] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
          const most = (pattern: RegExp) =>
            Math.max(0, ...[...svg.matchAll(pattern)].map(([, value]) => Number(value)));
          expect(most(/ x[12]?="(-?[\d.]+)"/g)).toBeLessThanOrEqual(Number(width) - 24);
          expect(most(/ y[12]?="(-?[\d.]+)"/g)).toBeLessThanOrEqual(Number(height) - 24);
          expect(/ [xy][12]?="-/.test(svg)).toBe(false);
        }
      }),
    );
  });

  it("asks for nothing from outside and adapts to a dark ground", () => {
    const svg = svgDiagram(faults.everyFault());
    expect(svg.match(/https?:|url\(|@import|<script|<image|href/g)).toEqual(["http:"]);
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(svg).toContain("@media (prefers-color-scheme:dark){");
  });

  it("marks what is lost, changed, copied and late", () => {
    const svg = svgDiagram(faults.everyFault());
    for (const text of ["lost: loss", "changed: octet 17 flipped", "/notify (copy)", "still under way"]) {
      expect(svg).toContain(`>${text}</text>`);
    }
    expect(svg).toContain(">I01 does not hold: clients in one epoch agree on its context (ClientB1 and");
  });

  it("slants the arrow of a message that others overtake", () => {
    const svg = svgDiagram(faults.crossing());
    const [, y1, y2] = /class="arrow request late" x1="\d+" y1="(\d+)" x2="\d+" y2="(\d+)"/.exec(svg) ?? [];
    expect(Number(y2) - Number(y1)).toBeGreaterThan(40);
  });

  it("has a drawing for each phase, with its title and source", () => {
    const [figure] = svgFigures(figures.aliceAddsBob());
    expect(figure).toMatchObject({ title: "Alice adds Bob to the room", draft: "protocol-06 §3.2" });
    expect(figure?.svg).toContain("protocol-06 §3.2");
  });

  it("is drawn where there are notes and no messages, and where there is nothing at all", () => {
    const story = createStory("ClientA1");
    expect(malformed(svgDiagram(story.end()))).toBeUndefined();
    const other = createStory("ClientA1");
    other.decides("ClientA1", "creates the room");
    expect(svgDiagram(other.end())).toContain(">ClientA1: creates the room</text>");
  });
});

describe("the measure of text", () => {
  it("wraps into lines that are not too wide and lose no sign but spaces", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 15, max: 300 }), (text, width) => {
        const lines = linesOf(text, width, 13);
        for (const line of lines) expect(widthOf(line, 13)).toBeLessThanOrEqual(width);
        expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });
});
