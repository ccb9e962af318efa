/** Two kinds of seats in one group, ours and ts-mls's, that exchange nothing but octets. */
import {
  acceptAll,
  type CiphersuiteImpl,
  type ClientState,
  createApplicationMessage,
  createCommit,
  createGroupInfoWithExternalPub,
  createProposal,
  decodeMlsMessage,
  emptyPskIndex,
  encodeMlsMessage,
  generateKeyPackage as generateTsKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  joinGroupExternal,
  type PrivateKeyPackage,
  processMessage,
  type KeyPackage as TsKeyPackage,
  type MLSMessage as TsMessage,
  type RatchetTree as TsRatchetTree,
} from "ts-mls";
import { decodeRatchetTree as decodeTsTree } from "ts-mls/ratchetTree.js";
import { utf8 } from "../../../../spec-model/bytes.ts";
import { signGroupInfo } from "../../../../spec-model/mls/group-info.ts";
import {
  commit,
  encodeRatchetTree,
  encryptApplication,
  epochAuthenticator,
  externalCommit,
  type GroupInfo,
  generateKeyPackage,
  groupInfo,
  joinByWelcome,
  type MemberState,
  MLSMessage,
  type OwnKeyPackage,
  type Proposal,
  propose,
  type RatchetTree,
  receive,
  suiteFor,
} from "../../../../spec-model/mls/index.ts";
import { externalKeyPair } from "../../../../spec-model/mls/key-schedule.ts";
import type { RandomSource } from "../../../../spec-model/random.ts";

export interface Outcome {
  readonly message: Uint8Array;
  readonly welcome: Uint8Array | undefined;
}

/** What both implementations can do, over octets. */
export interface Seat {
  readonly kind: "ours" | "ts-mls";
  readonly leafIndex: number;
  authenticator(): Uint8Array;
  epoch(): bigint;
  hear(message: Uint8Array): Promise<"removed" | Uint8Array | undefined>;
  commit(options: {
    add?: readonly Uint8Array[];
    remove?: readonly number[];
    inPublic: boolean;
  }): Promise<Outcome>;
  /** Takes up the commit just made. */
  settle(): void;
  say(text: string): Promise<Uint8Array>;
  proposeRemoval(leafIndex: number, inPublic: boolean): Promise<Uint8Array>;
  /** The epoch's GroupInfo in an MLSMessage. */
  groupInfo(): Promise<Uint8Array>;
}

/** A seat of ours, which can also describe the epoch as ts-mls 1.6.4 expects it: see `groupInfoForTsMls`. */
export interface OurSeat extends Seat {
  readonly kind: "ours";
  groupInfoForTsMls(): Uint8Array;
  state(): MemberState;
}

/** A client before it is in the group. */
export interface Candidate {
  readonly kind: Seat["kind"];
  /** A KeyPackage in an MLSMessage. */
  readonly keyPackage: Uint8Array;
  join(welcome: Uint8Array): Promise<Seat>;
  joinExternally(groupInfo: Uint8Array, tree: RatchetTree): Promise<{ seat: Seat; message: Uint8Array }>;
}

const app = {};
const lifetime = { notBefore: 0n, notAfter: 2n ** 63n - 1n };

export function ourCandidate(name: string, random: RandomSource): Candidate {
  const own = generateKeyPackage(
    1,
    {
      credential: { credentialType: "basic", identity: utf8(name) },
      capabilities: {
        versions: ["mls10"],
        cipherSuites: [1],
        extensions: [],
        proposals: [],
        credentials: ["basic"],
      },
      lifetime,
    },
    app,
    random,
  );
  return {
    kind: "ours",
    keyPackage: MLSMessage.encode({
      version: "mls10",
      wireFormat: "mls_key_package",
      keyPackage: own.keyPackage,
    }),
    async join(octets) {
      const message = MLSMessage.decode(octets);
      if (message.wireFormat !== "mls_welcome") throw new Error("no Welcome");
      return ourSeat(joinByWelcome(message.welcome, { own }, app).state, random);
    },
    async joinExternally(octets, ratchetTree) {
      const message = MLSMessage.decode(octets);
      if (message.wireFormat !== "mls_group_info") throw new Error("no GroupInfo");
      const made = externalCommit({ groupInfo: message.groupInfo, ratchetTree, joiner: own }, app, random);
      return { seat: ourSeat(made.state, random), message: MLSMessage.encode(made.message) };
    },
  };
}

