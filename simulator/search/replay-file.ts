/** Replay files: a trial as JSON, with what it shows. Octets are written as `{"octets": hex}`. */
import { fromHex, hex } from "../../spec-model/bytes.ts";
import { FaultTextError, formatFault, parseFault } from "../faults/index.ts";
import { parseLatency, TimeTextError } from "../kernel/index.ts";
import { version } from "../run/index.ts";
import type { Scenario } from "../scenario/index.ts";
import { formatChoice, parseChoice, unplayable, VariantTextError } from "../variants/index.ts";
import type { Trial } from "./trial.ts";

/** A trial, and the property that it is about; where the property came from a search, how to find it there again. */
export interface Replay {
  readonly trial: Trial;
  readonly property: string | undefined;
  readonly found?: { readonly seed: number; readonly path: string };
  /** The version that has written the file; missing where nothing has been written yet. */
  readonly writtenBy?: string;
}

export const replayFormat = "mimi-replay/1";

/** A text that is no replay file; the message says why, in one line. */
export class ReplayError extends Error {
  override readonly name = "ReplayError";
}

export function writeReplay({ trial, property, found }: Replay): string {
  const { scenario, seed, latency, mls, faults, variants } = trial;
  const file = {
    replay: replayFormat,
    version,
    ...(property === undefined ? {} : { property }),
    ...(found === undefined ? {} : { found }),
    seed,
    latency,
    mls,
    faults: faults.map(formatFault),
    variants: variants.map(formatChoice),
    scenario,
  };
  return `${JSON.stringify(file, octetsAsHex, 2)}\n`;
}

/** The replay in `text`. Throws ReplayError. */
export function readReplay(text: string): Replay {
  const file = parsed(text);
  if (file["replay"] === undefined) throw new ReplayError('it is no replay file: it has no member "replay"');
  if (file["replay"] !== replayFormat) {
    throw new ReplayError(
      `its format is ${JSON.stringify(file["replay"])}, this version reads ${replayFormat}`,
    );
  }
  const { property, found } = file;
  const place = found === undefined ? undefined : asObject(found, "found");
  return {
    writtenBy: asText(file["version"], "version"),
    trial: trialIn(file),
    property: property === undefined ? undefined : asText(property, "property"),
    ...(place === undefined
      ? {}
      : { found: { seed: asCount(place["seed"], "found.seed"), path: asText(place["path"], "found.path") } }),
  };
}

type Members = Readonly<Record<string, unknown>>;

function parsed(text: string): Members {
  try {
    return asObject(JSON.parse(text, hexAsOctets), "the file");
  } catch (error) {
    if (error instanceof SyntaxError) throw new ReplayError(`it is not JSON${placeOf(error, text)}`);
    throw error;
  }
}

/** Where the text stops being JSON, as far as the error tells: versions of Node.js word it differently. */
function placeOf({ message }: SyntaxError, text: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  const isCutOff = /end of JSON|Unterminated/.test(message);
  if (position === undefined && !isCutOff) return `: ${message.replace(/\s+/g, " ")}`;
  const before = text.slice(0, isCutOff ? text.length : Number(position)).split("\n");
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return isCutOff ? `: it ends too early, at ${place}` : `: there is a mistake at ${place}`;
}

function trialIn(file: Members): Trial {
  try {
    const latency = asText(file["latency"], "latency");
    parseLatency(latency);
    const mls = asText(file["mls"], "mls");
    if (mls !== "real" && mls !== "symbolic") throw new ReplayError(`mls is "${mls}", not real or symbolic`);
    const scenario = scenarioIn(file["scenario"]);
    const variants = texts(file["variants"], "variants").map(parseChoice);
    const stranger = unplayable(variants, scenario);
    if (stranger !== undefined) throw new ReplayError(stranger);
    return {
      scenario,
      seed: asCount(file["seed"], "seed"),
      latency,
      mls,
      faults: texts(file["faults"], "faults").map(parseFault),
      variants,
    };
  } catch (error) {
    const isText =
      error instanceof FaultTextError || error instanceof TimeTextError || error instanceof VariantTextError;
    throw isText ? new ReplayError(error.message) : error;
  }
}

/** As much of a scenario's shape as a run rests on without looking. */
function scenarioIn(value: unknown): Scenario {
  const scenario = asObject(value, "scenario");
  for (const name of ["name", "title"]) asText(scenario[name], `scenario.${name}`);
  const providers = objects(scenario["providers"], "scenario.providers");
  const clients = objects(scenario["clients"], "scenario.clients");
  for (const each of providers)
    for (const name of ["label", "domain"]) asText(each[name], `a provider's ${name}`);
  for (const each of clients) {
    for (const name of ["label", "client", "user"]) asText(each[name], `a client's ${name}`);
  }
  const servers = [scenario["assets"], scenario["introduction"]].some((each) => each !== undefined);
  const cast = new Set([
    ...providers.map((each) => each["domain"]),
    ...clients.map((each) => each["client"]),
  ]);
  for (const { title, draft, moments } of objects(scenario["chapters"], "scenario.chapters")) {
    asText(title, "a chapter's title");
    asText(draft, "a chapter's draft");
    for (const list of lists(moments, "a chapter's moments")) {
      for (const moment of objects(list, "a chapter's moments")) {
        asText(moment["says"], "a moment's sentence");
        asText(asObject(moment["intention"], "a moment's intention")["type"], "an intention's type");
        const actor = asText(moment["actor"], "a moment's actor");
        if (!cast.has(actor) && !servers) throw new ReplayError(`nobody in the cast is called ${actor}`);
      }
    }
  }
  return value as Scenario;
}

function asObject(value: unknown, what: string): Members {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  throw new ReplayError(`${what} is not an object`);
}

function lists(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ReplayError(`${what} is not a list`);
}

function objects(value: unknown, what: string): readonly Members[] {
  return lists(value, what).map((each) => asObject(each, `an entry of ${what}`));
}

function texts(value: unknown, what: string): readonly string[] {
  return lists(value, what).map((each) => asText(each, `an entry of ${what}`));
}

function asText(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw new ReplayError(`${what} is missing or no text`);
}

function asCount(value: unknown, what: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new ReplayError(`${what} is missing or no integer from 0 to 2^53-1`);
}

function octetsAsHex(this: unknown, _key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return { octets: hex(value) };
  return typeof value === "bigint" ? { integer: String(value) } : value;
}

function hexAsOctets(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const names = Object.keys(value).join();
  const { octets, integer } = value as { octets?: unknown; integer?: unknown };
  if (names === "octets" && typeof octets === "string") {
    const bytes = fromHex(octets);
    if (bytes === undefined) throw new ReplayError(`"${octets}" is not hexadecimal`);
    return bytes;
  }
  return names === "integer" && typeof integer === "string" && /^-?\d+$/.test(integer)
    ? BigInt(integer)
    : value;
}
