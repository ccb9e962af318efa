/** A commit that takes three members out of their leaves or renews them, and what it does in which order. mls-extensions §6.3.1 */
import { noBytes, utf8 } from "../../spec-model/bytes.ts";
import {
  commit,
  createGroup,
  generateKeyPackage,
  joinByWelcome,
  type MemberState,
  type MlsApplication,
  type Proposal,
  propose,
  proposeUpdate,
  receive,
} from "../../spec-model/mls/index.ts";
import { expandEntropy } from "../../spec-model/random.ts";

const app: MlsApplication = { now: 1000n };
const random = () => expandEntropy(noBytes, "answers about removals");
const capabilities = {
  versions: ["mls10" as const],
  cipherSuites: [1],
  extensions: [],
  proposals: ["self_remove" as const],
  credentials: ["basic" as const],
};

function client(name: string) {
  const credential = { credentialType: "basic" as const, identity: utf8(name) };
  const lifetime = { notBefore: 0n, notAfter: 2000n };
  const options = { credential, capabilities, lifetime };
  return generateKeyPackage(1, options, app, expandEntropy(noBytes, `key package of ${name}`));
}

/** What a committed list does, in the order in which it counts: `update 2`, `leave 1`, `remove 3`, by leaf. */
export type Order = readonly string[];

/**
 * The order of a commit that takes up, as they came: Carol's Remove of Dave, Bob's SelfRemove, and Carol's Update.
 * Alice commits; the leaves are 0 to 3.
 */
export function removals(): Order {
  const { alice, bob, carol } = room();
  const messages = [
    propose(carol, { proposalType: "remove", removed: 3 }, {}, app, random()).message,
    propose(bob, { proposalType: "self_remove" }, {}, app, random()).message,
    proposeUpdate(carol, {}, {}, app, random()).message,
  ];
  const heard = messages.reduce((state, message) => receive(state, message, app).state, alice);
  const { facts } = commit(heard, {}, app, random());
  return [
    ...facts.updated.map(({ leafIndex }) => `update ${leafIndex}`),
    ...facts.removed.map(({ leafIndex, itself }) => `${itself ? "leave" : "remove"} ${leafIndex}`),
  ];
}

function room(): Readonly<Record<"alice" | "bob" | "carol", MemberState>> {
  const [bob, carol, dave] = [client("bob"), client("carol"), client("dave")];
  const adds = [bob, carol, dave].map(({ keyPackage }): Proposal => ({ proposalType: "add", keyPackage }));
  const options = { groupId: utf8("room"), extensions: [], creator: client("alice") };
  const { state, welcome } = commit(createGroup(options, app, random()), { proposals: adds }, app, random());
  if (welcome === undefined) throw new Error("the three are welcome");
  const joined = (own: typeof bob) => joinByWelcome(welcome, { own }, app).state;
  return { alice: state, bob: joined(bob), carol: joined(carol) };
}
