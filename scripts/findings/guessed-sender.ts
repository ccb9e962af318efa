// A follower that guesses who has written a message: all it uses is what it has been sent, and the hub's public key.

import { run } from "../../simulator/run/index.ts";
import type { Trial } from "../../simulator/search/index.ts";
import { fromHex, noBytes } from "../../spec-model/bytes.ts";
import { NotifyBody } from "../../spec-model/fan-out/index.ts";
import { verifyFrank } from "../../spec-model/franking/index.ts";
import { realMls } from "../../spec-model/mls/index.ts";
import { symbolicMls } from "../../spec-model/mls/symbolic/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";

/** The users that `follower`, which is told of messages by `hub`, finds to be senders of what it cannot read. */
export function guessedSenders(trial: Trial, hub: string, follower: string): readonly string[] {
  const { scenario, seed, latency, mls, variants } = trial;
  let key = new Uint8Array(0);
  const { trace } = run(scenario, {
    seed,
    latency,
    mls,
    variants,
    keepBodies: true,
    atRest: (actors) => {
      const state = actors.find(({ id }) => id === hub)?.state() as ProviderState;
      // It is in the GroupContext: whoever has ever joined by a GroupInfo has it.
      key = new Uint8Array(state.keys.franking.publicKey);
    },
  });
  const suite = (mls === "symbolic" ? symbolicMls : realMls).suite(1);
  const users = [...new Set(scenario.clients.map(({ user }) => user))];
  const rooms = [...new Set(trace.events.flatMap((event) => (event.type === "epoch" ? [event.room] : [])))];
  return trace.events.flatMap((event) => {
    if (event.type !== "send" || event.operation !== "notify" || event.to !== follower) return [];
    return NotifyBody.decode(fromHex(event.body ?? "") ?? noBytes).flatMap((message) => {
      const { frank } = "frank" in message ? message : { frank: undefined };
      if (frank === undefined) return [];
      return users.filter((uri) =>
        rooms.some((room) => {
          const context = {
            senderUri: { uri },
            roomUri: { uri: room },
            acceptedTimestamp: message.timestamp,
          };
          return verifyFrank(suite, key, frank, context);
        }),
      );
    });
  });
}
