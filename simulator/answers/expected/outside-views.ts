/** What a provider gives away to those who ask it: by pairs of worlds that differ in one secret, and by counting. protocol-06 §5.7 and §8, user-discovery R8 */
import { utf8 } from "../../../spec-model/bytes.ts";
import { blindTokens, TokenRequest } from "../../../spec-model/discovery/mappings/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import { newProvider } from "../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { isKept, probes, secrets } from "../../twins/index.ts";
import type { Faculties } from "../faculties.ts";
import { asked, type Expected, of } from "./expected.ts";

const now = 1_767_225_600_000;
const asker = "mimi://b.example/d/bob/ClientB1";
/** More than anybody needs in a day. */
const [requests, tokensInEach] = [50, 4];

type Stepper = Faculties["stepProvider"];

/** How many tokens a provider lets one user have in a day, who asks for very many. */
function tokensFor(stepProvider: Stepper): number {
  const random = expandEntropy(utf8("tokens"), "provider");
  let state = newProvider("b.example", cipherSuite(1), random, {});
  let granted = 0;
  for (let i = 0; i < requests; i++) {
    const blinded = blindTokens(tokensInEach, random).map((each) => each.blinded);
    const body = TokenRequest.encode({ blinded });
    const message = {
      type: "askServer",
      id: String(i),
      operation: "discoveryTokens",
      domain: "dp.example",
      body,
    } as const;
    const step = stepProvider(
      state,
      { type: "local", from: asker, message },
      { now, entropy: new Uint8Array(32) },
    );
    state = step.state;
    if (step.outputs.some(({ type }) => type === "request")) granted += tokensInEach;
  }
  return granted;
}

const countsTokens = asked((stepAs: Stepper) => {
  const granted = tokensFor(stepAs);
  return granted > 0 && granted < requests * tokensInEach;
});

export const outsideViewsExpected: readonly Expected[] = [
  ...of("user-discovery §13", [
    [
      "tokens-counted",
      "a user gets some tokens for lookups in a day, and not as many as it likes",
      ({ stepProvider }) => countsTokens(stepProvider),
    ],
  ]),
  ...of(
    "protocol-06 §5.7 and §8",
    secrets
      .filter(({ says }) => !says.includes("can be searched"))
      .map((secret, i) => {
        const keeps = asked((stepAs: Stepper) => isKept(secret, probes, {}, stepAs));
        const says = `whoever asks a provider does not learn ${secret.says}`;
        return [`twins-${i + 1}`, says, ({ stepProvider }: Faculties) => keeps(stepProvider)];
      }),
  ),
];
