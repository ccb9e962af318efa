/** `mimi variants`: the questions that the drafts leave open, and the mistakes that implementations can make. */
import { Command, Option } from "commander";
import { type AnswerDefect, answerDefects } from "../../simulator/answers/index.ts";
import { leftOut, type Question, type Variant, variants } from "../../simulator/variants/index.ts";
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
      const all = [...variants, ...answerDefects];
      const chosen = all.filter((each) => kind === undefined || each.kind === kind);
      if (format === "json") console.log(JSON.stringify(chosen.map(asData), null, 2));
      else for (const each of chosen) print(each);
      if (format === "text" && (kind === undefined || kind === "question")) printLeftOut();
    });
}

function print(variant: Variant | AnswerDefect): void {
  if (variant.kind === "question") {
    printQuestion(variant);
    return;
  }
  const whose = "mistaken" in variant ? `${variant.party}, in answers only: no run has it` : variant.party;
  console.log(`${bold(variant.id)} ${dim(`(${whose})`)}\n  ${variant.says}`);
  if (variant.kind === "adversary") console.log(`  ${dim(variant.limits)}`);
  if (variant.breaks.length > 0) console.log(`  ${dim(`breaks ${variant.breaks.join(", ")}`)}`);
}

function printQuestion({ id, section, question, answers, default: usual, reason }: Question): void {
  console.log(`${bold(id)} ${dim(`(${section})`)}\n  ${question}`);
  for (const [answer, says] of Object.entries(answers)) {
    const text = answer === says ? answer : `${answer}: ${says}`;
    console.log(`  ${answer === usual ? "*" : "-"} ${text}`);
  }
  console.log(`  ${dim(`${usual}, because ${reason}`)}`);
}

function printLeftOut(): void {
  console.log(`\n${bold("Open questions without a variant")}`);
  for (const { question, because } of leftOut) console.log(`  ${question}\n    ${dim(because)}`);
}

/** What differs in it is functions, and no data. A mistake in answers is none that a run can have. */
function asData(variant: Variant | AnswerDefect): object {
  if ("mistaken" in variant) {
    const { mistaken, ...data } = variant;
    return { ...data, inRuns: false };
  }
  const { alteration, ...data } = variant;
  return data;
}
