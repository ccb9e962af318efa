/** A client that has kept a commit it has sent, and the state it leads to, and goes on from there. protocol-06 §5.3 */
import type { ActorStep, Moment } from "../actor.ts";
import { noBytes } from "../bytes.ts";
import { type Member, type MLSMessage, type MlsLayer, realMls } from "../mls/index.ts";
import { takeTurn } from "../turn.ts";
import { type ClientState, keepRoom } from "./client-state.ts";
import { factsOf, roomOf, stepRoom } from "./rooms.ts";
import { messageName } from "./updates.ts";

/**
 * The client with the commit on its way to the hub: by it a member goes into the next epoch, and who is outside comes
 * in. It counts once the hub sends it back. protocol-06 §5.5
 */
export function recallCommit(
  state: ClientState,
  room: string,
  sent: { readonly message: MLSMessage; readonly accepted: Member },
  moment: Moment,
  mls: MlsLayer = realMls,
): ActorStep<ClientState> {
  return takeTurn(state, moment, mls, (turn) => {
    if (roomOf(turn, room).member === undefined) {
      stepRoom(turn, room, { type: "join" });
      stepRoom(turn, room, { type: "groupInfoAnswered", code: "success" });
    }
    const { epoch, known } = roomOf(turn, room).machine.context;
    const update = messageName(sent.message);
    const inFlight = { kind: "commit" as const, references: [], begins: factsOf(sent.accepted).epoch };
    const effects = stepRoom(turn, room, {
      type: "updateBuilt",
      ...inFlight,
      update,
      epoch,
      covers: known.length,
    });
    if (!effects.some((effect) => effect.type === "sendUpdate")) return;
    const prepared = { update, accepted: sent.accepted, body: noBytes, label: "Commit", claim: undefined };
    keepRoom(turn, { ...roomOf(turn, room), prepared });
  });
}
