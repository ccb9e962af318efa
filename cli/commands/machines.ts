/** `mimi machines`: the state machines of the model as pictures. */
import { Command } from "commander";
import { machineToDot, renderDot } from "../../simulator/diagram/index.ts";
import { machines } from "../../simulator/machines.ts";
import { writeFiles } from "../files.ts";

export function machinesCommand(): Command {
  return new Command("machines")
    .description("draw the state machines as Graphviz and SVG")
    .option("--out <folder>", "write NAME.dot and NAME.svg into this folder; without it, list the machines")
    .action(async (options: { out?: string }) => {
      if (options.out === undefined) {
        for (const [name, machine] of machines) console.log(`${name.padEnd(20)}${machine.id}`);
        return;
      }
      const files = new Map<string, string>();
      for (const [name, machine] of machines) {
        const dot = machineToDot(machine);
        files.set(`${name}.dot`, dot);
        files.set(`${name}.svg`, await renderDot(dot));
      }
      for (const path of writeFiles("mimi machines", options.out, files)) console.log(path);
    });
}
