/** Introductions that a user has begun: stepping their machines and carrying out what they want. */
import type { SnapshotFrom } from "xstate";
import type { Scope } from "../consent/index.ts";
import { IdentifierRequest, IdentifierResponse, type QueryElement } from "../discovery/index.ts";
import { type IntroductionEvent, introductionMachine } from "../introduction/index.ts";
import { KeyMaterialResponse } from "../key-material/index.ts";
import type { Effect } from "../machine.ts";
import { attempt, isRefused } from "../room/index.ts";
import { advance, emit, first } from "../turn.ts";
import { UpdateRoomResponse } from "../update/index.ts";
import { askForConsent } from "./ask-consent.ts";
import type { Ask, ClientTurn } from "./client-state.ts";
import { createRoom } from "./create-room.ts";
import { type Discovered, lookUp } from "./finding.ts";
import type { IntroductionIntention } from "./introduction-intentions.ts";
import { fetchKeyMaterial } from "./key-packages.ts";
import { roomOf } from "./rooms.ts";
import { askProvider } from "./server-asks.ts";
import { want } from "./updates.ts";

/** One introduction: where it stands, and what the user has said about the room. */
export interface Introduction {
  readonly machine: SnapshotFrom<typeof introductionMachine>;
  readonly roomName: string;
  readonly role: number;
}

type Intended = Extract<IntroductionIntention, { type: "introduce" }>;

export function introduce(turn: ClientTurn, { identifier, room, tag, service, name, role }: Intended): void {
  const machine = first(introductionMachine, { identifier, room, tag, service });
  const introduction = introductionOf(identifier, room);
  keep(turn, introduction, { machine, roomName: name, role });
  proceed(turn, introduction, { type: "begin" });
}

export function giveUp(turn: ClientTurn, identifier: string, room: string): void {
  proceed(turn, introductionOf(identifier, room), { type: "giveUp" });
}

/** A lookup has been answered, for an introduction. */
export function hearDiscovery(turn: ClientTurn, introduction: string, discovered: Discovered): void {
  const event: IntroductionEvent =
    discovered === undefined
      ? { type: "failed", text: "the lookup has failed" }
      : { type: "discovered", ...discovered };
  proceed(turn, introduction, event);
}

/** Asks a provider for users; for an introduction, or to show what is found. protocol-06 §5.8 */
export function queryIdentifier(
  turn: ClientTurn,
  provider: string,
  elements: readonly QueryElement[],
  introduction: string | undefined,
): void {
  const request = { queryElements: [...elements], idRequestExtensions: { componentData: [] } };
  const body = IdentifierRequest.encode(request);
  askProvider(turn, "identifierQuery", provider, body, "Find user", {
    kind: "identifierQuery",
    introduction,
  });
}

export function receiveQueryAnswer(
  turn: ClientTurn,
  { introduction }: Extract<Ask, { kind: "identifierQuery" }>,
  status: number,
  body: Uint8Array,
): void {
  const response = status === 200 ? attempt(() => IdentifierResponse.decode(body)) : undefined;
  if (isRefused(response)) emit(turn, { type: "noticed", ...response });
  const answer = response === undefined || isRefused(response) ? undefined : response;
  const users = answer?.uri.map(({ uri }) => uri) ?? [];
  const text = `finds ${users.join(", ") || "nobody"}: ${answer?.responseCode ?? status}`;
  emit(turn, { type: "decided", text, draft: "protocol-06 §5.8" });
  if (introduction === undefined) return;
  const event: IntroductionEvent =
    answer === undefined
      ? { type: "failed", text: `answered with status ${status}` }
      : { type: "found", code: answer.responseCode, users };
  proceed(turn, introduction, event);
}

export function receiveConsentAnswer(
  turn: ClientTurn,
  { user, operation }: Extract<Ask, { kind: "consent" }>,
  status: number,
): void {
  if (status !== 201) {
    const text = `consent for ${user}: ${operation} is not taken: ${status}`;
    emit(turn, { type: "decided", text, draft: "protocol-06 §5.7" });
  }
  if (operation !== "request") return;
  for (const [name, { machine }] of Object.entries(turn.state.introductions)) {
    if (machine.context.user === user) proceed(turn, name, { type: "requestAnswered", status });
  }
}

