/** A room of many clients in real MLS, built and used in a process of its own, which says how long it took and what it held. */
import { utf8 } from "../../spec-model/bytes.ts";
import {
  generateKeyPackage,
  type MlsLayer,
  type Proposal,
  realMls,
  sharingOutcomes,
} from "../../spec-model/mls/index.ts";
import type { Member } from "../../spec-model/mls/layer.ts";
import { expandEntropy } from "../../spec-model/random.ts";
import { keyPackageOptions } from "./rooms.ts";

export interface LargeRoomFigures {
  readonly clients: number;
  readonly seconds: number;
  /** Everybody makes a KeyPackage; one commit adds all; everybody joins. */
  readonly buildSeconds: number;
  /** `commits` empty commits and `messages` messages, by members all over the tree, each received by all others. */
  readonly useSeconds: number;
  readonly commits: number;
  readonly messages: number;
  readonly peakMebibytes: number;
}

const clients = 2000;
const [commits, messages] = [10, 10];
const app = {};
const random = expandEntropy(new Uint8Array(32), "large room");

function build(mls: MlsLayer): Member[] {
  const own = Array.from({ length: clients }, (_, i) =>
    generateKeyPackage(1, keyPackageOptions(`${i}`), app, random),
  );
  const [creator, ...others] = own;
  if (creator === undefined) throw new Error("a room has a creator");
  const founder = mls.createGroup({ groupId: utf8("large room"), extensions: [], creator }, app, random);
  const proposals = others.map(({ keyPackage }): Proposal => ({ proposalType: "add", keyPackage }));
  const { state, welcome, ratchetTree } = mls.commit(
    founder,
    { proposals, treeInWelcome: false },
    app,
    random,
  );
  if (welcome === undefined) throw new Error("nobody is welcomed");
  return [state, ...others.map((one) => mls.joinByWelcome(welcome, { own: one, ratchetTree }, app).state)];
}

function use(mls: MlsLayer, first: readonly Member[]): void {
  let members = [...first];
  const turns = Array.from({ length: commits + messages }, (_, i) => i);
  for (const turn of turns) {
    const by = members[(turn * 997) % clients];
    if (by === undefined) throw new Error("the room has lost a member");
    const { state, message } =
      turn % 2 === 0
        ? mls.commit(by, {}, app, random)
        : mls.encryptApplication(by, utf8(`message ${turn}`), {}, app, random);
    members = members.map((member) => (member === by ? state : mls.receive(member, message, app).state));
  }
  const [one] = members.map((member) => mls.epochAuthenticator(member));
  for (const member of members) {
    if (`${mls.epochAuthenticator(member)}` !== `${one}`) throw new Error("members are in different epochs");
  }
}

const mls = sharingOutcomes(realMls);
const start = performance.now();
const members = build(mls);
const built = performance.now();
use(mls, members);
const end = performance.now();
const figures: LargeRoomFigures = {
  clients,
  seconds: (end - start) / 1000,
  buildSeconds: (built - start) / 1000,
  useSeconds: (end - built) / 1000,
  commits,
  messages,
  // Linux and macOS count in different units; node gives kibibytes on both.
  peakMebibytes: process.resourceUsage().maxRSS / 1024,
};
console.log(JSON.stringify(figures));
