// Which flow of the published vectors an implementation with a defect plays otherwise than is right.

import { type Defect, deviationOf } from "../simulator/variants/index.ts";
import type { Deviation } from "../spec-model/deviation.ts";
import { clientSeat, stepClientSeat } from "../vectors/adapters/typescript/flows/client-seat.ts";
import { player } from "../vectors/adapters/typescript/flows/play.ts";
import { providerSeat, stepProviderSeat } from "../vectors/adapters/typescript/flows/provider-seat.ts";
import type { Json, JsonObject } from "../vectors/format/case.ts";
import {
  type ClientFlowStep,
  type ClientSeatSetup,
  type ProviderFlowStep,
  type ProviderSeatSetup,
  stepsToPlay,
} from "../vectors/format/flow-steps.ts";
import { comparable } from "../vectors/verify/free-members.ts";
import type { LoadedCase } from "../vectors/verify/index.ts";

/** The id of the first case that the defect plays wrongly; undefined: none, or its seat is none of these. */
export function flowCatching(
  { party, alteration }: Defect,
  cases: readonly LoadedCase[],
): string | undefined {
  if (alteration.machines === undefined && alteration.lacksRule === undefined) return undefined;
  const seats = operations[party] ?? [];
  const plays = party === "client" ? clientPlay : providerPlay;
  const outputsOf = plays(deviationOf([alteration]));
  return cases.find((each) => seats.includes(each.operation) && isWrong(each, outputsOf))?.id;
}

const operations: Partial<Record<Defect["party"], readonly string[]>> = {
  hub: ["flow.hub"],
  follower: ["flow.follower"],
  provider: ["flow.follower", "flow.target", "flow.requester"],
  client: ["flow.client"],
};

type Outputs = (input: JsonObject) => readonly unknown[];

function providerPlay(deviation: Deviation): Outputs {
  const { outputsOf } = player({
    take: (setup) => providerSeat(setup as unknown as ProviderSeatSetup),
    step(seat: ReturnType<typeof providerSeat>, step: ProviderFlowStep, salt: string) {
      const taken = stepProviderSeat(seat, step, salt, deviation);
      return { seat: taken.seat, output: taken.outputs };
    },
  });
  return outputsOf;
}

function clientPlay(deviation: Deviation): Outputs {
  const { outputsOf } = player({
    take: (setup) => clientSeat(setup as unknown as ClientSeatSetup),
    step: (seat: ReturnType<typeof clientSeat>, step: ClientFlowStep) =>
      stepClientSeat(seat, step, deviation),
  });
  return outputsOf;
}

function isWrong({ operation, input, output }: LoadedCase, outputsOf: Outputs): boolean {
  const given = unlessCrashed(() => outputsOf(input));
  if (given === undefined) return false;
  const asked = operation === "flow.client" ? [] : stepsToPlay<ProviderFlowStep>(input);
  const seen = (outputs: unknown, i: number) => comparable(json(outputs), asked[i]?.free ?? []);
  const last = given.length - 1;
  if (output?.["last"] !== undefined) return differs(seen(given[last] ?? null, last), output["last"]);
  return differs(given.map(seen), output?.["steps"] ?? null);
}

/** Nobody would ship what comes to a standstill in a room without any mistake of others. */
function unlessCrashed<T>(play: () => T): T | undefined {
  try {
    return play();
  } catch {
    return undefined;
  }
}

function json(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

function differs(one: Json, other: Json): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
