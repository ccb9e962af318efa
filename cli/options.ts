/** Options that several commands have: what people write, checked. */
import { InvalidArgumentError } from "commander";
import { type Choice, parseChoice, VariantTextError } from "../simulator/variants/index.ts";

/** For an option that may be given several times. */
export function variantOption(text: string, before: readonly Choice[]): readonly Choice[] {
  try {
    return [...before, parseChoice(text)];
  } catch (error) {
    if (error instanceof VariantTextError) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
}

/** An integer from `least` to `most`. */
export function integerOption(what: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`${what} is an integer from ${least} to ${most}.`);
  };
}
