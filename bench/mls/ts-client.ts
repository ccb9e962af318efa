/** What a client on ts-mls does in a room, timed step by step; with the crypto provider that ts-mls has by default. */
import {
  acceptAll,
  type CiphersuiteImpl,
  createApplicationMessage,
  createCommit,
  decodeMlsMessage,
  emptyPskIndex,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  processMessage,
  type MLSMessage as TsMessage,
} from "ts-mls";
import { applicationData, messagesPerRoom, type Room, tsKeyPackage } from "./rooms.ts";
import { noTimes, stopwatch, type Times } from "./times.ts";

export type TsSuite = CiphersuiteImpl;

export function tsSuite(): Promise<TsSuite> {
  return getCiphersuiteImpl(getCiphersuiteFromName("MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519"));
}

/** What each step takes in one room. */
export async function tsTimes(room: Room, suite: TsSuite): Promise<Times> {
  const times = noTimes();
  const timed = async <T>(step: keyof Times, act: () => Promise<T>): Promise<T> => {
    const taken = stopwatch();
    const result = await act();
    times[step].push(taken());
    return result;
  };
  for (let i = 0; i < messagesPerRoom; i++) await timed("keyPackage", () => tsKeyPackage("one more", suite));
  const { publicPackage, privatePackage } = room.theirs;
  const welcome = decoded(room.welcome);
  if (welcome.wireformat !== "mls_welcome") throw new Error("no Welcome");
  const joined = await timed("join", () =>
    joinGroup(welcome.welcome, publicPackage, privatePackage, emptyPskIndex, suite),
  );
  await timed("commit", () =>
    createCommit({ state: joined, cipherSuite: suite }, { wireAsPublicMessage: true }),
  );
  const processed = (state: typeof joined, message: TsMessage) => {
    const { wireformat } = message;
    if (wireformat !== "mls_public_message" && wireformat !== "mls_private_message") {
      throw new Error(`a message in the form ${wireformat}`);
    }
    return processMessage(message, state, emptyPskIndex, acceptAll, suite);
  };
  const commit = decoded(room.commit);
  let state = (await timed("process", () => processed(joined, commit))).newState;
  for (let i = 0; i < messagesPerRoom; i++) {
    const data = applicationData(i);
    state = (await timed("send", () => createApplicationMessage(state, data, suite))).newState;
  }
  for (const message of room.messages.map(decoded)) {
    const received = await timed("receive", () => processed(state, message));
    if (received.kind !== "applicationMessage") throw new Error("no application message");
    state = received.newState;
  }
  return times;
}

function decoded(octets: Uint8Array): TsMessage {
  const message = decodeMlsMessage(octets, 0)?.[0];
  if (message === undefined) throw new Error("ts-mls does not decode a message of ours");
  return message;
}
