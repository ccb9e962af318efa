/** Options that several commands have: what people write, checked. */
import { InvalidArgumentError } from "commander";
import { type Choice, parseChoice, unplayable, VariantTextError } from "../simulator/variants/index.ts";
import { UsageError } from "./usage-error.ts";

/** For an option that may be given several times. */
export function variantOption(text: string, before: readonly Choice[]): readonly Choice[] {
  try {
    return [...before, parseChoice(text)];
  } catch (error) {
    if (error instanceof VariantTextError) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
}

/** Throws UsageError where a variant is for an actor that the scenario does not have, or that cannot play the part. */
export function demandPlayable(
  command: string,
  choices: readonly Choice[],
  scenario: Parameters<typeof unplayable>[1],
): void {
  const wrong = unplayable(choices, scenario);
  if (wrong !== undefined) throw new UsageError(`${command}: ${wrong}`);
}

/** An integer from `least` to `most`. */
export function integerOption(what: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`${what} is an integer from ${least} to ${most}.`);
  };
}
