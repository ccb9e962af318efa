import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Commit, commit, followHandshake, MlsError, receive } from "../../../../spec-model/mls/index.ts";
import { type Codec, DecodeError } from "../../../../spec-model/wire/index.ts";
import { add, commitIn, forged, random, remove, room } from "../refusals/room.ts";
import { application as app, client, topic, update } from "../room-fixture.ts";
import { change, Specimen } from "./changes.ts";

const { alice, bob, hub } = room;

describe("a commit that its committer changed before signing it", () => {
  it("is refused with a typed error by members, and by whoever follows if it can be", () => {
    const proposals = [add(client("dave").keyPackage), update(topic, "x"), remove(2)];
    const { message } = commit(alice, { proposals }, app, random);
    const original = Commit.encode(commitIn(message).commit);
    const specimen = new Specimen(Commit as Codec<unknown>, original);
    const codes = new Set<string>();
    fc.assert(
      fc.property(change, (next) => {
        let changed: Commit;
        try {
          changed = Commit.decode(specimen.changed(next, original));
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
          return;
        }
        // The confirmation tag is one that no epoch has.
        const signed = forged(alice, { ...commitIn(message), commit: changed });
        expect(() => receive(bob, signed, app)).toThrow(MlsError);
        try {
          followHandshake(hub, signed, app);
        } catch (error) {
          expect(error).toBeInstanceOf(MlsError);
          codes.add((error as MlsError).code);
        }
      }),
      { numRuns: 1500, seed: 9420 },
    );
    // The changes reach far behind the first check.
    expect(codes.size).toBeGreaterThanOrEqual(10);
  });
});
