/** Worlds that differ in one secret of a user: for each, the target's provider in either. Property I43 */
import type { LocalMessage } from "../../spec-model/actor.ts";
import { noBytes, utf8 } from "../../spec-model/bytes.ts";
import { ConsentEntry, entryFor, type Scope } from "../../spec-model/consent/index.ts";
import { IdentifierRequest, type ProfileEntry } from "../../spec-model/discovery/index.ts";
import type { IntroductionPolicy } from "../../spec-model/introduction/index.ts";
import { cipherSuite } from "../../spec-model/mls/index.ts";
import {
  type ClientIntention,
  type ClientState,
  newClient,
  type ProviderIntention,
  stepClient,
} from "../../spec-model/participant/index.ts";
import { newProvider, type ProviderState, stepProvider } from "../../spec-model/provider/index.ts";
import { expandEntropy } from "../../spec-model/random.ts";

export const target = "mimi://b.example/u/bob";
export const prober = "mimi://a.example/u/mallory";
export const room = "mimi://a.example/r/club";
const otherRoom = "mimi://a.example/r/other";
const devices = ["mimi://b.example/d/bob/ClientB1", "mimi://b.example/d/bob/ClientB2"] as const;
const proberDevice = "mimi://a.example/d/mallory/ClientA1";

/** What has happened to the target's provider before the prober comes; one after the other. */
type History = readonly Happening[];
type Happening =
  | { readonly kind: "account"; readonly searchable: ProfileEntry["searchable"] }
  | { readonly kind: "keyMaterial"; readonly device: 0 | 1 }
  | { readonly kind: "consent"; readonly operation: "grant" | "revoke"; readonly room: string | undefined }
  | { readonly kind: "request"; readonly room: string | undefined }
  | { readonly kind: "delete" };

/** A secret: what differs between two worlds, in none of which the prober has consent for the room. */
export interface Secret {
  readonly says: string;
  readonly worlds: readonly [History, History];
}

const account: Happening = { kind: "account", searchable: "never" };
const keyMaterial: Happening = { kind: "keyMaterial", device: 0 };
const user: History = [account, keyMaterial];
const decided = (operation: "grant" | "revoke", where?: string): Happening => ({
  kind: "consent",
  operation,
  room: where,
});

export const secrets: readonly Secret[] = [
  { says: "whether the user exists", worlds: [[], user] },
  { says: "whether the user was deleted", worlds: [user, [...user, { kind: "delete" }]] },
  { says: "whether there has been such a user", worlds: [[], [...user, { kind: "delete" }]] },
  { says: "whether the user has key material", worlds: [[account], user] },
  { says: "how many devices the user has", worlds: [user, [...user, { kind: "keyMaterial", device: 1 }]] },
  { says: "whether the user has denied the prober", worlds: [user, [...user, decided("revoke")]] },
  {
    says: "whether consent was revoked or never given",
    worlds: [user, [...user, decided("grant"), decided("revoke")]],
  },
  {
    says: "whether the user has let the prober into another room",
    worlds: [user, [...user, decided("grant", otherRoom)]],
  },
  {
    says: "whether the user was asked before",
    worlds: [user, [...user, { kind: "request", room: undefined }]],
  },
  {
    says: "whether the user is there, among those who can be searched",
    worlds: [[], [{ kind: "account", searchable: "exact" }]],
  },
];

/** The target's provider in a world. Both worlds of a pair draw the same randomness. */
export function worldOf(history: History, policy: Partial<IntroductionPolicy>): ProviderState {
  const random = expandEntropy(utf8("twins"), "provider");
  let state = newProvider("b.example", cipherSuite(1), random, { policy });
  for (const happening of history) state = after(state, happening);
  return state;
}

/** When everything in these worlds happens. */
export const now = 1_767_225_600_000;
export const moment = { now, entropy: new Uint8Array(32) };

/** What a client of the prober's sends to its provider, for the octets in it. */
export function askedByProber(intention: ClientIntention): Uint8Array {
  return askOf(stepClient(clientOf(proberDevice), { type: "intention", intention }, moment).outputs);
}

export function consentRequest(operation: "request" | "cancel", where: string | undefined): Uint8Array {
  return ConsentEntry.encode(entryFor(scopeFor(where), operation));
}

export function query(searchType: "handle" | "phone" | "wholeProfile", searchValue: string): Uint8Array {
  const queryElements = [{ searchType, searchValue }];
  return IdentifierRequest.encode({ queryElements, idRequestExtensions: { componentData: [] } });
}

function after(state: ProviderState, happening: Happening): ProviderState {
  switch (happening.kind) {
    case "account":
      return withAccount(state, happening.searchable);
    case "keyMaterial":
      return fromClient(state, devices[happening.device], storedBy(devices[happening.device]));
    case "consent": {
      const body = ConsentEntry.encode(entryFor(scopeFor(happening.room), happening.operation));
      const ask = { id: "1", operation: "updateConsent", domain: "a.example", body } as const;
      return fromClient(state, devices[0], { type: "askServer", ...ask });
    }
    case "request":
      return fromPeer(state, consentRequest("request", happening.room));
    case "delete": {
      const intention: ProviderIntention = { type: "deleteAccount", user: target };
      return stepProvider(state, { type: "intention", intention }, moment).state;
    }
  }
}

function withAccount(state: ProviderState, searchable: ProfileEntry["searchable"]): ProviderState {
  const entry = (name: string, value: string): ProfileEntry => {
    return { source: "account", name, value, searchable, isShown: false };
  };
  const profile = [entry("handle", "im:bob@b.example"), entry("phone", "+12125551212")];
  return { ...state, accounts: { [target]: { user: target, clients: [...devices], profile } } };
}

function fromClient(state: ProviderState, client: string, message: LocalMessage): ProviderState {
  return stepProvider(state, { type: "local", from: client, message }, moment).state;
}

function fromPeer(state: ProviderState, body: Uint8Array): ProviderState {
  const path = `/v1/requestConsent/b.example`;
  const request = { method: "POST", path, host: "b.example", from: "mimi@a.example", body } as const;
  const from = "a.example";
  const input = { type: "request", id: "before", from, certificate: [from], request } as const;
  return stepProvider(state, input, moment).state;
}

/** What a device uploads: as many KeyPackages as will not run out. */
function storedBy(device: string): LocalMessage {
  const intention = { type: "publishKeyPackages", count: 4 } as const;
  const { outputs } = stepClient(clientOf(device), { type: "intention", intention }, moment);
  for (const output of outputs) if (output.type === "local") return output.message;
  throw new Error("the client stores nothing");
}

function clientOf(client: string): ClientState {
  const random = expandEntropy(utf8(client), "client");
  const domain = client.includes("a.example") ? "a.example" : "b.example";
  const provider = { domain, signatureKey: noBytes, frankingKey: noBytes };
  const owner = client.startsWith(proberDevice) ? prober : target;
  return newClient({ client, user: owner }, provider, cipherSuite(1), random);
}

function askOf(outputs: ReturnType<typeof stepClient>["outputs"]): Uint8Array {
  for (const output of outputs) {
    if (output.type === "local" && output.message.type === "ask") return output.message.body;
  }
  throw new Error("the client asks nothing");
}

function scopeFor(where: string | undefined): Scope {
  return { requester: prober, target, room: where };
}
