/** What a client of a recorded run sends itself, and how a flow tells of it: when it is sent, or when it comes back. */
import type { Input } from "../../../spec-model/actor.ts";
import { hex } from "../../../spec-model/bytes.ts";
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { MLSMessage } from "../../../spec-model/mls/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import { SubmitMessageRequest } from "../../../spec-model/submit/index.ts";
import { contentTypeOf, UpdateRequest } from "../../../spec-model/update/index.ts";
import type {
  ClientFoundingStep,
  ClientSayingStep,
  ClientSendingStep,
  MadeCommit,
} from "../../format/flow-steps.ts";
import { drawnIn } from "./drawn.ts";
import type { RecordedStep } from "./record.ts";

type Sending = Omit<ClientFoundingStep, "at"> | Omit<ClientSendingStep, "at"> | Omit<ClientSayingStep, "at">;

export interface OwnMessages {
  /** What the client has drawn for the handshake that comes back; undefined for others' and for those told of before. */
  madeIn(message: string): MadeCommit | undefined;
  /** What is told of when it is sent, by the index of the recorded step. */
  readonly sentIn: ReadonlyMap<number, readonly Sending[]>;
  /** The names of the updates among these. */
  readonly told: ReadonlySet<string>;
}

/** A commit on its way. */
interface OwnCommit {
  readonly message: string;
  readonly room: string;
  readonly made: MadeCommit;
  /** The name that the client has for it. */
  readonly update: string;
  /** Indices of recorded steps. */
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly deliveredAt: number;
}

/** `tellsAll`: of every commit when it is sent. */
export function ownMessages(steps: readonly RecordedStep[], tellsAll: boolean): OwnMessages {
  const drawn = steps.map((step) => (makesSomething(step) ? drawnIn(step) : undefined));
  const commits = steps.flatMap((step, at): OwnCommit[] =>
    [...(drawn[at]?.commits ?? [])].flatMap(([message, made]) => {
      const { room, update } = updateOf(step, message) ?? {};
      if (room === undefined || update === undefined) return [];
      const answeredAt = steps.findIndex((each) => settles(each, update));
      const deliveredAt = steps.findIndex(({ input }) => deliveredIn(input)?.message === message);
      return [{ message, room, made, update, sentAt: at, answeredAt, deliveredAt }];
    }),
  );
  const told = commits.filter((each) => tellsAll || isTold(each, steps));
  const onReturn = new Map(
    commits.flatMap(({ message, made }, i): [string, MadeCommit][] =>
      told.some((each) => each === commits[i]) ? [] : [[message, made]],
    ),
  );
  const hidden = new Set(steps.flatMap(hiddenProposals));
  const sentIn = steps.map((step, at) => [
    ...foundingsIn(step, drawn[at]?.group),
    ...told
      .filter(({ sentAt }) => sentAt === at)
      .map(({ room, message, made }) => ({ room, sent: { message, ...made } })),
    ...sayingsIn(step),
  ]);
  return {
    madeIn: (message) => onReturn.get(message) ?? (hidden.has(message) ? {} : undefined),
    sentIn: new Map(sentIn.entries()),
    told: new Set(told.map(({ update }) => update)),
  };
}

/** The event in a delivery: its MLSMessage in hexadecimal, empty where there is none. */
export function deliveredIn(
  input: Input<unknown>,
): { readonly room: string; readonly octets: Uint8Array; readonly message: string } | undefined {
  if (input.type !== "local" || input.message.type !== "deliver") return undefined;
  const { room, message: octets } = input.message;
  const fanned = attempt(() => FanoutMessage.decode(octets));
  return { room, octets, message: isRefused(fanned) ? "" : hex(MLSMessage.encode(fanned.message)) };
}

/**
 * A commit that the hub does not take, and one whose answer comes so long before it comes back that the client has heard
 * of something else in between, or has said something: these are told of when they are sent.
 */
