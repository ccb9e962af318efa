/** What a user wants outside of rooms, and the answers to it, given to whoever deals with them. */
import { emit } from "../turn.ts";
import { askForConsent, decideConsent } from "./ask-consent.ts";
import type { Ask, ClientTurn } from "./client-state.ts";
import {
  beFound,
  lookUp,
  receiveLookup,
  receiveMappingAnswer,
  receiveProof,
  receiveTokens,
  stopBeingFound,
} from "./finding.ts";
import type { IntroductionIntention } from "./introduction-intentions.ts";
import {
  giveUp,
  hearDiscovery,
  introduce,
  queryIdentifier,
  receiveConsentAnswer,
  receiveQueryAnswer,
} from "./introductions.ts";

export function pursueOutsideRooms(turn: ClientTurn, intention: IntroductionIntention): void {
  switch (intention.type) {
    case "requestConsent":
      askForConsent(turn, "request", intention.user, intention.consentFor);
      break;
    case "cancelConsent":
      askForConsent(turn, "cancel", intention.user, intention.consentFor);
      break;
    case "grantConsent":
      decideConsent(turn, "grant", intention.user, intention.consentFor);
      break;
    case "revokeConsent":
      decideConsent(turn, "revoke", intention.user, intention.consentFor);
      break;
    case "connectWith":
      askForConsent(turn, "request", intention.user, undefined);
      decideConsent(turn, "grant", intention.user, undefined);
      break;
    case "queryIdentifier":
      queryIdentifier(turn, intention.provider, intention.elements, undefined);
      break;
    case "setSearchability":
      setSearchability(turn, intention.searchable, intention.field);
      break;
    case "authoriseMapping": {
      const services = intention.services.map(({ domain, tags }) => ({ domain, tags: [...tags] }));
      beFound(turn, intention.identifier, intention.issuer, services);
      break;
    }
    case "removeMapping":
      stopBeingFound(turn, intention.identifier);
      break;
    case "discover":
      lookUp(turn, { identifier: intention.identifier, introduction: undefined });
      break;
    case "introduce":
      introduce(turn, intention);
      break;
    case "giveUp":
      giveUp(turn, intention.identifier, intention.room);
  }
}

/** The answer to something that was asked outside of rooms. */
export function receiveOutsideRooms(turn: ClientTurn, asked: Ask, status: number, body: Uint8Array): void {
  switch (asked.kind) {
    case "consent":
      receiveConsentAnswer(turn, asked, status);
      break;
    case "identifierQuery":
      receiveQueryAnswer(turn, asked, status, body);
      break;
    case "proveControl":
      receiveProof(turn, asked, status, body);
      break;
    case "mapping":
      receiveMappingAnswer(turn, status);
      break;
    case "tokens":
      if (receiveTokens(turn, asked, status, body)) break;
      emit(turn, { type: "decided", text: `gets no tokens: ${status}`, draft: "user-discovery R8" });
      if (asked.introduction !== undefined) hearDiscovery(turn, asked.introduction, undefined);
      break;
    case "lookup": {
      const discovered = receiveLookup(turn, asked, status, body);
      if (asked.introduction !== undefined) hearDiscovery(turn, asked.introduction, discovered);
      break;
    }
    default:
      break;
  }
}

/** MIMI leaves it to the provider how its users set this. */
function setSearchability(
  turn: ClientTurn,
  searchable: "never" | "exact" | "partial",
  field: string | undefined,
): void {
  emit(turn, {
    type: "local",
    to: turn.state.provider.domain,
    message: { type: "setSearchability", searchable, field },
    label: `Be searchable: ${searchable}`,
  });
}
