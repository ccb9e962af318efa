/** Implementations that make one mistake about consent. protocol-06 §5.7 */
import { hex } from "../../spec-model/bytes.ts";
import { ConsentEntry } from "../../spec-model/consent/index.ts";
import { listIn, octetsOf } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import { answered, mutant, type StateMutant } from "./state-mutant.ts";

const inForce = "consent.in-force";

export function consentMutants(): StateMutant[] {
  const mended =
    (change: (entries: readonly ConsentEntry[], input: JsonObject) => readonly ConsentEntry[]) =>
    (input: JsonObject) => {
      const entries = listIn<string>(input, "entries").map((octets) => ConsentEntry.decode(octetsOf(octets)));
      const changed = change(entries, input).map((entry) => hex(ConsentEntry.encode(entry)));
      return answered(inForce, { ...input, entries: changed });
    };
  return [
    mutant(
      inForce,
      "consent for good",
      "does not know revocations",
      mended((entries) => entries.filter(({ consentOperation }) => consentOperation !== "revoke")),
    ),
    mutant(
      inForce,
      "consent of any scope",
      "looks neither at rooms nor at users",
      mended((entries, input) =>
        entries.map((entry) => ({
          ...entry,
          requesterUri: { uri: String(input["requester"]) },
          targetUri: { uri: String(input["target"]) },
          roomId: undefined,
        })),
      ),
    ),
    mutant(
      inForce,
      "consent by asking",
      "takes a request for a grant",
      mended((entries) =>
        entries.map((entry) =>
          entry.consentOperation === "request"
            ? { ...entry, consentOperation: "grant" as const, clientKeyPackages: [] }
            : entry,
        ),
      ),
    ),
    mutant(
      inForce,
      "consent until a grant is revoked",
      "lets in whoever nobody has granted anything and taken it back",
      (input) => {
        const operations = listIn<string>(input, "entries").map(
          (octets) => ConsentEntry.decode(octetsOf(octets)).consentOperation,
        );
        return operations.includes("revoke") && operations.includes("grant") ? undefined : "granted";
      },
    ),
  ];
}