function isTold({ room, sentAt, answeredAt, deliveredAt, made }: OwnCommit, steps: readonly RecordedStep[]) {
  if (deliveredAt === -1) return true;
  const from = made.joining !== undefined ? sentAt : answeredAt;
  if (from === -1) return false;
  return (
    steps.slice(from + 1, deliveredAt).some((step) => hearsIn(step, room)) ||
    steps.slice(from, deliveredAt).some((step) => sayingsIn(step).some((said) => said.room === room))
  );
}

/** Whether something of the room reaches the client that a flow tells of: an event, or the answer to a message. */
function hearsIn({ input, before }: RecordedStep, room: string): boolean {
  if (input.type !== "local" || input.message.type !== "answer") return deliveredIn(input)?.room === room;
  const asked = (before as ClientState).asks[input.message.id];
  return asked?.kind === "submitMessage" && asked.room === room;
}

function makesSomething({ outputs }: RecordedStep): boolean {
  return outputs.some(
    (output) =>
      output.type === "local" &&
      (output.message.type === "createRoom" ||
        (output.message.type === "ask" && output.message.operation === "update")),
  );
}

function updateOf({ after, outputs }: RecordedStep, message: string) {
  const bodies = bodiesOf(outputs, "update");
  const sent = bodies.find(({ body }) => hex(MLSMessage.encode(handshakesIn(body)[0])) === message);
  const asked = sent && (after as ClientState).asks[sent.id];
  return asked?.kind === "update" ? { room: asked.room, update: asked.update } : undefined;
}

function settles({ input, before, after }: RecordedStep, update: string): boolean {
  if (input.type !== "local" || input.message.type !== "answer") return false;
  const { id } = input.message;
  const asked = (before as ClientState).asks[id];
  return asked?.kind === "update" && asked.update === update && (after as ClientState).asks[id] === undefined;
}

function foundingsIn(
  { outputs }: RecordedStep,
  group: ReturnType<typeof drawnIn>["group"],
): Omit<ClientFoundingStep, "at">[] {
  return outputs.flatMap((output) => {
    if (output.type !== "local" || output.message.type !== "createRoom" || group === undefined) return [];
    const { room, groupInfo, ratchetTree } = output.message;
    return [{ room, founding: { groupInfo: hex(groupInfo), ratchetTree: hex(ratchetTree), ...group } }];
  });
}

/** The first handshake of each update with proposals that followers cannot read: their sender cannot decrypt them either. */
function hiddenProposals({ outputs }: RecordedStep): string[] {
  return bodiesOf(outputs, "update").flatMap(({ body }) => {
    const [first, ...more] = handshakesIn(body);
    const isHidden = [first, ...more].some(({ wireFormat }) => wireFormat === "mls_semiprivate_message");
    return isHidden && contentTypeOf(first) === "proposal" ? [hex(MLSMessage.encode(first))] : [];
  });
}

/** Application messages, each when it is first sent: a client cannot decrypt its own when they come back. */
function sayingsIn({ before, after, outputs }: RecordedStep): Omit<ClientSayingStep, "at">[] {
  return bodiesOf(outputs, "submitMessage").flatMap(({ id, body }) => {
    const asked = (after as ClientState).asks[id];
    if (asked?.kind !== "submitMessage" || (before as ClientState).asks[id] !== undefined) return [];
    const message = hex(MLSMessage.encode(SubmitMessageRequest.decode(body).appMessage));
    return [{ room: asked.room, said: { message, content: hex(asked.said.encoded) } }];
  });
}

function handshakesIn(body: Uint8Array): readonly [MLSMessage, ...MLSMessage[]] {
  const { bundle } = UpdateRequest.decode(body);
  return [bundle.proposalOrCommit, ...("moreProposals" in bundle ? (bundle.moreProposals ?? []) : [])];
}

function bodiesOf(
  outputs: RecordedStep["outputs"],
  operation: "update" | "submitMessage",
): { readonly id: string; readonly body: Uint8Array }[] {
  return outputs.flatMap((output) =>
    output.type === "local" && output.message.type === "ask" && output.message.operation === operation
      ? [{ id: output.message.id, body: output.message.body }]
      : [],
  );
}
