import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asciiFigures, type FigureOptions, kramdownFigure } from "../../../simulator/diagram/index.ts";
import { laddersOf } from "../../../simulator/diagram/ladder/plan.ts";
import { readTrace, type Trace, writeTrace } from "../../../simulator/trace/index.ts";
import { missingShared, sharedFolder } from "../../shared-folder.ts";
import * as faults from "./faults.ts";
import { storiesOf } from "./random-story.ts";
import * as figures from "./section-3.ts";
import { createStory } from "./story.ts";

function ladder(trace: Trace, options: FigureOptions = { steps: false }): string {
  return `\n${asciiFigures(trace, options)
    .map(({ text }) => text)
    .join("\n\n")}\n`;
}

describe("the ladder of a flow of protocol-06 §3", () => {
  it("is this where Alice fetches KeyPackages", () => {
    expect(ladder(figures.aliceFetchesKeyPackages())).toMatchInlineSnapshot(`
      "
      ClientA1        ServerA         ServerB         ClientB*
        |               |               |               |
        |               |               |     Store KPs |
        |               |               |<~~~~~~~~~~~~~~+
        | Request KPs   |               |<~~~~~~~~~~~~~~+
        +~~~~~~~~~~~~~~>| /keyMaterial  |               |
        |               +-------------->|               |
        |               |        200 OK |               |
        |           KPs |<--------------+               |
        |<~~~~~~~~~~~~~~+               |               |
        |               |               |               |
      "
    `);
  });

  it("is this where Alice adds Bob, with its steps", () => {
    expect(ladder(figures.aliceAddsBob(), {})).toMatchInlineSnapshot(`
      "
      ClientA1        ServerA         ServerB         ClientB*
        |               |               |               |
        | Commit, etc.  |               |               |
        +~~~~~~~~~~~~~~>|               |               |
        |      Accepted | /notify       |               |
        |<~~~~~~~~~~~~~~+-------------->|               |
        |               |        200 OK | Welcome, Tree |
        |               |<--------------+~~~~~~~~~~~~~~>|
        |               |               |               |

      ClientB*: ClientB1, ClientB2
      ClientA1: prepares a Commit over AppDataUpdate(+Bob), Add*
      ClientA1->ServerA: [[ Commit, etc. Commit, Welcome, GroupInfo?,
          RatchetTree? ]]
      ServerA: verifies that AppDataUpdate and Adds are allowed by policy
      ServerA->ClientA1: [[ Accepted ]]
      ServerA->ServerB: POST /notify Welcome
      ServerB: recognizes that the Welcome adds Bob to clubhouse
      ServerB->ClientB*: [[ Welcome, Tree Welcome, RatchetTree? ]]
      ServerB->ServerA: 200 OK
      "
    `);
  });

  it("is this where Bob fetches KeyPackages", () => {
    expect(ladder(figures.bobFetchesKeyPackages())).toMatchInlineSnapshot(`
      "
      ClientB1        ServerB         ServerA         ServerC         ClientC*
        |               |               |               |               |
        |               |               |               |     Store KPs |
        |               |               |               |<~~~~~~~~~~~~~~+
        | Request KPs   |               |               |<~~~~~~~~~~~~~~+
        +~~~~~~~~~~~~~~>| /keyMaterial  |               |               |
        |               +-------------->| /keyMaterial  |               |
        |               |               +-------------->|               |
        |               |               |        200 OK |               |
        |               |        200 OK |<--------------+               |
        |           KPs |<--------------+               |               |
        |<~~~~~~~~~~~~~~+               |               |               |
        |               |               |               |               |
      "
    `);
  });

  it("is this where Bob adds Cathy", () => {
    expect(ladder(figures.bobAddsCathy())).toMatchInlineSnapshot(`
      "
      ClientB1   ServerB    ServerA    ServerC    ClientC*  ClientB*  ClientA*
        |          |          |          |          |         |         |
        | Commit,  |          |          |          |         |         |
        | etc      |          |          |          |         |         |
        +~~~~~~~~~>| /update  |          |          |         |         |
        |          +--------->|          |          |         |         |
        |          |   200 OK | /notify  |          |         |         |
        | Accepted |<---------+--------->| Welcome, |         |         |
        |<~~~~~~~~~+          |          | Tree     |         |         |
        |          |  /notify | Commit   +~~~~~~~~~>|         |         |
        |          |<---------+~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|
        |          | Commit   |          |          |         |         |
        |          +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|         |
        |          |          |   200 OK |          |         |         |
        |          | 200 OK   |<---------+          |         |         |
        |          +--------->|          |          |         |         |
        |          |          |          |          |         |         |
      "
    `);
  });

  it("is this where Cathy sends a message", () => {
    expect(ladder(figures.cathySendsAMessage())).toMatchInlineSnapshot(`
      "
      ClientC1   ServerC    ServerA    ServerB    ClientB*  ClientC*  ClientA*
        |          |          |          |          |         |         |
        | Message  |          |          |          |         |         |
        +~~~~~~~~~>| /submit  |          |          |         |         |
        |          +--------->|          |          |         |         |
        |          |   200 OK | Message  |          |         |         |
        |          |<---------+~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|
        |          |          | /notify  |          |         |         |
        | Accepted |          +--------->|          |         |         |
        |<~~~~~~~~~+  /notify |          |          |         |         |
        |          |<---------+   200 OK | Message  |         |         |
        |          | Message  |<---------+~~~~~~~~~>|         |         |
        |          +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|         |
        |          | 200 OK   |          |          |         |         |
        |          +--------->|          |          |         |         |
        |          |          |          |          |         |         |
      "
    `);
  });

  it("is this where Bob leaves", () => {
    expect(ladder(figures.bobLeaves())).toMatchInlineSnapshot(`
      "
      ClientB1    ServerB      ServerA      ServerC         ClientC1  ClientC2
        |           |            |            |               |         |
        | Proposals |            |            |               |         |
        +~~~~~~~~~~>| /update    |            |               |         |
        |           +----------->|            |               |         |
        |           |     200 OK | /notify    |               |         |
        |  Accepted |<-----------+----------->|               |         |
        |<~~~~~~~~~~+            |            | Proposals     |         |
        |           |            |            +~~~~~~~~~~~~~~>|         |
        |           |            |            | Commit(Props) |         |
        |           |            |    /update |<~~~~~~~~~~~~~~+         |
        |           |            |<-----------+               |         |
        |           |    /notify | 200 OK     |               |         |
        |           |<-----------+----------->| Accepted      |         |
        |           |            | /notify    +~~~~~~~~~~~~~~>|         |
        |    Commit |            +----------->|               |         |
        |<~~~~~~~~~~+            |            | Commit        |         |
        |           |            |            +~~~~~~~~~~~~~~~~~~~~~~~~>|
        |           |            |            | Commit        |         |
        |           |            |            +~~~~~~~~~~~~~~>|         |
        |           |            |            |               |         |
      "
    `);
  });

  it("is this where Cathy adds a client", () => {
    expect(ladder(figures.cathyAddsAClient())).toMatchInlineSnapshot(`
      "
      ClientC3    ServerC      ServerA   ServerB  ClientB*  ClientC*  ClientA*
        |           |            |         |        |         |         |
        | Fetch     |            |         |        |         |         |
        | GroupInfo |            |         |        |         |         |
        +~~~~~~~~~~>| /groupInfo |         |        |         |         |
        |           +----------->|         |        |         |         |
        | GroupInfo |     200 OK |         |        |         |         |
        |    + tree |<-----------+         |        |         |         |
        |<~~~~~~~~~~+            |         |        |         |         |
        | External  |            |         |        |         |         |
        | Commit,   |            |         |        |         |         |
        | etc.      |            |         |        |         |         |
        +~~~~~~~~~~>| /update    |         |        |         |         |
        |           +----------->|         |        |         |         |
        |           |     200 OK | Commit  |        |         |         |
        |           |<-----------+~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|
        |           |            | /notify |        |         |         |
        |  Accepted |            +-------->|        |         |         |
        |<~~~~~~~~~~+    /notify |         |        |         |         |
        |           |<-----------+         | Commit |         |         |
        |           | Commit     |         +~~~~~~~>|         |         |
        |           +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|         |
        |           |            |         |        |         |         |
      "
    `);
  });
});

