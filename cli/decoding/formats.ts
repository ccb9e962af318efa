/** All formats that the drafts define, by name. */
import { closest, UsageError } from "../usage-error.ts";
import { contentFormats } from "./content-formats.ts";
import { directoryFormat } from "./directory-format.ts";
import type { Format } from "./part.ts";
import { wireFormats } from "./wire-formats.ts";

export const formats: readonly Format[] = [directoryFormat, ...contentFormats, ...wireFormats];

/** The format called `name`, whatever its case. */
export function findFormat(name: string): Format | undefined {
  const wanted = name.toLowerCase();
  return formats.find((each) => each.name.toLowerCase() === wanted);
}

/** The same; where there is none, a UsageError with the name that was probably meant. */
export function formatNamed(command: string, name: string): Format {
  const found = findFormat(name);
  if (found !== undefined) return found;
  const names = formats.map((each) => each.name);
  const lower = closest(
    name.toLowerCase(),
    names.map((each) => each.toLowerCase()),
  );
  const guess = names.find((each) => each.toLowerCase() === lower);
  const hint = guess === undefined ? "mimi explain lists all types." : `Did you mean "${guess}"?`;
  throw new UsageError(`${command}: there is no type "${name}". ${hint}`);
}
