/** What a prober can do from its own provider, and what it sees of the target's. Property I43 */
import type { HttpRequest, Output } from "../../spec-model/actor.ts";
import { hex } from "../../spec-model/bytes.ts";
import { type EndpointName, endpointUrl } from "../../spec-model/endpoints/index.ts";
import { type ProviderState, stepProvider } from "../../spec-model/provider/index.ts";
import { askedByProber, consentRequest, moment, query, room, target } from "./worlds.ts";

export interface Probe {
  readonly name: string;
  readonly endpoint: EndpointName;
  readonly subject: string;
  readonly body: Uint8Array;
}

const claim = askedByProber({ type: "fetchKeyMaterial", room, user: target });
const consent = (name: string, operation: "request" | "cancel", where?: string): Probe => ({
  name,
  endpoint: "requestConsent",
  subject: "b.example",
  body: consentRequest(operation, where),
});
const search = (name: string, body: Uint8Array): Probe => ({
  name,
  endpoint: "identifierQuery",
  subject: "b.example",
  body,
});

export const probes: readonly Probe[] = [
  { name: "claim key material", endpoint: "keyMaterial", subject: target, body: claim },
  {
    name: "claim with a damaged signature",
    endpoint: "keyMaterial",
    subject: target,
    body: claim.map((octet, i) => (i === claim.length - 1 ? octet ^ 1 : octet)),
  },
  consent("request consent", "request"),
  consent("request consent for the room", "request", room),
  consent("cancel the request", "cancel"),
  search("search by handle", query("handle", "im:bob@b.example")),
  search("search by telephone number", query("phone", "+12125551212")),
  search("search in profiles", query("wholeProfile", "bob")),
];

const peer = { from: "a.example", certificate: ["a.example"] };

/** Everything the prober's provider is sent: answers with status and octets, and requests of the target's provider. */
export function proberView(
  world: ProviderState,
  sequence: readonly Probe[],
  stepAs: typeof stepProvider = stepProvider,
): string[] {
  let state = world;
  return sequence.flatMap((probe, i) => {
    const id = `probe ${i}`;
    const request = requestFor(state, probe);
    const step = stepAs(state, { type: "request", id, ...peer, request }, moment);
    state = step.state;
    return step.outputs.flatMap(seen);
  });
}

function requestFor(state: ProviderState, { endpoint, subject, body }: Probe): HttpRequest {
  const url = endpointUrl(state.directory, endpoint, subject);
  if (!url.ok) throw url.error;
  return { method: "POST", path: url.value.path, host: "b.example", from: "mimi@a.example", body };
}

/** What leaves the target's provider towards the prober's. What it tells its own users is not seen. */
function seen(output: Output): string[] {
  if (output.type === "response") {
    const { status, body, retryAfter } = output.response;
    return [`answer ${status} ${retryAfter ?? ""} ${hex(body)}`];
  }
  if (output.type !== "request" || output.to !== "a.example") return [];
  return [`request ${output.request.path} ${hex(output.request.body)}`];
}
