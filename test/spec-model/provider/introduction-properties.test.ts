/** Whatever happens at a target's provider, in any order: consent and key material keep to I19, I21 and I22. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { hex } from "../../../spec-model/bytes.ts";
import { KeyMaterialResponse } from "../../../spec-model/key-material/index.ts";
import { keyPackageRef } from "../../../spec-model/mls/index.ts";
import type { ProviderState } from "../../../spec-model/provider/index.ts";
import {
  alice,
  askServer,
  bob,
  bobClients,
  claim,
  clientNamed,
  entry,
  post,
  providerB,
  say,
  sent,
  stocked,
  suite,
} from "./world.ts";

const rooms = ["mimi://a.example/r/one", "mimi://a.example/r/two"] as const;
const claims = new Map(rooms.map((room) => [room, claim(bob, room)]));
/** The larger ones have the KeyPackages of the smaller ones in them: an upload may be repeated. */
const uploads = [1, 2, 3].map((count) =>
  sent(clientNamed(bobClients[0], bob), { type: "publishKeyPackages", count }),
);

type Step =
  | { readonly kind: "upload"; readonly which: number }
  | { readonly kind: "grant" | "revoke"; readonly room: string | undefined }
  | { readonly kind: "request" | "cancel"; readonly room: string | undefined }
  | { readonly kind: "claim"; readonly room: (typeof rooms)[number] };

const room = fc.constantFrom(undefined, ...rooms);
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("upload" as const), which: fc.nat(uploads.length - 1) }),
  fc.record({ kind: fc.constantFrom("grant" as const, "revoke" as const), room }),
  fc.record({ kind: fc.constantFrom("request" as const, "cancel" as const), room }),
  fc.record({ kind: fc.constant("claim" as const), room: fc.constantFrom(...rooms) }),
  fc.record({ kind: fc.constant("claim" as const), room: fc.constantFrom(...rooms) }),
);

/** The rule of consent once more, as a table of what was last said of each scope. */
function mayClaim(said: ReadonlyMap<string | undefined, boolean>, of: string): boolean {
  return said.get(of) ?? said.get(undefined) ?? false;
}

function take(state: ProviderState, step: Step) {
  switch (step.kind) {
    case "upload": {
      const message = uploads[step.which];
      return message === undefined ? undefined : say(state, bobClients[0], message);
    }
    case "grant":
    case "revoke": {
      const scope = { requester: alice, target: bob, room: step.room };
      return say(state, bobClients[0], askServer("updateConsent", "a.example", entry(step.kind, scope)));
    }
    case "request":
    case "cancel": {
      const scope = { requester: alice, target: bob, room: step.room };
      return post(state, "requestConsent", "b.example", entry(step.kind, scope));
    }
    case "claim":
      return post(state, "keyMaterial", bob, claims.get(step.room) ?? new Uint8Array(0));
  }
}

it("hands out each KeyPackage once, with consent at that moment, and is asked by nobody but the requester", () => {
  let handedOut = 0;
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 14, size: "max" }), (sequence) => {
      const said = new Map<string | undefined, boolean>();
      const seen = new Set<string>();
      let state = stocked(providerB(), 2);
      for (const step of sequence) {
        const taken = take(state, step);
        if (taken === undefined) continue;
        state = taken.state;
        if (step.kind === "grant" || step.kind === "revoke") said.set(step.room, step.kind === "grant");
        if (step.kind !== "claim") continue;
        const { userStatus, clients } = KeyMaterialResponse.decode(taken.body);
        expect(userStatus === "noConsent", JSON.stringify(step)).toBe(!mayClaim(said, step.room));
        for (const each of clients) {
          if (each.clientStatus !== "success") continue;
          const reference = hex(keyPackageRef(suite, each.keyPackage));
          expect(seen.has(reference)).toBe(false);
          seen.add(reference);
          handedOut++;
        }
      }
    }),
    { numRuns: 150 },
  );
  // The property says nothing where nothing is handed out.
  expect(handedOut).toBeGreaterThan(20);
});
