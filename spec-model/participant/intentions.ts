/** What a user may want of its client. Intentions are plain data: scenarios, searches and vectors are lists of them. */

/** What a message says. content-09 §5 */
export type Said =
  | { readonly kind: "message"; readonly text: string }
  | { readonly kind: "reply"; readonly text: string; readonly to: MessageChoice }
  | { readonly kind: "reaction"; readonly text: string; readonly to: MessageChoice }
  | { readonly kind: "edit"; readonly text: string; readonly of: MessageChoice };

/** A message that the client shows: the latest one of a user. */
export interface MessageChoice {
  readonly latestOf: string;
}

export type ClientIntention =
  | { readonly type: "publishKeyPackages"; readonly count: number }
  | {
      readonly type: "createRoom";
      readonly room: string;
      readonly name: string;
      /** The creator's role. */
      readonly role: number;
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
  /** Propose to leave with all clients. */
  | { readonly type: "leave"; readonly room: string }
  /** Join the group of a room that the user is a participant of, by an external commit. */
  | { readonly type: "joinAsNewClient"; readonly room: string };

export type ProviderIntention =
  /** Read another provider's directory document. protocol-06 §5.1 */
  { readonly type: "readDirectory"; readonly of: string };
