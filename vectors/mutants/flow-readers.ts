/** Seats that do not see one thing of what reaches them: each step is played as they see it. */

import { hex } from "../../spec-model/bytes.ts";
import { directoryAt, endpointAt, endpoints } from "../../spec-model/endpoints/index.ts";
import { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import { FramedContent } from "../../spec-model/mls/index.ts";
import { SubmitMessageRequest } from "../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../spec-model/update/index.ts";
import { octetsOf } from "../adapters/typescript/input.ts";
import type { ClientFlowStep, ProviderFlowStep } from "../format/flow-steps.ts";

type Request = Extract<ProviderFlowStep, { kind: "request" }>;

/** The step as the seat sees it; `original` is the step in whose place it has come. undefined: nothing is hidden from it. */
type Seeing<Step> = (step: Step, original: Step) => Step | undefined;
type Blindnesses<Step> = Readonly<Record<string, Seeing<Step>>>;

/** What a provider does not see, by what it does. */
export const blindProviders: Blindnesses<Request> = {
  "reads a body and does not look behind it": (step) => reread(step, shorter),
  "reads zeros where a body has ended": (step) => reread(step, longer),
  "reads on behind the end of a body, where its buffer holds the rest": (step, { body }) =>
    endsEarly(step.body, body) ? { ...step, body } : undefined,
  "goes by the From header, and not by who is at the other end": ({ from, ...step }) => {
    const peer = from.slice(from.indexOf("@") + 1);
    return peer === step.peer ? undefined : { ...step, from, peer };
  },
  "does not compare the From header with who is at the other end": (step) => {
    const from = `mimi@${step.peer}`;
    return from === step.from ? undefined : { ...step, from };
  },
  "answers for every host": (step, { host }) => (host === step.host ? undefined : { ...step, host }),
  "does not look at the version in a path": (step) => {
    const path = step.path.replace(/^\/v\d+\//, "/v1/");
    return path === step.path ? undefined : { ...step, path };
  },
  "knows a room by the beginning of its name": (step, { path }) =>
    step.path !== path && step.path.startsWith(path) ? { ...step, path } : undefined,
  "takes an update for one of the room that it comes for, whatever group_id says": (step, original) =>
    inUpdate(step, original, ({ groupId }) => ({ groupId })),
  "knows a commit by its content, whatever its signature": (step, original) =>
    step.body !== original.body && unsigned(step) === unsigned(original)
      ? { ...step, body: original.body }
      : undefined,
  "takes a message for one of the room that it comes for, whatever group_id says": (step, original) =>
    inSubmission(step, original, ({ groupId }) => ({ groupId })),
  "takes every private message for one of a user": (step) =>
    inSubmission(step, step, () => ({ contentType: "application" })),
};

/** What a client does not see. */
export const blindClients: Blindnesses<ClientFlowStep> = {
  "reads a FanoutMessage and does not look behind it": (step) => refanned(step, shorter),
  "reads zeros where a FanoutMessage has ended": (step) => refanned(step, longer),
  "reads on behind the end of a FanoutMessage, where its buffer holds the rest": (step, { message }) =>
    endsEarly(step.message, message) ? { ...step, message } : undefined,
  "takes whatever commit comes for the one that it has sent": (step, { message }) =>
    step.made === undefined || step.message === message ? undefined : { ...step, message },
  "takes the room from the Welcome, whatever the event is of": (step, { room }) =>
    room === step.room ? undefined : { ...step, room },
  "takes a commit for one of the room, whatever group_id says": (step, original) =>
    inHandshake(step, original, ({ content }) => ({ groupId: content.groupId })),
  "takes a commit for one of its epoch, whatever it says": (step, original) =>
    inHandshake(step, original, ({ content }) => ({ epoch: content.epoch })),
  "decrypts by the room, whatever group_id says": (step, original) =>
    inPrivate(step, original, ({ groupId }) => ({ groupId })),
  "binds no authenticated data to what it decrypts": (step, original) =>
    inPrivate(step, original, ({ authenticatedData }) => ({ authenticatedData })),
  // The octet that is wrong belongs to the tag of the ciphertext: what is behind it is as it was sealed.
  "takes the GroupInfo out of a Welcome without authenticating it": (step, original) =>
    inFanned(step, original, ({ message }, right) => {
      if (message.wireFormat !== "mls_welcome" || right.message.wireFormat !== "mls_welcome")
        return undefined;
      const { encryptedGroupInfo } = right.message.welcome;
      return { message: { ...message, welcome: { ...message.welcome, encryptedGroupInfo } } };
    }),
  "verifies no signatures of handshakes": (step, original) => inAuth(step, original, "signature"),
  "compares no confirmation tags": (step, original) => inAuth(step, original, "confirmationTag"),
  "compares no membership tags": (step, original) =>
    inPublic(step, original, (_, right) =>
      "membershipTag" in right ? { membershipTag: right.membershipTag } : {},
    ),
  "shows the time that an event has, whatever has been franked": (step, original) =>
    inFanned(step, original, (_, { timestamp }) => ({ timestamp })),
  "does not verify the hub's signature on a frank": (step, original) =>
    inFrank(step, original, "frankingIntegritySignature"),
  "does not look at server_frank": (step, original) => inFrank(step, original, "serverFrank"),
  "shows messages without a frank": (step, original) =>
    inFanned(step, original, (given, right) =>
      "frank" in right && right.frank !== undefined && (!("frank" in given) || given.frank === undefined)
        ? { frank: right.frank }
        : undefined,
    ),
};

/** What a decoder that forgives takes for the octets: they are made so that a strict one reads the same. */
type Mend = (bytes: Uint8Array, reads: (bytes: Uint8Array) => boolean) => Uint8Array | undefined;

const few = [1, 2, 3, 4];

const shorter: Mend = (bytes, reads) =>
  reads(bytes) ? undefined : few.map((count) => bytes.subarray(0, -count)).find(reads);

const longer: Mend = (bytes, reads) =>
  reads(bytes)
    ? undefined
    : few.map((count) => Uint8Array.from([...bytes, ...Array(count).fill(0)])).find(reads);

function endsEarly(given: string, whole: string): boolean {
  return given.length < whole.length && whole.startsWith(given);
}

function reread(step: Request, mend: Mend): Request | undefined {
  const host = "https://mimi.example";
  const endpoint = endpointAt(directoryAt(`${host}/v1`), `${host}${step.path}`);
  const codec = endpoint && endpoints[endpoint.name].request;
  const body = codec && mend(octetsOf(step.body), (bytes) => valueIn(codec, bytes) !== undefined);
  return body && { ...step, body: hex(body) };
}

function refanned(step: ClientFlowStep, mend: Mend): ClientFlowStep | undefined {
  const message = mend(octetsOf(step.message), (bytes) => valueIn(FanoutMessage, bytes) !== undefined);
  return message && { ...step, message: hex(message) };
}

function inUpdate(
  step: Request,
  original: Request,
  take: (content: { readonly groupId: Uint8Array }) => { readonly groupId: Uint8Array },
): Request | undefined {
  const [given, right] = [step, original].map(({ body }) => valueIn(UpdateRequest, octetsOf(body)));
  const [message, intended] = [given?.bundle.proposalOrCommit, right?.bundle.proposalOrCommit];
  if (given === undefined || message?.wireFormat !== "mls_public_message") return undefined;
  if (intended?.wireFormat !== "mls_public_message") return undefined;
  const { publicMessage } = message;
  const content = { ...publicMessage.content, ...take(intended.publicMessage.content) };
  const proposalOrCommit = { ...message, publicMessage: { ...publicMessage, content } } as typeof message;
  const bundle = { ...given.bundle, proposalOrCommit } as typeof given.bundle;
  return unlessSame(step, { ...step, body: hex(UpdateRequest.encode({ bundle })) });
}

/** An update but for the signature of its handshake, to be compared. */
function unsigned({ body }: Request): string {
  const message = valueIn(UpdateRequest, octetsOf(body))?.bundle.proposalOrCommit;
  return message?.wireFormat === "mls_public_message"
    ? hex(FramedContent.encode(message.publicMessage.content))
    : body;
}

type PrivateMessage = Extract<
  SubmitMessageRequest["appMessage"],
  { wireFormat: "mls_private_message" }
>["privateMessage"];

function inSubmission(
  step: Request,
  original: Request,
  take: (message: PrivateMessage) => Partial<PrivateMessage>,
): Request | undefined {
  const [given, right] = [step, original].map(({ body }) => valueIn(SubmitMessageRequest, octetsOf(body)));
  const [message, intended] = [given?.appMessage, right?.appMessage];
  if (given === undefined || message?.wireFormat !== "mls_private_message") return undefined;
  if (intended?.wireFormat !== "mls_private_message") return undefined;
  const privateMessage = { ...message.privateMessage, ...take(intended.privateMessage) };
  const body = SubmitMessageRequest.encode({ ...given, appMessage: { ...message, privateMessage } });
  return unlessSame(step, { ...step, body: hex(body) });
}

function inFanned(
  step: ClientFlowStep,
  original: ClientFlowStep,
  take: (given: FanoutMessage, right: FanoutMessage) => object | undefined,
): ClientFlowStep | undefined {
  const [given, right] = [step, original].map(({ message }) => valueIn(FanoutMessage, octetsOf(message)));
  const taken = given && right && take(given, right);
  if (taken === undefined) return undefined;
  const message = hex(FanoutMessage.encode({ ...given, ...taken } as FanoutMessage));
  return unlessSame(step, { ...step, message });
}

type PublicMessage = Extract<FanoutMessage["message"], { wireFormat: "mls_public_message" }>["publicMessage"];

function inPublic(
  step: ClientFlowStep,
  original: ClientFlowStep,
  take: (given: PublicMessage, right: PublicMessage) => object,
): ClientFlowStep | undefined {
  return inFanned(step, original, ({ message }, right) => {
    if (message.wireFormat !== "mls_public_message") return undefined;
    if (right.message.wireFormat !== "mls_public_message") return undefined;
    const taken = take(message.publicMessage, right.message.publicMessage);
    return { message: { ...message, publicMessage: { ...message.publicMessage, ...taken } } };
  });
}

function inPrivate(
  step: ClientFlowStep,
  original: ClientFlowStep,
  take: (right: PrivateMessage) => Partial<PrivateMessage>,
): ClientFlowStep | undefined {
  return inFanned(step, original, ({ message }, right) => {
    if (message.wireFormat !== "mls_private_message") return undefined;
    if (right.message.wireFormat !== "mls_private_message") return undefined;
    const taken = take(right.message.privateMessage);
    return { message: { ...message, privateMessage: { ...message.privateMessage, ...taken } } };
  });
}

function inHandshake(
  step: ClientFlowStep,
  original: ClientFlowStep,
  take: (right: PublicMessage) => object,
): ClientFlowStep | undefined {
  return inPublic(step, original, ({ content }, right) => ({ content: { ...content, ...take(right) } }));
}

function inAuth(
  step: ClientFlowStep,
  original: ClientFlowStep,
  member: "signature" | "confirmationTag",
): ClientFlowStep | undefined {
  return inPublic(step, original, ({ auth }, right) => ({
    auth: { ...auth, ...(member in right.auth && { [member]: right.auth[member as "signature"] }) },
  }));
}

function inFrank(
  step: ClientFlowStep,
  original: ClientFlowStep,
  member: "serverFrank" | "frankingIntegritySignature",
): ClientFlowStep | undefined {
  return inFanned(step, original, (given, right) => {
    if (!("frank" in given) || !("frank" in right)) return undefined;
    if (given.frank === undefined || right.frank === undefined) return undefined;
    return { frank: { ...given.frank, [member]: right.frank[member] } };
  });
}

function unlessSame<Step>(before: Step, after: Step): Step | undefined {
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : after;
}

function valueIn<T>(codec: { decode(bytes: Uint8Array): T }, bytes: Uint8Array): T | undefined {
  try {
    return codec.decode(bytes);
  } catch {
    return undefined;
  }
}
