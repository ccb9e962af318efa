/** What the network carries: the octets of a body apart from what is said about them, so that faults can touch them. */
import type { HttpRequest, HttpResponse, LocalMessage, Output } from "../../spec-model/actor.ts";
import { noBytes, textOf, utf8 } from "../../spec-model/bytes.ts";

/** Everything of a message but its body. */
export type About =
  | { readonly kind: "request"; readonly exchange: string; readonly head: Omit<HttpRequest, "body"> }
  | { readonly kind: "response"; readonly exchange: string; readonly head: Omit<HttpResponse, "body"> }
  | { readonly kind: "local"; readonly message: LocalMessage };

type Sent = Extract<Output, { type: "request" | "response" | "local" }>;

/** A message as the network carries it. */
export function letterOf(output: Sent): { readonly about: About; readonly bytes: Uint8Array } {
  if (output.type === "local")
    return { about: { kind: "local", message: output.message }, bytes: bodyOf(output.message) };
  if (output.type === "request") {
    const { body, ...head } = output.request;
    return { about: { kind: "request", exchange: output.id, head }, bytes: body };
  }
  const { body, ...head } = output.response;
  return { about: { kind: "response", exchange: output.id, head }, bytes: body };
}

/** A local message with the octets that arrived in the place of those that were sent. */
export function withBody(message: LocalMessage, bytes: Uint8Array): LocalMessage {
  switch (message.type) {
    case "ask":
    case "answer":
    case "askServer":
    case "consentNews":
    case "ohttp":
      return { ...message, body: bytes };
    case "fetchAsset":
      return { ...message, url: textOf(bytes) ?? "" };
    case "deliver":
      return { ...message, message: bytes };
    default:
      return message;
  }
}

function bodyOf(message: LocalMessage): Uint8Array {
  switch (message.type) {
    case "ask":
    case "answer":
    case "askServer":
    case "consentNews":
    case "ohttp":
      return message.body;
    case "fetchAsset":
      return utf8(message.url);
    case "deliver":
      return message.message;
    default:
      return noBytes;
  }
}
