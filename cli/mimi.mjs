#!/usr/bin/env node
// Loads the TypeScript command line as it is: there is no build step.
import { register } from "tsx/esm/api";

// A reader that has seen enough closes the pipe: that is no error of ours.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

register();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
