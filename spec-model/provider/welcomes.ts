/** Whom a Welcome is for, and whether its target still wants to be added. protocol-06 §5.2 and §5.5 */
import { consentInForce } from "../consent/index.ts";
import { type Reservation, reservationsOf } from "../key-material/index.ts";
import { emit } from "../turn.ts";
import type { ProviderTurn } from "./state.ts";
import { userOf } from "./users.ts";

/** The own clients that a Welcome to `room` is delivered to, from the KeyPackageRefs in it; unknown ones are others'. */
export function welcomed(turn: ProviderTurn, references: readonly string[], room: string): readonly string[] {
  const clients = references.flatMap((reference) => {
    const client = turn.state.keyPackages[reference]?.client;
    if (client === undefined) return [];
    const refusal = refusalOf(turn, client, reference, room);
    if (refusal === undefined) return [client];
    const text = `withholds the Welcome from ${client}: ${refusal}`;
    emit(turn, { type: "decided", text, draft: "protocol-06 §5.2" });
    return [];
  });
  return [...new Set(clients)];
}

/** Why a Welcome is not delivered; undefined: it is. */
function refusalOf(turn: ProviderTurn, client: string, reference: string, room: string): string | undefined {
  const { policy, stocks, consents } = turn.state;
  if (policy.consentAt === "claim") return undefined;
  const target = userOf(turn, client);
  const stock = stocks[target]?.context;
  const reserved = (stock === undefined ? [] : reservationsOf(stock, reference)).filter(isFor(room));
  if (reserved.length === 0) return `its KeyPackage was not handed out for ${room}`;
  const isWanted = ({ requester }: Reservation) =>
    consentInForce(consents, { requester, target, room }, policy.precedence) === "granted";
  return reserved.some(isWanted) ? undefined : "there is no consent any more";
}

const isFor =
  (room: string) =>
  (reservation: Reservation): boolean =>
    reservation.room === undefined || reservation.room === room;
