/** How a ladder figure differs from the messages that a run of the model sent in the same flow. */
import type { Place } from "../document/index.ts";
import { isNameOf, type Ladder } from "./ladder.ts";

/** A message of a run: `what` is an endpoint with its slash, a status, or "local" for one between client and provider. */
export interface FlowMessage {
  readonly from: string;
  readonly to: string;
  readonly what: string;
  /** Virtual time; what one actor sends at one time has no order. */
  readonly at: number;
}

/** One phase of a run. */
export interface Flow {
  readonly title: string;
  readonly messages: readonly FlowMessage[];
}

export interface Deviation {
  /** The step or arrow; undefined: it is about the figure as a whole. */
  readonly place: Place | undefined;
  readonly token: string;
  readonly message: string;
}

interface Drawn {
  readonly from: string;
  readonly to: string;
  readonly what: string;
  readonly place: Place;
}

/** A figure with fewer messages could be of many flows. */
const fewestMessages = 3;

/** Where `ladder` is not as in the run that it is most like; undefined: it is like none of `flows`. */
export function deviationsFrom(flows: readonly Flow[], ladder: Ladder): Deviation[] | undefined {
  const steps = drawnSteps(ladder);
  const arrows = drawnArrows(ladder);
  const told = steps.length >= fewestMessages ? steps : arrows;
  if (told.length < fewestMessages) return undefined;
  const [best] = flows
    .map((flow) => ({ flow, ...matched(told, flow.messages) }))
    .toSorted((a, b) => a.missing.length - b.missing.length || a.extra.length - b.extra.length);
  if (best === undefined || best.missing.length * 2 > told.length) return undefined;
  const inTold = [...differing(best), ...undrawn(best)];
  // Steps leave out some of what is drawn.
  const inArrows = told === arrows ? [] : differing(matched(arrows, best.flow.messages));
  return [
    ...inTold,
    ...inArrows.filter(({ message }) => !inTold.some((other) => other.message === message)),
    ...unheard(best.flow, [...steps, ...arrows], ladder),
  ];
}

/** Without those of actors that have no lifeline: that is a defect of its own. */
function drawnSteps({ steps, lifelines }: Ladder): Drawn[] {
  const isLifeline = (actor: string) => lifelines.some(({ name }) => isNameOf(actor, name));
  return steps.flatMap(({ from, to, text, place }) => {
    const what = whatIn(text);
    if (to === undefined || what === undefined || !isLifeline(from) || !isLifeline(to)) return [];
    return [{ from, to, what, place }];
  });
}

/** Requests and answers only: other labels are too short to tell what is sent. */
function drawnArrows({ arrows }: Ladder): Drawn[] {
  return arrows.flatMap(({ from, to, label, place }) => {
    const what = /(?:^|\s)(\/[A-Za-z]\w*)/.exec(label)?.[1] ?? /^(\d{3})\b/.exec(label)?.[1];
    return from === undefined || to === undefined || what === undefined ? [] : [{ from, to, what, place }];
  });
}

function whatIn(step: string): string | undefined {
  if (step.startsWith("[[")) return "local";
  return /^(?:GET|POST|PUT|DELETE|PATCH) (\/\w+)/.exec(step)?.[1] ?? /^(\d{3})\b/.exec(step)?.[1];
}

interface Match {
  /** Drawn, but not sent. */
  readonly missing: readonly Drawn[];
  /** Sent, but by its sender before what the figure has above it. */
  readonly early: readonly Drawn[];
  /** Sent, but not drawn. */
  readonly extra: readonly FlowMessage[];
}

/** Each drawn message takes the first one of the run that it can be, first in its sender's order, then in any. */
function matched(drawn: readonly Drawn[], messages: readonly FlowMessage[]): Match {
  const left = new Set(messages);
  const latest = new Map<string, number>();
  const take = (each: Drawn, from: number): FlowMessage | undefined => {
    const found = messages.find(
      (message) => left.has(message) && message.at >= from && isSame(each, message),
    );
    if (found !== undefined) left.delete(found);
    return found;
  };
  const unmatched: Drawn[] = [];
  for (const each of drawn) {
    const found = take(each, latest.get(each.from) ?? -1);
    if (found === undefined) unmatched.push(each);
    else latest.set(each.from, found.at);
  }
  const early = unmatched.filter((each) => take(each, -1) !== undefined);
  const missing = unmatched.filter((each) => !early.includes(each));
  return { missing, early, extra: messages.filter((message) => left.has(message)) };
}

