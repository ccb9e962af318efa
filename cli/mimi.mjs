#!/usr/bin/env node
// Loads the TypeScript command line as it is: there is no build step.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
