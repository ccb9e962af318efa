/** Flows: the transcript of a run as one seat sees it. What the seat starts with, what reaches it, what it does then. */
import type { Json, JsonObject } from "./case.ts";

/** A pair of keys in lowercase hex. */
export type HexKeyPair = { readonly publicKey: string; readonly privateKey: string };

/** What puts an implementation into a provider's seat. */
export type ProviderSeatSetup = {
  readonly domain: string;
  /** The directory document that it publishes, to the letter. protocol-06 §4.1 */
  readonly directory: string;
  readonly cipherSuite: number;
  readonly signature: HexKeyPair;
  readonly franking: HexKeyPair;
  /** For SemiPrivateMessages. */
  readonly receiver: HexKeyPair;
  /** Of the OHTTP gateway. */
  readonly gateway: HexKeyPair & { readonly keyId: number };
  /** The secret behind `server_frank`. */
  readonly hubKey: string;
  /** Own users with their clients and the profiles that they are found by. */
  readonly accounts: readonly Json[];
  /** What own users have granted before the flow begins; without a room: for any. */
  readonly consents: readonly {
    readonly requester: string;
    readonly target: string;
    readonly room?: string;
  }[];
  /** Choices that the drafts leave to a provider. */
  readonly policy: JsonObject;
  readonly assetHosts: JsonObject;
  /** Which policies rooms may have that it hosts; any where this is missing. arch-03 §4.4 */
  readonly roomEnvelope?: JsonObject;
};

/** What puts an implementation into a client's seat: its keys, and those of KeyPackages that others may add it by. */
export type ClientSeatSetup = {
  readonly client: string;
  readonly user: string;
  readonly cipherSuite: number;
  readonly signature: HexKeyPair;
  readonly provider: { readonly domain: string; readonly signatureKey: string; readonly frankingKey: string };
  readonly keyPackages: readonly {
    readonly keyPackage: string;
    readonly initPrivateKey: string;
    readonly encryptionPrivateKey: string;
  }[];
};

/** A member of an output that is not compared as it is, because a right implementation may give another one. */
export type FreeMember = {
  /** What the answer's body is; its text for people, or what is encrypted and signed anew, is left out of account. */
  readonly structure: "UpdateRoomResponse" | "GroupInfoResponse" | "encapsulated response";
  readonly because: string;
  /** The private key that a GroupInfoResponse is encrypted to: its content is compared. */
  readonly openWith?: string;
};

/** What reaches a provider, at a time in milliseconds since the UNIX epoch. */
export type ProviderFlowStep = { readonly at: number; readonly free?: readonly FreeMember[] } & (
  | {
      readonly kind: "request";
      readonly exchange: string;
      /** The provider at the other end, as mutual TLS has proved it. */
      readonly peer: string;
      readonly method: "GET" | "POST";
      readonly host: string;
      readonly path: string;
      /** The From header. */
      readonly from: string;
      readonly body: string;
    }
  | {
      readonly kind: "answer";
      readonly exchange: string;
      readonly status: number;
      readonly body: string;
      readonly retryAfter?: number;
    }
  | { readonly kind: "noAnswer"; readonly exchange: string }
  | { readonly kind: "client"; readonly client: string; readonly message: JsonObject }
  | { readonly kind: "operator"; readonly wish: JsonObject }
  | { readonly kind: "retry"; readonly room: string; readonly provider: string }
);

/** What a provider does in a step. */
export type ProviderFlowOutput =
  | {
      readonly kind: "request";
      readonly exchange: string;
      readonly to: string;
      readonly method: string;
      readonly path: string;
      readonly body: string;
    }
  | { readonly kind: "answer"; readonly exchange: string; readonly status: number; readonly body: string }
  | { readonly kind: "client"; readonly to: string; readonly message: JsonObject };

/** A FanoutMessage that reaches a client; with `made`, it holds a commit of the client's own, or hidden proposals. */
export type ClientFlowStep = {
  readonly at: number;
  readonly room: string;
  readonly message: string;
  readonly made?: MadeCommit;
};

