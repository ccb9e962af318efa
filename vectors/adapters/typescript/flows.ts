/** The flow operations, answered by the model in the seat. */
import type { Json } from "../../format/case.ts";
import { clientPlayer, providerPlayer } from "./flows/play.ts";
import type { Handler } from "./handler.ts";

const provider: Handler = (input) => ({
  outcome: "played",
  output: { steps: providerPlayer.outputsOf(input) as Json },
});
const client: Handler = (input) => ({
  outcome: "played",
  output: { steps: clientPlayer.outputsOf(input) as unknown as Json },
});

export const flowHandlers: Readonly<Record<string, Handler>> = {
  "flow.hub": provider,
  "flow.follower": provider,
  "flow.requester": provider,
  "flow.target": provider,
  "flow.client": client,
};
