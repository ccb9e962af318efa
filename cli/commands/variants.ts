/** `mimi variants`: the questions that the drafts leave open, and the mistakes that implementations can make. */
import { Command, Option } from "commander";
import { type Question, type Variant, variants } from "../../simulator/variants/index.ts";
import { bold, dim } from "../colours.ts";

interface Options {
  readonly kind?: Variant["kind"];
  readonly format: "text" | "json";
}

export function variantsCommand(): Command {
  return new Command("variants")
    .description("list the open questions of the drafts, mistakes of implementations, and dishonest parties")
    .addOption(new Option("--kind <kind>", "only these").choices(["question", "defect", "adversary"]))
    .addOption(new Option("--format <format>").choices(["text", "json"]).default("text"))
    .action(({ kind, format }: Options) => {
      const chosen = variants.filter((each) => kind === undefined || each.kind === kind);
      if (format === "json") console.log(JSON.stringify(chosen.map(asData), null, 2));
      else for (const each of chosen) print(each);
    });
}

function print(variant: Variant): void {
  if (variant.kind === "question") {
    printQuestion(variant);
    return;
  }
  console.log(`${bold(variant.id)} ${dim(`(${variant.party})`)}\n  ${variant.says}`);
  if (variant.kind === "defect" && variant.breaks.length > 0)
    console.log(`  ${dim(`breaks ${variant.breaks.join(", ")}`)}`);
}

function printQuestion({ id, section, question, answers, default: usual, reason }: Question): void {
  console.log(`${bold(id)} ${dim(`(${section})`)}\n  ${question}`);
  for (const [answer, says] of Object.entries(answers)) {
    const text = answer === says ? answer : `${answer}: ${says}`;
    console.log(`  ${answer === usual ? "*" : "-"} ${text}`);
  }
  console.log(`  ${dim(`${usual}, because ${reason}`)}`);
}

/** What differs in it is functions, and no data. */
function asData({ alteration, ...data }: Variant): object {
  return data;
}
