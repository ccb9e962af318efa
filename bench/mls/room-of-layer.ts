/**
 * A room of 50 clients on one MLS layer, in a process of its own as in a simulation, which uses one layer and not both.
 * Answers each order with the microseconds of CPU that one time of the work took.
 */
import * as nodeCrypto from "node:crypto";
import { noBytes, utf8 } from "../../spec-model/bytes.ts";
import { nodePrimitives } from "../../spec-model/mls/crypto/index.ts";
import {
  MLSMessage,
  type MlsApplication,
  type Proposal,
  RequiredCapabilities,
  sharingOutcomes,
} from "../../spec-model/mls/index.ts";
import { type Member, type MlsLayer, realMls } from "../../spec-model/mls/layer.ts";
import { symbolicMls } from "../../spec-model/mls/symbolic/index.ts";
import { expandEntropy } from "../../spec-model/random.ts";
import { timeOf } from "./times.ts";

/** What is done in a room, and on which layer in which way. */
export interface Order {
  readonly way: keyof typeof rooms;
  readonly work: keyof typeof works;
  readonly times: number;
}

const clients = 50;

const rooms = {
  symbolic: () => roomOver(symbolicMls),
  real: () => roomOver(realMls),
  sharing: () => roomOver(sharingOutcomes(realMls)),
  /** Every client by itself: no key and no signature is known to one because another has worked with it. */
  apart: () => roomOver(realMls, () => ({ provider: nodePrimitives(nodeCrypto) })),
};

/**
 * A commit with a path, made by one and processed by all others: in memory, where all are handed one message; then with
 * everybody decoding the message for themselves. And an application message that everybody decrypts.
 */
const works = { commit: commitToAll, commitDecoded: commitOverTheWire, message: messageToAll };

const built = new Map<string, Room>();

process.on("message", ({ way, work, times }: Order) => {
  const room = built.get(way) ?? rooms[way]();
  built.set(way, room);
  const { cpu } = timeOf(() => {
    for (let i = 0; i < times; i++) works[work](room);
  });
  process.send?.((cpu * 1000) / times);
});

interface Room {
  readonly mls: MlsLayer;
  readonly random: ReturnType<typeof expandEntropy>;
  readonly apps: readonly MlsApplication[];
  members: Member[];
  /** Whose turn it is. */
  turn: number;
}

const noApplication: MlsApplication = {};
const requirements = RequiredCapabilities.encode({
  extensionTypes: [],
  proposalTypes: ["self_remove"],
  credentialTypes: [],
});

function roomOver(mls: MlsLayer, appOf: () => MlsApplication = () => noApplication): Room {
  const app = noApplication;
  const apps = Array.from({ length: clients }, appOf);
  const random = expandEntropy(noBytes, "bench");
  const keyPackage = (name: string) =>
    mls.generateKeyPackage(
      1,
      {
        credential: { credentialType: "basic", identity: utf8(`mimi://example.com/d/${name}`) },
        capabilities: {
          versions: ["mls10"],
          cipherSuites: [1],
          extensions: [],
          proposals: ["self_remove"],
          credentials: ["basic"],
        },
        lifetime: { notBefore: 0n, notAfter: 1n },
      },
      app,
      random,
    );
  const extensions = [{ extensionType: "required_capabilities" as const, extensionData: requirements }];
  const founder = mls.createGroup(
    { groupId: utf8("room"), extensions, creator: keyPackage("0") },
    app,
    random,
  );
  const own = Array.from({ length: clients - 1 }, (_, i) => keyPackage(`${i + 1}`));
  const proposals = own.map((one): Proposal => ({ proposalType: "add", keyPackage: one.keyPackage }));
  const { state, welcome } = mls.commit(founder, { proposals }, app, random);
  if (welcome === undefined) throw new Error("nobody is welcomed");
  const joined = own.map((one, i) => mls.joinByWelcome(welcome, { own: one }, apps[i + 1] ?? app).state);
  return { mls, random, apps, members: [state, ...joined], turn: 0 };
}

function commitToAll(room: Room): void {
  const { mls, random } = room;
  const { by, app } = nextOf(room);
  const { state, message } = mls.commit(by, { forcePath: true }, app, random);
  everybodyElse(room, by, state, (member, own) => mls.receive(member, message, own).state);
}

function commitOverTheWire(room: Room): void {
  const { mls, random } = room;
  const { by, app } = nextOf(room);
  const { state, message } = mls.commit(by, { forcePath: true }, app, random);
  const octets = MLSMessage.encode(message);
  everybodyElse(room, by, state, (member, own) => mls.receive(member, MLSMessage.decode(octets), own).state);
}

function messageToAll(room: Room): void {
  const { mls, random } = room;
  const { by, app } = nextOf(room);
  const { state, message } = mls.encryptApplication(by, utf8("hello"), {}, app, random);
  everybodyElse(room, by, state, (member, own) => mls.receive(member, message, own).state);
}

function everybodyElse(
  room: Room,
  by: Member,
  after: Member,
  receive: (member: Member, app: MlsApplication) => Member,
): void {
  room.members = room.members.map((member, i) =>
    member === by ? after : receive(member, room.apps[i] ?? noApplication),
  );
}

function nextOf(room: Room): { by: Member; app: MlsApplication } {
  room.turn = (room.turn + 7) % clients;
  const [by, app] = [room.members[room.turn], room.apps[room.turn]];
  if (by === undefined || app === undefined) throw new Error("the room has lost a member");
  return { by, app };
}
