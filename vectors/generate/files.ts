/** All published files as texts, by their path from the folder of the vectors on. */
import { type CaseItems, itemsOf, minimalSets } from "../coverage/index.ts";
import { pathOf, published, textOfFile } from "../format/envelope.ts";
import { manifestEntry, manifestOf } from "../format/manifest.ts";
import { operationsDocument } from "../format/operations-document.ts";
import { schemas } from "../format/schemas.ts";
import { structureDefinitions } from "../format/structure-definitions.ts";
import { casesOf } from "../verify/index.ts";
import { allSuites } from "./index.ts";

/** Of the files' format and content: one more where a published id changes its meaning. */
export const version = "2";

export function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const items: CaseItems[] = [];
  const entries = allSuites().map((suite) => {
    const file = published(suite, version);
    items.push(...casesOf(file).map(itemsOf));
    const text = textOfFile(file);
    files.set(pathOf(suite), text);
    return manifestEntry(pathOf(suite), file, text);
  });
  for (const [name, schema] of schemas()) files.set(`schemas/${name}`, textOfFile(schema));
  files.set("minimal.json", textOfFile(minimalSets(items)));
  files.set("operations.md", operationsDocument());
  files.set("structures.json", textOfFile(structureDefinitions()));
  files.set("manifest.json", textOfFile(manifestOf(entries, version)));
  return files;
}
