/** A server that stops and goes on at a chosen moment: between two of its steps, or with what a step sends still unsent. */
import type { Output } from "../../spec-model/actor.ts";
import type { RunningActor } from "../running-actor.ts";

export interface Stop {
  /** The provider's domain. */
  readonly actor: string;
  /** How many steps it has taken before it stops. */
  readonly afterSteps: number;
  /**
   * Whether requests and answers of its last step are lost with it. What a step is for own clients is not: it is
   * written down with the state and handed out from there.
   */
  readonly unsent: boolean;
}

/** The actor with its stop; others as they are. */
export function restarting({ actor: id, afterSteps, unsent }: Stop): (actor: RunningActor) => RunningActor {
  return (actor) => {
    if (actor.id !== id) return actor;
    let steps = 0;
    return {
      ...actor,
      take(input, moment) {
        const outputs = actor.take(input, moment);
        steps++;
        if (steps !== afterSteps || outputs instanceof Promise) return outputs;
        const restart = { type: "intention", intention: { type: "restart" } } as const;
        const after = actor.take(restart as never, moment);
        const sent = unsent ? outputs.filter(staysAtHome) : outputs;
        return after instanceof Promise ? sent : [...sent, ...after];
      },
    };
  };
}

function staysAtHome(output: Output): boolean {
  return output.type !== "request" && output.type !== "response" && output.type !== "wake";
}