/** The client creates a group for the room, and gives it to its provider. */
export type ClientFoundingStep = {
  readonly at: number;
  readonly room: string;
  readonly founding: FoundedGroup;
};

/** The client sends a commit, and waits for the hub's word. */
export type ClientSendingStep = {
  readonly at: number;
  readonly room: string;
  readonly sent: MadeCommit & { readonly message: string };
};

/** The client sends a message: an MLSMessage, and the MIMI content that it has encrypted in it. */
export type ClientSayingStep = {
  readonly at: number;
  readonly room: string;
  readonly said: { readonly message: string; readonly content: string };
};

/** The provider's answer to the group or the commit that the client has given it last for this room, or to a message. */
export type ClientAnswerStep = {
  readonly at: number;
  readonly room: string;
  /** The message ID of the message that it answers. */
  readonly to?: string;
  readonly status: number;
  /** Of an answer to a commit: an UpdateRoomResponse; to a message: a SubmitMessageResponse. */
  readonly body: string;
};

/** What happens to a client. */
export type ClientStep =
  | ClientFlowStep
  | ClientFoundingStep
  | ClientSendingStep
  | ClientSayingStep
  | ClientAnswerStep;

export function isDelivery(step: ClientStep): step is ClientFlowStep {
  return "message" in step;
}

/** What a client has published of a group that it has created, and what it has drawn for it. RFC 9420 §11 */
export type FoundedGroup = {
  /** Of epoch 0. */
  readonly groupInfo: string;
  readonly ratchetTree: string;
  readonly epochSecret: string;
  /** Of the client's leaf. */
  readonly encryptionPrivateKey: string;
};

/** What the client has drawn for a commit of its own, and what it has come in by. */
export type MadeCommit = {
  /** path_secret of the committer's leaf (RFC 9420 §7.4); none in a commit without a path. */
  readonly pathSecret?: string;
  /** Of an external commit. */
  readonly joining?: {
    /** What the KEM output holds. RFC 9420 §8.3 */
    readonly initSecret: string;
    readonly groupInfo: string;
    readonly ratchetTree: string;
    /** MLSMessages with SelfRemoves that came with the GroupInfo. */
    readonly selfRemoves: readonly string[];
  };
};

/** What a client is and shows after a step, of the room that the step is about. */
export type ClientFlowOutput = {
  /** null: it is not in the room's group. */
  readonly epoch: string | null;
  readonly epochAuthenticator: string | null;
  readonly participants: readonly { readonly user: string; readonly role: number }[];
  readonly clients: readonly string[];
  /** ProposalRefs of what is pending in this epoch, in the order in which the hub has taken it. RFC 9420 §5.2, §12.4 */
  readonly proposals: readonly string[];
  /** Messages that are shown from this step on, in this order. */
  readonly shown: readonly {
    readonly messageId: string;
    readonly sender: string;
    readonly acceptedTimestamp: string;
    readonly content: string;
  }[];
};

/** One change of a transcript: `remove` steps go at the place `at`, counted from 0, and `insert` comes there. */
export type FlowChange = { readonly at: number; readonly remove: number; readonly insert: readonly Json[] };

/** The steps that a case asks for: those of its flow, changed where it has a change, as far as it goes. */
export function stepsToPlay<Step>({ steps, change, play }: JsonObject): readonly Step[] {
  const all = [...(steps as readonly Json[])];
  if (change !== undefined) {
    const { at, remove, insert } = change as unknown as FlowChange;
    all.splice(at, remove, ...insert);
  }
  return (typeof play === "number" ? all.slice(0, play) : all) as unknown as readonly Step[];
}

/** Requests, answers and messages to clients have no order among different receivers: they are listed by these. */
export function inOrder(outputs: readonly ProviderFlowOutput[]): ProviderFlowOutput[] {
  const key = (each: ProviderFlowOutput) =>
    `${each.kind} ${each.kind === "answer" ? each.exchange : each.to}`;
  return outputs.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
