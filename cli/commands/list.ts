/** `mimi list`: the scenarios that can be run, by what they are about. */
import { Command } from "commander";
import { scenarioGroups } from "../../simulator/scenarios/index.ts";
import { bold } from "../colours.ts";

export function listCommand(): Command {
  return new Command("list").description("list the scenarios").action(() => {
    const width = 2 + Math.max(...scenarioGroups.flatMap(({ scenarios }) => scenarios.map(nameLength)));
    for (const { title, scenarios } of scenarioGroups) {
      console.log(bold(title));
      for (const scenario of scenarios) {
        console.log(
          `  ${scenario.name.padEnd(width)}${scenario.title} (${scenario.chapters.length} chapters)`,
        );
      }
    }
  });
}

function nameLength({ name }: { readonly name: string }): number {
  return name.length;
}
