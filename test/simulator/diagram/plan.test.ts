import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Chapter,
  chaptersOf,
  type Message,
  type Occurrence,
} from "../../../simulator/diagram/ladder/chapter.ts";
import { type Arrow, type Ladder, laddersOf } from "../../../simulator/diagram/ladder/plan.ts";
import { type Row, rowsOf } from "../../../simulator/diagram/ladder/rows.ts";
import type { Trace } from "../../../simulator/trace/index.ts";
import { crossing, everyFault } from "./faults.ts";
import { storiesOf } from "./random-story.ts";
import { createStory } from "./story.ts";

const stories = storiesOf(fc.constantFrom("/notify", "Commit", "200 OK"));

function arrowsOf(ladders: readonly Ladder[]): readonly Arrow[] {
  return ladders.flatMap(({ units }) => units.flatMap((unit) => (unit.type === "arrows" ? unit.arrows : [])));
}

function namesOf(trace: Trace): readonly (readonly string[])[] {
  return laddersOf(trace).map(({ columns }) => columns.map(({ name }) => name));
}

/** What each lifeline shows from top to bottom: groups of what may stand in any order. */
function lifelinesShown(chapter: Chapter, rows: readonly Row[]): ReadonlyMap<string, readonly string[]> {
  const shown = new Map<string, string[]>();
  const add = (actor: string, sign: string) => shown.set(actor, [...(shown.get(actor) ?? []), sign]);
  for (const row of rows) {
    if (row.type === "note") {
      if (row.actor !== undefined) add(row.actor, `note ${row.note.text}`);
      continue;
    }
    const { from, to, id, lost } = row.message;
    if (row.type !== "arrival") add(from, `departure ${id}`);
    if (row.type === "arrival" || (row.type === "message" && lost === undefined)) add(to, `arrival ${id}`);
  }
  return sortedAtOneInstant(chapter, shown);
}

/** The lifelines of the trace itself, in the same terms. */
function lifelinesSeen(chapter: Chapter): ReadonlyMap<string, readonly string[]> {
  const seen = new Map<string, string[]>();
  for (const one of chapter.occurrences) {
    if (one.actor === undefined) continue;
    const sign = one.type === "note" ? `note ${one.note.text}` : `${one.type} ${one.message.id}`;
    seen.set(one.actor, [...(seen.get(one.actor) ?? []), sign]);
  }
  return sortedAtOneInstant(chapter, seen);
}

