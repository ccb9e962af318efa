/** Who is drawn in a chapter, in which column, and which clients of a user share one. */
import type { Actor } from "../../trace/index.ts";
import type { Chapter, Message } from "./chapter.ts";

/** One lifeline: an actor, or the clients of one user to which the same things happen. */
export interface Column {
  readonly name: string;
  readonly kind: "client" | "provider";
  readonly members: readonly Actor[];
}

/**
 * The columns of a chapter, as the drafts order them: the acting client, its provider, the hub, the other providers,
 * then the other clients from the last provider's to the hub's. Only who sends or is sent something is drawn.
 */
export function columnsOf(chapter: Chapter): readonly Column[] {
  const messages = messagesIn(chapter);
  const present = participants(chapter, messages);
  const clients = groupClients(
    chapter,
    present.filter(({ kind }) => kind === "client"),
  );
  const acting = actingClient(chapter, clients);
  const providers = orderProviders(
    messages,
    present.filter(({ kind }) => kind === "provider"),
    acting?.members[0]?.domain,
  );
  const rank = new Map(clientProviderOrder(providers).map((domain, i) => [domain, i]));
  const rankOf = ({ members }: Column) => rank.get(members[0]?.domain ?? "") ?? rank.size;
  const others = clients.filter((client) => client !== acting).sort((a, b) => rankOf(a) - rankOf(b));
  const lone = providers.map((actor): Column => ({ name: actor.label, kind: "provider", members: [actor] }));
  return [...(acting === undefined ? [] : [acting]), ...lone, ...others];
}

/** The messages that leave or arrive in `chapter`, in the order in which they first do. */
function messagesIn({ occurrences }: Chapter): readonly Message[] {
  return [...new Set(occurrences.flatMap((one) => (one.type === "note" ? [] : [one.message])))];
}

/** The actors of `messages`, in the order of their first part in one. */
function participants({ actors }: Chapter, messages: readonly Message[]): readonly Actor[] {
  const ids = new Set(messages.flatMap(({ from, to }) => [from, to]));
  return [...ids].flatMap((id) => actors.get(id) ?? []);
}

function groupClients(chapter: Chapter, clients: readonly Actor[]): readonly Column[] {
  const groups = new Map<string, Actor[]>();
  for (const client of clients) {
    const key =
      client.user === undefined ? `only ${client.id}` : `${client.user} ${lifeOf(chapter, client.id)}`;
    groups.set(key, [...(groups.get(key) ?? []), client]);
  }
  return [...groups.values()].map((members) => ({ name: nameOf(members), kind: "client", members }));
}

/** What happens to a client, apart from ids: clients of one user that live alike are drawn as one. */
function lifeOf({ occurrences }: Chapter, client: string): string {
  const life = occurrences.flatMap((one) => {
    if (one.type === "note") return [];
    const { from, to, kind, label, sentAt, lost, tampered } = one.message;
    const fate = [kind, label, lost ?? "", ...tampered].join("\n");
    if (one.actor === client) return one.type === "arrival" ? { from, sentAt, fate } : { to, fate };
    // What is lost on its way to the client never arrives there, and yet is a part of its story.
    return one.type === "departure" && to === client && lost !== undefined
      ? { lost: from, sentAt, fate }
      : [];
  });
  return JSON.stringify(life);
}

/** "ClientB*" for ClientB1 and ClientB2. */
function nameOf(members: readonly Actor[]): string {
  const [first = "", ...rest] = members.map(({ label }) => label);
  if (rest.length === 0) return first;
  let shared = first.length;
  for (const label of rest) while (!label.startsWith(first.slice(0, shared))) shared--;
  return shared > 0 ? `${first.slice(0, shared)}*` : `${first}*`;
}

/** The client that states an intention, or else the first that sends something; better one that is drawn alone. */
function actingClient({ occurrences }: Chapter, clients: readonly Column[]): Column | undefined {
  const columnWith = (actor: string | undefined) =>
    clients.find(({ members }) => members.some(({ id }) => id === actor));
  const intending = occurrences.flatMap((one) =>
    one.type === "note" && one.note.kind === "intention" ? (columnWith(one.actor) ?? []) : [],
  );
  const sending = occurrences.flatMap((one) =>
    one.type === "departure" ? (columnWith(one.actor) ?? []) : [],
  );
  const alone = ({ members }: Column) => members.length === 1;
  return intending.find(alone) ?? intending[0] ?? sending.find(alone) ?? sending[0];
}

function orderProviders(
  messages: readonly Message[],
  providers: readonly Actor[],
  domain: string | undefined,
): readonly Actor[] {
  const peers = (provider: Actor) => {
    const others = providers.filter(
      (other) => other !== provider && messages.some((m) => joins(m, provider.id, other.id)),
    );
    return others.length;
  };
  const own = providers.find((provider) => provider.domain === domain);
  const rest = providers.filter((provider) => provider !== own);
  const most = Math.max(0, ...rest.map(peers));
  const hub = rest.find((provider) => peers(provider) === most);
  const start = [own, hub].filter((provider) => provider !== undefined);
  return [...start, ...providers.filter((provider) => !start.includes(provider))];
}

function joins({ from, to }: Message, a: string, b: string): boolean {
  return (from === a && to === b) || (from === b && to === a);
}

/** The last provider's clients stand beside it; those of the acting client's provider and of the hub come last. */
function clientProviderOrder(providers: readonly Actor[]): readonly string[] {
  const [own, hub, ...others] = providers.map(({ domain }) => domain);
  return [...others.reverse(), own, hub].flatMap((domain) => domain ?? []);
}
