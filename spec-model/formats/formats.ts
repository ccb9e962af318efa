/** All formats that the drafts define, by name. */
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
