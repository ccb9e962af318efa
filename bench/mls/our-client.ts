/**
 * A process of its own for our client, so that it has nothing in its memory but what one client has: no key and no
 * signature that the makers of the room have already worked with. Answers each room with what the steps took.
 */
import * as nodeCrypto from "node:crypto";
import { nodePrimitives, type Primitives } from "../../spec-model/mls/crypto/index.ts";
import * as mls from "../../spec-model/mls/index.ts";
import { expandEntropy } from "../../spec-model/random.ts";
import { recordingCrypto } from "./recorded-crypto.ts";
import { applicationData, keyPackageOptions, messagesPerRoom, type RoomForClients } from "./rooms.ts";
import { noTimes, type Step, type Times, timeOf } from "./times.ts";

export interface OurRoom extends RoomForClients {
  readonly own: mls.OwnKeyPackage;
}

export interface OurFigures {
  readonly times: Times;
  /** What the calls of node:crypto in each step take by themselves. */
  readonly primitives: Times;
}

const random = expandEntropy(new Uint8Array(32), `client ${process.pid}`);

const { crypto, record } = recordingCrypto(nodeCrypto);
/** The core's primitives over the recorded calls, the short HMACs that it computes by itself among them. */
const recordedPrimitives: Primitives = {
  ...nodePrimitives(crypto),
  hmacSha256: (key, data) => crypto.createHmac("sha256", key).update(data).digest(),
};

/** A step of a client's life, to be taken by whoever measures it. */
interface NextStep {
  readonly step: Step;
  take(): void;
}

/** Lives through a room; goes on when its step has been taken. */
function* live(room: OurRoom, app: mls.MlsApplication): Generator<NextStep> {
  for (let i = 0; i < messagesPerRoom; i++) {
    yield* taken("keyPackage", () => mls.generateKeyPackage(1, keyPackageOptions("one more"), app, random));
  }
  const welcome = mls.MLSMessage.decode(room.welcome);
  if (welcome.wireFormat !== "mls_welcome") throw new Error("no Welcome");
  const { state: joined } = yield* taken("join", () =>
    mls.joinByWelcome(welcome.welcome, { own: room.own }, app),
  );
  yield* taken("commit", () => mls.commit(joined, {}, app, random));
  let state = yield* receiving("process", joined, room.commit, app);
  for (let i = 0; i < messagesPerRoom; i++) {
    const [current, data] = [state, applicationData(i)];
    ({ state } = yield* taken("send", () => mls.encryptApplication(current, data, {}, app, random)));
  }
  for (const octets of room.messages) state = yield* receiving("receive", state, octets, app);
  for (const octets of room.laterCommits) state = yield* receiving("process", state, octets, app);
}

function* receiving(
  step: Step,
  state: mls.MemberState,
  octets: Uint8Array,
  app: mls.MlsApplication,
): Generator<NextStep, mls.MemberState> {
  const message = mls.MLSMessage.decode(octets);
  return (yield* taken(step, () => mls.receive(state, message, app))).state;
}

function* taken<T>(step: Step, act: () => T): Generator<NextStep, T> {
  let result: { readonly of: T } | undefined;
  yield {
    step,
    take: () => {
      result = { of: act() };
    },
  };
  if (result === undefined) throw new Error(`the step ${step} has not been taken`);
  return result.of;
}

/** Two clients live through a room each, in turns step by step: of the other one, only its calls are measured. */
function measured(one: OurRoom, other: OurRoom): OurFigures {
  const figures: OurFigures = { times: noTimes(), primitives: noTimes() };
  const recorded = live(other, { provider: recordedPrimitives });
  for (const { step, take } of live(one, {})) {
    figures.times[step].push(timeOf(take));
    const same = recorded.next();
    if (same.done) throw new Error("the other client has fewer steps");
    const calls = record(same.value.take);
    figures.primitives[step].push(
      timeOf(() => {
        for (const call of calls) call.again();
      }),
    );
  }
  return figures;
}

process.on("message", ([one, other]: [OurRoom, OurRoom]) => {
  process.send?.(measured(one, other));
});
