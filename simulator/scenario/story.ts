/** The words scenarios are told in: people with clients at providers, and sentences about what they do. */
import { utf8 } from "../../spec-model/bytes.ts";
import type {
  ClientIntention,
  RoomSetup as InitialRoom,
  ProviderIntention,
  Said,
} from "../../spec-model/participant/index.ts";
import type { JoinCode, PolicyEnvelope } from "../../spec-model/room/index.ts";
import type { AssetServer } from "./asset-server.ts";
import type { IntroductionSetting } from "./introduction-setting.ts";
import type { Chapter, ClientSetting, Moment, Outcome, ProviderSetting, Scenario } from "./scenario.ts";

/** What a room begins with besides its creator and its name; and which role the creator has. */
export interface RoomSetup extends InitialRoom {
  readonly creatorRole?: number;
}

export interface Provider {
  readonly setting: ProviderSetting;
  /** Reads the directory of another provider. */
  reads(other: Provider): Moment;
  /** As a room's hub, by its operator's wish: proposes that a person leaves. protocol-06 §5.5 */
  removes(person: Person, room: Room): Moment;
  bans(person: Person, room: Room): Moment;
  /** As a room's hub: proposes that a client leaves, because its device is lost. */
  removesLost(client: Client, room: Room): Moment;
  /** Gives out a join code. */
  issuesCode(room: Room, code: JoinCode): Moment;
  /** Stops, and loses what it has not written down; at once, or so many milliseconds later. */
  stops(afterMs?: number): Moment;
  /** Goes on from what it has written down. */
  startsAgain(afterMs?: number): Moment;
}

export interface Client {
  readonly setting: ClientSetting;
  publishes(keyPackages: number): Moment;
  creates(room: Room, setup?: RoomSetup): Moment;
  addsOwnClients(room: Room): Moment;
  fetches(person: Person, room: Room): Moment;
  adds(person: Person, room: Room, role: number): Moment;
  says(room: Room, said: Said, sentence: string): Moment;
  /** Sends a plain message. */
  writes(room: Room, text: string): Moment;
  leaves(room: Room, form?: "remove" | "selfRemove"): Moment;
  /** Goes by SelfRemove; its user stays in the list. */
  retires(room: Room): Moment;
  commits(room: Room): Moment;
  /** Comes in by an external commit; who is not in the list yet says with which role, and shows a code where it has one. */
  joins(room: Room, as?: { readonly role?: number; readonly code?: string }): Moment;
  /** Takes a person out of the list, and its clients out of the group. */
  removes(person: Person, room: Room): Moment;
  /** Takes a person's clients out of the group and leaves the person in the list. */
  kicks(person: Person, room: Room): Moment;
  bans(person: Person, room: Room): Moment;
  /** Gives a person another role; `sentence` says what that comes to. */
  changesRole(person: Person, room: Room, role: number, sentence: string): Moment;
  removesOwn(client: Client, room: Room): Moment;
  renames(room: Room, name: string): Moment;
  /** Sends an update of a component. */
  updates(room: Room, component: number, update: Uint8Array, sentence: string): Moment;
  /** Ends the group in favour of another one of the same room, or of one with the group ID of the room `next`. */
  reInitialises(room: Room, next?: Room): Moment;
  /** Has the hub frank with its newest key: in another group, where the present one has an agent. */
  changesFrankingAgent(room: Room): Moment;
  /** Creates the group that the ReInit has announced. */
  founds(room: Room): Moment;
  /** Commits into it everybody whose key material has been fetched. */
  gathers(room: Room): Moment;
  destroys(room: Room): Moment;
  /** Loses the connection to the own provider. */
  goesOffline(): Moment;
  returns(): Moment;
}

export interface Person {
  readonly name: string;
  readonly user: string;
}

export interface Room {
  readonly uri: string;
  readonly name: string;
}

