/** Which transitions of the model's machines a flow takes. */
import type { Output } from "../../spec-model/actor.ts";
import { clientSeat, stepClientSeat } from "../adapters/typescript/flows/client-seat.ts";
import { player } from "../adapters/typescript/flows/play.ts";
import { providerSeat, stepProviderSeat } from "../adapters/typescript/flows/provider-seat.ts";
import type {
  ClientFlowStep,
  ClientSeatSetup,
  ProviderFlowStep,
  ProviderSeatSetup,
} from "../format/flow-steps.ts";
import type { LoadedCase } from "../verify/index.ts";

const ofProviders = player({
  take: (setup) => providerSeat(setup as unknown as ProviderSeatSetup),
  step(seat: ReturnType<typeof providerSeat>, step: ProviderFlowStep, salt: string) {
    const taken = stepProviderSeat(seat, step, salt);
    return { seat: taken.seat, output: movesIn(taken.observed) };
  },
});
const ofClients = player({
  take: (setup) => clientSeat(setup as unknown as ClientSeatSetup),
  step(seat: ReturnType<typeof clientSeat>, step: ClientFlowStep) {
    const taken = stepClientSeat(seat, step);
    return { seat: taken.seat, output: movesIn(taken.observed) };
  },
});

/** `hub room: live.quiet, commit -> live.quiet (accept, answer, fanOut)`, each once; nothing for other families. */
export function transitionsIn({ operation, input }: LoadedCase): readonly string[] {
  if (!operation.startsWith("flow.")) return [];
  const steps = (operation === "flow.client" ? ofClients : ofProviders).outputsOf(input);
  return [...new Set(steps.flat())];
}

function movesIn(outputs: readonly Output[]): readonly string[] {
  return outputs.flatMap((output) =>
    output.type === "moved"
      ? [`${output.machine}: ${output.from}, ${output.event} -> ${output.to} (${output.effects.join(", ")})`]
      : [],
  );
}
