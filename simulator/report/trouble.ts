/** Who noticed what: the part of a run's report that says what went wrong. */
import type { Trace } from "../trace/index.ts";

/** One line for everything that the network did to a message and for everything that an actor noticed. */
export function troubleIn(trace: Trace): string[] {
  const labels = new Map(trace.header.actors.map((actor) => [actor.id, actor.label]));
  const sends = new Map(trace.events.flatMap((event) => (event.type === "send" ? [[event.id, event]] : [])));
  const named = (id: number | undefined) => {
    const send = id === undefined ? undefined : sends.get(id);
    if (send === undefined) return "";
    const what = [send.label, send.summary].filter((part) => part !== undefined && part !== "").join(" ");
    return ` in message ${send.id}, ${labels.get(send.from)} to ${labels.get(send.to)}: ${what}`;
  };
  return trace.events.flatMap((event) => {
    if (event.type === "tamper") return [`the network: ${event.what}${named(event.id)}`];
    if (event.type !== "noticed") return [];
    const { type, code, text } = event.error;
    return [`${labels.get(event.actor)}: ${type} ${code ?? ""}: ${text}${named(event.of)}`];
  });
}
