/** Implementations of the crypto family with one mistake each: in what they are made of, or in what they leave out. */
import { cryptoHandlersOver } from "../adapters/typescript/crypto.ts";
import type { LoadedCase } from "../verify/index.ts";
import { lenientAnswers } from "./lenient-answers.ts";
import { lenientFranking } from "./lenient-franking.ts";
import { lenientHandshakes } from "./lenient-handshakes.ts";
import { lenientKeyPackages } from "./lenient-key-packages.ts";
import { lenientMls } from "./lenient-mls.ts";
import { lenientMultiCredentials } from "./lenient-multi-credentials.ts";
import { lenientPrimitives } from "./lenient-primitives.ts";
import { lenientRequests } from "./lenient-requests.ts";
import { lenientSemiPrivate } from "./lenient-semi-private.ts";

export interface CryptoMutant {
  readonly id: string;
  readonly says: string;
  readonly survives: (each: LoadedCase) => boolean;
}

export const cryptoMutants: readonly CryptoMutant[] = [
  ...Object.entries(lenientPrimitives).map(([id, primitives]): CryptoMutant => {
    const handlers = cryptoHandlersOver(primitives);
    return {
      id: `cryptography that ${id}`,
      says: `${id}, and is right otherwise`,
      survives: ({ family, operation, input, expect }) => {
        if (family !== "crypto") return false;
        const answer = unlessCrashed(() => handlers[operation]?.(input).outcome);
        return answer !== undefined && !expect.allow.includes(answer);
      },
    };
  }),
  ...[
    ...lenientRequests,
    ...lenientSemiPrivate,
    ...lenientFranking,
    ...lenientAnswers,
    ...lenientHandshakes,
    ...lenientMls,
    ...lenientKeyPackages,
    ...lenientMultiCredentials,
  ].map(
    ({ id, says, operation, accepts }): CryptoMutant => ({
      id,
      says,
      survives: (each) =>
        each.operation === operation && unlessCrashed(() => accepts(each.input)) === true && isRefused(each),
    }),
  ),
];

function isRefused({ expect }: LoadedCase): boolean {
  return !expect.allow.includes("valid");
}

/** A crash accepts nothing. */
function unlessCrashed<T>(answer: () => T): T | undefined {
  try {
    return answer();
  } catch {
    return undefined;
  }
}
