/** Mistakes about the key that franks are signed with, when it changes. protocol-06 §5.4.1 */

import { FrankingAgentData } from "../../../spec-model/franking/index.ts";
import type { ClientIntention, ClientState } from "../../../spec-model/participant/index.ts";
import type { ProviderState } from "../../../spec-model/provider/index.ts";
import { providerCredential } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import type { RunningActor } from "../../running-actor.ts";
import type { AnyInput } from "../alteration.ts";
import type { Defect } from "../variant.ts";

export const frankingAgentDefects: readonly Defect[] = [
  {
    kind: "defect",
    id: "client-changes-agent-in-place",
    says: "changes the franking agent by an update of the component, in the same group",
    party: "client",
    breaks: ["protocol-5.4.1-rotation-re-inits"],
    alteration: {
      habit: () => ({
        takes: (input, { state }) => [inPlaceOf(input, (state as ClientState).provider)],
      }),
    },
  },
  {
    kind: "defect",
    id: "hub-forgets-franking-keys",
    says: "keeps no franking key but the newest, whatever its rooms name",
    party: "hub",
    breaks: ["protocol-5.4.1.2-franks-when-agent", "protocol-5.4.1-rotation-re-inits"],
    alteration: { inPlace: forgettingKeys },
  },
];

function inPlaceOf(input: AnyInput, { domain, frankingKey }: ClientState["provider"]): AnyInput {
  if (input.type !== "intention") return input;
  const intention = input.intention as ClientIntention;
  if (intention.type !== "changeFrankingAgent") return input;
  const agent = { frankingSignatureKey: frankingKey, credential: providerCredential(domain) };
  const update = FrankingAgentData.encode(agent);
  const { room } = intention;
  const component = componentIds.franking_signature_key;
  return { ...input, intention: { type: "changeComponent", room, component, update } };
}

function forgettingKeys(actor: RunningActor): RunningActor {
  return {
    ...actor,
    take(input, moment) {
      const outputs = actor.take(input, moment);
      actor.adapt?.((state: ProviderState) =>
        state.keys?.pastFranking === undefined
          ? state
          : { ...state, keys: { ...state.keys, pastFranking: [] } },
      );
      return outputs;
    },
  };
}
