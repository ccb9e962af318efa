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
import { noTimes, type Step, type Times } from "./times.ts";

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

/** Lives through a room; every step is either timed, or its calls of node:crypto are. */
function live(room: OurRoom, app: mls.MlsApplication, measure: <T>(step: Step, act: () => T) => T): void {
  for (let i = 0; i < messagesPerRoom; i++) {
    measure("keyPackage", () => mls.generateKeyPackage(1, keyPackageOptions("one more"), app, random));
  }
  const welcome = mls.MLSMessage.decode(room.welcome);
  if (welcome.wireFormat !== "mls_welcome") throw new Error("no Welcome");
  const { state: joined } = measure("join", () => mls.joinByWelcome(welcome.welcome, { own: room.own }, app));
  measure("commit", () => mls.commit(joined, {}, app, random));
  const commit = mls.MLSMessage.decode(room.commit);
  let { state } = measure("process", () => mls.receive(joined, commit, app));
  for (let i = 0; i < messagesPerRoom; i++) {
    const [current, data] = [state, applicationData(i)];
    state = measure("send", () => mls.encryptApplication(current, data, {}, app, random)).state;
  }
  for (const message of room.messages.map((octets) => mls.MLSMessage.decode(octets))) {
    const current = state;
    state = measure("receive", () => mls.receive(current, message, app)).state;
  }
}

function timed(room: OurRoom): Times {
  const times = noTimes();
  live(room, {}, (step, act) => {
    const start = performance.now();
    const result = act();
    times[step].push(performance.now() - start);
    return result;
  });
  return times;
}

function primitivesOf(room: OurRoom): Times {
  const times = noTimes();
  live(room, { provider: recordedPrimitives }, (step, act) => {
    let result: ReturnType<typeof act> | undefined;
    const calls = record(() => {
      result = act();
    });
    const start = performance.now();
    for (const call of calls) call.again();
    times[step].push(performance.now() - start);
    return result as ReturnType<typeof act>;
  });
  return times;
}

process.on("message", ([one, other]: [OurRoom, OurRoom]) => {
  const figures: OurFigures = { times: timed(one), primitives: primitivesOf(other) };
  process.send?.(figures);
});
