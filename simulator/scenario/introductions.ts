/** The words for introductions: asking, granting, being found, finding. */
import type { ProfileEntry, QueryElement } from "../../spec-model/discovery/index.ts";
import type { IntroductionIntention } from "../../spec-model/participant/index.ts";
import type { IssuerSetting } from "./introduction-setting.ts";
import type { Moment, Outcome } from "./scenario.ts";
import type { Client, Person, Provider, Room } from "./story.ts";

export interface Introducing {
  /** Stores a KeyPackage that may be handed out more than once. */
  publishesLastResort(): Moment;
  asks(person: Person, room?: Room): Moment;
  takesBackRequest(person: Person, room?: Room): Moment;
  grants(person: Person, room?: Room): Moment;
  revokes(person: Person, room?: Room): Moment;
  /** Asks and grants at once. */
  connectsWith(person: Person): Moment;
  queries(provider: Provider, elements: readonly QueryElement[], sentence: string): Moment;
  becomesSearchable(searchable: ProfileEntry["searchable"], field?: string): Moment;
  /** Authorises a mapping of an identifier to services, in the order of preference. */
  isFoundUnder(
    identifier: string,
    issuer: IssuerSetting,
    services: readonly { readonly at: Provider; readonly tags: readonly string[] }[],
  ): Moment;
  isFoundNoMore(identifier: string): Moment;
  /** All the way from an identifier to having the person in `room`. */
  introduces(
    identifier: string,
    room: Room,
    role: number,
    options?: { readonly at?: Provider; readonly tag?: string },
  ): Moment;
  givesUp(identifier: string, room: Room): Moment;
}

/** What `client` of `of` does about introductions. */
export function introducing({ setting }: Client, of: Person): Introducing {
  const actor = setting.client;
  const moment = (intention: IntroductionIntention, says: string): Moment => ({
    actor,
    intention,
    says: `${of.name} ${says}`,
  });
  const consent = (
    type: "requestConsent" | "cancelConsent" | "grantConsent" | "revokeConsent",
    says: string,
  ) => {
    return (person: Person, room?: Room) =>
      moment(
        { type, user: person.user, ...(room === undefined ? {} : { consentFor: room.uri }) },
        `${says} ${person.name} for ${room === undefined ? "any room" : `the room ${room.name}`}`,
      );
  };
  return {
    publishesLastResort: () => ({
      actor,
      intention: { type: "publishKeyPackages", count: 1, lastResort: true },
      says: `${of.name} stores a KeyPackage of last resort`,
    }),
    asks: consent("requestConsent", "asks for the consent of"),
    takesBackRequest: consent("cancelConsent", "takes back the request to"),
    grants: consent("grantConsent", "grants consent to"),
    revokes: consent("revokeConsent", "revokes consent of"),
    connectsWith: (person) =>
      moment({ type: "connectWith", user: person.user }, `wants to connect with ${person.name}`),
    queries: (provider, elements, sentence) =>
      moment({ type: "queryIdentifier", provider: provider.setting.domain, elements }, sentence),
    becomesSearchable: (searchable, field) =>
      moment(
        { type: "setSearchability", searchable, ...(field === undefined ? {} : { field }) },
        `sets how searchable ${field ?? "the profile"} is: ${searchable}`,
      ),
    isFoundUnder: (identifier, issuer, services) =>
      moment(
        {
          type: "authoriseMapping",
          identifier,
          issuer: issuer.domain,
          services: services.map(({ at, tags }) => ({ domain: at.setting.domain, tags })),
        },
        `wants to be found under ${identifier}`,
      ),
    isFoundNoMore: (identifier) =>
      moment({ type: "removeMapping", identifier }, `wants to be found under ${identifier} no more`),
    introduces: (identifier, room, role, { at, tag } = {}) =>
      moment(
        {
          type: "introduce",
          identifier,
          room: room.uri,
          name: room.name,
          role,
          ...(at === undefined ? {} : { service: at.setting.domain }),
          ...(tag === undefined ? {} : { tag }),
        },
        `wants to talk to whoever has ${identifier}`,
      ),
    givesUp: (identifier, room) => moment({ type: "giveUp", identifier, room: room.uri }, "waits no longer"),
  };
}

/** An issuer gives an identifier to somebody, or to nobody. */
export function assigns(issuer: IssuerSetting, identifier: string, to: Person | undefined): Moment {
  return {
    actor: issuer.domain,
    intention: { type: "assign", identifier, user: to?.user },
    says: `${issuer.label} gives ${identifier} to ${to?.name ?? "nobody"}`,
  };
}

/** Where an introduction ends. */
export function comesToKnow({ setting }: Client, identifier: string, state: string): Outcome {
  return { kind: "introduction", client: setting.client, identifier, state };
}

/** A profile with a handle and a telephone number that an exact search finds. */
export function listedUnder(person: Person, phone: string): Record<string, readonly ProfileEntry[]> {
  const entry = (name: string, value: string): ProfileEntry => ({
    source: "account",
    name,
    value,
    searchable: "exact",
    isShown: false,
  });
  const domain = new URL(person.user).host;
  const handle = `im:${person.name.toLowerCase()}@${domain}`;
  return { [person.user]: [entry("handle", handle), entry("phone", phone)] };
}
