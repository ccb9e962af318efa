/**
 * Facts: what the MLS layer and the wire formats say about a message, as plain data. Machines decide on facts and
 * never see ciphertext. URIs are normalised MIMI URIs; references and identifiers of bytes are lowercase hex.
 */
import type { ClaimFacts, RoomPolicy } from "./policy-facts.ts";

/** An entry of the participant list. protocol-06 §7.5 */
export interface Participant {
  readonly user: string;
  readonly role: number;
}

/** A client that is a member of the room's MLS group. */
export interface MemberClient {
  readonly leaf: number;
  readonly client: string;
  readonly user: string;
}

/** Who made a proposal or a commit, as its signature proves. */
export type Author = Claimant &
  (
    | { readonly kind: "member"; readonly leaf: number; readonly client: string; readonly user: string }
    /** An external commit, or a proposal to be added: the client that joins, with the join code it has given. */
    | {
        readonly kind: "newMember";
        readonly client: string;
        readonly user: string;
        readonly joinCode?: string;
      }
    /** An entry of `external_senders`: a provider. */
    | { readonly kind: "provider"; readonly domain: string }
  );

interface Claimant {
  /** What the credential claims, where it says more than whose it is. room-policy-04 §4 */
  readonly claims?: readonly ClaimFacts[];
}

/** One proposal, as far as a room's policy is concerned. */
export type Change =
  | {
      readonly kind: "addClient";
      readonly client: string;
      readonly user: string;
      readonly keyPackage: string;
    }
  | { readonly kind: "removeClient"; readonly leaf: number; readonly client: string; readonly user: string }
  | { readonly kind: "addParticipant"; readonly user: string; readonly role: number }
  | { readonly kind: "removeParticipant"; readonly user: string; readonly role: number }
  | { readonly kind: "changeRole"; readonly user: string; readonly from: number; readonly to: number }
  | { readonly kind: "changeMetadata"; readonly fields: readonly string[] }
  | ComponentChange
  /** Fresh keys for a member's own leaf. */
  | { readonly kind: "updateClient"; readonly leaf: number; readonly client: string; readonly user: string }
  | { readonly kind: "joinExternally" }
  | { readonly kind: "other"; readonly proposalType: string };

/** An AppDataUpdate of a component that is neither participant list nor metadata. mls-extensions §4.7 */
export interface ComponentChange {
  readonly kind: "changeComponent";
  readonly component: number;
  /** Missing for an update whose content nobody has looked at. */
  readonly op?: "update" | "remove";
  /** The parts of the policy that an update replaces. */
  readonly sets?: Partial<RoomPolicy>;
  /** What an update of join_links does, by the links themselves. */
  readonly links?: { readonly removed: readonly string[]; readonly added: readonly string[] };
}

/** A proposal with its author; `reference` is its ProposalRef where it travelled on its own. */
export interface ProposalFacts {
  readonly reference: string | undefined;
  readonly author: Author;
  readonly changes: readonly Change[];
}

/** The room as an epoch's GroupContext and ratchet tree describe it. */
export interface RoomFacts {
  readonly epoch: number;
  readonly participants: readonly Participant[];
  readonly members: readonly MemberClient[];
}

/** A commit that the MLS layer has verified as far as its reader can. */
export interface CommitFacts {
  readonly epoch: number;
  readonly author: Author;
  readonly proposals: readonly ProposalFacts[];
  /** The room in the epoch that the commit begins. */
  readonly result: RoomFacts;
}

/** Why the MLS layer, a room's rules or a decoder refused something. */
export interface Refused {
  /** `DecodeError`, `MlsError` or `RoomError`. */
  readonly errorType: string;
  /** The error's stable code. */
  readonly code: string;
  /** The rule's draft and section, or the place in the structure. */
  readonly where: string;
  /** What was wrong, for people. */
  readonly text: string;
}
