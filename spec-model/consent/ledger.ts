/** All consents that a target's provider keeps, and whether one is in force. protocol-06 §5.2, §5.7, §8 */
import type { SnapshotFrom } from "xstate";
import { begin, stateName } from "../machine.ts";
import { consentMachine } from "./consent-machine.ts";
import type { ConsentPolicy } from "./consent-rules.ts";
import { type Scope, scopeName } from "./scope.ts";

/** The consents by the names of their scopes. */
export type ConsentLedger = Readonly<Record<string, SnapshotFrom<typeof consentMachine>>>;

/** `otherRoom`: not for this room, though there is or was one for another room or for any. */
export type Standing = "granted" | "otherRoom" | "missing";

/** What is in force between requester and target for a room; without a room, only what holds for any room counts. */
export function consentInForce(
  ledger: ConsentLedger,
  asked: Scope,
  precedence: ConsentPolicy["precedence"],
): Standing {
  if (asked.requester === asked.target) return "granted";
  const anyRoom = decisionOn(ledger, { ...asked, room: undefined });
  const thisRoom = asked.room === undefined ? undefined : decisionOn(ledger, asked);
  const counting = thisRoom === undefined ? anyRoom : preferred(thisRoom, anyRoom, precedence);
  if (counting?.granted === true) return "granted";
  return isGrantedElsewhere(ledger, asked, anyRoom, precedence) ? "otherRoom" : "missing";
}

/** The consent of this scope, at its beginning where nothing has happened to it. */
export function consentOf(
  ledger: ConsentLedger,
  scope: Scope,
  policy: Pick<ConsentPolicy, "tellsRevocations">,
): SnapshotFrom<typeof consentMachine> {
  return ledger[scopeName(scope)] ?? begin(consentMachine, { scope, policy }).snapshot;
}

/** Whether the target has said that the requester may not add it to any room. */
export function isDeniedForAnyRoom(ledger: ConsentLedger, scope: Scope): boolean {
  return decisionOn(ledger, { ...scope, room: undefined })?.granted === false;
}

/** The number that the provider's next decision gets. */
export function nextOrder(ledger: ConsentLedger): number {
  return 1 + Math.max(0, ...Object.values(ledger).map(({ context }) => context.decided));
}

interface Decided {
  readonly granted: boolean;
  readonly order: number;
}

function preferred(
  thisRoom: Decided,
  anyRoom: Decided | undefined,
  precedence: ConsentPolicy["precedence"],
): Decided {
  if (precedence === "mostSpecific" || anyRoom === undefined) return thisRoom;
  return anyRoom.order > thisRoom.order ? anyRoom : thisRoom;
}

/** A request that nobody has answered decides nothing; one after a revocation leaves it in force. */
function decisionOn(ledger: ConsentLedger, scope: Scope): Decided | undefined {
  const consent = ledger[scopeName(scope)];
  if (consent === undefined || consent.context.decided === 0) return undefined;
  return { granted: stateName(consent) === "granted", order: consent.context.decided };
}

function isGrantedElsewhere(
  ledger: ConsentLedger,
  asked: Scope,
  anyRoom: Decided | undefined,
  precedence: ConsentPolicy["precedence"],
): boolean {
  if (anyRoom?.granted === true) return true;
  return Object.values(ledger).some(({ context: { scope } }) => {
    const isOther =
      scope.requester === asked.requester && scope.target === asked.target && scope.room !== asked.room;
    const decided = isOther && scope.room !== undefined ? decisionOn(ledger, scope) : undefined;
    return decided !== undefined && preferred(decided, anyRoom, precedence).granted;
  });
}
