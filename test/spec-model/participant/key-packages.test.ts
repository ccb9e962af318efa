/** The private keys of KeyPackages that a Welcome has used. RFC 9420 §10, mls-extensions §6.4.1 */
import { describe, expect, it } from "vitest";
import { cipherSuite, realMls } from "../../../spec-model/mls/index.ts";
import { newClient, stepClient } from "../../../spec-model/participant/index.ts";
import { forgetKeyPackage } from "../../../spec-model/participant/key-packages.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { takeTurn } from "../../../spec-model/turn.ts";

const random = expandEntropy(new Uint8Array(32), "used KeyPackages");
const own = { domain: "a.example", signatureKey: random.bytes(32), frankingKey: random.bytes(32) };
const identity = { client: "mimi://a.example/d/alice/ClientA1", user: "mimi://a.example/u/alice" };
const first = newClient(identity, own, cipherSuite(1), random);

/** The references that a client still has the private keys of, once a Welcome has used each of two KeyPackages. */
function keptOf(lastResort: boolean) {
  const moment = { now: 1_767_225_600_000, entropy: random.bytes(32) };
  const intention = { type: "publishKeyPackages", count: 2, lastResort } as const;
  const { state } = stepClient(first, { type: "intention", intention }, moment);
  const published = Object.keys(state.keyPackages);
  const after = takeTurn(state, moment, realMls, (turn) => {
    for (const reference of published) forgetKeyPackage(turn, reference);
  });
  return { published, kept: Object.keys(after.state.keyPackages) };
}

describe("a client whose KeyPackage has been used", () => {
  it("deletes its private keys", () => {
    const { published, kept } = keptOf(false);
    expect(published).toHaveLength(2);
    expect(kept).toEqual([]);
  });

  it("keeps them where it is one of last resort: the next Welcome may rest on it, too", () => {
    const { published, kept } = keptOf(true);
    expect(published).toHaveLength(2);
    expect(kept).toEqual(published);
  });
});
