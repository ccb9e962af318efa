/** Arbitrary traces for the diagrams: any actors, labels and fates, messages that cross as they like. */
import fc from "fast-check";
import type { Trace } from "../../../simulator/trace/index.ts";
import { createStory } from "./story.ts";

const everyone = [..."ABCDEF"].flatMap((letter) => [
  `Server${letter}`,
  ...["1", "2", "3"].map((n) => `Client${letter}${n}`),
]);

type Step = readonly [what: string, first: number, second: number, words: string];

function steps(words: fc.Arbitrary<string>): fc.Arbitrary<readonly Step[]> {
  const what = fc.constantFrom(
    ...[
      "send",
      "send",
      "send",
      "both",
      "deliver",
      "deliver",
      "deliver",
      "deliver",
      "drop",
      "duplicate",
      "tamper",
    ],
    ...["wait", "wait", "phase", "decides", "wants", "noticed"],
  );
  return fc.array(fc.tuple(what, fc.nat(), fc.nat(), words), { maxLength: 50 });
}

/** Arbitrary traces whose labels and texts are `words`. */
export function storiesOf(words: fc.Arbitrary<string>): fc.Arbitrary<Trace> {
  const cast = fc.subarray(everyone, { minLength: 1 });
  return fc.tuple(cast, steps(words)).map(([actors, told]) => tell(actors, told));
}

function tell(actors: readonly string[], steps: readonly Step[]): Trace {
  const story = createStory(...actors);
  const underWay: number[] = [];
  const actor = (n: number) => actors[n % actors.length] as string;
  const takeOne = (n: number) => underWay.splice(n % underWay.length, 1)[0] as number;
  for (const [what, first, second, words] of steps) {
    const [from, to] = [actor(first), actor(second)];
    if (what === "wait") story.wait(first % 100);
    else if (what === "phase") story.phase(words || "untitled");
    else if (what === "decides") story.decides(from, words);
    else if (what === "wants") story.wants(from, words);
    else if (what === "noticed") {
      story.record({ type: "noticed", actor: from, error: { type: "WireError", text: words } });
    } else if (what === "send") underWay.push(story.send(from, to, words));
    else if (what === "both") for (const client of actors) underWay.push(story.send(from, client, words));
    else if (underWay.length === 0) continue;
    else if (what === "deliver") story.deliver(takeOne(first));
    else if (what === "drop") story.drop(takeOne(first), words);
    else if (what === "duplicate")
      underWay.push(story.duplicate(underWay[first % underWay.length] as number));
    else story.tamper(underWay[first % underWay.length] as number, words);
  }
  return story.end();
}
