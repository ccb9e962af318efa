/** `mimi list`: the scenarios that can be run. */
import { Command } from "commander";
import { scenarios } from "../../simulator/scenarios/index.ts";

export function listCommand(): Command {
  return new Command("list").description("list the scenarios").action(() => {
    for (const { name, title, chapters } of scenarios.values()) {
      console.log(`${name.padEnd(16)}${title} (${chapters.length} chapters)`);
    }
  });
}
