/**
 * Tokens that let a sender look up so many identifiers in a period and no more, and that nobody can trace from one use
 * to the next: the OPRF of RFC 9497 over ristretto255, in the roles of RFC 9576. The sender's provider counts (it knows
 * its users), the discovery provider signs blindly and takes each token once. R8
 */
import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { concat, equalBytes, hex, utf8 } from "../../bytes.ts";
import type { RandomSource } from "../../random.ts";
import type { Token } from "./structures.ts";

const { oprf } = ristretto255_oprf;

/** A token that waits for the discovery provider's part. */
export interface BlindedToken {
  readonly input: Uint8Array;
  readonly blind: Uint8Array;
  readonly blinded: Uint8Array;
}

export function blindTokens(count: number, random: RandomSource): BlindedToken[] {
  return Array.from({ length: count }, () => {
    const input = random.bytes(32);
    const { blind, blinded } = oprf.blind(input, (length = 32) => random.bytes(length));
    return { input, blind, blinded };
  });
}

/** The discovery provider's part; undefined where an element is none of the group's. */
export function signBlindly(
  seed: Uint8Array,
  period: bigint,
  blinded: readonly Uint8Array[],
): Uint8Array[] | undefined {
  const key = keyOf(seed, period);
  return unlessThrown(() => blinded.map((element) => oprf.blindEvaluate(key, element)));
}

/** The tokens to spend; undefined where the answer does not fit what was asked. */
export function finishTokens(
  asked: readonly BlindedToken[],
  period: bigint,
  evaluated: readonly Uint8Array[],
): Token[] | undefined {
  if (asked.length !== evaluated.length) return undefined;
  return unlessThrown(() =>
    asked.map(({ input, blind }, i) => ({
      period,
      input,
      output: oprf.finalize(input, blind, evaluated[i] ?? new Uint8Array(0)),
    })),
  );
}

/** Whether the discovery provider made this token for this period. */
export function isGenuineToken(seed: Uint8Array, period: bigint, token: Token): boolean {
  if (token.period !== period) return false;
  // The blind does not show in the result: any will do.
  const { blind, blinded } = oprf.blind(token.input, (length = 32) => new Uint8Array(length).fill(1));
  const evaluated = oprf.blindEvaluate(keyOf(seed, period), blinded);
  return equalBytes(oprf.finalize(token.input, blind, evaluated), token.output);
}

/** What tells a token from others once it is spent. */
export function tokenName({ input }: Token): string {
  return hex(input);
}

function keyOf(seed: Uint8Array, period: bigint): Uint8Array {
  return oprf.deriveKeyPair(seed, concat(utf8("mimi-toolkit discovery tokens "), utf8(String(period))))
    .secretKey;
}

/** The group's library throws for octets that are no element. */
function unlessThrown<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}
