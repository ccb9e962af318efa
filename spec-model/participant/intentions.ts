/** What a user may want of its client. Intentions are plain data: scenarios, searches and vectors are lists of them. */

import type { DownloadWay } from "../assets/index.ts";
import type { HubWish } from "../hub/index.ts";
import type { KeyPair } from "../mls/index.ts";
import type { JoinCode } from "../room/index.ts";
import type { IntroductionIntention } from "./introduction-intentions.ts";
import type { LeaveForm } from "./room-wishes.ts";

/** What a message says. content-09 §5 */
export type Said =
  /** `topic`: the ID of one to begin, or to go on with. content-09 §4.3 */
  | { readonly kind: "message"; readonly text: string; readonly topic?: string }
  | {
      readonly kind: "reply";
      readonly text: string;
      readonly to: MessageChoice | VersionChoice;
      readonly topic?: string;
    }
  | { readonly kind: "reaction"; readonly text: string; readonly to: MessageChoice }
  | { readonly kind: "edit"; readonly text: string; readonly of: MessageChoice }
  | { readonly kind: "retraction"; readonly of: MessageChoice };

/** A message that the client shows: the latest one of a user. */
export interface MessageChoice {
  readonly latestOf: string;
}

/** One version of a message, as the user has it before it. */
export interface VersionChoice {
  /** Hexadecimal. */
  readonly version: string;
}

/** What a room has from its beginning, besides its creator and its name. */
export interface RoomSetup {
  /** The content of components: in the place of a cooperatively administered room's, or besides them. */
  readonly components?: readonly (readonly [component: number, data: Uint8Array])[];
  /** Providers that may propose besides the hub, with the keys they sign with. protocol-06 §7.4 */
  readonly externalSenders?: readonly { readonly provider: string; readonly signatureKey: Uint8Array }[];
  /** `semiprivate`: members and the hub can read the room's handshakes, and followers cannot. protocol-06 §5.3 */
  readonly handshakes?: "semiprivate";
  /** Who else is in the list from the beginning. */
  readonly participants?: readonly { readonly user: string; readonly role: number }[];
}

export type ClientIntention =
  /** With `lastResort`, KeyPackages that may be handed out more than once. mls-extensions §6.4 */
  | { readonly type: "publishKeyPackages"; readonly count: number; readonly lastResort?: boolean }
  | {
      readonly type: "createRoom";
      readonly room: string;
      readonly name: string;
      /** The creator's role. */
      readonly role: number;
      readonly setup?: RoomSetup;
    }
  /** Claim key material of `user` for `room`. */
  | { readonly type: "fetchKeyMaterial"; readonly room: string; readonly user: string }
  /** Commit the addition of a user with the clients whose key material has been claimed. */
  | { readonly type: "addUser"; readonly room: string; readonly user: string; readonly role: number }
  /** Commit the addition of the own user's other clients. */
  | { readonly type: "addOwnClients"; readonly room: string }
  /** Commit what is pending. */
  | { readonly type: "commit"; readonly room: string }
  | { readonly type: "say"; readonly room: string; readonly said: Said }
  /** Propose to leave with all clients. By Remove where no form is given. */
  | { readonly type: "leave"; readonly room: string; readonly form?: LeaveForm }
  /** Join the group by an external commit: as a participant's new client, or as a new participant with this role. */
  | {
      readonly type: "joinAsNewClient";
      readonly room: string;
      readonly role?: number;
      /** A join code. room-policy-04 §6.2 */
      readonly code?: string;
    }
  | { readonly type: "removeUser" | "kickUser" | "banUser"; readonly room: string; readonly user: string }
  | { readonly type: "changeRole"; readonly room: string; readonly user: string; readonly role: number }
  | { readonly type: "removeOwnClient"; readonly room: string; readonly client: string }
  | { readonly type: "renameRoom"; readonly room: string; readonly name: string }
  | {
      readonly type: "changeComponent";
      readonly room: string;
      readonly component: number;
      readonly update: Uint8Array;
    }
  /** End the group in favour of one with another group ID. */
  | { readonly type: "reInit"; readonly room: string; readonly groupId: Uint8Array }
  /** Have the hub frank with its newest key: where the group has an agent already, in another group. §5.4.1 */
  | { readonly type: "changeFrankingAgent"; readonly room: string; readonly groupId: Uint8Array }
  /** Create the group that the ReInit has announced, and give it to the hub. */
  | { readonly type: "succeed"; readonly room: string }
  /** Commit everybody into it whose key material has been claimed. */
  | { readonly type: "gather"; readonly room: string }
  | { readonly type: "destroyRoom"; readonly room: string }
  /** Encrypt and upload `content`, and send a message that leads to it. room-policy-04 §6.4 */
  | {
      readonly type: "shareAsset";
      readonly room: string;
      readonly content: string;
      readonly contentType: string;
      readonly filename: string;
      /** Where to upload; by default where the room's policy has it. */
      readonly host?: string;
    }
  /** Download what the latest message of a user leads to. protocol-06 §5.10 */
  | {
      readonly type: "downloadAsset";
      readonly room: string;
      readonly of: MessageChoice;
      /** By default what the room's policy says. */
      readonly way?: DownloadWay;
    }
  /** Report a message to the room's hub, in the user's name where `anonymous` is not set. protocol-06 §5.9 */
  | {
      readonly type: "reportAbuse";
      readonly room: string;
      readonly of: MessageChoice;
      readonly note?: string;
      readonly anonymous?: boolean;
    }
  /** The connection to the own provider is lost, or is there again. */
  | { readonly type: "disconnect" | "connect" }
  | IntroductionIntention;

export type ProviderIntention =
  /** Read another provider's directory document. protocol-06 §5.1 */
  | { readonly type: "readDirectory"; readonly of: string }
  /** The hub's operator wants something of a room: the hub proposes it. protocol-06 §5.5 */
  | { readonly type: "propose"; readonly room: string; readonly wish: HubWish }
  /** The hub has given out a join code. room-policy-04 §6.2 */
  | { readonly type: "issueCode"; readonly room: string; readonly code: JoinCode }
  /** Frank with another hub_key from now on. protocol-06 §5.4.1.2 */
  | { readonly type: "rotateHubKey" }
  /** Have another key that signs franks: a fresh one where none is given. protocol-06 §5.4.1 */
  | { readonly type: "rotateFrankingKey"; readonly franking?: KeyPair }
  /** A user's account is closed: its key material goes, and nobody finds it any more. protocol-06 §5.2 */
  | { readonly type: "deleteAccount"; readonly user: string }
  /** The server stops, and loses what it has not written down. */
  | { readonly type: "crash" }
  /** The server goes on from what it has written down. */
  | { readonly type: "restart" };
