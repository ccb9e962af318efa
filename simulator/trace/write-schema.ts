/** Writes trace.schema.json: `node --import tsx simulator/trace/write-schema.ts && npm run format`. */
import { writeFileSync } from "node:fs";
import { traceSchema } from "./schema.ts";

writeFileSync(new URL("trace.schema.json", import.meta.url), `${JSON.stringify(traceSchema(), null, 2)}\n`);
