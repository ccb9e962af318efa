import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import {
  branch,
  commit,
  epochAuthenticator,
  joinByWelcome,
  type MemberState,
  type PreSharedKeyID,
  receive,
  reinitialise,
} from "../../../spec-model/mls/index.ts";
import { add, foundRoom, random, room, welcomeOf } from "./refusals/room.ts";
import { application as app, client, overTheWire } from "./room-fixture.ts";

const pskNonce = new Uint8Array(32).fill(7);
const same = (a: MemberState, b: MemberState) =>
  expect(hex(epochAuthenticator(b))).toBe(hex(epochAuthenticator(a)));

describe("pre-shared keys", () => {
  const external: PreSharedKeyID = { psktype: "external", pskId: utf8("id"), pskNonce };
  const ofComponent: PreSharedKeyID = { psktype: "application", componentId: 9, pskId: utf8("id"), pskNonce };
  const knowing = { ...app, findPsk: (id: PreSharedKeyID) => utf8(`secret of ${id.psktype}`) };

  it.each([external, ofComponent])("of type $psktype enter the next epoch, also for newcomers", (psk) => {
    const { alice, bob } = room;
    const dave = client("dave");
    const proposals = [{ proposalType: "psk" as const, psk }, add(dave.keyPackage)];
    const made = commit(alice, { proposals }, knowing, random);
    same(made.state, receive(bob, overTheWire(made.message), knowing).state);
    same(made.state, joinByWelcome(welcomeOf(made), { own: dave }, knowing).state);
    expect(made.facts.hasPath).toBe(false);
  });

  it("that differ are noticed by the confirmation tag", () => {
    const { alice, bob } = room;
    const made = commit(alice, { proposals: [{ proposalType: "psk", psk: external }] }, knowing, random);
    const mistaken = { ...app, findPsk: () => utf8("another secret") };
    expect(() => receive(bob, made.message, mistaken)).toThrow(
      expect.objectContaining({ code: "confirmationTag" }),
    );
  });

  it("of past epochs are found without the application", () => {
    const { alice, bob } = room;
    const pastEpoch = alice.groupContext.epoch;
    const first = commit(alice, {}, app, random);
    const bobThen = receive(bob, first.message, app).state;
    const psk: PreSharedKeyID = {
      psktype: "resumption",
      usage: "application",
      pskGroupId: alice.groupContext.groupId,
      pskEpoch: pastEpoch,
      pskNonce,
    };
    const second = commit(first.state, { proposals: [{ proposalType: "psk", psk }] }, app, random);
    same(second.state, receive(bobThen, second.message, app).state);
  });
});

describe("groups that follow another", () => {
  const newcomers = () => ({ alice: client("alice"), bob: client("bob"), carol: client("carol") });

  it("continue it after a ReInit, for all its members", () => {
    const { alice, bob, carol } = foundRoom([]);
    const reInit = {
      proposalType: "reinit" as const,
      groupId: utf8("next"),
      version: "mls10" as const,
      cipherSuite: 1,
      extensions: [],
    };
    const closing = commit(alice, { proposals: [reInit] }, app, random);
    const bobThen = receive(bob, overTheWire(closing.message), app).state;
    const carolThen = receive(carol, overTheWire(closing.message), app).state;
    expect(bobThen.reInit).toEqual(closing.state.reInit);
    const next = newcomers();
    const keyPackages = [next.alice.keyPackage, next.carol.keyPackage];
    const made = reinitialise(bobThen, { creator: next.bob, keyPackages }, app, random);
    const welcome = welcomeOf(made);
    same(made.state, joinByWelcome(welcome, { own: next.alice, previous: closing.state }, app).state);
    same(made.state, joinByWelcome(welcome, { own: next.carol, previous: carolThen }, app).state);
    expect(made.state.groupContext.epoch).toBe(1n);
  });

  it("are refused as its continuation where a member is missing", () => {
    const { alice, bob } = foundRoom([]);
    const reInit = {
      proposalType: "reinit" as const,
      groupId: utf8("next"),
      version: "mls10" as const,
      cipherSuite: 1,
      extensions: [],
    };
    const closing = commit(alice, { proposals: [reInit] }, app, random);
    const bobThen = receive(bob, closing.message, app).state;
    const next = newcomers();
    const options = { creator: next.alice, keyPackages: [next.bob.keyPackage] };
    const made = reinitialise(closing.state, options, app, random);
    expect(() => joinByWelcome(welcomeOf(made), { own: next.bob, previous: bobThen }, app)).toThrow(
      expect.objectContaining({ code: "successorMembers" }),
    );
  });

  it("branch from it with some of its members", () => {
    const { alice, bob } = room;
    const next = newcomers();
    const options = { creator: next.alice, keyPackages: [next.bob.keyPackage] };
    const made = branch(alice, utf8("aside"), options, app, random);
    const joined = joinByWelcome(welcomeOf(made), { own: next.bob, previous: bob }, app).state;
    same(made.state, joined);
    expect(joined.groupContext.extensions).toEqual(alice.groupContext.extensions);
  });
});