export function ourSeat(first: MemberState, random: RandomSource): OurSeat {
  let state = first;
  let next: MemberState | undefined;
  return {
    kind: "ours",
    state: () => state,
    get leafIndex() {
      return state.leafIndex;
    },
    authenticator: () => epochAuthenticator(state),
    epoch: () => state.groupContext.epoch,
    async hear(octets) {
      const heard = receive(state, MLSMessage.decode(octets), app);
      state = heard.state;
      if (heard.kind === "removed") return "removed";
      return heard.kind === "application" ? heard.applicationData : undefined;
    },
    async commit({ add = [], remove = [], inPublic }) {
      const wireFormat = inPublic ? "mls_public_message" : "mls_private_message";
      const proposals: Proposal[] = [
        ...remove.map((removed) => ({ proposalType: "remove" as const, removed })),
        ...add.map((octets) => ({ proposalType: "add" as const, keyPackage: keyPackageIn(octets) })),
      ];
      const made = commit(state, { proposals, wireFormat, forcePath: true }, app, random);
      next = made.state;
      const welcome =
        made.welcome &&
        MLSMessage.encode({ version: "mls10", wireFormat: "mls_welcome", welcome: made.welcome });
      return { message: MLSMessage.encode(made.message), welcome };
    },
    settle() {
      state = next ?? state;
    },
    async say(text) {
      const sent = encryptApplication(state, utf8(text), { paddingLength: 3 }, app, random);
      state = sent.state;
      return MLSMessage.encode(sent.message);
    },
    async proposeRemoval(removed, inPublic) {
      const wireFormat = inPublic ? "mls_public_message" : "mls_private_message";
      const sent = propose(state, { proposalType: "remove", removed }, { wireFormat }, app, random);
      state = sent.state;
      return MLSMessage.encode(sent.message);
    },
    async groupInfo() {
      return groupInfoMessage(groupInfo(state, app));
    },
    // ts-mls 1.6.4 writes and reads the key in external_pub without the length that RFC 9420 §12.4.3.2 gives it.
    groupInfoForTsMls() {
      const suite = suiteFor(app, state.groupContext.cipherSuite);
      const { publicKey } = externalKeyPair(suite, state.secrets);
      const bare = { extensionType: "external_pub" as const, extensionData: publicKey };
      return groupInfoMessage(signGroupInfo(suite, state, state, [bare]));
    },
  };
}

function groupInfoMessage(info: GroupInfo): Uint8Array {
  return MLSMessage.encode({ version: "mls10", wireFormat: "mls_group_info", groupInfo: info });
}

function keyPackageIn(octets: Uint8Array): OwnKeyPackage["keyPackage"] {
  const message = MLSMessage.decode(octets);
  if (message.wireFormat !== "mls_key_package") throw new Error("no KeyPackage");
  return message.keyPackage;
}

export async function tsSuite(): Promise<CiphersuiteImpl> {
  return getCiphersuiteImpl(getCiphersuiteFromName("MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519"));
}

const tsCapabilities = {
  versions: ["mls10" as const],
  ciphersuites: ["MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519" as const],
  extensions: [],
  proposals: [],
  credentials: ["basic" as const],
};

export async function tsCandidate(name: string, suite: CiphersuiteImpl): Promise<Candidate> {
  const own = await tsKeyPackage(name, suite);
  return {
    kind: "ts-mls",
    keyPackage: encodeMlsMessage({
      version: "mls10",
      wireformat: "mls_key_package",
      keyPackage: own.publicPackage,
    }),
    async join(octets) {
      const message = tsDecoded(octets);
      if (message.wireformat !== "mls_welcome") throw new Error("no Welcome");
      const { publicPackage, privatePackage } = own;
      return tsSeat(
        await joinGroup(message.welcome, publicPackage, privatePackage, emptyPskIndex, suite),
        suite,
      );
    },
    async joinExternally(octets, tree) {
      const message = tsDecoded(octets);
      if (message.wireformat !== "mls_group_info") throw new Error("no GroupInfo");
      const { publicPackage, privatePackage } = own;
      const { publicMessage, newState } = await joinGroupExternal(
        message.groupInfo,
        publicPackage,
        privatePackage,
        false,
        suite,
        tsTree(tree),
      );
      const out = encodeMlsMessage({ version: "mls10", wireformat: "mls_public_message", publicMessage });
      return { seat: tsSeat(newState, suite), message: out };
    },
  };
}