/** A provider, e.g. `ServerA` at `a.example`; with an envelope, it takes rooms within that only. arch-03 §4.4 */
export function provider(label: string, domain: string, envelope?: PolicyEnvelope): Provider {
  const moment = (intention: ProviderIntention, says: string): Moment => ({ actor: domain, intention, says });
  const wish = (r: Room, what: Extract<ProviderIntention, { type: "propose" }>["wish"], says: string) =>
    moment({ type: "propose", room: r.uri, wish: what }, `${label} ${says}`);
  return {
    setting: { label, domain, ...(envelope === undefined ? {} : { envelope }) },
    reads: (other) =>
      moment(
        { type: "readDirectory", of: other.setting.domain },
        `${label} reads the directory of ${other.setting.label}`,
      ),
    removes: (p, r) => wish(r, { kind: "removeUser", user: p.user }, `removes ${p.name}`),
    bans: (p, r) => wish(r, { kind: "banUser", user: p.user }, `bans ${p.name}`),
    removesLost: (c, r) =>
      wish(r, { kind: "removeClient", client: c.setting.client }, `removes the lost ${c.setting.label}`),
    issuesCode: (r, code) =>
      moment({ type: "issueCode", room: r.uri, code }, `${label} gives out a join code`),
    stops: (afterMs) => after(afterMs, moment({ type: "crash" }, `${label} stops`)),
    startsAgain: (afterMs) => after(afterMs, moment({ type: "restart" }, `${label} starts again`)),
  };
}

/** A person at a provider, e.g. Alice with the user URI `mimi://a.example/u/alice`. */
export function person(name: string, at: Provider): Person {
  return { name, user: `mimi://${at.setting.domain}/u/${name.toLowerCase()}` };
}

/** A room at its hub. */
export function room(name: string, hub: Provider): Room {
  return { uri: `mimi://${hub.setting.domain}/r/${name}`, name };
}

/** One of a person's clients, e.g. `ClientA1`; with a `stack`, one that runs on another MLS implementation. */
export function client(
  label: string,
  of: Person,
  options: Partial<Pick<ClientSetting, "stack" | "client" | "behind" | "handshakes">> = {},
): Client {
  const uri = of.user.replace("/u/", "/d/");
  const setting = { label, client: `${uri}/${label}`, user: of.user, ...options };
  const moment = (intention: ClientIntention, says: string): Moment => ({
    actor: setting.client,
    intention,
    says: `${of.name} ${says}`,
  });
  return {
    setting,
    publishes: (count) =>
      moment({ type: "publishKeyPackages", count }, `stores ${count} KeyPackages of ${label}`),
    creates: (r, setup) =>
      moment(
        {
          type: "createRoom",
          room: r.uri,
          name: r.name,
          role: setup?.creatorRole ?? creatorRole,
          ...(setup === undefined ? {} : { setup }),
        },
        `creates the room ${r.name}`,
      ),
    addsOwnClients: (r) => moment({ type: "addOwnClients", room: r.uri }, "adds their other clients"),
    fetches: (p, r) =>
      moment({ type: "fetchKeyMaterial", room: r.uri, user: p.user }, `fetches key material of ${p.name}`),
    adds: (p, r, role) => moment({ type: "addUser", room: r.uri, user: p.user, role }, `adds ${p.name}`),
    says: (r, said, sentence) => moment({ type: "say", room: r.uri, said }, sentence),
    writes: (r, text) =>
      moment({ type: "say", room: r.uri, said: { kind: "message", text } }, `writes "${text}"`),
    leaves: (r, form) =>
      moment({ type: "leave", room: r.uri, ...(form === undefined ? {} : { form }) }, "leaves"),
    retires: (r) => moment({ type: "leave", room: r.uri, form: "device" }, `retires ${label}`),
    commits: (r) => moment({ type: "commit", room: r.uri }, "commits what is pending"),
    joins: (r, as = {}) =>
      moment(
        { type: "joinAsNewClient", room: r.uri, ...as },
        as.role === undefined ? `joins with the new client ${label}` : `joins with ${label}`,
      ),
    removes: (p, r) => moment({ type: "removeUser", room: r.uri, user: p.user }, `removes ${p.name}`),
    kicks: (p, r) => moment({ type: "kickUser", room: r.uri, user: p.user }, `kicks ${p.name}`),
    bans: (p, r) => moment({ type: "banUser", room: r.uri, user: p.user }, `bans ${p.name}`),
    changesRole: (p, r, role, sentence) =>
      moment({ type: "changeRole", room: r.uri, user: p.user, role }, sentence),
    removesOwn: (c, r) =>
      moment(
        { type: "removeOwnClient", room: r.uri, client: c.setting.client },
        `removes ${c.setting.label}`,
      ),
    renames: (r, name) => moment({ type: "renameRoom", room: r.uri, name }, `renames the room to ${name}`),
    updates: (r, component, update, sentence) =>
      moment({ type: "changeComponent", room: r.uri, component, update }, sentence),
    reInitialises: (r, next) =>
      moment(
        { type: "reInit", room: r.uri, groupId: utf8(next?.uri.replace("/r/", "/g/") ?? `${groupOf(r)}/2`) },
        `ends the group in favour of ${next === undefined ? "another one" : `that of ${next.name}`}`,
      ),
    changesFrankingAgent: (r) =>
      moment(
        { type: "changeFrankingAgent", room: r.uri, groupId: utf8(`${groupOf(r)}/2`) },
        "has the room franked with another key",
      ),
    founds: (r) => moment({ type: "succeed", room: r.uri }, `founds the group that ${r.name} goes on in`),
    gathers: (r) => moment({ type: "gather", room: r.uri }, "brings everybody into the new group"),
    destroys: (r) => moment({ type: "destroyRoom", room: r.uri }, `destroys the room ${r.name}`),
    goesOffline: () => moment({ type: "disconnect" }, `goes offline with ${label}`),
    returns: () => moment({ type: "connect" }, `is back with ${label}`),
  };
}

