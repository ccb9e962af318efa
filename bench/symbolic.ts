/** How much faster the symbolic MLS layer is than the real one, in one room of 50 clients and in one run. */
import { noBytes, utf8 } from "../spec-model/bytes.ts";
import {
  MLSMessage,
  type Proposal,
  RequiredCapabilities,
  rememberingOutcomes,
} from "../spec-model/mls/index.ts";
import { type Member, type MlsLayer, realMls } from "../spec-model/mls/layer.ts";
import { symbolicMls } from "../spec-model/mls/symbolic/index.ts";
import { expandEntropy } from "../spec-model/random.ts";

/** The same work with both layers, timed in turns in one process: `ratio` is how many times the symbolic one is faster. */
export interface SymbolicComparison {
  readonly what: string;
  readonly unit: "us";
  readonly symbolic: number;
  readonly real: number;
  readonly ratio: number;
}

const clients = 50;
const rounds = 5;
/** So many for one of the real layer, so that both are timed for long enough. */
const symbolicRepeats = 200;

/**
 * A commit with a path, made by one and processed by all others: in memory, where all are handed one message, against
 * the real layer both plain and with the public half of a commit computed once for all; then with everybody decoding
 * the message for themselves. And an application message that everybody decrypts.
 */
export function benchSymbolic(): readonly SymbolicComparison[] {
  const remembered = rememberingOutcomes(() => "all alike");
  return [
    compare("a commit and 49 receivers", commitToAll, commitToAll),
    compare("a commit and 49 receivers, the real layer remembering outcomes", commitToAll, (room) =>
      commitToAll(room, remembered),
    ),
    compare("a commit and 49 receivers that decode it", commitOverTheWire, commitOverTheWire),
    compare("an application message and 49 receivers", messageToAll, messageToAll),
  ];
}

type Work = (room: Room) => void;

function compare(what: string, symbolicWork: Work, realWork: Work): SymbolicComparison {
  const [symbolicRoom, realRoom] = [roomOver(symbolicMls), roomOver(realMls)];
  for (let i = 0; i < clients; i++) realWork(realRoom);
  for (let i = 0; i < symbolicRepeats; i++) symbolicWork(symbolicRoom);
  const [symbolicTimes, realTimes]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    realTimes.push(microseconds(() => realWork(realRoom)));
    const all = microseconds(() => {
      for (let i = 0; i < symbolicRepeats; i++) symbolicWork(symbolicRoom);
    });
    symbolicTimes.push(all / symbolicRepeats);
  }
  const [symbolic, real] = [median(symbolicTimes), median(realTimes)];
  return { what, unit: "us", symbolic, real, ratio: real / symbolic };
}

function microseconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) * 1000;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}

interface Room {
  readonly mls: MlsLayer;
  readonly random: ReturnType<typeof expandEntropy>;
  members: Member[];
  /** Whose turn it is. */
  turn: number;
}

const app = {};
const requirements = RequiredCapabilities.encode({
  extensionTypes: [],
  proposalTypes: ["self_remove"],
  credentialTypes: [],
});

function roomOver(mls: MlsLayer): Room {
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
  const joined = own.map((one) => mls.joinByWelcome(welcome, { own: one }, app).state);
  return { mls, random, members: [state, ...joined], turn: 0 };
}

function commitToAll(room: Room, computeOutcome?: ReturnType<typeof rememberingOutcomes>): void {
  const { mls, random } = room;
  const by = nextOf(room);
  const { state, message } = mls.commit(by, { forcePath: true }, app, random);
  room.members = room.members.map((member) =>
    member === by ? state : mls.receive(member, message, app, computeOutcome).state,
  );
}

function commitOverTheWire(room: Room): void {
  const { mls, random } = room;
  const by = nextOf(room);
  const { state, message } = mls.commit(by, { forcePath: true }, app, random);
  const octets = MLSMessage.encode(message);
  room.members = room.members.map((member) =>
    member === by ? state : mls.receive(member, MLSMessage.decode(octets), app).state,
  );
}

function messageToAll(room: Room): void {
  const { mls, random } = room;
  const by = nextOf(room);
  const { state, message } = mls.encryptApplication(by, utf8("hello"), {}, app, random);
  room.members = room.members.map((member) =>
    member === by ? state : mls.receive(member, message, app).state,
  );
}

function nextOf(room: Room): Member {
  room.turn = (room.turn + 7) % clients;
  const member = room.members[room.turn];
  if (member === undefined) throw new Error("the room has lost a member");
  return member;
}
