/** What a property is: data that says what has to hold, under whose honesty, and a fresh watcher for every run. */

import type { ClientRoomChange, HostedChange, Step } from "./step.ts";
import type { Rest, View } from "./view.ts";

/** Who has to follow the drafts for a property to hold. */
export type Party = "hub" | "follower" | "client";

/** Sentences on what does not hold; none: it was looked at and holds; undefined: there was nothing to look at. */
export type Found = readonly string[] | undefined;

/** Looks on during one run. What it remembers is its own: two runs never share a watcher. */
export interface Watcher {
  readonly step?: (step: Step, view: View) => Found;
  readonly rest?: (rest: Rest, view: View) => Found;
}

export interface About {
  /** `I03` or `L01`. */
  readonly id: string;
  /** In the drafts' words. */
  readonly says: string;
  /** Draft and section, e.g. `protocol-06 §5.5`. */
  readonly draft: string;
  /** The parties without whose honesty it need not hold. */
  readonly assumes: readonly Party[];
}

export interface Property extends About {
  /** Safety: nothing bad ever happens. Liveness: something good has happened once faults have ended. */
  readonly kind: "safety" | "liveness";
  watch(): Watcher;
}

/** Looks at every step of every actor. */
export function eachStep(about: About, begin: () => (step: Step, view: View) => Found): Property {
  return { ...about, kind: "safety", watch: () => ({ step: begin() }) };
}

/** Looks at every change of a room at its hub. */
export function atHub(
  about: About,
  begin: () => (change: HostedChange, view: View, step: Step) => Found,
): Property {
  return eachStep(about, () => {
    const look = begin();
    return (step, view) => together(step.hosted.map((change) => look(change, view, step)));
  });
}

/** What a room at its hub must be like after every change. */
export function always(
  about: About & { readonly holds: (after: HostedChange["after"], view: View) => Found },
): Property {
  const { holds, ...rest } = about;
  return atHub(
    rest,
    () =>
      ({ after }, view) =>
        holds(after, view),
  );
}

/** Looks at every change of a room at a client. */
export function atClient(
  about: About,
  begin: () => (change: ClientRoomChange, view: View, step: Step) => Found,
): Property {
  return eachStep(about, () => {
    const look = begin();
    return (step, view) => together(step.rooms.map((change) => look(change, view, step)));
  });
}

/** Something that has come about when faults have ended and those who can act have acted. */
export function eventually(about: About, begin: () => Watcher): Property {
  return { ...about, kind: "liveness", watch: begin };
}

/** All findings in one; undefined where none of them had anything to look at. */
export function together(all: readonly Found[]): Found {
  if (all.length === 0) return undefined;
  let found: string[] | undefined;
  for (const each of all) {
    if (each === undefined) continue;
    found ??= [];
    found.push(...each);
  }
  return found;
}

/** A finding from a list of sentences of which some are missing. */
export function sentences(...all: readonly (string | false | undefined)[]): readonly string[] {
  return all.filter((each): each is string => typeof each === "string");
}