function tsKeyPackage(
  name: string,
  suite: CiphersuiteImpl,
): Promise<{ publicPackage: TsKeyPackage; privatePackage: PrivateKeyPackage }> {
  const credential = { credentialType: "basic" as const, identity: utf8(name) };
  return generateTsKeyPackage(credential, tsCapabilities, lifetime, [], suite);
}

function tsSeat(first: ClientState, suite: CiphersuiteImpl): Seat {
  let state = first;
  let next: ClientState | undefined;
  return {
    kind: "ts-mls",
    get leafIndex() {
      return state.privatePath.leafIndex;
    },
    authenticator: () => state.keySchedule.epochAuthenticator,
    epoch: () => state.groupContext.epoch,
    async hear(octets) {
      const message = tsDecoded(octets);
      if (message.wireformat !== "mls_public_message" && message.wireformat !== "mls_private_message") {
        throw new Error("nothing to process");
      }
      const heard = await processMessage(message, state, emptyPskIndex, acceptAll, suite);
      state = heard.newState;
      if (state.groupActiveState.kind === "removedFromGroup") return "removed";
      return heard.kind === "applicationMessage" ? heard.message : undefined;
    },
    async commit({ add = [], remove = [], inPublic }) {
      const made = await createCommit(
        { state, cipherSuite: suite },
        {
          wireAsPublicMessage: inPublic,
          ratchetTreeExtension: true,
          extraProposals: [
            ...remove.map((removed) => ({ proposalType: "remove" as const, remove: { removed } })),
            ...add.map((octets) => ({
              proposalType: "add" as const,
              add: { keyPackage: tsKeyPackageIn(octets) },
            })),
          ],
        },
      );
      next = made.newState;
      const { welcome } = made;
      const out = welcome && encodeMlsMessage({ version: "mls10", wireformat: "mls_welcome", welcome });
      return { message: encodeMlsMessage(made.commit), welcome: out };
    },
    settle() {
      state = next ?? state;
    },
    async say(text) {
      const { newState, privateMessage } = await createApplicationMessage(state, utf8(text), suite);
      state = newState;
      return encodeMlsMessage({ version: "mls10", wireformat: "mls_private_message", privateMessage });
    },
    async proposeRemoval(removed, inPublic) {
      const proposal = { proposalType: "remove" as const, remove: { removed } };
      const { newState, message } = await createProposal(state, inPublic, proposal, suite);
      state = newState;
      return encodeMlsMessage(message);
    },
    async groupInfo() {
      const info = await createGroupInfoWithExternalPub(state, [], suite);
      return encodeMlsMessage({ version: "mls10", wireformat: "mls_group_info", groupInfo: info });
    },
  };
}

function tsKeyPackageIn(octets: Uint8Array): TsKeyPackage {
  const message = tsDecoded(octets);
  if (message.wireformat !== "mls_key_package") throw new Error("no KeyPackage");
  return message.keyPackage;
}

/** ts-mls decodes from an offset and does not mind what follows; here everything has to be used up. */
export function tsDecoded(octets: Uint8Array): TsMessage {
  const decoded = decodeMlsMessage(octets, 0);
  if (decoded === undefined || decoded[1] !== octets.length) throw new Error("ts-mls cannot decode this");
  return decoded[0];
}

function tsTree(tree: RatchetTree): TsRatchetTree {
  const decoded = decodeTsTree(encodeRatchetTree(tree), 0);
  if (decoded === undefined) throw new Error("ts-mls cannot decode this tree");
  return decoded[0];
}
