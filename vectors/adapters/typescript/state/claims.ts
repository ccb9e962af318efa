/** Claims of one user's KeyPackages at its provider. protocol-06 §5.2 */
import { compareBytes, utf8 } from "../../../../spec-model/bytes.ts";
import {
  type ClientMaterial,
  type StockEvent,
  type StockedKeyPackage,
  stockMachine,
} from "../../../../spec-model/key-material/index.ts";
import { begin, type Effect, step } from "../../../../spec-model/machine.ts";
import type { Json, JsonObject } from "../../../format/case.ts";
import type { Answer } from "../../../verify/protocol.ts";
import type { Handler } from "../handler.ts";
import { listIn } from "../input.ts";

export const claimHandlers: Readonly<Record<string, Handler>> = { "key-packages.claim": claimed };

function claimed(input: JsonObject): Answer {
  let { snapshot } = begin(stockMachine, { user: "mimi://b.example/u/bob" });
  let effects: readonly Effect[] = [];
  for (const event of eventsIn(input)) ({ snapshot, effects } = step(stockMachine, snapshot, event));
  const answered = effects.find(({ type }) => type === "answer");
  if (answered === undefined) throw new Error("a case without a claim");
  const clients = (answered["clients"] as readonly ClientMaterial[]).toSorted((a, b) =>
    compareBytes(utf8(a.client), utf8(b.client)),
  );
  return {
    outcome: String(answered["userStatus"]),
    output: {
      clients: clients.map(({ client, status, reference }) => ({
        client,
        status,
        reference: reference ?? null,
      })),
    },
  };
}

function eventsIn(input: JsonObject): StockEvent[] {
  const keyPackages = listIn<JsonObject>(input, "stock").map(
    (each) => ({ ...each, notAfter: Number(each["notAfter"]) }) as unknown as StockedKeyPackage,
  );
  return [
    ...keyPackages.map((keyPackage) => ({ type: "store" as const, keyPackages: [keyPackage] })),
    ...(input["deleted"] === true ? [{ type: "delete" as const }] : []),
    ...listIn<JsonObject>(input, "claims").map(claimEvent),
  ];
}

function claimEvent(claim: JsonObject, index: number): StockEvent {
  const given: Record<string, Json> = { ...claim };
  const now = Number(claim["now"]);
  return { type: "claim", request: `${index}`, refused: undefined, ...given, now } as unknown as StockEvent;
}