const shared = sharedFolder();

describe.skipIf(!shared)(
  `the ladders beside the draft's own figures (${shared ? "found" : missingShared})`,
  () => {
    const draft = shared ? readFileSync(`${shared}/drafts/draft-ietf-mimi-protocol-06.md`, "utf8") : "";
    /** The names above the figure with this anchor, those on two lines put together. */
    const namesInDraft = (anchor: string) => {
      const end = draft.indexOf(`{: #${anchor}`);
      const [first = "", second = ""] = draft
        .slice(draft.lastIndexOf("~~~ aasvg\n", end) + 10, end)
        .split("\n");
      const placed = (line: string) =>
        [...line.matchAll(/[A-Za-z][A-Za-z0-9*]*/g)].map((m) => [m.index, m[0]] as const);
      if (second.trimStart().startsWith("|")) return placed(first).map(([, name]) => name);
      return placed(second).map(([at, name]) => {
        const above = placed(first).find(([start, text]) => start <= at + 1 && at < start + text.length);
        return `${above?.[1] ?? ""}${name}`;
      });
    };
    const drawn: readonly (readonly [string, () => Trace])[] = [
      ["fig-ab-kp-fetch", figures.aliceFetchesKeyPackages],
      ["fig-ab-add", figures.aliceAddsBob],
      ["fig-bc-kp-fetch", figures.bobFetchesKeyPackages],
      ["fig-bc-add", figures.bobAddsCathy],
      ["fig-c-msg", figures.cathySendsAMessage],
      ["fig-c3-new-client", figures.cathyAddsAClient],
    ];

    it.each(drawn)("have their participants in the order of %s", (anchor, trace) => {
      expect(laddersOf(trace())[0]?.columns.map(({ name }) => name)).toEqual(namesInDraft(anchor));
    });

    it("have the very lines of the draft's figure where Alice adds Bob", () => {
      const end = draft.indexOf("{: #fig-ab-add");
      const start = draft.lastIndexOf("~~~ aasvg\n", end) + 10;
      const theirs = draft.slice(start, end).split("\n");
      const ours = ladder(figures.aliceAddsBob()).trim().split("\n");
      // Bob's clients are sent one Welcome, which the draft draws as two arrows: that is its one line more.
      const untilWelcome = ours.slice(1, -1);
      expect(theirs.slice(1, 1 + untilWelcome.length)).toEqual(untilWelcome);
    });
  },
);

