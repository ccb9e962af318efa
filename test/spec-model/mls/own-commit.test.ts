/** Members that go on from what they have sent and what they drew for it. RFC 9420 §7.4, §8.3, §11 and §12.4 */
import { describe, expect, it } from "vitest";
import { equalBytes, hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  commit,
  createGroup,
  epochAuthenticator,
  externalCommit,
  externalInitLabel,
  externalPubOf,
  groupInfo,
  leafAt,
  type MLSMessage,
  nodeKeyPair,
  type Proposal,
  propose,
  resumeCommit,
  resumeExternalCommit,
  resumeGroup,
  resumeProposal,
} from "../../../spec-model/mls/index.ts";
import { alice, carol, commitIn, flipped, hubKeys, pathIn, remove, suite } from "./refusals/room.ts";
import { semiPrivateRoom } from "./refusals/safe-interface.ts";
import { application as app, client, randomness, roomExtensions, topic, update } from "./room-fixture.ts";

/** Randomness that can be looked up afterwards. */
function watched(purpose: string) {
  const random = randomness(purpose);
  const draws: Uint8Array[] = [];
  const bytes = (length: number) => {
    const drawn = random.bytes(length);
    draws.push(drawn);
    return drawn;
  };
  return { random: { bytes }, draws };
}

function pathSecretOf(message: MLSMessage, draws: readonly Uint8Array[]): Uint8Array {
  const { encryptionKey } = pathIn(message).leafNode;
  const fits = (drawn: Uint8Array) =>
    drawn.length === suite.hashLength && equalBytes(nodeKeyPair(suite, drawn).publicKey, encryptionKey);
  return draws.find(fits) ?? noBytes;
}

function committed(proposals: readonly Proposal[]) {
  const { random, draws } = watched(`own commit ${proposals.length}`);
  const made = commit(alice, { proposals }, app, random);
  return { made, draws };
}

describe("a member that has kept its commit", () => {
  it("comes to the epoch that it begins, by the secret of its path", () => {
    const { made, draws } = committed([remove(carol.leafIndex), update(topic, "fewer")]);
    const resumed = resumeCommit(alice, made.message, pathSecretOf(made.message, draws), app);
    expect(hex(epochAuthenticator(resumed))).toBe(hex(epochAuthenticator(made.state)));
    expect(resumed).toEqual(made.state);
  });

  it("needs no secret where the commit has no path", () => {
    const { made } = committed([update(topic, "more")]);
    expect(resumeCommit(alice, made.message, undefined, app)).toEqual(made.state);
  });

  it.each([
    ["another secret", flipped],
    ["none", () => undefined],
  ])("refuses %s for its path", (_, change) => {
    const { made, draws } = committed([remove(carol.leafIndex)]);
    const secret = change(pathSecretOf(made.message, draws));
    expect(() => resumeCommit(alice, made.message, secret, app)).toThrow(/RFC 9420 §7/);
  });
});

describe("a member that has kept handshakes that only members and receivers can read", () => {
  const wireFormat = "mls_semiprivate_message";
  const { alice: founder, bob } = semiPrivateRoom;

  it("comes to the epoch that its commit begins", () => {
    const { random, draws } = watched("hidden commit");
    const made = commit(founder, { wireFormat, forcePath: true }, app, random);
    const key = leafAt(made.state.tree, founder.leafIndex)?.encryptionKey ?? noBytes;
    const isBeginning = (drawn: Uint8Array) =>
      drawn.length === suite.hashLength && equalBytes(nodeKeyPair(suite, drawn).publicKey, key);
    expect(resumeCommit(founder, made.message, draws.find(isBeginning), app)).toEqual(made.state);
  });

  it("has its proposal pending again, and its key is used up", () => {
    const made = propose(
      founder,
      update(topic, "hidden"),
      { wireFormat },
      app,
      randomness("hidden proposal"),
    );
    expect(resumeProposal(founder, made.message, app)).toEqual(made.state);
  });

  it("refuses what another member has sent", () => {
    const made = propose(bob, update(topic, "hidden"), { wireFormat }, app, randomness("another's"));
    expect(() => resumeProposal(founder, made.message, app)).toThrow(
      expect.objectContaining({ code: "unknownSender" }),
    );
  });
});

describe("a creator that has kept what its group begins with", () => {
  const { random, draws } = watched("own group");
  const creator = client("dora");
  const options = { groupId: utf8("own group"), extensions: roomExtensions(hubKeys.publicKey), creator };
  const made = createGroup(options, app, random);
  const kept = {
    groupInfo: groupInfo(made, app),
    ratchetTree: made.tree,
    epochSecret: draws[0] ?? noBytes,
    encryptionPrivateKey: creator.encryptionPrivateKey,
    signaturePrivateKey: creator.signaturePrivateKey,
  };

  it("is in the group's first epoch", () => {
    expect(resumeGroup(kept, app)).toEqual(made);
  });

  it("refuses another secret, with which no tag fits", () => {
    expect(() => resumeGroup({ ...kept, epochSecret: flipped(kept.epochSecret) }, app)).toThrow(
      expect.objectContaining({ code: "confirmationTag" }),
    );
  });
});

describe("a client that has kept its external commit", () => {
  const { random, draws } = watched("own external commit");
  const joiner = client("dora");
  const from = { groupInfo: groupInfo(alice, app), ratchetTree: alice.tree };
  const made = externalCommit({ ...from, joiner }, app, random);
  const kemOutput = commitIn(made.message).commit.proposals.flatMap((each) =>
    each.type === "proposal" && each.proposal.proposalType === "external_init"
      ? [each.proposal.kemOutput]
      : [],
  )[0];
  const initSecret = draws
    .map((drawn) => {
      const again = { bytes: () => drawn };
      const { hashLength, hpke } = suite;
      return hpke.exportSecret(externalPubOf(from.groupInfo), noBytes, externalInitLabel, hashLength, again);
    })
    .find((init) => init !== undefined && equalBytes(init.kemOutput, kemOutput ?? noBytes))?.secret;
  const sent = {
    ...from,
    message: made.message,
    pathSecret: pathSecretOf(made.message, draws),
    initSecret: initSecret ?? noBytes,
    signaturePrivateKey: joiner.signaturePrivateKey,
  };

  it("is in the group, in the epoch that it begins", () => {
    expect(resumeExternalCommit(sent, app)).toEqual(made.state);
  });

  it("refuses another init secret, with which no tag fits", () => {
    expect(() => resumeExternalCommit({ ...sent, initSecret: flipped(sent.initSecret) }, app)).toThrow(
      expect.objectContaining({ code: "confirmationTag" }),
    );
  });
});
