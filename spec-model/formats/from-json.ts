/** Values from JSON: bytes are hexadecimal, integers of 64 bits decimal texts, what is absent is null. */
import { fromHex } from "../bytes.ts";
import { closest } from "../closest.ts";

/** Why JSON is not a value of a format. */
export class JsonError extends Error {
  override readonly name = "JsonError";

  constructor(place: string, problem: string) {
    super(place === "" ? problem : `${place}: ${problem}`);
  }
}

/** The error of a value of another kind. */
export function isNot(place: string, expected: string, found: unknown): JsonError {
  if (found === undefined) return new JsonError(place, `it is missing (${expected})`);
  const json = JSON.stringify(found);
  return new JsonError(place, `${json.length > 40 ? `${json.slice(0, 39)}…` : json} is not ${expected}`);
}

/** `place` is where in the document `json` stands. */
export type FromJson<T> = (json: unknown, place: string) => T;

export const octets: FromJson<Uint8Array> = (json, place) => {
  const bytes = typeof json === "string" ? fromHex(json) : undefined;
  if (bytes === undefined) throw isNot(place, "bytes in hexadecimal", json);
  return bytes;
};

export const text: FromJson<string> = (json, place) => {
  if (typeof json !== "string") throw isNot(place, "a text", json);
  return json;
};

export const integer: FromJson<number> = (json, place) => {
  if (!Number.isSafeInteger(json)) throw isNot(place, "an integer", json);
  return json as number;
};

export const flag: FromJson<boolean> = (json, place) => {
  if (typeof json !== "boolean") throw isNot(place, "true or false", json);
  return json;
};

export const decimal: FromJson<bigint> = (json, place) => {
  if (Number.isSafeInteger(json)) return BigInt(json as number);
  if (typeof json === "string" && /^-?\d{1,40}$/.test(json)) return BigInt(json);
  throw isNot(place, "an integer as a decimal text", json);
};

export const nameOrNumber: FromJson<string | number> = (json, place) => {
  if (typeof json === "string" || Number.isSafeInteger(json)) return json as string | number;
  throw isNot(place, "a name or a number", json);
};

export function oneOf<const T extends string>(...names: readonly T[]): FromJson<T> {
  return (json, place) => {
    const name = names.find((each) => each === json);
    if (name === undefined) throw isNot(place, `one of ${names.join(", ")}`, json);
    return name;
  };
}

export function nullable<T>(of: FromJson<T>): FromJson<T | undefined> {
  return (json, place) => (json === null || json === undefined ? undefined : of(json, place));
}

export function list<T>(of: FromJson<T>): FromJson<T[]> {
  return (json, place) => {
    if (!Array.isArray(json)) throw isNot(place, "a list", json);
    return json.map((item, index) => of(item, `${place}[${index}]`));
  };
}

type Members = Readonly<Record<string, FromJson<unknown>>>;
type RecordOf<M extends Members> = { [K in keyof M]: M[K] extends FromJson<infer T> ? T : never };

export function record<M extends Members>(members: M): FromJson<RecordOf<M>> {
  return (json, place) => {
    const given = objectAt(json, place);
    refuseOthers(given, Object.keys(members), place);
    const entries = Object.entries(members).map(([name, of]) => [name, of(given[name], inside(place, name))]);
    return Object.fromEntries(entries) as RecordOf<M>;
  };
}

export function objectAt(json: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) {
    return json as Record<string, unknown>;
  }
  throw isNot(place, "an object", json);
}

/** Refuses members that are not among `known`. */
export function refuseOthers(given: object, known: readonly string[], place: string): void {
  const other = Object.keys(given).find((name) => !known.includes(name));
  if (other === undefined) return;
  const guess = closest(other, known);
  const hint =
    guess === undefined ? `the fields are ${known.join(", ") || "none"}` : `did you mean "${guess}"?`;
  throw new JsonError(place, `there is no field ${JSON.stringify(other)}; ${hint}`);
}

export function inside(place: string, name: string): string {
  return place === "" ? name : `${place}.${name}`;
}