function isSame(drawn: Drawn, message: FlowMessage): boolean {
  return drawn.what === message.what && fits(drawn.from, message.from) && fits(drawn.to, message.to);
}

/** `ClientB*` stands for all of Bob's clients, `C2` for ClientC2. */
function fits(drawn: string, actual: string): boolean {
  if (drawn.endsWith("*")) return actual.startsWith(drawn.slice(0, -1));
  return drawn === actual || (/^[A-Z]\d+$/.test(drawn) && actual.endsWith(drawn));
}

function differing(match: Match): Deviation[] {
  const { early } = match;
  const others = paired(match).pairs.map(({ each, instead }) => {
    const also = instead === undefined ? "" : `: ${instead.says}`;
    return deviation(each, `the model's run has no ${nameOf(each)} from ${each.from} to ${each.to}${also}`);
  });
  const shuffled = early.map((each) =>
    deviation(
      each,
      `in the model's run, ${each.from} sends ${nameOf(each)} to ${each.to} before what stands above it`,
    ),
  );
  return [...others, ...shuffled];
}

/** Requests that nothing drawn stands for, not even under a wrong name. */
function undrawn(match: Match): Deviation[] {
  return [...paired(match).left]
    .filter(({ what }) => what.startsWith("/"))
    .map(({ from, to, what }) => ({
      place: undefined,
      token: what,
      message: `the model's run has a ${what} from ${from} to ${to}, which is not drawn`,
    }));
}

/** What is drawn and not sent, with what was sent in its place, and what is left of the run then. */
function paired({ missing, extra }: Match) {
  const left = new Set(extra);
  const pairs = missing.map((each) => {
    const instead = insteadOf(each, left);
    if (instead !== undefined) left.delete(instead.message);
    return { each, instead };
  });
  return { pairs, left };
}

function deviation({ what, from, place }: Drawn, message: string): Deviation {
  return { place, token: what === "local" ? from : what, message };
}

function nameOf({ what }: { readonly what: string }): string {
  if (what === "local") return "message";
  return /^\d/.test(what) ? `answer ${what}` : what;
}

/** What the run has in the place of a message: under another name, in the other direction, or from or to another. */
function insteadOf(
  drawn: Drawn,
  left: ReadonlySet<FlowMessage>,
): { message: FlowMessage; says: string } | undefined {
  const candidates = [...left].filter(({ what }) => kindOf(what) === kindOf(drawn.what));
  const find = (
    is: (message: FlowMessage) => boolean,
    says: (message: FlowMessage) => string,
  ): { message: FlowMessage; says: string } | undefined => {
    const message = candidates.find(is);
    return message === undefined ? undefined : { message, says: says(message) };
  };
  const isNamed = ({ what }: FlowMessage) => what === drawn.what;
  return (
    find(
      ({ from, to }) => fits(drawn.from, from) && fits(drawn.to, to),
      (message) => `it has ${nameOf(message)} there`,
    ) ??
    find(
      (each) => isNamed(each) && fits(drawn.from, each.to) && fits(drawn.to, each.from),
      () => "it goes in the other direction",
    ) ??
    find(
      (each) => isNamed(each) && fits(drawn.from, each.from),
      ({ to }) => `it goes to ${to}`,
    ) ??
    find(
      (each) => isNamed(each) && fits(drawn.to, each.to),
      ({ from }) => `it comes from ${from}`,
    )
  );
}

function kindOf(what: string): string {
  if (what === "local") return what;
  return what.startsWith("/") ? "request" : "answer";
}

/** Actors that take part in the run and that no lifeline stands for. */
function unheard({ messages }: Flow, drawn: readonly Drawn[], { lifelines }: Ladder): Deviation[] {
  const names = [...lifelines.map(({ name }) => name), ...drawn.flatMap(({ from, to }) => [from, to])];
  const silent = new Set(
    messages.map(({ to }) => to).filter((actor) => !names.some((name) => fits(name, actor))),
  );
  if (silent.size === 0) return [];
  const actors = [...silent].toSorted().join(", ");
  const message = `in the model's run, ${actors} ${silent.size === 1 ? "gets" : "get"} messages, too`;
  return [{ place: undefined, token: actors, message }];
}
