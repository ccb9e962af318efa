/** What a timeline is made of and what it shows. content-09 §5 and §9.3 */
import type { MimiContent, NestedPart } from "./container.ts";

/** A message that was kept, with what is known about it besides its content. */
export interface TimelineMessage {
  /** Hexadecimal. */
  readonly messageId: string;
  /** The sender's user URI, in normal form. */
  readonly sender: string;
  /** When the hub accepted it, in milliseconds since the start of the UNIX epoch. */
  readonly acceptedTimestamp: number;
  readonly content: MimiContent;
}

/** What the view depends on besides the messages. */
export interface TimelineRules {
  /** Milliseconds since the start of the UNIX epoch. */
  readonly now: number;
  /** When a message was read here, by its ID, in milliseconds since the start of the UNIX epoch; for relative expiry. */
  readonly readAt?: (messageId: string) => number | undefined;
  /** Whether the room lets `actor` change a message of another author. It does not where this is not given. */
  readonly mayChange?: (change: ChangeOfOthers) => boolean;
  readonly afterRetraction?: "final" | "lastWins";
}

/** Somebody's wish to change what another user wrote. */
export interface ChangeOfOthers {
  readonly kind: "edit" | "retract";
  readonly actor: string;
  readonly author: string;
  readonly messageId: string;
}

/** One message as it is shown. */
export interface TimelineEntry {
  /** Of its first instance. */
  readonly messageId: string;
  readonly sender: string;
  readonly acceptedTimestamp: number;
  readonly state: "original" | "edited" | "retracted" | "expired";
  /** What to show; undefined where it is retracted or expired. */
  readonly body: NestedPart | undefined;
  /** The message IDs of its versions, oldest first; retractions are no versions. */
  readonly versions: readonly string[];
  /** Hexadecimal; empty for none. */
  readonly topicId: string;
  readonly inReplyTo: ReplyReference | undefined;
  readonly reactions: readonly Reaction[];
}

/** What a reply refers to. */
export interface ReplyReference {
  /** The version it refers to. */
  readonly messageId: string;
  /** `superseded` where that version was edited later; `loop` where the chain of replies comes back to this message. */
  readonly target: "current" | "superseded" | "retracted" | "expired" | "unknown" | "loop";
}

/** A reaction of one user to one version of a message. */
export interface Reaction {
  readonly messageId: string;
  readonly sender: string;
  readonly toVersion: string;
  readonly body: NestedPart;
}

/** A message that does not show, and why. */
export interface Unplaced {
  readonly messageId: string;
  readonly reason: "targetUnknown" | "notAuthorised" | "reactsToReaction" | "nothingToShow";
}

export interface Timeline {
  /** In the room's order: by accepted timestamp, then by message ID. */
  readonly entries: readonly TimelineEntry[];
  readonly unplaced: readonly Unplaced[];
}