/** Runs of departures at one instant have no order: they are put into that of their ids. */
function sortedAtOneInstant(
  { occurrences }: Chapter,
  lifelines: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const sentAt = new Map<string, number>(
    occurrences.flatMap((one: Occurrence) =>
      one.type === "departure" ? [[`departure ${one.message.id}`, one.message.sentAt] as const] : [],
    ),
  );
  const sorted = [...lifelines].map(([actor, signs]) => {
    const runs: string[][] = [];
    for (const sign of signs) {
      const run = runs.at(-1);
      const instant = sentAt.get(sign);
      if (run !== undefined && instant !== undefined && sentAt.get(run[0] ?? "") === instant) run.push(sign);
      else runs.push([sign]);
    }
    return [actor, runs.flatMap((run) => run.sort())] as const;
  });
  return new Map(sorted.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("the rows of a ladder", () => {
  it("show every lifeline what it saw, in its order", () => {
    fc.assert(
      fc.property(stories, (trace) => {
        for (const chapter of chaptersOf(trace)) {
          const rows = rowsOf(chapter, () => 0);
          expect(lifelinesShown(chapter, rows)).toEqual(lifelinesSeen(chapter));
        }
      }),
    );
  });

  it("show every lifeline what it saw, whatever rows would like to stand together", () => {
    fc.assert(
      fc.property(stories, fc.func(fc.nat(2)), (trace, wish) => {
        const kinship = (above: Row, below: Row) => wish(JSON.stringify([above, below]));
        for (const chapter of chaptersOf(trace)) {
          expect(lifelinesShown(chapter, rowsOf(chapter, kinship))).toEqual(lifelinesSeen(chapter));
        }
      }),
    );
  });

  it("are straight arrows where every message arrives before the next thing happens", () => {
    const story = createStory("ServerA", "ServerB", "ServerC");
    fc.assert(
      fc.property(fc.array(fc.constantFrom("AB", "BC", "CA", "BA", "CB", "AC"), { minLength: 1 }), (hops) => {
        for (const [from, to] of hops) story.carry(`Server${from}`, `Server${to}`, "/notify");
        const drawn = arrowsOf(laddersOf(story.end())).map((arrow) => arrow.drawn);
        expect(new Set(drawn)).toEqual(new Set(["whole"]));
      }),
      { numRuns: 10 },
    );
  });

  it("are straight arrows where what one actor sends at once arrives in another order", () => {
    const story = createStory("ServerA", "ServerB", "ServerC");
    const [one, two, three] = ["B", "C", "B"].map((letter) =>
      story.send("ServerA", `Server${letter}`, "/notify"),
    );
    story.deliver(three ?? 0, two ?? 0, one ?? 0);
    expect(arrowsOf(laddersOf(story.end())).map(({ drawn }) => drawn)).toEqual(["whole", "whole", "whole"]);
  });

  it("break exactly one of two messages that cross on a link", () => {
    expect(arrowsOf(laddersOf(crossing())).map(({ drawn }) => drawn)).toEqual([
      "start",
      "whole",
      "whole",
      "end",
    ]);
  });

  it("break one of two messages that cross in opposite directions", () => {
    const story = createStory("ServerA", "ServerB");
    const [there, back] = [story.send("ServerA", "ServerB", "/a"), story.send("ServerB", "ServerA", "/b")];
    story.deliver(there, back);
    expect(arrowsOf(laddersOf(story.end())).map(({ drawn, label }) => [drawn, label])).toEqual([
      ["start", "/b"],
      ["whole", "/a"],
      ["end", "/b"],
    ]);
  });
});

describe("the arrows of a ladder", () => {
  it("begin once for every message that is sent to another, and end once more where they were broken", () => {
    fc.assert(
      fc.property(stories, (trace) => {
        const begun: number[] = [];
        const ended: number[] = [];
        for (const { messages, drawn } of arrowsOf(laddersOf(trace))) {
          (drawn === "end" ? ended : begun).push(...messages.map(({ id }) => id));
        }
        const messages = chaptersOf(trace).flatMap(({ occurrences }) =>
          occurrences.flatMap((one) => (one.type === "departure" ? [one.message] : [])),
        );
        const broken = arrowsOf(laddersOf(trace)).flatMap(({ drawn, messages: [message] }) =>
          drawn === "start" && message?.delivered ? [message.id] : [],
        );
        const ascending = (a: number, b: number) => a - b;
        expect(begun.sort(ascending)).toEqual(messages.map(({ id }: Message) => id).sort(ascending));
        expect(ended.sort(ascending)).toEqual(broken.sort(ascending));
      }),
    );
  });

  it("stand for several messages only where one actor sends the same octets at once to clients drawn as one", () => {
    fc.assert(
      fc.property(stories, (trace) => {
        for (const { messages } of arrowsOf(laddersOf(trace))) {
          expect(
            new Set(messages.map(({ from, sentAt, sha256 }) => `${from} ${sentAt} ${sha256}`)).size,
          ).toBe(1);
          expect(new Set(messages.map(({ to }) => to)).size).toBe(messages.length);
        }
      }),
    );
  });

  it("stand apart, under one label, where clients drawn as one are sent different octets", () => {
    const story = createStory("ServerB", "ClientB1", "ClientB2");
    const one = story.send("ServerB", "ClientB1", "Welcome", { content: "for B1" });
    story.deliver(one, story.send("ServerB", "ClientB2", "Welcome", { content: "for B2" }));
    const arrows = arrowsOf(laddersOf(story.end()));
    expect(arrows.map(({ to, messages, labelAbove }) => [to, messages.length, labelAbove])).toEqual([
      [1, 1, false],
      [1, 1, true],
    ]);
  });

  it("say what became of their messages", () => {
    const drawn = arrowsOf(laddersOf(everyFault())).map((arrow) => [
      arrow.label,
      arrow.drawn,
      arrow.tampered,
    ]);
    expect(drawn).toEqual([
      ["/notify", "lost", false],
      ["/notify", "whole", false],
      ["200 OK", "lost", false],
      ["Commit", "whole", false],
      ["/notify", "whole", false],
      ["/notify (copy)", "whole", false],
      ["/notify", "whole", true],
      ["400", "start", false],
    ]);
  });
});

describe("the columns of a ladder", () => {
  it("are those who send or are sent something in the phase, and no others", () => {
    const story = createStory("ServerA", "ServerB", "ServerC", "ClientA1", "ClientB1");
    story.phase("First");
    story.carry("ServerA", "ServerB", "/notify");
    story.phase("Second");
    story.decides("ClientA1", "does nothing");
    story.drop(story.send("ServerA", "ServerC", "/notify"), "loss");
    expect(namesOf(story.end())).toEqual([
      ["ServerA", "ServerB"],
      ["ServerA", "ServerC"],
    ]);
  });

  it("begin with the client that has an intention, its provider and the hub", () => {
    const story = createStory("ClientA1", "ServerA", "ServerC", "ServerB", "ClientB1", "ClientC1");
    story.wants("ClientB1", "wants to say hello");
    story.carry("ClientA1", "ServerA", "Message");
    story.carry("ServerA", "ServerC", "/notify");
    story.carry("ClientB1", "ServerB", "Message");
    story.carry("ServerB", "ServerA", "/submit");
    story.carry("ServerC", "ClientC1", "Message");
    expect(namesOf(story.end())).toEqual([
      ["ClientB1", "ServerB", "ServerA", "ServerC", "ClientC1", "ClientA1"],
    ]);
  });

  it("are shared by clients of one user that receive the same at once", () => {
    const story = createStory("ServerB", "ClientB1", "ClientB2", "ClientB3");
    const ids = ["ClientB1", "ClientB2"].map((client) => story.send("ServerB", client, "Commit"));
    story.wait();
    story.deliver(...ids, story.send("ServerB", "ClientB3", "Commit"));
    expect(namesOf(story.end())).toEqual([["ServerB", "ClientB*", "ClientB3"]]);
  });

  it("are not shared by a client whose message is lost and one whose message arrives", () => {
    const story = createStory("ServerB", "ClientB1", "ClientB2");
    const [one, two] = ["ClientB1", "ClientB2"].map((client) => story.send("ServerB", client, "Commit"));
    story.deliver(one ?? 0);
    story.drop(two ?? 0, "loss");
    expect(namesOf(story.end())).toEqual([["ServerB", "ClientB1", "ClientB2"]]);
  });

  it("are not shared by clients to which different things are lost", () => {
    const story = createStory("ServerB", "ClientB1", "ClientB2");
    story.drop(story.send("ServerB", "ClientB1", "Commit"), "loss");
    story.drop(story.send("ServerB", "ClientB2", "Welcome"), "loss");
    expect(namesOf(story.end())).toEqual([["ServerB", "ClientB1", "ClientB2"]]);
  });
});