describe("a ladder of a network that misbehaves", () => {
  it("marks what is lost, copied, tampered with and still under way", () => {
    expect(ladder(faults.everyFault(), {})).toMatchInlineSnapshot(`
      "
      ServerA          ServerB         ClientB*
        |                |               |
        | /notify        |               |
        +---------x      |               |
        | /notify        |               |
        +--------------->|               |
        |         200 OK | Commit        |
        |      x---------+~~~~~~~~~~~~~~>|
        | /notify        |               |
        +--------------->|               |
        | /notify (copy) |               |
        +--------------->|               |
        | /notify        |               |
        +------ ! ------>|               |
        |            400 |               |
        |       (1) -----+               |
        |                |               |

      ClientB*: ClientB1, ClientB2
      ServerA->ServerB: POST /notify Commit, lost (loss)
      ServerA: sends it again after 5 s
      ServerA->ServerB: POST /notify Commit
      ServerB->ServerA: 200 OK, lost (partition)
      ServerB->ClientB*: [[ Commit ]]
      ServerA->ServerB: POST /notify Commit
      ServerA->ServerB: POST /notify Commit, duplicate
      ServerB: recognizes a duplicate
      ServerA->ServerB: POST /notify Message, tampered (octet 17 flipped)
      ServerB: notices WireError truncated at FanoutMessage.timestamp: ends 3
          octets early
      I01 does not hold: clients in one epoch agree on its context (ClientB1
          and ClientA1 at epoch 4)
      ServerB->ServerA: 400, still under way at the end (1)
      "
    `);
  });

  it("draws departure and arrival apart where messages cross", () => {
    expect(ladder(faults.crossing(), {})).toMatchInlineSnapshot(`
      "
      ServerA         ServerB
        |               |
        | /notify       |
        +----- (1)      |
        | /notify       |
        +-------------->|
        |        200 OK |
        |<--------------+
        |     (1) ----->|
        |               |

      ServerA->ServerB: POST /notify epoch 1, arrives later (1)
      ServerA->ServerB: POST /notify epoch 2
      ServerB->ServerA: 200 OK
      ServerA->ServerB: (1) arrives
      "
    `);
  });

  it("draws departure and arrival apart where a message arrives in a later phase", () => {
    expect(ladder(faults.acrossPhases(), {})).toMatchInlineSnapshot(`
      "
      ClientA1        ServerA         ServerB
        |               |               |
        | Message       |               |
        +~~~~~~~~~~~~~~>| /notify       |
        |               +----- (1)      |
        |               |               |

      ClientA1->ServerA: [[ Message ]]
      ServerA->ServerB: POST /notify, arrives later (1)

      ClientA1        ServerA         ServerB
        |               |               |
        | Message       |               |
        +~~~~~~~~~~~~~~>|               |
        |               |     (1) ----->|
        |               |               |

      ClientA1->ServerA: [[ Message ]]
      ServerA->ServerB: (1) arrives
      ClientA1: shows hello
      "
    `);
  });
});

