/** Fanning accepted events out: to own clients at once, to followers through their delivery machines. protocol-06 §5.5 */
import { concat } from "../bytes.ts";
import { FanoutMessage } from "../fan-out/index.ts";
import type { Effect } from "../machine.ts";
import { advance, emit, first, type Turn } from "../turn.ts";
import { type DeliveryEvent, deliveryMachine, type Sending } from "./delivery-machine.ts";
import type { HostedRoom } from "./hosted-room.ts";
import type { HubLinks } from "./links.ts";

/** An entry of the room's log: a FanoutMessage and what the diagrams call it. */
export interface LogEntry {
  /** Its place in the log; several entries can stand at one place. */
  readonly item: string;
  readonly message: FanoutMessage;
  readonly label: string;
}

/** Puts an entry into the log and sends it on its way. */
export function fanOut(
  turn: Turn<unknown>,
  links: HubLinks,
  hosted: HostedRoom,
  entry: LogEntry,
  to: { readonly providers: readonly string[]; readonly clients: readonly string[] },
): HostedRoom {
  const bytes = FanoutMessage.encode(entry.message);
  for (const client of to.clients) links.deliver(client, hosted.room, bytes, entry.label);
  const logged = { ...hosted, log: { ...hosted.log, [entry.item]: bytes } };
  return to.providers.reduce(
    (room, provider) => deliver(turn, links, room, provider, { type: "queue", item: entry.item }),
    logged,
  );
}

/** Steps the delivery to one follower. */
export function deliver(
  turn: Turn<unknown>,
  links: HubLinks,
  hosted: HostedRoom,
  provider: string,
  event: DeliveryEvent,
): HostedRoom {
  const before = hosted.deliveries[provider] ?? first(deliveryMachine, { provider, ...sendingOf(turn) });
  const { snapshot, effects } = advance(
    turn,
    deliveryMachine,
    before,
    event,
    `${hosted.room} to ${provider}`,
  );
  for (const effect of effects) carryOut(turn, links, hosted, provider, effect);
  return { ...hosted, deliveries: { ...hosted.deliveries, [provider]: snapshot } };
}

/** How the hub sends, where not as the model does. */
function sendingOf({ deviation }: Turn<unknown>): { readonly sending?: Sending } {
  const { order, retries } = deviation?.delivery ?? {};
  const sending = {
    ...(order === undefined ? {} : { order }),
    ...(retries === undefined ? {} : { retries }),
  };
  return Object.keys(sending).length === 0 ? {} : { sending };
}

/** Several FanoutMessages in one body stand one behind the other. */
function carryOut(
  turn: Turn<unknown>,
  links: HubLinks,
  hosted: HostedRoom,
  provider: string,
  effect: Effect,
): void {
  if (effect.type === "notify") {
    const items = effect["items"] as readonly string[];
    const messages = items.map((item) => hosted.log[item] ?? new Uint8Array(0));
    const summary = messages.length === 1 ? "FanoutMessage" : `${messages.length} FanoutMessages`;
    links.notify(provider, hosted.room, concat(...messages), summary, items);
  }
  if (effect.type === "trouble") {
    const text = `${provider} has not taken an event of ${hosted.room} in ${effect["attempts"]} attempts`;
    emit(turn, {
      type: "noticed",
      errorType: "HubError",
      code: "undelivered",
      where: "protocol-06 §5.5",
      text,
    });
  }
  if (effect.type === "wake") links.wake(provider, hosted.room, effect["afterMs"] as number);
}
