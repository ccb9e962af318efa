/** A room founded by a client of the model, with a client on ts-mls in it: what passes between them is octets. */
import { newTsMlsClient, stepTsMlsClient, type TsMlsClient } from "../../../../simulator/seats/index.ts";
import type { Observation, Output } from "../../../../spec-model/actor.ts";
import { noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import { FanoutMessage } from "../../../../spec-model/fan-out/index.ts";
import {
  type CommitOptions,
  commit,
  createGroup,
  dictionaryExtension,
  encryptApplication,
  epochAuthenticator,
  generateKeyPackage,
  KeyPackage,
  type MemberState,
  type MLSMessage,
  type MlsApplication,
  type OwnKeyPackage,
  type Proposal,
  propose,
  RequiredCapabilities,
  safeAad,
  toRatchetTreeExtension,
} from "../../../../spec-model/mls/index.ts";
import {
  type ClientIntention,
  clientCapabilities,
  leafExtensions,
} from "../../../../spec-model/participant/index.ts";
import { expandEntropy, type RandomSource } from "../../../../spec-model/random.ts";
import {
  clientCredential,
  encodeParticipants,
  roomComponentLogic,
} from "../../../../spec-model/room/index.ts";
import { componentIds, ParticipantListUpdate } from "../../../../spec-model/room/structures/index.ts";

export const room = "mimi://a.example/r/room";
export const alice = "mimi://a.example/u/alice";
export const bob = "mimi://b.example/u/bob";
const now = 1_767_225_600_000;
const app: MlsApplication = { now: BigInt(now / 1000), components: roomComponentLogic };

export function randomness(purpose: string): RandomSource {
  return expandEntropy(noBytes, purpose);
}

/** A KeyPackage of a client of the model. */
export function modelClient(client: string): OwnKeyPackage {
  const options = {
    credential: clientCredential(client),
    capabilities: clientCapabilities({ suite: 1 }),
    lifetime: { notBefore: 0n, notAfter: 2n ** 40n },
    leafExtensions: leafExtensions(),
  };
  return generateKeyPackage(1, options, app, randomness(client));
}

/** The seat, with everything it has put out so far. */
export interface Seat {
  state: TsMlsClient;
  readonly outputs: Output[];
  steps: number;
}

export function newSeat(): Seat {
  const own = { domain: "b.example", signatureKey: noBytes, frankingKey: noBytes };
  const identity = { client: "mimi://b.example/d/bob/B1", user: bob };
  return { state: newTsMlsClient(identity, own, 1, randomness("seat")), outputs: [], steps: 0 };
}

export async function intend(seat: Seat, intention: ClientIntention): Promise<readonly Output[]> {
  return take(seat, { type: "intention", intention });
}

/** Gives the seat a FanoutMessage of the room, or of another one. */
export async function deliver(
  seat: Seat,
  fanned: FanoutMessage | Uint8Array,
  of = room,
): Promise<readonly Output[]> {
  const message = fanned instanceof Uint8Array ? fanned : FanoutMessage.encode(fanned);
  return take(seat, { type: "local", from: "b.example", message: { type: "deliver", room: of, message } });
}

async function take(seat: Seat, input: Parameters<typeof stepTsMlsClient>[1]): Promise<readonly Output[]> {
  seat.steps++;
  const entropy = randomness(`step ${seat.steps}`).bytes(32);
  const { state, outputs } = await stepTsMlsClient(seat.state, input, { now, entropy });
  seat.state = state;
  seat.outputs.push(...outputs);
  return outputs;
}

/** The founder, and the seat that has joined by its Welcome. */
export async function roomWithSeat(): Promise<{ readonly founder: Founder; readonly seat: Seat }> {
  const { founder, seat, welcome } = await invitedSeat();
  await deliver(seat, welcome);
  return { founder, seat };
}

/** The founder, and a seat with a Welcome that it has not seen yet. */
export async function invitedSeat(founder = new Founder()) {
  const seat = newSeat();
  const [stored] = await intend(seat, { type: "publishKeyPackages", count: 1 });
  if (stored?.type !== "local" || stored.message.type !== "storeKeyPackages")
    throw new Error("no KeyPackage");
  const keyPackage = KeyPackage.decode(stored.message.keyPackages[0] ?? noBytes);
  const { welcome } = founder.commits([{ proposalType: "add", keyPackage }]);
  return { founder, seat, welcome };
}

const timestamp = BigInt(now);

/** Alice: commits take effect at once, as if the hub accepted them all. */
export class Founder {
  member: MemberState;
  readonly random = randomness("founder");

  constructor(client = "mimi://a.example/d/alice/A1") {
    const required = RequiredCapabilities.encode({
      extensionTypes: ["app_data_dictionary"],
      proposalTypes: ["app_data_update", "self_remove"],
      credentialTypes: [],
    });
    const list = encodeParticipants([{ user: alice, role: 3 }]);
    const extensions = [
      { extensionType: "required_capabilities" as const, extensionData: required },
      dictionaryExtension(new Map([[componentIds.participant_list, list]])),
    ];
    const creator = modelClient(client);
    const groupId = utf8(room.replace("/r/", "/g/"));
    this.member = createGroup({ groupId, extensions, creator }, app, this.random);
  }

  get epoch(): number {
    return Number(this.member.groupContext.epoch);
  }

  get authenticator(): Uint8Array {
    return epochAuthenticator(this.member);
  }

  commits(
    proposals: readonly Proposal[],
    options: CommitOptions = {},
  ): { readonly commit: FanoutMessage; readonly welcome: FanoutMessage } {
    const all = { proposals, treeInWelcome: false, ...options };
    const made = commit(this.member, all, app, this.random);
    this.member = made.state;
    return {
      commit: { timestamp, message: made.message, externalProposals: [] },
      welcome: welcomed(made.welcome, made.state),
    };
  }

  /** Proposals in one FanoutMessage; `remember` where the founder shall be able to commit them. */
  proposes(...proposals: readonly Proposal[]): FanoutMessage {
    const [message, ...moreProposals] = proposals.map((proposal): MLSMessage => {
      const sent = propose(this.member, proposal, {}, app, this.random);
      this.member = sent.state;
      return sent.message;
    });
    if (message === undefined) throw new Error("no proposal");
    return { timestamp, message, moreProposals };
  }

  says(content: Uint8Array): FanoutMessage {
    const sent = encryptApplication(
      this.member,
      content,
      { authenticatedData: safeAad([]) },
      app,
      this.random,
    );
    this.member = sent.state;
    return { timestamp, message: sent.message, frank: undefined };
  }
}

function welcomed(welcome: ReturnType<typeof commit>["welcome"], state: MemberState): FanoutMessage {
  const ratchetTreeOption = {
    representation: "full" as const,
    ratchetTree: toRatchetTreeExtension(state.tree),
  };
  const message: MLSMessage = {
    version: "mls10",
    wireFormat: "mls_welcome",
    welcome: welcome ?? { cipherSuite: 1, secrets: [], encryptedGroupInfo: noBytes },
  };
  return { timestamp, message, ratchetTreeOption };
}

/** An AppDataUpdate that puts a user on the list. */
export function addToList(user: string): Proposal {
  const update = {
    changedRoleParticipants: [],
    removedIndices: [],
    addedParticipants: [{ user, roleIndex: 2 }],
  };
  return {
    proposalType: "app_data_update",
    componentId: componentIds.participant_list,
    op: "update",
    update: ParticipantListUpdate.encode(update),
  };
}

export function observed<T extends Observation["type"]>(outputs: readonly Output[], type: T) {
  return outputs.filter((output) => output.type === type) as Extract<Observation, { type: T }>[];
}
