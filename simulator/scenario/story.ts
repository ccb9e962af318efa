/** The words scenarios are told in: people with clients at providers, and sentences about what they do. */
import type { ClientIntention, ProviderIntention, Said } from "../../spec-model/participant/index.ts";
import type { Chapter, ClientSetting, Moment, ProviderSetting, Scenario } from "./scenario.ts";

export interface Provider {
  readonly setting: ProviderSetting;
  /** Reads the directory of another provider. */
  reads(other: Provider): Moment;
}

export interface Client {
  readonly setting: ClientSetting;
  publishes(keyPackages: number): Moment;
  creates(room: Room): Moment;
  addsOwnClients(room: Room): Moment;
  fetches(person: Person, room: Room): Moment;
  adds(person: Person, room: Room, role: number): Moment;
  says(room: Room, said: Said, sentence: string): Moment;
  leaves(room: Room): Moment;
  commits(room: Room): Moment;
  joins(room: Room): Moment;
}

export interface Person {
  readonly name: string;
  readonly user: string;
}

export interface Room {
  readonly uri: string;
  readonly name: string;
}

/** A provider, e.g. `ServerA` at `a.example`. */
export function provider(label: string, domain: string): Provider {
  const moment = (intention: ProviderIntention, says: string): Moment => ({ actor: domain, intention, says });
  return {
    setting: { label, domain },
    reads: (other) =>
      moment(
        { type: "readDirectory", of: other.setting.domain },
        `${label} reads the directory of ${other.setting.label}`,
      ),
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
  options: { readonly stack?: NonNullable<ClientSetting["stack"]> } = {},
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
    creates: (r) =>
      moment(
        { type: "createRoom", room: r.uri, name: r.name, role: creatorRole },
        `creates the room ${r.name}`,
      ),
    addsOwnClients: (r) => moment({ type: "addOwnClients", room: r.uri }, "adds their other clients"),
    fetches: (p, r) =>
      moment({ type: "fetchKeyMaterial", room: r.uri, user: p.user }, `fetches key material of ${p.name}`),
    adds: (p, r, role) => moment({ type: "addUser", room: r.uri, user: p.user, role }, `adds ${p.name}`),
    says: (r, said, sentence) => moment({ type: "say", room: r.uri, said }, sentence),
    leaves: (r) => moment({ type: "leave", room: r.uri }, "leaves"),
    commits: (r) => moment({ type: "commit", room: r.uri }, "commits what is pending"),
    joins: (r) => moment({ type: "joinAsNewClient", room: r.uri }, `joins with the new client ${label}`),
  };
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
  cast: { readonly providers: readonly Provider[]; readonly clients: readonly Client[] },
  ...chapters: readonly Chapter[]
): Scenario {
  return {
    name,
    title,
    providers: cast.providers.map((each) => each.setting),
    clients: cast.clients.map((each) => each.setting),
    chapters,
  };
}

/** group_admin of the cooperatively administered room. room-policy-04 appendix A.1 */
const creatorRole = 3;
