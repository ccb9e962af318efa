/** What can be wrong with what reaches a provider: one thing at a time, in a transcript that is right otherwise. */
import { directoryAt, endpointAt } from "../../../spec-model/endpoints/index.ts";
import { NotifyBody } from "../../../spec-model/fan-out/index.ts";
import { GroupInfoRequest } from "../../../spec-model/group-info/index.ts";
import { KeyMaterialRequest } from "../../../spec-model/key-material/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import { SubmitMessageRequest } from "../../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";
import type { Json, Level } from "../../format/case.ts";
import type { FlowChange, ProviderFlowStep } from "../../format/flow-steps.ts";
import { changed, type Damaged, flipped, forgedHandshakes, octetsIn } from "./damage.ts";
import type { ProviderFlow } from "./provider-flow.ts";

/** One fault of a transcript. */
export interface FlowFault {
  readonly slug: string;
  readonly flag: string;
  readonly path: string;
  readonly op: string;
  readonly change: FlowChange;
  /** A fault that must be refused: nothing is passed on because of it. Otherwise it is only no reason for anything new. */
  readonly isRefused: boolean;
  /** MUST where it is refused, unless it says otherwise here. */
  readonly level?: Level;
}

type Request = Extract<ProviderFlowStep, { kind: "request" }>;
type Change = Omit<Damaged<Request>, "value"> & {
  readonly value: Request;
  readonly level?: Level;
  readonly copies?: true;
};

/** Each kind of fault once for each endpoint that it can be made at. */
export function providerFaults({ setup, steps, outputs }: ProviderFlow): FlowFault[] {
  const found = new Map<string, FlowFault>();
  steps.forEach((step, at) => {
    if (step.kind !== "request" || outputs[at]?.length === 0) return;
    const endpoint = endpointName(setup.domain, step.path);
    if (endpoint === undefined || !wasTaken(outputs[at] ?? [])) return;
    const answersItself = outputs[at]?.every(({ kind }) => kind !== "request") === true;
    for (const { value, copies, ...fault } of faultsOf(endpoint, step)) {
      // Who passes a request on need not check its signature: whose users are asked for does.
      if (fault.flag === "Signature" && endpoint === "keyMaterial" && !answersItself) continue;
      // What has led to an answer only leads to the same one again, remembered or not.
      if (found.has(fault.slug) || (copies && isAnsweredOnly(outputs[at] ?? []))) continue;
      const change = copies
        ? { at: at + 1, remove: 0, insert: [value as unknown as Json] }
        : { at, remove: 1, insert: [value as unknown as Json] };
      found.set(fault.slug, { ...fault, change, isRefused: copies !== true });
    }
  });
  return [...found.values(), ...staleUpdate(steps, setup.domain)];
}

/** The name of the endpoint that a path of the provider's belongs to. */
export function endpointName(domain: string, path: string): string | undefined {
  const host = `mimi.${domain}`;
  return endpointAt(directoryAt(`https://${host}/v1`), `https://${host}${path}`)?.name;
}

function isAnsweredOnly(outputs: ProviderFlow["outputs"][number]): boolean {
  return outputs.every(({ kind }) => kind === "answer");
}

function wasTaken(outputs: ProviderFlow["outputs"][number]): boolean {
  return !outputs.some((output) => output.kind === "answer" && output.status >= 400);
}

function faultsOf(endpoint: string, step: Request): Change[] {
  return [
    ...headFaults(endpoint, step),
    ...(step.method === "POST" && step.body !== "" ? bodyFaults(endpoint, step) : []),
    ...(repeatable.has(endpoint) ? [again(endpoint, step)] : []),
    ...contentFaults(endpoint, step),
  ];
}

/** A repeated report has the same answer whether it is counted twice or not. */
const repeatable = new Set(["update", "submitMessage", "notify"]);

function headFaults(endpoint: string, step: Request): Change[] {
  const stranger = "stranger.example";
  return [
    {
      slug: `${endpoint}-from-another`,
      flag: "From",
      path: "From",
      op: "the From header names another provider than the one at the other end",
      value: { ...step, from: `mimi@${stranger}` },
    },
    {
      slug: `${endpoint}-for-another`,
      flag: "From",
      path: "Host",
      op: "the request is for another provider",
      value: { ...step, host: stranger },
    },
    {
      slug: `${endpoint}-elsewhere`,
      flag: "Path",
      path: "path",
      op: "there is no such endpoint",
      value: { ...step, path: step.path.replace("/v1/", "/v0/") },
    },
    ...(inRoom.has(endpoint) && !bringsIn(step)
      ? [
          {
            slug: `${endpoint}-unknown-room`,
            flag: "Path",
            path: "path",
            op: "there is no such room",
            value: { ...step, path: `${step.path}x` },
            // Whether a follower says that it knows of no such room, no draft says.
            ...(endpoint === "notify" ? { level: "SHOULD" as const } : {}),
          },
        ]
      : []),
    ...(endpoint === "notify"
      ? [
          {
            slug: "notify-not-by-hub",
            flag: "Hub",
            path: "notify",
            op: "a provider that is not the room's hub sends its events",
            value: { ...step, peer: stranger, from: `mimi@${stranger}` },
          },
        ]
      : []),
  ];
}

/** An own client's external commit: the model follows it into a room that it did not know before. */
function bringsIn({ body }: Request): boolean {
  const messages = attempt(() => NotifyBody.decode(octetsIn(body)));
  if (isRefused(messages)) return false;
  return messages.some(
    ({ message }) =>
      message.wireFormat === "mls_public_message" &&
      message.publicMessage.content.sender.senderType === "new_member_commit",
  );
}