/** Somebody has granted or revoked: whoever waits for it goes on. */
export function hearConsent(turn: ClientTurn, { target, room }: Scope, said: "granted" | "revoked"): void {
  for (const [name, { machine }] of Object.entries(turn.state.introductions)) {
    const { context } = machine;
    if (context.user !== target || (room !== undefined && room !== context.room)) continue;
    const isInRoom = roomOf(turn, context.room).member !== undefined;
    proceed(turn, name, said === "granted" ? { type: said, isInRoom } : { type: said });
  }
}

/** The provider's answer to a new room. */
export function hearRoom(turn: ClientTurn, room: string, status: number): void {
  for (const [name, { machine }] of Object.entries(turn.state.introductions)) {
    if (machine.context.room === room) proceed(turn, name, { type: "roomAnswered", status });
  }
}

/** The answer to a claim of key material; what there is of it, the claim has kept. */
export function hearClaim(
  turn: ClientTurn,
  { room, user }: Extract<Ask, { kind: "keyMaterial" }>,
  status: number,
  body: Uint8Array,
): void {
  const response = status === 200 ? attempt(() => KeyMaterialResponse.decode(body)) : undefined;
  const event: IntroductionEvent =
    response === undefined || isRefused(response)
      ? { type: "failed", text: `answered with status ${status}` }
      : { type: "claimed", userStatus: response.userStatus };
  forUser(turn, room, user, event);
}

/** The hub's answer to a commit. One that came too late is built again: that is not the last word. */
export function hearUpdate(turn: ClientTurn, room: string, status: number, body: Uint8Array): void {
  const response = status === 200 ? attempt(() => UpdateRoomResponse.decode(body)) : undefined;
  const code = response === undefined || isRefused(response) ? undefined : response.responseCode;
  if (code === "wrongEpoch") return;
  for (const [name, { machine }] of Object.entries(turn.state.introductions)) {
    if (machine.context.room !== room) continue;
    const event: IntroductionEvent =
      code === undefined
        ? { type: "failed", text: `answered with status ${status}` }
        : { type: "updateAnswered", code };
    proceed(turn, name, event);
  }
}

function forUser(turn: ClientTurn, room: string, user: string, event: IntroductionEvent): void {
  for (const [name, { machine }] of Object.entries(turn.state.introductions)) {
    if (machine.context.room === room && machine.context.user === user) proceed(turn, name, event);
  }
}

/** Steps an introduction's machine and does what it wants. */
function proceed(turn: ClientTurn, name: string, event: IntroductionEvent): void {
  const before = turn.state.introductions[name];
  if (before === undefined) return;
  const { snapshot, effects } = advance(turn, introductionMachine, before.machine, event, name);
  const introduction = { ...before, machine: snapshot };
  keep(turn, name, introduction);
  for (const effect of effects) carryOut(turn, name, introduction, effect);
}

function carryOut(
  turn: ClientTurn,
  name: string,
  { machine, roomName, role }: Introduction,
  effect: Effect,
): void {
  const { identifier, room, user = "" } = machine.context;
  switch (effect.type) {
    case "discover":
      if (lookUp(turn, { identifier, introduction: name })) break;
      proceed(turn, name, { type: "failed", text: "there is no discovery provider to ask" });
      break;
    case "queryIdentifier":
      queryIdentifier(turn, effect["domain"] as string, [queryFor(identifier)], name);
      break;
    case "requestConsent":
      // A connection is asked for: consent for any room. protocol-06 §8
      askForConsent(turn, "request", user, undefined);
      break;
    case "cancelConsent":
      askForConsent(turn, "cancel", user, undefined);
      break;
    case "createRoom":
      createRoom(turn, room, roomName, creatorRole);
      break;
    case "fetchKeyMaterial":
      fetchKeyMaterial(turn, room, user);
      break;
    case "addUser":
      want(turn, room, { kind: "addUser", user, role });
      break;
    case "report":
      emit(turn, { type: "decided", text: `ends the introduction: ${effect["why"]}` });
  }
}

function queryFor(identifier: string): QueryElement {
  const searchType = identifier.startsWith("+") ? "phone" : identifier.startsWith("im:") ? "handle" : "email";
  return { searchType, searchValue: identifier };
}

function introductionOf(identifier: string, room: string): string {
  return `${identifier} ${room}`;
}

function keep(turn: ClientTurn, name: string, introduction: Introduction): void {
  turn.state = { ...turn.state, introductions: { ...turn.state.introductions, [name]: introduction } };
}

/** group_admin of the cooperatively administered room. room-policy-04 appendix A.1 */
const creatorRole = 3;
