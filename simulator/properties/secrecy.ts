/** What is not to be read by those in between: contents, the hub's secret, who sends, downloads and looks up. */
import type { Output } from "../../spec-model/actor.ts";
import { concat, noBytes, textOf, utf8 } from "../../spec-model/bytes.ts";
import type { NestedPart } from "../../spec-model/content/index.ts";
import { Sealed } from "../../spec-model/discovery/mappings/index.ts";
import { FanoutMessage, NotifyBody } from "../../spec-model/fan-out/index.ts";
import type { MLSMessage } from "../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { SubmitMessageRequest } from "../../spec-model/submit/index.ts";
import { eachStep, type Found, type Property, sentences, together } from "./definition.ts";

/** Shorter texts turn up in any octets. */
const leastLength = 5;

const contentHidden = eachStep(
  {
    id: "I55",
    says: "what a client says is in nothing of what it submits that is not encrypted",
    draft: "protocol-06 §5.4.1 and §9",
    assumes: ["client"],
  },
  () =>
    ({ actor, outputs, rooms }): Found => {
      const submitted = outputs.flatMap(submissionIn);
      if (submitted.length === 0) return undefined;
      const said = rooms.flatMap(({ after }) =>
        Object.values(after.sent).flatMap(({ content }) => textsIn(content.nestedPart)),
      );
      const clear = said.filter((text) => submitted.some((body) => holds(body, text)));
      return clear.map((text) => `${actor} submits "${text}" in clear`);
    },
);

const hubSecret = eachStep(
  {
    id: "I56",
    says: "the key of a hub's franks is in nothing that the hub sends or gives out",
    draft: "protocol-06 §5.4.1.2",
    assumes: ["hub"],
  },
  () =>
    ({ actor, provider, outputs }): Found => {
      if (provider === undefined) return undefined;
      const bodies = outputs.flatMap(bodyOf);
      if (bodies.length === 0) return undefined;
      const key = latin1(provider.after.keys.hubKey);
      return sentences(bodies.some((body) => holds(body, key)) && `${actor} gives its hub_key away`);
    },
);

const senderHidden = eachStep(
  {
    id: "I57",
    says: "a hub does not tell followers the URI of a message's sender",
    draft: "protocol-06 §5.4.1.2",
    assumes: ["hub"],
  },
  () =>
    ({ actor, provider, input, outputs }): Found => {
      const sender = provider === undefined ? undefined : submittedBy(input);
      if (sender === undefined) return undefined;
      return together(
        outputs.map((output): Found => {
          if (output.type !== "request" || output.operation !== "notify") return undefined;
          const { path, from, body } = output.request;
          const tells = [decodeURIComponent(path), from, latin1(unencryptedNotify(body))].some((text) =>
            text.includes(sender),
          );
          return sentences(tells && `${actor} tells ${output.to} that ${sender} has sent a message`);
        }),
      );
    },
);

const relayed = new Set(["proxyDownload", "ohttp", "lookup", "tokens"]);

const askerHidden = eachStep(
  {
    id: "I58",
    says: "what a provider passes on of downloads and lookups names neither the user nor the room",
    draft: "protocol-06 §5.10.2 and §5.10.3, user-discovery R6",
    assumes: ["follower"],
  },
  () =>
    ({ actor, provider, outputs }): Found => {
      if (provider === undefined) return undefined;
      return together(
        outputs.map((output): Found => {
          if (output.type !== "request" || !relayed.has(output.operation)) return undefined;
          const { path, body } = output.request;
          const named = /mimi:\/\/[^/]*\/[udpr]\//.exec(`${decodeURIComponent(path)} ${latin1(body)}`);
          return sentences(named !== null && `${actor} tells ${output.to} of a user or room: ${named}`);
        }),
      );
    },
);