function groupOf({ uri }: Room): string {
  return uri.replace("/r/", "/g/");
}

function after(afterMs: number | undefined, moment: Moment): Moment {
  return afterMs === undefined ? moment : { ...moment, afterMs };
}

/** A chapter; each moment waits until what the one before it set off has come to rest. */
export function chapter(
  title: string,
  draft: string,
  ...moments: readonly (Moment | readonly Moment[])[]
): Chapter {
  return { title, draft, moments: moments.map((moment) => ("actor" in moment ? [moment] : moment)) };
}

export function scenario(
  name: string,
  title: string,
  cast: {
    readonly providers: readonly Provider[];
    readonly clients: readonly Client[];
    readonly introduction?: IntroductionSetting;
    readonly assets?: readonly AssetServer[];
  },
  ...parts: readonly (Chapter | Ending)[]
): Scenario {
  const chapters = parts.filter((part) => "moments" in part);
  const outcomes = parts.filter((part) => "outcomes" in part).flatMap((part) => part.outcomes);
  return {
    name,
    title,
    providers: cast.providers.map((each) => each.setting),
    clients: cast.clients.map((each) => each.setting),
    ...(cast.introduction === undefined ? {} : { introduction: cast.introduction }),
    ...(cast.assets === undefined ? {} : { assets: cast.assets }),
    chapters,
    ...(outcomes.length === 0 ? {} : { outcomes }),
  };
}

/** How a story has to end, whatever the network does in the meantime. */
export interface Ending {
  readonly outcomes: readonly Outcome[];
}

export function ending(...outcomes: readonly Outcome[]): Ending {
  return { outcomes };
}

/** These people are in the room's list, and nobody else: `participants(r, [alice, 3], [bob, 2])`. */
export function participants(
  { uri }: Room,
  ...people: readonly (readonly [person: Person, role: number])[]
): Outcome {
  const roles = people.map(([{ user }, role]) => ({ user, role }));
  return { kind: "participants", room: uri, roles };
}

/** These clients are in the room's group, and no others. */
export function members({ uri }: Room, ...clients: readonly Client[]): Outcome {
  return { kind: "members", room: uri, clients: clients.map(({ setting }) => setting.client) };
}

export function roomIs({ uri }: Room, state: string): Outcome {
  return { kind: "roomState", room: uri, state };
}

export function finds({ setting }: Client, { uri }: Room, state: string): Outcome {
  return { kind: "clientState", client: setting.client, room: uri, state };
}

export function shows({ setting }: Client, { uri }: Room, ...texts: readonly string[]): Outcome {
  return { kind: "shows", client: setting.client, room: uri, texts };
}

/** Something goes wrong in the story, and this is how it is noticed. */
export function noticed(...codes: readonly string[]): Outcome {
  return { kind: "noticed", codes };
}

/** group_admin of the cooperatively administered room. room-policy-04 appendix A.1 */
const creatorRole = 3;
