/** A client's seat in a recorded run as a flow: its Welcome or its external commit, what follows, and its own commits. */
import type { Input } from "../../../spec-model/actor.ts";
import { hex } from "../../../spec-model/bytes.ts";
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { KeyPackage, MLSMessage } from "../../../spec-model/mls/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import { SubmitMessageRequest } from "../../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";
import { seenIn } from "../../adapters/typescript/flows/client-seat.ts";
import { clientPlayer } from "../../adapters/typescript/flows/play.ts";
import type { JsonObject } from "../../format/case.ts";
import type { ClientFlowOutput, ClientFlowStep, ClientSeatSetup } from "../../format/flow-steps.ts";
import { ownCommits } from "./own-commits.ts";
import type { RecordedStep, Recording } from "./record.ts";

export interface ClientFlow {
  readonly setup: ClientSeatSetup;
  readonly steps: readonly ClientFlowStep[];
  readonly outputs: readonly ClientFlowOutput[];
}

/** undefined: the client has no such flow, because it founds a room, goes by a pseudonym, or hardly hears of anything. */
export function clientFlow(recording: Recording, client: string): ClientFlow | undefined {
  const recorded = recording.actors.get(client);
  if (recorded === undefined) throw new Error(`nobody is called ${client}`);
  const first = recorded.first as ClientState;
  const told = whileTold(recorded.steps);
  const own = ownMessages(told);
  const deliveries = told.filter(({ input }) => isDelivery(input) && !own.has(messageIn(input)));
  const commits = ownCommits(told);
  const outputs = deliveries.map(({ input, before, after }) => {
    const room = roomIn(input);
    return seenIn(after as ClientState, room, (before as ClientState).rooms[room]?.messages.length ?? 0);
  });
  const isMember = outputs.some(({ epoch }) => epoch !== null);
  if (!isMember || first.persona !== undefined) return undefined;
  const steps = deliveries.map(({ at, input }): ClientFlowStep => {
    const made = commits.get(messageIn(input));
    const step = { at, room: roomIn(input), message: hex(octetsIn(input)) };
    return made === undefined ? step : { ...step, made };
  });
  return whileAlike({ setup: setupOf(first, told), steps, outputs });
}

/**
 * As far as a seat comes that knows of its own commits only when the hub sends them back. In the run the hub's answer
 * may have come before: what is in between is then taken in another epoch.
 */
function whileAlike(flow: ClientFlow): ClientFlow | undefined {
  const { setup, steps, outputs } = flow;
  const seen = clientPlayer.outputsOf({ setup, steps } as unknown as JsonObject);
  const end = seen.findIndex((output, i) => JSON.stringify(output) !== JSON.stringify(outputs[i]));
  if (end === -1) return isLongEnough(flow) ? flow : undefined;
  const begun = steps.findIndex(({ made }) => made !== undefined);
  if (begun === -1 || end < begun) throw new Error(`${setup.client}: the seat differs in step ${end}`);
  const alike = { setup, steps: steps.slice(0, end), outputs: outputs.slice(0, end) };
  const isMember = alike.outputs.some(({ epoch }) => epoch !== null);
  return isMember && isLongEnough(alike) ? alike : undefined;
}

/** A Welcome alone is what many others have, too; what a client brings itself in by is its own. */
function isLongEnough({ steps }: ClientFlow): boolean {
  return steps.length > 1 || steps.some(({ made }) => made !== undefined);
}

/** Up to where the client founds a room, ends its group, or sends what it cannot read itself. */
function whileTold(steps: readonly RecordedStep[]): readonly RecordedStep[] {
  const end = steps.findIndex(({ outputs }) =>
    outputs.some((output) => {
      if (output.type !== "local") return false;
      const { message } = output;
      if (message.type === "createRoom") return true;
      return message.type === "ask" && message.operation === "update" && isUntold(message.body);
    }),
  );
  return end === -1 ? steps : steps.slice(0, end);
}

/** A handshake that is not public, or a ReInit: a closed group goes on in one that somebody founds. */
function isUntold(body: Uint8Array): boolean {
  const { proposalOrCommit } = UpdateRequest.decode(body).bundle;
  if (proposalOrCommit.wireFormat !== "mls_public_message") return true;
  const { content } = proposalOrCommit.publicMessage;
  return (
    content.contentType === "commit" &&
    content.commit.proposals.some(
      (each) => each.type === "proposal" && each.proposal.proposalType === "reinit",
    )
  );
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
