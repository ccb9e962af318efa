/** Whether a run has ended as its story says. */

import type { Json } from "../running-actor.ts";
import type { Outcome } from "../scenario/index.ts";

/** What is known at the end: each actor's summary, and the codes of what was noticed. */
export interface End {
  readonly states: ReadonlyMap<string, Readonly<Record<string, Json>>>;
  readonly noticed: ReadonlySet<string>;
}

export interface OutcomeFinding {
  readonly ok: boolean;
  readonly says: string;
  readonly detail: string;
}

/** One finding for every outcome; where nothing is said of what is noticed, nothing may be. */
export function findOutcomes(outcomes: readonly Outcome[], end: End): OutcomeFinding[] {
  const all = outcomes.some(({ kind }) => kind === "noticed")
    ? outcomes
    : [...outcomes, { kind: "noticed" as const, codes: [] }];
  return all.map((outcome) => {
    const [expected, found] = compared(outcome, end).map((value) => JSON.stringify(value));
    const ok = expected === found;
    const detail = ok ? `it is so: ${found}` : `${expected} was to be, and it is ${found}`;
    return { ok, says: saidOf(outcome), detail };
  });
}

function saidOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "participants":
      return `the participants of ${outcome.room}`;
    case "members":
      return `the clients in the group of ${outcome.room}`;
    case "knows":
      return `whom ${outcome.client} knows in ${outcome.room}`;
    case "downloads":
      return `who has downloaded from ${outcome.server}`;
    case "reports":
      return `the abuse reports about ${outcome.room} at its hub`;
    case "franking":
      return `which key the franks of ${outcome.room} are signed with`;
    case "roomState":
      return `the state of ${outcome.room} at its hub`;
    case "clientState":
      return `where ${outcome.client} stands in ${outcome.room}`;
    case "introduction":
      return `how ${outcome.client} comes to know ${outcome.identifier}`;
    case "shows":
      return `what ${outcome.client} shows of ${outcome.room}`;
    case "noticed":
      return "what was noticed to be wrong";
  }
}

function compared(outcome: Outcome, end: End): readonly [expected: unknown, found: unknown] {
  switch (outcome.kind) {
    case "participants": {
      const expected = outcome.roles.map(({ user, role }) => `${user} (role ${role})`);
      return [expected.toSorted(), texts(hosted(end, outcome.room)?.["participants"]).toSorted()];
    }
    case "members": {
      const known = texts(hosted(end, outcome.room)?.["clients"]).toSorted();
      const feeling = [...end.states.keys()].filter((actor) =>
        String(followed(end, actor, outcome.room)?.["state"] ?? "").startsWith("member"),
      );
      const expected = outcome.clients.toSorted();
      return [
        { atHub: expected, byThemselves: expected },
        { atHub: known, byThemselves: feeling.toSorted() },
      ];
    }
    case "knows":
      return [outcome.people, followed(end, outcome.client, outcome.room)?.["people"]];
    case "downloads":
      return [outcome.by, end.states.get(outcome.server)?.["downloadedBy"]];
    case "reports":
      return [outcome.reports, reportsOf(end, outcome.room)];
    case "franking":
      return [outcome.key, hosted(end, outcome.room)?.["franking"]];
    case "roomState":
      return [outcome.state, hosted(end, outcome.room)?.["state"]];
    case "clientState":
      return [outcome.state, followed(end, outcome.client, outcome.room)?.["state"]];
    case "introduction": {
      const begun = entries(end.states.get(outcome.client)?.["introductions"]);
      const found = begun.find((each) => each["identifier"] === outcome.identifier);
      return [outcome.state, found?.["state"]];
    }
    case "shows":
      return [outcome.texts, followed(end, outcome.client, outcome.room)?.["shows"]];
    case "noticed":
      return [outcome.codes.toSorted(), [...end.noticed].toSorted()];
  }
}

function reportsOf(end: End, room: string): readonly Json[] {
  const all = [...end.states.values()].flatMap((state) => entries(state["reports"]));
  return all.filter((each) => each["room"] === room).flatMap((each) => each["counted"] ?? []);
}

type Found = Readonly<Record<string, Json>>;

function hosted(end: End, room: string): Found | undefined {
  for (const state of end.states.values()) {
    const found = entries(state["hosted"]).find((each) => each["room"] === room);
    if (found !== undefined) return found;
  }
  return undefined;
}

function followed(end: End, client: string, room: string): Found | undefined {
  return entries(end.states.get(client)?.["rooms"]).find((each) => each["room"] === room);
}

function entries(value: Json | undefined): readonly Found[] {
  return Array.isArray(value) ? (value as readonly Found[]) : [];
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
