/** Providers that do not see one thing of what reaches them: each step is played as they see it. */
import { hex } from "../../spec-model/bytes.ts";
import { directoryAt, endpointAt, endpoints } from "../../spec-model/endpoints/index.ts";
import { SubmitMessageRequest } from "../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../spec-model/update/index.ts";
import type { providerSeat } from "../adapters/typescript/flows/provider-seat.ts";
import { octetsOf } from "../adapters/typescript/input.ts";
import type { ProviderFlowStep } from "../format/flow-steps.ts";
import { altered, longer, type Mend, shorter, valueIn } from "./flow-readers.ts";

type Seat = ReturnType<typeof providerSeat>;
type Request = Extract<ProviderFlowStep, { kind: "request" }>;

/** The step as the seat sees it, by what it knows. undefined: nothing is hidden from it. */
type Seeing = (step: Request, seat: Seat) => Request | undefined;

/** A body that has ended too early, with what makes it one. */
export function filledUp(step: Request): Request | undefined {
  return reread(step, longer);
}

/** What a provider does not see, by what it does. */
export const blindProviders: Readonly<Record<string, Seeing>> = {
  "reads a body and does not look behind it": (step) => reread(step, shorter),
  "makes up what is missing where a body has ended": filledUp,
  "goes by the From header, and not by who is at the other end": ({ from, ...step }) => {
    const peer = from.slice(from.indexOf("@") + 1);
    return peer === step.peer ? undefined : { ...step, from, peer };
  },
  "does not compare the From header with who is at the other end": (step) => {
    const from = `mimi@${step.peer}`;
    return from === step.from ? undefined : { ...step, from };
  },
  "answers for every host": (step, { state }) =>
    step.host === state.domain ? undefined : { ...step, host: state.domain },
  "does not look at the version in a path": (step) => {
    const path = step.path.replace(/^\/v\d+\//, "/v1/");
    return path === step.path ? undefined : { ...step, path };
  },
  "knows a room by the beginning of its name": (step, seat) => {
    const [before, name] = splitPath(step);
    const known = roomsOf(seat).find((room) => name.startsWith(room) && name !== room);
    return known === undefined ? undefined : { ...step, path: before + encodeURIComponent(known) };
  },
  "takes an update for one of the room that it comes for, whatever group_id says": (step, seat) =>
    inUpdate(step, groupFor(step, seat)),
  "takes a message for one of the room that it comes for, whatever group_id says": (step, seat) =>
    inSubmission(step, { groupId: groupFor(step, seat) }),
  "takes every private message for one of a user": (step) =>
    inSubmission(step, { contentType: "application" }),
};

function reread(step: Request, mend: Mend): Request | undefined {
  const host = "https://mimi.example";
  const endpoint = endpointAt(directoryAt(`${host}/v1`), `${host}${step.path}`);
  const codec = endpoint && endpoints[endpoint.name].request;
  const body = codec && mend(octetsOf(step.body), (bytes) => valueIn(codec, bytes) !== undefined);
  return body && { ...step, body: hex(body) };
}

/** A path up to the name of what it is about, and that name. */
function splitPath({ path }: Request): readonly [before: string, name: string] {
  const at = path.lastIndexOf("/") + 1;
  try {
    return [path.slice(0, at), decodeURIComponent(path.slice(at))];
  } catch {
    return [path, ""];
  }
}

function roomsOf({ state }: Seat): readonly string[] {
  return [...Object.keys(state.hosted), ...Object.keys(state.followed)];
}

/** The ID of the group that the seat has for the room in the path. */
function groupFor(step: Request, { state }: Seat): Uint8Array | undefined {
  const [, room] = splitPath(step);
  return state.hosted[room]?.group.groupContext.groupId;
}

function inUpdate(step: Request, groupId: Uint8Array | undefined): Request | undefined {
  if (groupId === undefined) return undefined;
  const body = altered(UpdateRequest, octetsOf(step.body), ({ bundle }) => {
    const { proposalOrCommit: message } = bundle;
    if (message.wireFormat !== "mls_public_message") return undefined;
    const { publicMessage } = message;
    const content = { ...publicMessage.content, groupId } as typeof publicMessage.content;
    const proposalOrCommit = { ...message, publicMessage: { ...publicMessage, content } } as typeof message;
    return { bundle: { ...bundle, proposalOrCommit } as typeof bundle };
  });
  return body === undefined ? undefined : { ...step, body };
}

type PrivateMessage = Extract<
  SubmitMessageRequest["appMessage"],
  { wireFormat: "mls_private_message" }
>["privateMessage"];

function inSubmission(
  step: Request,
  seen: { readonly groupId?: Uint8Array | undefined; readonly contentType?: PrivateMessage["contentType"] },
): Request | undefined {
  const { groupId, contentType } = seen;
  const body = altered(SubmitMessageRequest, octetsOf(step.body), (request) => {
    const { appMessage } = request;
    if (appMessage.wireFormat !== "mls_private_message") return undefined;
    const { privateMessage } = appMessage;
    const asSeen = {
      ...privateMessage,
      groupId: groupId ?? privateMessage.groupId,
      contentType: contentType ?? privateMessage.contentType,
    };
    return { ...request, appMessage: { ...appMessage, privateMessage: asSeen } };
  });
  return body === undefined ? undefined : { ...step, body };
}
