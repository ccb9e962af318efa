/** All published files as texts, by their path from the folder of the vectors on. */
import { pathOf, published, textOfFile } from "../format/envelope.ts";
import { manifestEntry, manifestOf } from "../format/manifest.ts";
import { schemas } from "../format/schemas.ts";
import { structureDefinitions } from "../format/structure-definitions.ts";
import { allSuites } from "./index.ts";

/** Of the files' format and content: one more where a published id changes its meaning. */
export const version = "1";

export function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const entries = allSuites().map((suite) => {
    const file = published(suite, version);
    const text = textOfFile(file);
    files.set(pathOf(suite), text);
    return manifestEntry(pathOf(suite), file, text);
  });
  for (const [name, schema] of schemas()) files.set(`schemas/${name}`, textOfFile(schema));
  files.set("structures.json", textOfFile(structureDefinitions()));
  files.set("manifest.json", textOfFile(manifestOf(entries, version)));
  return files;
}
