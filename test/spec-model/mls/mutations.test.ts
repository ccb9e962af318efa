import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  Commit,
  commit,
  encryptApplication,
  externalCommit,
  followHandshake,
  groupInfo,
  joinByWelcome,
  MLSMessage,
  MlsError,
  propose,
  ratchetTreeExtension,
  receive,
  startPublicGroup,
} from "../../../spec-model/mls/index.ts";
import { DecodeError } from "../../../spec-model/wire/index.ts";
import { add, commitIn, forged, random, remove, room, welcomeOf } from "./refusals/room.ts";
import { semiPrivateRoom } from "./refusals/safe-interface.ts";
import { application as app, client, topic, update } from "./room-fixture.ts";

const { alice, bob, hub } = room;
const dave = client("dave");

/** One message of each kind, in octets. */
const messages: Record<string, Uint8Array> = {
  proposal: MLSMessage.encode(propose(alice, update(topic, "x"), {}, app, random).message),
  "private proposal": MLSMessage.encode(
    propose(alice, remove(2), { wireFormat: "mls_private_message" }, app, random).message,
  ),
  "semiprivate proposal": MLSMessage.encode(
    propose(semiPrivateRoom.alice, remove(2), { wireFormat: "mls_semiprivate_message" }, app, random).message,
  ),
  commit: MLSMessage.encode(
    commit(alice, { proposals: [add(dave.keyPackage)], forcePath: true }, app, random).message,
  ),
  "external commit": MLSMessage.encode(
    externalCommit({ groupInfo: groupInfo(alice, app), ratchetTree: hub.tree, joiner: dave }, app, random)
      .message,
  ),
  application: MLSMessage.encode(encryptApplication(alice, utf8("hello"), {}, app, random).message),
  GroupInfo: MLSMessage.encode({
    version: "mls10",
    wireFormat: "mls_group_info",
    groupInfo: groupInfo(alice, app, [ratchetTreeExtension(alice.tree)]),
  }),
  Welcome: MLSMessage.encode({
    version: "mls10",
    wireFormat: "mls_welcome",
    welcome: welcomeOf(commit(alice, { proposals: [add(dave.keyPackage)] }, app, random)),
  }),
};

function process(octets: Uint8Array): void {
  const message = MLSMessage.decode(octets);
  switch (message.wireFormat) {
    case "mls_group_info":
      startPublicGroup(message.groupInfo, undefined, app);
      return;
    case "mls_welcome":
      joinByWelcome(message.welcome, { own: dave }, app);
      return;
    case "mls_semiprivate_message":
      receive(semiPrivateRoom.bob, message, app);
      return;
    default:
      receive(bob, message, app);
      followHandshake(hub, message, app);
  }
}

describe.each(Object.keys(messages))("a %s that was changed on the way", (name) => {
  it("is refused with a typed error", () => {
    const original = messages[name] as Uint8Array;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: original.length - 1 }), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.option(fc.nat({ max: original.length }), { freq: 4 }),
        (changes, length) => {
          const octets = new Uint8Array(original.subarray(0, length ?? original.length));
          for (const [at, by] of changes) if (at < octets.length) octets[at] = (octets[at] ?? 0) ^ by;
          if (octets.length === original.length && octets.every((octet, i) => octet === original[i])) return;
          try {
            process(octets);
          } catch (error) {
            expect(error instanceof MlsError || error instanceof DecodeError, `${error}`).toBe(true);
            return;
          }
          throw new Error("a changed message was accepted");
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe("a commit that its committer changed before signing it", () => {
  it("is refused with a typed error, by members and by whoever follows", () => {
    const proposals = [add(dave.keyPackage), update(topic, "x"), remove(2)];
    const { message } = commit(alice, { proposals }, app, random);
    const original = Commit.encode(commitIn(message).commit);
    const change = fc.tuple(fc.nat({ max: original.length - 1 }), fc.integer({ min: 1, max: 255 }));
    const codes = new Set<string>();
    fc.assert(
      fc.property(change, ([at, by]) => {
        const octets = original.map((octet, i) => (i === at ? octet ^ by : octet));
        let changed: Commit;
        try {
          changed = Commit.decode(octets);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
          return;
        }
        const signed = forged(alice, { ...commitIn(message), commit: changed });
        expect(() => receive(bob, signed, app)).toThrow(MlsError);
        try {
          followHandshake(hub, signed, app);
        } catch (error) {
          expect(error).toBeInstanceOf(MlsError);
          codes.add((error as MlsError).code);
        }
      }),
      { numRuns: 300, seed: 9420 },
    );
    // The changes reach far behind the first check.
    expect(codes.size).toBeGreaterThanOrEqual(8);
  });
});
