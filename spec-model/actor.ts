/**
 * What a model actor is to the world that runs it: a pure function from a state, an input and a moment to the next
 * state and what it wants done. The simulator, the explorer and the HTTPS transport all run this one interface.
 */
import type { Deviation } from "./deviation.ts";

/** When a step is taken, and the randomness it may use. */
export interface Moment {
  /** Milliseconds since the UNIX epoch, by the actor's own clock. */
  readonly now: number;
  /** 32 octets, fresh for every step. */
  readonly entropy: Uint8Array;
  /** Where the actor is not the model's: in what it differs. */
  readonly deviation?: Deviation | undefined;
}

/** An HTTP request between providers; its body is in the draft's format. protocol-06 §4.1 */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  /** Path of the URL, percent-encoded. */
  readonly path: string;
  /** The provider it is for (Host). */
  readonly host: string;
  /** The provider it comes from (From): `mimi@` and its domain. */
  readonly from: string;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  readonly body: Uint8Array;
  /** Seconds, where the server asks to wait (Retry-After). */
  readonly retryAfter?: number;
}

/**
 * What a client and its own provider say to each other. MIMI leaves it to the provider; here it carries the same
 * bodies as the requests between providers, so that a client builds and checks everything itself.
 */
export type LocalMessage =
  | { readonly type: "storeKeyPackages"; readonly keyPackages: readonly Uint8Array[] }
  | {
      readonly type: "ask";
      readonly id: string;
      readonly operation: "keyMaterial" | "update" | "submitMessage" | "groupInfo" | "reportAbuse";
      readonly room: string;
      readonly body: Uint8Array;
    }
  | {
      readonly type: "createRoom";
      readonly id: string;
      readonly room: string;
      /** A GroupInfo and a ratchet_tree extension's content. */
      readonly groupInfo: Uint8Array;
      readonly ratchetTree: Uint8Array;
    }
  | { readonly type: "answer"; readonly id: string; readonly status: number; readonly body: Uint8Array }
  | { readonly type: "deliver"; readonly room: string; readonly message: Uint8Array }
  | { readonly type: "left"; readonly room: string }
  /** The provider, as a hub, signs franks with another key from now on: in groups that name it. */
  | { readonly type: "frankingKey"; readonly key: Uint8Array }
  /** An own client downloads through a hub; for which room it does not say. */
  | { readonly type: "fetchAsset"; readonly id: string; readonly hub: string; readonly url: string }
  /** A request for a hub's OHTTP gateway, for the own provider to relay; without a body, for the gateway's key. */
  | { readonly type: "ohttp"; readonly id: string; readonly hub: string; readonly body: Uint8Array }
  /** The creator, or whoever may, ends a room that is hosted here. */
  | { readonly type: "destroyRoom"; readonly id: string; readonly room: string }
  /**
   * The client's connection is there again, or is lost: until then its provider keeps what is for it. A provider that
   * has started again asks for the first of those that it takes to be away.
   */
  | { readonly type: "connect" | "disconnect" }
  | OutsideRooms;

/** What a client says and hears outside of rooms: introductions. */
export type OutsideRooms =
  /** A request for a server: the client's own, which passes it on where `domain` is another's; or `domain` itself. */
  | {
      readonly type: "askServer";
      readonly id: string;
      readonly operation:
        | "requestConsent"
        | "updateConsent"
        | "identifierQuery"
        | "discoveryTokens"
        | "discoveryLookup"
        | "authoriseMapping"
        | "removeMapping"
        | "proveControl";
      readonly domain: string;
      readonly body: Uint8Array;
    }
  /** A ConsentEntry that an own user is meant to hear of: somebody asks, takes a request back, grants or revokes. */
  | { readonly type: "consentNews"; readonly body: Uint8Array }
  /** How searchable the user is from now on: all of the profile, or the fields of one name. */
  | {
      readonly type: "setSearchability";
      readonly searchable: "never" | "exact" | "partial";
      readonly field: string | undefined;
    };

/**
 * The domains that the certificate at the other end of a connection is for, as TLS has checked it; none where that end
 * has shown no certificate. protocol-06 §4.1
 */
export type Certificate = readonly string[];

export type Input<Intention> =
  | { readonly type: "intention"; readonly intention: Intention }
  | {
      readonly type: "request";
      readonly id: string;
      /** Where the network has it from: an address, which proves nothing. */
      readonly from: string;
      readonly certificate: Certificate;
      readonly request: HttpRequest;
    }
  | {
      readonly type: "response";
      readonly id: string;
      readonly certificate: Certificate;
      readonly response: HttpResponse;
    }
  | { readonly type: "noResponse"; readonly id: string }
  | { readonly type: "local"; readonly from: string; readonly message: LocalMessage }
  | { readonly type: "wake"; readonly id: string };

/** What an actor wants done, or wants known. */
export type Output =
  | {
      readonly type: "request";
      /** Names the exchange: the response carries the same. */
      readonly id: string;
      readonly to: string;
      readonly operation: string;
      /** The structures in the body, for the trace. */
      readonly summary: string;
      readonly request: HttpRequest;
    }
  | {
      readonly type: "response";
      readonly id: string;
      readonly summary: string;
      readonly response: HttpResponse;
    }
  | { readonly type: "local"; readonly to: string; readonly message: LocalMessage; readonly label: string }
  | { readonly type: "wake"; readonly id: string; readonly afterMs: number }
  /** A wake that was asked for under this name need not come. */
  | { readonly type: "cancelWake"; readonly id: string }
  | Observation;

/** What the trace records of an actor beside its messages. Nothing an actor does depends on these. */
export type Observation =
  /** Something it verified or settled by itself, with the draft section that asks for it. */
  | { readonly type: "decided"; readonly text: string; readonly draft?: string }
  /** Something wrong that it noticed. */
  | {
      readonly type: "noticed";
      /** The error's type: `DecodeError`, `MlsError`, ... */
      readonly errorType: string;
      readonly code: string;
      readonly where: string;
      readonly text: string;
    }
  /** A machine took a transition. */
  | {
      readonly type: "moved";
      readonly machine: string;
      readonly instance: string;
      readonly event: string;
      readonly from: string;
      readonly to: string;
      readonly effects: readonly string[];
    }
  /** A client or a hub is in an epoch; `authenticator` where it is a member. Hex. */
  | {
      readonly type: "entered";
      readonly room: string;
      readonly epoch: number;
      readonly groupContext: string;
      /** The ID of the group, in hexadecimal, where the room has had another one before. RFC 9420 §11.2 */
      readonly group?: string;
      readonly authenticator?: string;
    }
  /** A client is no longer in a room's group. */
  | { readonly type: "departed"; readonly room: string }
  /** A client shows a message. */
  | {
      readonly type: "shown";
      readonly room: string;
      readonly messageId: string;
      readonly sender: string;
      readonly acceptedMs: number;
      readonly text: string;
    };

export interface ActorStep<State> {
  readonly state: State;
  readonly outputs: readonly Output[];
}
