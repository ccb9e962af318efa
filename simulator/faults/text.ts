/**
 * Faults as people write them: `loss(5%)`, `loss(20%, a.example>b.example, answers)@1s-5s`, `reorder(10%, uniform(1s,3s))`,
 * `partition(a.example|b.example+c.example)@2s-9s`, `crash(a.example)@1s-2s`, `skew(b.example, -90s, 200ppm)`.
 */
import {
  formatDuration,
  formatLatency,
  parseDuration,
  parseLatency,
  TimeTextError,
} from "../kernel/index.ts";
import {
  always,
  anyLink,
  type Direction,
  type Fault,
  type LinkPattern,
  type Window,
  whole,
} from "./fault.ts";

/** A text that should be a fault, and is not; the message says what would be. */
export class FaultTextError extends Error {
  override readonly name = "FaultTextError";
}

/** What can be written, with an example and in words. */
export const faultForms: readonly (readonly [form: string, says: string])[] = [
  ["loss(5%)", "messages between providers are lost; also loss(5%, a.example>*, answers)"],
  ["duplicate(2%)", "messages arrive twice; also duplicate(2%, 3, a.example>b.example)"],
  ["delay(10%, uniform(1s,3s))", "messages are held up, and those behind them with them"],
  ["reorder(10%, uniform(1s,3s))", "messages are held up, and those behind them overtake"],
  ["partition(a.example|b.example+c.example)@1s-5s", "groups of providers that do not reach each other"],
  ["cut(a.example>b.example)@1s-5s", "nothing goes this way"],
  ["clog(a.example>*)@1s-5s", "what goes this way arrives when the time is over"],
  ["crash(a.example)@1s-5s", "a server is down, and comes up with what it had made durable"],
  ["offline(mimi://b.example/d/ClientB1)@1s-5s", "a client has no connection"],
  ["failover(a.example)@1s-5s", "a replica goes on at the end, which lacks what has come in between"],
  ["rebatch(a.example)", "a hub sends again in other batches, with what has come since"],
  ["skew(b.example, -90s, 200ppm)", "a clock that shows another time, and drifts"],
  ["skew(b.example, 90s)@1s-5s", "a clock that steps, and steps back"],
  ["skew(*, 8640000s)@5s-", "time goes by for everybody, and what expires has expired"],
];

type Parsers = { readonly [T in Fault["type"]]: (args: readonly string[]) => Omit<Fault, "window"> };

/** The fault that `text` describes. Throws FaultTextError. */
export function parseFault(text: string): Fault {
  const [, type = "", list = "", times] = /^\s*([a-z]+)\((.*)\)(?:@([^@]*))?\s*$/.exec(text) ?? [];
  const parse = Object.hasOwn(parsers, type) ? parsers[type as Fault["type"]] : undefined;
  if (parse === undefined) {
    throw new FaultTextError(`"${text}" is no fault; there are ${Object.keys(parsers).join(", ")}`);
  }
  try {
    const what = parse(argumentsIn(list)) as Fault;
    return checked({ ...what, window: windowIn(times) });
  } catch (error) {
    if (!(error instanceof FaultTextError || error instanceof TimeTextError)) throw error;
    throw new FaultTextError(`"${text}": ${error.message}`);
  }
}

/** The text that `parseFault` reads back as `fault`. */
export function formatFault(fault: Fault): string {
  const { from, until } = fault.window;
  const times =
    from === 0 && until === undefined
      ? ""
      : `@${formatDuration(from)}-${until === undefined ? "" : formatDuration(until)}`;
  return `${fault.type}(${partsOf(fault).join(", ")})${times}`;
}

function partsOf(fault: Fault): string[] {
  switch (fault.type) {
    case "loss":
      return [percent(fault.rate), link(fault.link), fault.of];
    case "duplicate":
      return [percent(fault.rate), `${fault.copies}`, link(fault.link)];
    case "delay":
    case "reorder":
      return [percent(fault.rate), formatLatency(fault.by), link(fault.link)];
    case "partition":
      return [fault.groups.map((group) => group.join("+")).join("|")];
    case "cut":
    case "clog":
      return [link(fault.link)];
    case "skew":
      return [
        fault.actor,
        `${fault.byMs < 0 ? "-" : "+"}${formatDuration(Math.abs(fault.byMs) * 1000)}`,
        `${fault.driftPpm}ppm`,
      ];
    default:
      return [fault.actor];
  }
}

