/** A client on ts-mls: one asynchronous step for whatever reaches it, with the inputs and outputs of the model's own. */
import type { ActorStep, Input, LocalMessage, Moment } from "../../../spec-model/actor.ts";
import type { ClientIntention } from "../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { emit, type SeatTurn, type TsMlsClient } from "./client-state.ts";
import { receiveDelivery } from "./deliveries.ts";
import { publishKeyPackages } from "./key-packages.ts";
import { receiveSubmitAnswer, say } from "./send-message.ts";

/**
 * What the client does with `input` at `moment`: a function of its arguments, although ts-mls takes its time. Never
 * rejects for what its provider or a peer sends. It publishes KeyPackages, joins by Welcome, follows, and says things.
 */
export async function stepTsMlsClient(
  state: TsMlsClient,
  input: Input<ClientIntention>,
  moment: Moment,
): Promise<ActorStep<TsMlsClient>> {
  const turn: SeatTurn = {
    state,
    now: moment.now,
    random: expandEntropy(moment.entropy, "step"),
    outputs: [],
  };
  if (input.type === "intention") await pursue(turn, input.intention);
  else if (input.type === "local") await fromProvider(turn, input.message);
  return { state: turn.state, outputs: turn.outputs };
}

async function pursue(turn: SeatTurn, intention: ClientIntention): Promise<void> {
  switch (intention.type) {
    case "publishKeyPackages":
      await publishKeyPackages(turn, intention.count);
      break;
    case "say":
      await say(turn, intention.room, intention.said);
      break;
    default:
      emit(turn, {
        type: "noticed",
        errorType: "SeatError",
        code: "notInThisSeat",
        where: "",
        text: `a client on ts-mls does not pursue ${intention.type}`,
      });
  }
}

async function fromProvider(turn: SeatTurn, message: LocalMessage): Promise<void> {
  if (message.type === "deliver") await receiveDelivery(turn, message.room, message.message);
  if (message.type === "answer") receiveSubmitAnswer(turn, message.id, message.status, message.body);
}