describe("a wide ladder", () => {
  it("is split, and its participants shortened, where they do not fit", () => {
    expect(ladder(faults.manyFollowers())).toMatchInlineSnapshot(`
      "
      CA1        SA        SB        SC        SD        SE    CD*   CC*   CB*
       |          |         |         |         |         |     |     |     |
       | Message  |         |         |         |         |     |     |     |
       +~~~~~~~~~>|         |         |         |         |     |     |     |
       | Accepted | /notify |         |         |         |     |     |     |
       |<~~~~~~~~~+-------->| Message |         |         |     |     |     |
       |          | /notify +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|
       |          +------------------>| Message |         |     |     |     |
       |          | /notify |         +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|     |
       |          +---------------------------->| Message |     |     |     |
       |          | /notify |         |         +~~~~~~~~~~~~~~>|     |     |
       |          +-------------------------------------->|     |     |     |
       |          |         |         |         |         |     |     |     |

      CA1=ClientA1, SA=ServerA, SB=ServerB, SC=ServerC, SD=ServerD,
      SE=ServerE, CD*=ClientD*, CC*=ClientC*, CB*=ClientB*

      (continued)

      SA        SE        SF        SG        SH        CH*   CG*   CF*    CE*
       |         |         |         |         |         |     |     |      |
       |         | Message |         |         |         |     |     |      |
       | /notify +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|
       +------------------>| Message |         |         |     |     |      |
       | /notify |         +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|      |
       +---------------------------->| Message |         |     |     |      |
       | /notify |         |         +~~~~~~~~~~~~~~~~~~~~~~~~>|     |      |
       +-------------------------------------->| Message |     |     |      |
       |         |         |         |         +~~~~~~~~>|     |     |      |
       |         |         |         |         |         |     |     |      |

      SA=ServerA, SE=ServerE, SF=ServerF, SG=ServerG, SH=ServerH,
      CH*=ClientH*, CG*=ClientG*, CF*=ClientF*, CE*=ClientE*

      (continued)

      SA        SI        SJ        SK        SL        CL*   CK*   CJ*    CI*
       |         |         |         |         |         |     |     |      |
       | /notify |         |         |         |         |     |     |      |
       +-------->| Message |         |         |         |     |     |      |
       | /notify +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|
       +------------------>| Message |         |         |     |     |      |
       | /notify |         +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|      |
       +---------------------------->| Message |         |     |     |      |
       | /notify |         |         +~~~~~~~~~~~~~~~~~~~~~~~~>|     |      |
       +-------------------------------------->| Message |     |     |      |
       |         |         |         |         +~~~~~~~~>|     |     |      |
       |         |         |         |         |         |     |     |      |

      SA=ServerA, SI=ServerI, SJ=ServerJ, SK=ServerK, SL=ServerL,
      CL*=ClientL*, CK*=ClientK*, CJ*=ClientJ*, CI*=ClientI*

      (continued)

      SA        SB       SC       SD       SE       SF       SG       SH    SM
       |         |        |        |        |        |        |        |     |
       | /notify |        |        |        |        |        |        |     |
       +-------------------------------------------------------------------->|
       |  200 OK |        |        |        |        |        |        |     |
       |<--------+ 200 OK |        |        |        |        |        |     |
       |<-----------------+ 200 OK |        |        |        |        |     |
       |<--------------------------+ 200 OK |        |        |        |     |
       |<-----------------------------------+ 200 OK |        |        |     |
       |<--------------------------------------------+ 200 OK |        |     |
       |<-----------------------------------------------------+ 200 OK |     |
       |<--------------------------------------------------------------+     |
       |         |        |        |        |        |        |        |     |

      SA=ServerA, SB=ServerB, SC=ServerC, SD=ServerD, SE=ServerE, SF=ServerF,
      SG=ServerG, SH=ServerH, SM=ServerM

      (continued)

      ServerA   ServerI   ServerJ    ServerK    ServerL    ServerM    ClientM*
        |         |         |          |          |          |          |
        |  200 OK |         |          |          |          |          |
        |<--------+  200 OK |          |          |          |          |
        |<------------------+   200 OK |          |          |          |
        |<-----------------------------+   200 OK |          |          |
        |<----------------------------------------+   200 OK | Message  |
        |<---------------------------------------------------+~~~~~~~~~>|
        |         |         |          |          |          |          |
      "
    `);
  });

  it("has names on two lines where that is enough", () => {
    expect(ladder(figures.cathySendsAMessage(), { steps: false, width: 66 })).toMatchInlineSnapshot(`
      "
      Client     Server    Server    Server    Client   Client    Client
      C1         C         A         B         B*       C*        A*
      |          |         |         |         |        |         |
      | Message  |         |         |         |        |         |
      +~~~~~~~~~>| /submit |         |         |        |         |
      |          +-------->|         |         |        |         |
      |          |  200 OK | Message |         |        |         |
      |          |<--------+~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|
      |          |         | /notify |         |        |         |
      | Accepted |         +-------->|         |        |         |
      |<~~~~~~~~~+ /notify |         |         |        |         |
      |          |<--------+  200 OK | Message |        |         |
      |          | Message |<--------+~~~~~~~~>|        |         |
      |          +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|         |
      |          | 200 OK  |         |         |        |         |
      |          +-------->|         |         |        |         |
      |          |         |         |         |        |         |
      "
    `);
  });

  it("refuses a width that nothing fits into", () => {
    expect(() => asciiFigures(figures.aliceAddsBob(), { width: 39 })).toThrow(/at least 40/);
  });
});