const parsers: Parsers = {
  loss: ([rate, ...rest]) => ({
    type: "loss",
    rate: rateIn(rate),
    link: linkAmong(rest),
    of: directionAmong(rest),
  }),
  duplicate: ([rate, ...rest]) => ({
    type: "duplicate",
    rate: rateIn(rate),
    copies: Number(rest.find((each) => /^[1-9]$/.test(each)) ?? 1),
    link: linkAmong(rest.filter((each) => !/^[1-9]$/.test(each))),
  }),
  delay: ([rate, by, ...rest]) => ({
    type: "delay",
    rate: rateIn(rate),
    by: parseLatency(by ?? ""),
    link: linkAmong(rest),
  }),
  reorder: ([rate, by, ...rest]) => ({
    type: "reorder",
    rate: rateIn(rate),
    by: parseLatency(by ?? ""),
    link: linkAmong(rest),
  }),
  partition: ([groups = ""]) => ({
    type: "partition",
    groups: groups.split("|").map((group) => group.split("+").map((each) => nodeIn(each.trim()))),
  }),
  cut: (rest) => ({ type: "cut", link: linkAmong(rest) }),
  clog: (rest) => ({ type: "clog", link: linkAmong(rest) }),
  crash: ([actor]) => ({ type: "crash", actor: nodeIn(actor) }),
  offline: ([actor]) => ({ type: "offline", actor: nodeIn(actor) }),
  failover: ([actor]) => ({ type: "failover", actor: nodeIn(actor) }),
  rebatch: ([actor]) => ({ type: "rebatch", actor: nodeIn(actor) }),
  skew: ([actor, by = "", drift = "0ppm"]) => ({
    type: "skew",
    actor: nodeIn(actor),
    byMs: offsetIn(by),
    driftPpm: driftIn(drift),
  }),
};

const mustEnd: ReadonlySet<Fault["type"]> = new Set(["crash", "offline", "failover"]);

function checked(fault: Fault): Fault {
  if (fault.type === "partition" && fault.groups.length < 2) {
    throw new FaultTextError("a partition has two groups or more, with | between them");
  }
  if (mustEnd.has(fault.type) && fault.window.until === undefined) {
    throw new FaultTextError("it has to end: write when, as in @1s-5s");
  }
  if (fault.type === "rebatch" && fault.window !== always) {
    throw new FaultTextError("it lasts for the whole run: write no times");
  }
  return fault;
}

/** At commas that are in no parentheses. */
function argumentsIn(list: string): string[] {
  if (list.trim() === "") return [];
  return list.split(/,(?![^(]*\))/).map((each) => each.trim());
}

function rateIn(text = ""): number {
  const [, number] = /^(\d{1,3}(?:\.\d{1,4})?)%$/.exec(text) ?? [];
  const rate = Math.round(Number(number) * 10_000);
  if (number === undefined || rate > whole) {
    throw new FaultTextError(`"${text}" is no rate: write 0% to 100%, with up to four decimals`);
  }
  return rate;
}

function percent(rate: number): string {
  return `${rate / 10_000}%`;
}

function linkAmong(texts: readonly string[]): LinkPattern {
  const others = texts.filter((each) => !isDirection(each));
  const [text] = others;
  if (text === undefined) return anyLink;
  const [, from, to] = /^([^>\s]+)>([^>\s]+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined || others.length > 1) {
    throw new FaultTextError(
      `"${others.join(", ")}" is no link: write a.example>b.example, * for any provider`,
    );
  }
  return { from, to };
}

function link({ from, to }: LinkPattern): string {
  return `${from}>${to}`;
}

function directionAmong(texts: readonly string[]): Direction {
  return texts.find(isDirection) ?? "all";
}

function isDirection(text: string): text is Direction {
  return text === "requests" || text === "answers" || text === "all";
}

function nodeIn(text = ""): string {
  if (!/^[^\s,|+>]+$/.test(text)) throw new FaultTextError(`"${text}" is nobody's name`);
  return text;
}

function offsetIn(text: string): number {
  const [, sign, duration] = /^([+-]?)(.+)$/.exec(text) ?? [];
  const microseconds = parseDuration(duration ?? "");
  if (microseconds % 1000 !== 0) throw new FaultTextError(`"${text}" is no whole number of milliseconds`);
  // Not -0, which is another value than 0 to those who compare.
  return sign === "-" && microseconds > 0 ? -microseconds / 1000 : microseconds / 1000;
}

function driftIn(text: string): number {
  const [, number] = /^(-?\d{1,6})ppm$/.exec(text) ?? [];
  if (number === undefined) throw new FaultTextError(`"${text}" is no drift: write 200ppm`);
  return Number(number) || 0;
}

function windowIn(text: string | undefined): Window {
  if (text === undefined) return always;
  const [, from, until] = /^([0-9.]+[a-z]+)-([0-9.]+[a-z]+)?$/.exec(text.trim()) ?? [];
  if (from === undefined)
    throw new FaultTextError(`"@${text}" is no time: write @1s-5s, or @1s- for ever after`);
  const window = { from: parseDuration(from), until: until === undefined ? undefined : parseDuration(until) };
  if (window.until !== undefined && window.until <= window.from) {
    throw new FaultTextError(`"@${text}" ends before it begins`);
  }
  return window;
}
