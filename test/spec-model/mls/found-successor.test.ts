import { describe, expect, it } from "vitest";
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  componentIds,
  type Proposal,
  realMls,
  safeAad,
  type Welcome,
} from "../../../spec-model/mls/index.ts";
import type { Member, MlsLayer } from "../../../spec-model/mls/layer.ts";
import { symbolicMls } from "../../../spec-model/mls/symbolic/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import {
  aadComponent,
  application as app,
  basic,
  capabilities,
  componentList,
  leafExtensions,
  roomExtensions,
  topic,
  update,
} from "./room-fixture.ts";

const random = expandEntropy(noBytes, "successors");

describe.each([realMls, symbolicMls])("the group that follows a room's, in the $name layer", (mls) => {
  it("is founded with a SafeAAD, and a ratchet tree beside the Welcome", () => {
    const { alice, bob } = closedRoom(mls);
    const next = client(mls, "bob");
    const options = { ...founders(mls, next), treeInWelcome: false };
    const made = mls.reinitialise(alice, options, app, random);
    const own = { own: next, previous: bob };
    expect(() => mls.joinByWelcome(present(made.welcome), own, app)).toThrow(code("noRatchetTree"));
    const joined = mls.joinByWelcome(present(made.welcome), { ...own, ratchetTree: made.ratchetTree }, app);
    expect(joined.state.groupContext.extensions).toEqual(alice.groupContext.extensions);
    expect(hex(mls.epochAuthenticator(joined.state))).toBe(hex(mls.epochAuthenticator(made.state)));
  });

  it("is not founded without a SafeAAD, where the room's group has it", () => {
    const { alice } = closedRoom(mls);
    const { authenticatedData, ...without } = founders(mls, client(mls, "bob"));
    expect(() => mls.reinitialise(alice, without, app, random)).toThrow(code("malformed"));
  });

  it("is not taken for the successor where its first commit changes what was agreed on", () => {
    const { alice, bob } = closedRoom(mls);
    const next = client(mls, "bob");
    const options = { ...founders(mls, next), proposals: [update(topic, "another")] };
    const { welcome } = mls.reinitialise(alice, options, app, random);
    expect(() => mls.joinByWelcome(present(welcome), { own: next, previous: bob }, app)).toThrow(
      code("reInitMismatch"),
    );
  });

  it("is not taken for the successor without a link to the closed one", () => {
    const { alice, bob } = closedRoom(mls);
    const next = client(mls, "bob");
    const extensions = alice.groupContext.extensions;
    const founder = mls.createGroup(
      { groupId: utf8("next"), extensions, creator: client(mls, "alice") },
      app,
      random,
    );
    const { welcome } = mls.commit(founder, { proposals: [add(next)], authenticatedData }, app, random);
    const joins = (previous: { readonly previous?: Member }) =>
      mls.joinByWelcome(present(welcome), { own: next, ...previous }, app);
    expect(() => joins({ previous: bob })).toThrow(code("reInitMismatch"));
    expect(joins({}).state.groupContext.epoch).toBe(1n);
  });

  it("has the resumption PSK of the closed one found by whoever was in it", () => {
    const { alice, bob } = closedRoom(mls);
    const { groupId: pskGroupId, epoch: pskEpoch } = alice.groupContext;
    const link = { pskGroupId, pskEpoch, pskNonce: new Uint8Array(32) };
    const id = { psktype: "resumption", usage: "reinit", ...link } as const;
    expect(mls.pskFinder(alice, app)(id)).toEqual(mls.pskFinder(bob, app)(id));
    expect(mls.pskFinder(alice, app)({ ...id, pskEpoch: pskEpoch + 1n })).toBeUndefined();
  });
});

const authenticatedData = safeAad([]);

/** Alice and Bob in a room whose group a ReInit of Alice's has closed. */
function closedRoom(mls: MlsLayer): { alice: Member; bob: Member } {
  const extensions = roomExtensions(new Uint8Array(32), [
    [componentIds.safe_aad, componentList(aadComponent)],
  ]);
  const creator = client(mls, "alice");
  const founder = mls.createGroup({ groupId: utf8("room"), extensions, creator }, app, random);
  const own = client(mls, "bob");
  const first = mls.commit(founder, { proposals: [add(own)], authenticatedData }, app, random);
  const { state: bob } = mls.joinByWelcome(present(first.welcome), { own }, app);
  const { version, cipherSuite } = first.state.groupContext;
  const reInit: Proposal = {
    proposalType: "reinit",
    groupId: utf8("next"),
    version,
    cipherSuite,
    extensions,
  };
  const closing = mls.commit(first.state, { proposals: [reInit], authenticatedData }, app, random);
  const received = mls.receive(bob, closing.message, app);
  if (received.kind !== "commit") throw new Error("the ReInit is no commit");
  return { alice: closing.state, bob: received.state };
}

function founders(mls: MlsLayer, guest: ReturnType<typeof client>) {
  return { creator: client(mls, "alice"), keyPackages: [guest.keyPackage], authenticatedData };
}

function client(mls: MlsLayer, name: string) {
  const lifetime = { notBefore: 0n, notAfter: 2000n };
  const options = { credential: basic(name), capabilities, lifetime, leafExtensions };
  return mls.generateKeyPackage(1, options, app, random);
}

function add({ keyPackage }: ReturnType<typeof client>): Proposal {
  return { proposalType: "add", keyPackage };
}

function present(welcome: Welcome | undefined): Welcome {
  if (welcome === undefined) throw new Error("nobody is welcomed");
  return welcome;
}

function code(wanted: string) {
  return expect.objectContaining({ code: wanted });
}
