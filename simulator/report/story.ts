/** A trace as a story: one line an event, for people who read along. */
import type { Actor, Trace, TraceEvent } from "../trace/index.ts";

/** One line; `tone` says what it is about, so that a terminal can colour it. */
export interface StoryLine {
  readonly tone:
    | "chapter"
    | "intention"
    | "local"
    | "provider"
    | "decision"
    | "shown"
    | "epoch"
    | "check"
    | "trouble";
  /** Virtual time as seconds, e.g. `1.204567 s`; empty for chapters. */
  readonly time: string;
  /** Who, or from whom to whom. */
  readonly who: string;
  readonly text: string;
}

/** The lines of the story. Deliveries and machine transitions are left to the trace. */
export function storyOf(trace: Trace): StoryLine[] {
  const labels = new Map(trace.header.actors.map((actor: Actor) => [actor.id, actor.label]));
  const label = (id: string) => labels.get(id) ?? id;
  const width = Math.max(...[...labels.values()].map((each) => each.length));
  return trace.events.flatMap((event) => {
    const told = tell(event, label, width);
    return told === undefined ? [] : [{ time: event.type === "phase" ? "" : seconds(event.at), ...told }];
  });
}

type Told = Omit<StoryLine, "time">;

function tell(event: TraceEvent, label: (id: string) => string, width: number): Told | undefined {
  switch (event.type) {
    case "phase":
      return { tone: "chapter", who: "", text: joined(event.title, event.draft) };
    case "intention":
      return { tone: "intention", who: label(event.actor), text: event.text };
    case "decision":
      return { tone: "decision", who: label(event.actor), text: joined(event.text, event.draft) };
    case "send":
      return tellSend(event, label, width);
    case "epoch":
      return { tone: "epoch", who: label(event.actor), text: epochText(event) };
    case "shown":
      return { tone: "shown", who: label(event.actor), text: `shows ${event.text}` };
    case "drop":
      return { tone: "trouble", who: "network", text: `loses message ${event.id}: ${event.reason}` };
    case "duplicate":
      return { tone: "trouble", who: "network", text: `repeats message ${event.copyOf} as ${event.id}` };
    case "tamper":
      return { tone: "trouble", who: "network", text: `changes message ${event.id}: ${event.what}` };
    case "noticed":
      return {
        tone: "trouble",
        who: label(event.actor),
        text: `notices ${event.error.type}: ${event.error.text}`,
      };
    case "check":
      return event.holds
        ? undefined
        : {
            tone: "trouble",
            who: "check",
            text: joined(`${event.property} does not hold: ${event.says}`, event.detail),
          };
    default:
      return undefined;
  }
}

function tellSend(event: TraceEvent<"send">, label: (id: string) => string, width: number): Told {
  const local = event.kind === "local";
  const who = `${label(event.from).padEnd(width)} ${local ? "~~>" : "-->"} ${label(event.to)}`;
  const what = [event.method, event.label, event.summary].filter((part) => part !== undefined).join(" ");
  return {
    tone: local ? "local" : "provider",
    who,
    text: event.size === 0 ? what : `${what}, ${event.size} bytes`,
  };
}

function epochText(event: TraceEvent<"epoch">): string {
  const confirmed = event.authenticator === "" ? "" : `, authenticator ${event.authenticator.slice(0, 8)}`;
  return `is in epoch ${event.epoch}, GroupContext ${event.context.slice(0, 8)}${confirmed}`;
}

function joined(text: string, draft: string | undefined): string {
  return draft === undefined ? text : `${text} (${draft})`;
}

function seconds(microseconds: number): string {
  const whole = Math.floor(microseconds / 1_000_000);
  return `${whole}.${String(microseconds % 1_000_000).padStart(6, "0")} s`;
}
