/** Consent as the target's provider keeps it. protocol-06 §5.7 and §8 */
import {
  ConsentEntry,
  type ConsentEvent,
  type ConsentLedger,
  consentInForce,
  consentMachine,
  consentOf,
  isDeniedForAnyRoom,
  nextOrder,
  type Scope,
  scopeName,
  scopeOf,
} from "../../../../spec-model/consent/index.ts";
import { type Effect, step } from "../../../../spec-model/machine.ts";
import type { JsonObject } from "../../../format/case.ts";
import type { Handler } from "../handler.ts";
import { listIn, octetsOf } from "../input.ts";

export const consentHandlers: Readonly<Record<string, Handler>> = {
  "consent.in-force": (input) => {
    const { ledger } = followed(input);
    const room = input["room"] === undefined ? undefined : String(input["room"]);
    const asked = { requester: String(input["requester"]), target: String(input["target"]), room };
    return { outcome: consentInForce(ledger, asked, "mostSpecific") };
  },
  "consent.follow": (input) => ({ outcome: "followed", output: { effects: followed(input).effects } }),
};

interface Followed {
  readonly ledger: ConsentLedger;
  readonly effects: readonly string[];
}

function followed(input: JsonObject): Followed {
  const policy = { tellsRevocations: input["tellsRevocations"] === true };
  let ledger: ConsentLedger = {};
  const effects = listIn<string>(input, "entries").map((octets) => {
    const entry = ConsentEntry.decode(octetsOf(octets));
    const scope = scopeOf(entry);
    const event = eventOf(entry.consentOperation, ledger, scope);
    const { snapshot, effects: made } = step(consentMachine, consentOf(ledger, scope, policy), event);
    ledger = { ...ledger, [scopeName(scope)]: snapshot };
    return effectName(made);
  });
  return { ledger, effects };
}

function eventOf(
  operation: ConsentEntry["consentOperation"],
  ledger: ConsentLedger,
  scope: Scope,
): ConsentEvent {
  switch (operation) {
    case "request":
      return { type: operation, isDeniedForAnyRoom: isDeniedForAnyRoom(ledger, scope) };
    case "cancel":
      return { type: operation };
    default:
      return { type: operation, order: nextOrder(ledger) };
  }
}

const told = ["showRequest", "withdrawRequest", "conveyGrant", "conveyRevocation"];

function effectName(effects: readonly Effect[]): string {
  return effects.map(({ type }) => type).find((type) => told.includes(type)) ?? "nothing";
}
