/** The endpoints, with the structures that their requests and answers hold. protocol-06 §5.2 to §5.10 */
import { AbuseReport } from "../abuse/index.ts";
import { ConsentEntry } from "../consent/index.ts";
import { IdentifierRequest, IdentifierResponse } from "../discovery/index.ts";
import { NotifyBody } from "../fan-out/index.ts";
import { GroupInfoRequest, GroupInfoResponse } from "../group-info/index.ts";
import { KeyMaterialRequest, KeyMaterialResponse } from "../key-material/index.ts";
import { SubmitMessageRequest, SubmitMessageResponse } from "../submit/index.ts";
import { UpdateRequest, UpdateRoomResponse } from "../update/index.ts";
import type { Codec } from "../wire/index.ts";
import { type Endpoint, type EndpointName, statusCodes } from "./endpoint.ts";

export const endpoints: Readonly<Record<EndpointName, Endpoint>> = {
  keyMaterial: {
    name: "keyMaterial",
    ...post("user", ["targetUser"]),
    ...answered(KeyMaterialRequest, KeyMaterialResponse),
    draft: "protocol-06 §5.2",
  },
  update: {
    name: "update",
    ...post("room", ["roomId"]),
    ...answered(UpdateRequest, UpdateRoomResponse),
    draft: "protocol-06 §5.3",
  },
  notify: {
    name: "notify",
    ...post("room", ["roomId"]),
    ...acknowledged(NotifyBody),
    draft: "protocol-06 §5.5",
  },
  submitMessage: {
    name: "submitMessage",
    ...post("room", ["roomId"]),
    ...answered(SubmitMessageRequest, SubmitMessageResponse),
    draft: "protocol-06 §5.4",
  },
  groupInfo: {
    name: "groupInfo",
    ...post("room", ["roomId"]),
    ...answered(GroupInfoRequest, GroupInfoResponse),
    draft: "protocol-06 §5.6",
  },
  requestConsent: {
    name: "requestConsent",
    ...post("domain", ["targetDomain", "targetUser"]),
    ...acknowledged(ConsentEntry),
    draft: "protocol-06 §5.7",
  },
  updateConsent: {
    name: "updateConsent",
    ...post("domain", ["requesterDomain", "requesterUser"]),
    ...acknowledged(ConsentEntry),
    draft: "protocol-06 §5.7",
  },
  identifierQuery: {
    name: "identifierQuery",
    ...post("domain", ["domain"]),
    ...answered(IdentifierRequest, IdentifierResponse),
    draft: "protocol-06 §5.8",
  },
  reportAbuse: {
    name: "reportAbuse",
    ...post("room", ["roomId"]),
    ...acknowledged(AbuseReport),
    draft: "protocol-06 §5.9",
  },
  proxyDownload: {
    name: "proxyDownload",
    method: "GET",
    subject: "url",
    variables: ["downloadUrl"],
    request: undefined,
    response: undefined,
    done: statusCodes.ok,
    draft: "protocol-06 §5.10.2",
  },
};

function post<S extends Endpoint["subject"]>(subject: S, variables: [string, ...string[]]) {
  return { method: "POST" as const, subject, variables };
}

/** The answer has a body, which says how the request went. */
function answered<Q, A>(request: Codec<Q>, response: Codec<A>) {
  return { request: request as Codec<unknown>, response: response as Codec<unknown>, done: statusCodes.ok };
}

/** The status is all of the answer. */
function acknowledged<Q>(request: Codec<Q>) {
  return { request: request as Codec<unknown>, response: undefined, done: statusCodes.accepted };
}
