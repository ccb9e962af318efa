/** Rooms for measuring: what the clients under measurement are handed, made by members that are not measured. */
import { encodeMlsMessage, generateKeyPackage as generateTsKeyPackage } from "ts-mls";
import { utf8 } from "../../spec-model/bytes.ts";
import {
  commit,
  createGroup,
  encryptApplication,
  generateKeyPackage,
  type KeyPackage,
  type KeyPackageOptions,
  type MemberState,
  MLSMessage,
  type OwnKeyPackage,
} from "../../spec-model/mls/index.ts";
import type { RandomSource } from "../../spec-model/random.ts";
import type { TsSuite } from "./ts-client.ts";

/** What one client needs to live through a room; both implementations are handed the same octets. */
export interface RoomForClients {
  readonly members: number;
  /** For one client of each implementation, with the ratchet tree in it. */
  readonly welcome: Uint8Array;
  /** An empty commit of the founder's. */
  readonly commit: Uint8Array;
  /** Application messages of the founder's in the epoch after its commit. */
  readonly messages: readonly Uint8Array[];
  /** More empty commits of the founder's, after the messages. */
  readonly laterCommits: readonly Uint8Array[];
}

export interface Room extends RoomForClients {
  readonly ours: OwnKeyPackage;
  readonly theirs: Awaited<ReturnType<typeof generateTsKeyPackage>>;
}

export const messagesPerRoom = 15;
const laterCommitsPerRoom = 8;
/** 300 octets, each time others: a signature that has been seen before costs nothing. */
export function applicationData(index: number): Uint8Array {
  return utf8(`${index}`.padEnd(300, "x"));
}
const app = {};

/** What all clients say of themselves. */
export function keyPackageOptions(name: string): KeyPackageOptions {
  return {
    credential: { credentialType: "basic", identity: utf8(`mimi://example.com/d/${name}`) },
    capabilities: {
      versions: ["mls10"],
      cipherSuites: [1],
      extensions: [],
      proposals: [],
      credentials: ["basic"],
    },
    lifetime: { notBefore: 0n, notAfter: 2n ** 63n - 1n },
  };
}

/** A room whose founder adds all others with one commit, then commits and speaks. */
export async function makeRoom(members: number, suite: TsSuite, random: RandomSource): Promise<Room> {
  const own = (name: string) => generateKeyPackage(1, keyPackageOptions(name), app, random);
  const founder = createGroup(
    { groupId: utf8("room"), extensions: [], creator: own("founder") },
    app,
    random,
  );
  const ours = own("ours");
  const theirs = await tsKeyPackage("theirs", suite);
  const others = Array.from({ length: members - 3 }, (_, i) => own(`${i}`).keyPackage);
  const proposals = [ours.keyPackage, inOurForm(theirs.publicPackage), ...others].map((keyPackage) => ({
    proposalType: "add" as const,
    keyPackage,
  }));
  const added = commit(founder, { proposals }, app, random);
  if (added.welcome === undefined) throw new Error("nobody is welcomed");
  const first = commit(added.state, {}, app, random);
  const [speaking, messages] = repeated(first.state, messagesPerRoom, (state, i) =>
    encryptApplication(state, applicationData(i), {}, app, random),
  );
  const [, laterCommits] = repeated(speaking, laterCommitsPerRoom, (state) => commit(state, {}, app, random));
  return {
    members,
    ours,
    theirs,
    welcome: MLSMessage.encode({ version: "mls10", wireFormat: "mls_welcome", welcome: added.welcome }),
    commit: MLSMessage.encode(first.message),
    messages,
    laterCommits,
  };
}

interface Sent {
  readonly state: MemberState;
  readonly message: MLSMessage;
}

/** A member that sends so many times, and the octets of what it has sent. */
function repeated(
  first: MemberState,
  times: number,
  send: (state: MemberState, i: number) => Sent,
): [MemberState, Uint8Array[]] {
  let state = first;
  const sent: Uint8Array[] = [];
  for (let i = 0; i < times; i++) {
    const next = send(state, i);
    state = next.state;
    sent.push(MLSMessage.encode(next.message));
  }
  return [state, sent];
}

/** A KeyPackage as ts-mls makes it, saying of its client what ours say. */
export function tsKeyPackage(name: string, suite: TsSuite) {
  const { credential, lifetime } = keyPackageOptions(name);
  if (credential.credentialType !== "basic") throw new TypeError("basic credentials are measured");
  return generateTsKeyPackage(
    { credentialType: "basic", identity: credential.identity },
    {
      versions: ["mls10"],
      ciphersuites: ["MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519"],
      extensions: [],
      proposals: [],
      credentials: ["basic"],
    },
    lifetime,
    [],
    suite,
  );
}

function inOurForm(keyPackage: Room["theirs"]["publicPackage"]): KeyPackage {
  const message = MLSMessage.decode(
    encodeMlsMessage({ version: "mls10", wireformat: "mls_key_package", keyPackage }),
  );
  if (message.wireFormat !== "mls_key_package") throw new Error("no KeyPackage");
  return message.keyPackage;
}
