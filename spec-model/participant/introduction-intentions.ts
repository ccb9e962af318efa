/** What a user may want outside of rooms: to be found, to find others, to be asked, to ask. protocol-06 §5.7, §5.8 */
import type { QueryElement } from "../discovery/index.ts";

interface Introduced {
  /** A telephone number (`+12125551212`), an e-mail address, or a handle (`im:bob@b.example`). */
  readonly identifier: string;
  readonly room: string;
}

export type IntroductionIntention =
  /** Ask `user` for consent to add it to a room, or to any; or take that back. */
  | { readonly type: "requestConsent" | "cancelConsent"; readonly user: string; readonly consentFor?: string }
  /** Let `user` add the own user to a room, or to any; or not any more, or not in the first place. */
  | { readonly type: "grantConsent" | "revokeConsent"; readonly user: string; readonly consentFor?: string }
  /** Ask for consent and grant it at once: a bilateral connection. protocol-06 §5.7 */
  | { readonly type: "connectWith"; readonly user: string }
  | {
      readonly type: "queryIdentifier";
      readonly provider: string;
      readonly elements: readonly QueryElement[];
    }
  /** How searchable the user is: in all of its profile, or the fields of one name. */
  | {
      readonly type: "setSearchability";
      readonly searchable: "never" | "exact" | "partial";
      readonly field?: string;
    }
  /** Be found under an identifier on these services, in this order; on none: not to be found. user-discovery R1, R2 */
  | {
      readonly type: "authoriseMapping";
      readonly identifier: string;
      /** The domain of the company that assigned the identifier. */
      readonly issuer: string;
      readonly services: readonly { readonly domain: string; readonly tags: readonly string[] }[];
    }
  /** Take back what was authorised under an identifier. user-discovery R9 */
  | { readonly type: "removeMapping"; readonly identifier: string }
  /** Find the services of an identifier. user-discovery R3 */
  | { readonly type: "discover"; readonly identifier: string }
  /** All the way from an identifier to having the person in a room, which is created where it is not there yet. */
  | (Introduced & {
      readonly type: "introduce";
      /** The service to look on, where it is known. */
      readonly service?: string;
      /** Only services that the person has tagged so. */
      readonly tag?: string;
      /** The name of the room, should it be created. */
      readonly name: string;
      /** The person's role. */
      readonly role: number;
    })
  /** Wait no longer for consent. */
  | (Introduced & { readonly type: "giveUp" });
