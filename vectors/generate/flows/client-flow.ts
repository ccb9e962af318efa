/** A client's seat in a recorded run as a flow: how it comes into rooms, what it makes itself, and what follows. */
import { hex } from "../../../spec-model/bytes.ts";
import { KeyPackage } from "../../../spec-model/mls/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import { seenIn } from "../../adapters/typescript/flows/client-seat.ts";
import { clientPlayer } from "../../adapters/typescript/flows/play.ts";
import type { JsonObject } from "../../format/case.ts";
import {
  type ClientFlowOutput,
  type ClientSeatSetup,
  type ClientStep,
  isDelivery,
} from "../../format/flow-steps.ts";
import { deliveredIn, type OwnMessages, ownMessages } from "./own-messages.ts";
import type { RecordedStep, Recording } from "./record.ts";

export interface ClientFlow {
  readonly setup: ClientSeatSetup;
  readonly steps: readonly ClientStep[];
  readonly outputs: readonly ClientFlowOutput[];
}

/**
 * undefined: the client has no such flow, because it hardly hears of anything. `hasBadLinks`: of a founder's commits it is
 * told when they are sent, as answers may be lost.
 */
export function clientFlow(
  recording: Recording,
  client: string,
  hasBadLinks: boolean,
): ClientFlow | undefined {
  const recorded = recording.actors.get(client);
  if (recorded === undefined) throw new Error(`nobody is called ${client}`);
  const first = recorded.first as ClientState;

  const own = ownMessages(recorded.steps, hasBadLinks && recorded.steps.some(founds));
  const happened = recorded.steps.flatMap((each, at) =>
    stepsOf(each, at, own).map((step) => ({ step, output: outputOf(each, step.room) })),
  );
  const steps = happened.map(({ step }) => step);
  const flow = {
    setup: setupOf(first, recorded.steps),
    steps,
    outputs: happened.map(({ output }) => output),
  };
  return isWorthTelling(flow) ? asPlayed(flow) : undefined;
}

/** What reaches the client in a recorded step, and what it gives to its provider then. */
function stepsOf(recorded: RecordedStep, index: number, own: OwnMessages): ClientStep[] {
  const { at, input } = recorded;
  const delivered = deliveredIn(input);
  const made = own.madeIn(delivered?.message ?? "");
  const delivery: ClientStep[] =
    delivered === undefined
      ? []
      : [{ at, room: delivered.room, message: hex(delivered.octets), ...(made && { made }) }];
  const answer = answerIn(recorded, own);
  const sent = (own.sentIn.get(index) ?? []).map((each) => ({ at, ...each }));
  return [...delivery, ...(answer === undefined ? [] : [answer]), ...sent];
}

/** The last word on a group that the client has created, on a commit whose sending is told, or on a message. */
function answerIn({ at, input, before, after }: RecordedStep, own: OwnMessages): ClientStep | undefined {
  if (input.type !== "local" || input.message.type !== "answer") return undefined;
  const { id, status, body } = input.message;
  const asked = (before as ClientState).asks[id];
  if (asked === undefined || (after as ClientState).asks[id] !== undefined) return undefined;
  const answer = { status, body: hex(body) };
  if (asked.kind === "submitMessage") return { at, room: asked.room, to: asked.said.messageId, ...answer };
  const isTold = asked.kind === "createRoom" || (asked.kind === "update" && own.told.has(asked.update));
  return isTold ? { at, room: asked.room, ...answer } : undefined;
}

function founds({ outputs }: RecordedStep): boolean {
  return outputs.some((output) => output.type === "local" && output.message.type === "createRoom");
}

function outputOf({ before, after }: RecordedStep, room: string): ClientFlowOutput {
  return seenIn(after as ClientState, room, (before as ClientState).rooms[room]?.messages.length ?? 0);
}

/** A Welcome alone is what many others have, too, and a room of one's own in which nothing happens. */
function isWorthTelling({ steps, outputs }: ClientFlow): boolean {
  const deliveries = steps.filter(isDelivery);
  const hasOwn = steps.some((step) => "sent" in step || (isDelivery(step) && step.made !== undefined));
  const isRefused = steps.some((step) => "status" in step && step.status !== 200);
  const founds = steps.some((step) => "founding" in step);
  const isMember = outputs.some(({ epoch }) => epoch !== null);
  return isMember && (hasOwn || isRefused || deliveries.length > (founds ? 0 : 1));
}

/** Throws where a seat that is given the flow is not where the client of the run was. */
function asPlayed(flow: ClientFlow): ClientFlow {
  const { setup, steps, outputs } = flow;
  const seen = clientPlayer.outputsOf({ setup, steps } as unknown as JsonObject);
  const end = seen.findIndex((output, i) => JSON.stringify(output) !== JSON.stringify(outputs[i]));
  if (end !== -1) throw new Error(`${setup.client}: the seat differs in step ${end}`);
  return flow;
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
