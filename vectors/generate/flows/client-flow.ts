/** A client's seat in a recorded run as a flow: from its Welcome until it sends a handshake of its own. */
import type { Input } from "../../../spec-model/actor.ts";
import { hex } from "../../../spec-model/bytes.ts";
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { KeyPackage, MLSMessage } from "../../../spec-model/mls/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import { SubmitMessageRequest } from "../../../spec-model/submit/index.ts";
import { seenIn } from "../../adapters/typescript/flows/client-seat.ts";
import type { ClientFlowOutput, ClientFlowStep, ClientSeatSetup } from "../../format/flow-steps.ts";
import type { RecordedStep, Recording } from "./record.ts";

export interface ClientFlow {
  readonly setup: ClientSeatSetup;
  readonly steps: readonly ClientFlowStep[];
  readonly outputs: readonly ClientFlowOutput[];
}

/** undefined: the client has no such flow, because it came in otherwise, goes by a pseudonym, or sends at once. */
export function clientFlow(recording: Recording, client: string): ClientFlow | undefined {
  const recorded = recording.actors.get(client);
  if (recorded === undefined) throw new Error(`nobody is called ${client}`);
  const first = recorded.first as ClientState;
  const passive = whilePassive(recorded.steps);
  const own = ownMessages(passive);
  const deliveries = passive.filter(({ input }) => isDelivery(input) && !own.has(messageIn(input)));
  const joined = deliveries.find(({ before, after, input }) => {
    const room = roomIn(input);
    return (
      (before as ClientState).rooms[room]?.member === undefined && (after as ClientState).rooms[room]?.member
    );
  });
  if (joined === undefined || first.persona !== undefined || deliveries.length < fewestSteps)
    return undefined;
  return {
    setup: setupOf(first, passive),
    steps: deliveries.map(({ at, input }) => ({ at, room: roomIn(input), message: hex(octetsIn(input)) })),
    outputs: deliveries.map(({ input, before, after }) => {
      const room = roomIn(input);
      return seenIn(after as ClientState, room, (before as ClientState).rooms[room]?.messages.length ?? 0);
    }),
  };
}

const fewestSteps = 2;

/** Up to where the client sends a handshake, asks to be let in, or founds a room: what follows rests on its own randomness. */
function whilePassive(steps: readonly RecordedStep[]): readonly RecordedStep[] {
  const end = steps.findIndex(({ outputs }) =>
    outputs.some((output) => {
      if (output.type !== "local") return false;
      const { message } = output;
      return (
        message.type === "createRoom" ||
        (message.type === "ask" && ["update", "groupInfo"].includes(message.operation))
      );
    }),
  );
  return end === -1 ? steps : steps.slice(0, end);
}

/** MLSMessages that the client has sent: it cannot decrypt them. */
function ownMessages(steps: readonly RecordedStep[]): ReadonlySet<string> {
  const sent = steps.flatMap(({ outputs }) =>
    outputs.flatMap((output) => {
      if (output.type !== "local" || output.message.type !== "ask") return [];
      if (output.message.operation !== "submitMessage") return [];
      return [hex(MLSMessage.encode(SubmitMessageRequest.decode(output.message.body).appMessage))];
    }),
  );
  return new Set(sent);
}

function setupOf(first: ClientState, steps: readonly RecordedStep[]): ClientSeatSetup {
  const { client, user, suite, signature, provider } = first;
  const made = Object.assign(
    {},
    ...steps.map(({ after }) => (after as ClientState).keyPackages),
  ) as ClientState["keyPackages"];
  return {
    client,
    user,
    cipherSuite: suite,
    signature: { publicKey: hex(signature.publicKey), privateKey: hex(signature.privateKey) },
    provider: {
      domain: provider.domain,
      signatureKey: hex(provider.signatureKey),
      frankingKey: hex(provider.frankingKey),
    },
    keyPackages: Object.values(made).map(({ keyPackage, initPrivateKey, encryptionPrivateKey }) => ({
      keyPackage: hex(KeyPackage.encode(keyPackage)),
      initPrivateKey: hex(initPrivateKey),
      encryptionPrivateKey: hex(encryptionPrivateKey),
    })),
  };
}

function isDelivery(input: Input<unknown>): boolean {
  return input.type === "local" && input.message.type === "deliver";
}

function octetsIn(input: Input<unknown>): Uint8Array {
  return input.type === "local" && input.message.type === "deliver"
    ? input.message.message
    : new Uint8Array();
}

function roomIn(input: Input<unknown>): string {
  return input.type === "local" && input.message.type === "deliver" ? input.message.room : "";
}

function messageIn(input: Input<unknown>): string {
  try {
    return hex(MLSMessage.encode(FanoutMessage.decode(octetsIn(input)).message));
  } catch {
    return "";
  }
}
