/** What a provider sends to its own clients: at once, or when they are there again. protocol-06 §4.3 and §5.5 */
import type { LocalMessage } from "../actor.ts";
import { type ClientLinkEvent, clientLinkMachine } from "../follower/index.ts";
import { stateName } from "../machine.ts";
import { advance, emit, first } from "../turn.ts";
import type { ProviderTurn } from "./state.ts";

/** Hands a message to an own client, or keeps it until the client is back. */
export function toClient(turn: ProviderTurn, client: string, message: LocalMessage, label: string): void {
  const link = turn.state.clientLinks[client];
  // A client that has never been away has no link of its own.
  if (link === undefined || stateName(link) === "connected") {
    emit(turn, { type: "local", to: client, message, label });
    return;
  }
  const item = `${client} ${turn.state.mailed + 1}`;
  const mail = { ...turn.state.mail, [item]: { message, label } };
  turn.state = { ...turn.state, mailed: turn.state.mailed + 1, mail };
  stepLink(turn, client, { type: "send", item });
}

/** The connection of an own client is lost, or is there again. */
export function clientConnection(turn: ProviderTurn, client: string, type: "connect" | "disconnect"): void {
  stepLink(turn, client, { type });
}

function stepLink(turn: ProviderTurn, client: string, event: ClientLinkEvent): void {
  const before = turn.state.clientLinks[client] ?? first(clientLinkMachine, { client });
  const { snapshot, effects } = advance(turn, clientLinkMachine, before, event, client);
  turn.state = { ...turn.state, clientLinks: { ...turn.state.clientLinks, [client]: snapshot } };
  for (const effect of effects) {
    if (effect.type === "hand")
      for (const item of effect["items"] as readonly string[]) hand(turn, client, item);
  }
}

function hand(turn: ProviderTurn, client: string, item: string): void {
  const { [item]: kept, ...mail } = turn.state.mail;
  turn.state = { ...turn.state, mail };
  if (kept !== undefined) emit(turn, { type: "local", to: client, ...kept });
}
