/** The format that a person named on the command line. */
import { closest } from "../../spec-model/closest.ts";
import { type Format, findFormat, formats } from "../../spec-model/formats/index.ts";
import { UsageError } from "../usage-error.ts";

/** The format called `name`; where there is none, a UsageError with the name that was probably meant. */
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