const inRoom = new Set(["update", "submitMessage", "groupInfo", "notify", "reportAbuse"]);

function bodyFaults(endpoint: string, step: Request): Change[] {
  return [
    {
      slug: `${endpoint}-trailing-octet`,
      flag: "TrailingOctet",
      path: "body",
      op: "an octet follows the body",
      value: { ...step, body: `${step.body}00` },
    },
    {
      slug: `${endpoint}-truncated`,
      flag: "Truncated",
      path: "body",
      op: "the last octet of the body is missing",
      value: { ...step, body: step.body.slice(0, -2) },
    },
  ];
}

function again(endpoint: string, step: Request): Change {
  return {
    slug: `${endpoint}-again`,
    flag: "Repeated",
    path: "request",
    op: "the request comes a second time, because its answer was lost",
    value: { ...step, exchange: `${step.exchange} again` },
    copies: true,
  };
}

function contentFaults(endpoint: string, step: Request): Change[] {
  switch (endpoint) {
    case "update":
      return updateFaults(step);
    case "submitMessage":
      return submitFaults(step);
    case "groupInfo":
      return withBodies(step, [
        [
          "groupInfo-forged",
          "Signature",
          "GroupInfoRequest.signature",
          "the signature is another",
          changed(GroupInfoRequest, step.body, (r) => ({ ...r, signature: flipped(r.signature) })),
        ],
        [
          "groupInfo-other-code",
          "Signature",
          "GroupInfoRequest.joiningCode",
          "the code is not the one that was signed",
          changed(GroupInfoRequest, step.body, (r) => ({
            ...r,
            joiningCode: new Uint8Array([...r.joiningCode, 0x78]),
          })),
        ],
      ]);
    case "keyMaterial":
      return withBodies(step, [
        [
          "keyMaterial-forged",
          "Signature",
          "KeyMaterialRequest.key_material_request_signature",
          "the signature is another",
          changed(KeyMaterialRequest, step.body, (r) => ({
            ...r,
            keyMaterialRequestSignature: flipped(r.keyMaterialRequestSignature),
          })),
        ],
        [
          "keyMaterial-other-room",
          "Signature",
          "KeyMaterialRequest.roomId",
          "the room is not the one that was signed",
          changed(KeyMaterialRequest, step.body, (r) => ({ ...r, roomId: { uri: `${r.roomId.uri}x` } })),
        ],
      ]);
    default:
      return [];
  }
}

function updateFaults(step: Request): Change[] {
  const message = UpdateRequest.decode(octetsIn(step.body)).bundle.proposalOrCommit;
  return forgedHandshakes(message).map(({ value, slug, ...fault }) => {
    const body = changed(UpdateRequest, step.body, ({ bundle }) => ({
      bundle: { ...bundle, proposalOrCommit: value } as typeof bundle,
    }));
    return { ...fault, slug: `update-${slug}`, value: { ...step, body: body ?? "" } };
  });
}

function submitFaults(step: Request): Change[] {
  const inMessage = (
    change: (
      message: Extract<
        SubmitMessageRequest["appMessage"],
        { wireFormat: "mls_private_message" }
      >["privateMessage"],
    ) => object,
  ) =>
    changed(SubmitMessageRequest, step.body, (request) => {
      const { appMessage } = request;
      if (appMessage.wireFormat !== "mls_private_message") return undefined;
      const privateMessage = { ...appMessage.privateMessage, ...change(appMessage.privateMessage) };
      return { ...request, appMessage: { ...appMessage, privateMessage } };
    });
  return withBodies(step, [
    [
      "submitMessage-by-stranger",
      "Sender",
      "SubmitMessageRequest.sendingUri",
      "the sender is nobody in the room",
      changed(SubmitMessageRequest, step.body, (r) => ({
        ...r,
        sendingUri: { uri: `${r.sendingUri.uri}x` },
      })),
    ],
    [
      "submitMessage-too-early",
      "Epoch",
      "PrivateMessage.epoch",
      "the message is of an epoch that is still to come",
      inMessage(({ epoch }) => ({ epoch: epoch + 7n })),
    ],
    [
      "submitMessage-other-group",
      "Group",
      "PrivateMessage.group_id",
      "the message is of another group",
      inMessage(({ groupId }) => ({ groupId: flipped(groupId) })),
    ],
    [
      "submitMessage-handshake",
      "Type",
      "PrivateMessage.content_type",
      "a proposal comes where an application message belongs",
      inMessage(() => ({ contentType: "proposal" })),
    ],
  ]);
}

type Bodies = readonly (readonly [
  slug: string,
  flag: string,
  path: string,
  op: string,
  body: string | undefined,
])[];

function withBodies(step: Request, bodies: Bodies): Change[] {
  return bodies.flatMap(([slug, flag, path, op, body]) =>
    body === undefined ? [] : [{ slug, flag, path, op, value: { ...step, body } }],
  );
}

/** A commit that has been accepted comes again at the end, from another provider: it is too late. */
function staleUpdate(steps: readonly ProviderFlowStep[], domain: string): FlowFault[] {
  const first = steps.find(
    (step): step is Request => step.kind === "request" && endpointName(domain, step.path) === "update",
  );
  if (first === undefined) return [];
  const peer = "stranger.example";
  const { at } = steps.at(-1) ?? first;
  const late = { ...first, at, exchange: `${first.exchange} late`, peer, from: `mimi@${peer}` };
  return [
    {
      slug: "update-late",
      flag: "Stale",
      path: "UpdateRequest",
      op: "an update that was accepted long ago comes from another provider",
      change: { at: steps.length, remove: 0, insert: [late as unknown as Json] },
      isRefused: true,
    },
  ];
}