describe("an ASCII figure", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.constantFrom("200 OK", "/notify", "a | b"),
  );
  const widths = fc.integer({ min: 40, max: 120 });

  it("never has a line wider than asked for, nor anything but printable ASCII", () => {
    fc.assert(
      fc.property(storiesOf(anyText), widths, (trace, width) => {
        for (const { text } of asciiFigures(trace, { width })) {
          for (const line of text.split("\n")) {
            expect(line.length).toBeLessThanOrEqual(width);
            expect(line).toMatch(/^[\x20-\x7e]*$/);
          }
        }
      }),
    );
  });

  it("draws every arrow of the plan once", () => {
    fc.assert(
      fc.property(
        storiesOf(fc.stringMatching(/^[a-wyz]{1,12}( [a-wyz]{1,12})?$/)),
        widths,
        (trace, width) => {
          const drawn = asciiFigures(trace, { width, steps: false }).flatMap(({ text }) => text.split("\n"));
          const count = (pattern: RegExp) =>
            drawn.reduce((sum, line) => sum + [...line.matchAll(pattern)].length, 0);
          const planned = { whole: 0, lost: 0, start: 0, end: 0 };
          for (const { units } of laddersOf(trace)) {
            for (const unit of units)
              if (unit.type === "arrows") for (const arrow of unit.arrows) planned[arrow.drawn]++;
          }
          // A stub has its number on the side where the arrow is not drawn.
          expect({
            heads: count(/[-~]>|<[-~]/g),
            lost: count(/[-~]x|x[-~]/g),
            starts: count(/\+[-~]+( ! [-~]+)? \(\d+\)|\(\d+\) [-~]+( ! [-~]+)?\+/g),
            ends: count(/\(\d+\) [-~]+( ! [-~]+)?>|<[-~]+( ! [-~]+)? \(\d+\)/g),
          }).toEqual({
            heads: planned.whole + planned.end,
            lost: planned.lost,
            starts: planned.start,
            ends: planned.end,
          });
        },
      ),
    );
  });

  it("is the same for a trace and for what is read back of it", () => {
    fc.assert(
      fc.property(storiesOf(fc.string()), (trace) => {
        expect(asciiFigures(readTrace(writeTrace(trace)))).toEqual(asciiFigures(trace));
      }),
    );
  });

  it("is a list of steps alone where nothing is sent", () => {
    const story = createStory("ClientA1", "ServerA");
    story.phase("Alice creates a room", "protocol-06 §3.1");
    story.decides("ClientA1", "creates the room clubhouse – “as an admin”");
    expect(asciiFigures(story.end())).toEqual([
      {
        title: "Alice creates a room",
        draft: "protocol-06 §3.1",
        text: 'ClientA1: creates the room clubhouse - "as an admin"',
      },
    ]);
  });

  it("pastes into a kramdown source", () => {
    const block = kramdownFigure({ title: 'Alice says "hello"', text: "a\nb" }, "fig-hello");
    expect(block).toBe("~~~ aasvg\na\nb\n~~~\n{: #fig-hello title=\"Alice says 'hello'\" }\n");
  });

  it("has no line that would end its kramdown block", () => {
    fc.assert(
      fc.property(storiesOf(anyText), (trace) => {
        for (const { text } of asciiFigures(trace)) {
          expect(text.split("\n").filter((line) => /^ {0,3}~{3,}\s*$/.test(line))).toEqual([]);
        }
      }),
    );
  });
});