const lookupHidden = eachStep(
  {
    id: "I61",
    says: "what a client looks up at a discovery provider is in nothing that it hands to its own provider for that",
    draft: "user-discovery R6, R7",
    assumes: ["client"],
  },
  () =>
    ({ actor, client, outputs }): Found => {
      if (client === undefined) return undefined;
      const asked = outputs.flatMap((output) =>
        output.type === "local" &&
        output.message.type === "askServer" &&
        forDiscovery.has(output.message.operation)
          ? [unsealed(output.message.body)]
          : [],
      );
      if (asked.length === 0) return undefined;
      const wanted = Object.values(client.after.asks).flatMap((ask) =>
        ask.kind === "lookup" || ask.kind === "tokens" ? [ask.identifier] : [],
      );
      return wanted
        .filter((identifier) => asked.some((body) => holds(body, latin1(utf8(identifier)))))
        .map((identifier) => `${actor} tells its provider that it looks up ${identifier}`);
    },
);

const forDiscovery: ReadonlySet<string> = new Set(["discoveryLookup", "discoveryTokens"]);

export const secrecy: readonly Property[] = [
  contentHidden,
  hubSecret,
  senderHidden,
  askerHidden,
  lookupHidden,
];

/** What of a submission is not encrypted. */
function submissionIn(output: Output): Uint8Array[] {
  if (output.type !== "local" || output.message.type !== "ask") return [];
  const { operation, body } = output.message;
  if (operation !== "submitMessage") return [];
  const request = attempt(() => SubmitMessageRequest.decode(body));
  if (isRefused(request)) return [body];
  return [SubmitMessageRequest.encode({ ...request, appMessage: unencrypted(request.appMessage) })];
}

/** Without its ciphertexts, which a symbolic layer does not have as such. */
function unencrypted(message: MLSMessage): MLSMessage {
  if (message.wireFormat !== "mls_private_message") return message;
  const { privateMessage } = message;
  const hidden = { encryptedSenderData: noBytes, ciphertext: noBytes };
  return { ...message, privateMessage: { ...privateMessage, ...hidden } };
}

/**
 * What goes to a follower with messages, and is not encrypted. Handshakes may be in the same batch, which name whom they
 * are about, and the tree beside a Welcome names everybody.
 */
function unencryptedNotify(body: Uint8Array): Uint8Array {
  const fanned = attempt(() => NotifyBody.decode(body));
  if (isRefused(fanned)) return body;
  const messages = fanned.filter(({ message }) => message.wireFormat === "mls_private_message");
  const parts = messages.map((each) => ({ ...each, message: unencrypted(each.message) }));
  return concat(...parts.map((each) => FanoutMessage.encode(each)));
}

/** A lookup without what is encrypted to the discovery provider. */
function unsealed(body: Uint8Array): Uint8Array {
  const sealed = attempt(() => Sealed.decode(body));
  return isRefused(sealed) ? body : sealed.kemOutput;
}

function submittedBy(input: Parameters<typeof inputBody>[0]): string | undefined {
  const body = inputBody(input);
  if (body.length === 0) return undefined;
  const request = attempt(() => SubmitMessageRequest.decode(body));
  return isRefused(request) ? undefined : request.sendingUri.uri;
}

function inputBody(input: {
  readonly type: string;
  readonly request?: { readonly path: string; readonly body: Uint8Array };
}): Uint8Array {
  return input.type === "request" && input.request?.path.includes("submit") === true
    ? input.request.body
    : noBytes;
}

function bodyOf(output: Output): Uint8Array[] {
  if (output.type === "request") return [output.request.body];
  if (output.type === "response") return [output.response.body];
  if (output.type !== "local") return [];
  const { message } = output;
  if (message.type === "deliver") return [message.message];
  return "body" in message ? [message.body] : [];
}

function textsIn(part: NestedPart): string[] {
  if (part.cardinality !== "single") return [];
  const text = textOf(part.content) ?? "";
  return text.length < leastLength ? [] : [latin1(part.content)];
}

/** Octets as characters, one each: to look for some octets in others. */
function latin1(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString("latin1");
}

function holds(body: Uint8Array, text: string): boolean {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).includes(text, 0, "latin1");
}
