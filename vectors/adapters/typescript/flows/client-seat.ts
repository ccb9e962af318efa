/** The model in a client's seat: it follows what is delivered, and takes up groups and commits that it is given as its own. */
import type { ActorStep, Moment, Output } from "../../../../spec-model/actor.ts";
import { hex, utf8 } from "../../../../spec-model/bytes.ts";
import { encodeContent } from "../../../../spec-model/content/index.ts";
import type { Deviation } from "../../../../spec-model/deviation.ts";
import { FanoutMessage } from "../../../../spec-model/fan-out/index.ts";
import {
  decodeRatchetTree,
  GroupInfo,
  KeyPackage,
  keyPackageRef,
  MLSMessage,
  realMls,
} from "../../../../spec-model/mls/index.ts";
import {
  type ClientState,
  type KeptCommit,
  type KeptGroup,
  newClient,
  recallCommit,
  recallGroup,
  recallMessage,
  recallProposals,
  stepClient,
} from "../../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";
import { attempt, isRefused, roomFacts } from "../../../../spec-model/room/index.ts";
import { contentTypeOf } from "../../../../spec-model/update/index.ts";
import {
  type ClientAnswerStep,
  type ClientFlowOutput,
  type ClientFlowStep,
  type ClientSeatSetup,
  type ClientStep,
  type FoundedGroup,
  isDelivery,
  type MadeCommit,
} from "../../../format/flow-steps.ts";
import { octetsOf } from "../input.ts";

export function clientSeat(setup: ClientSeatSetup): ClientState {
  const { client, user, provider } = setup;
  const suite = realMls.suite(setup.cipherSuite);
  const own = {
    domain: provider.domain,
    signatureKey: octetsOf(provider.signatureKey),
    frankingKey: octetsOf(provider.frankingKey),
  };
  const begun = newClient({ client, user }, own, suite, expandEntropy(utf8("seat"), "keys"));
  const signature = {
    publicKey: octetsOf(setup.signature.publicKey),
    privateKey: octetsOf(setup.signature.privateKey),
  };
  const keyPackages = setup.keyPackages.map((each) => {
    const keyPackage = KeyPackage.decode(octetsOf(each.keyPackage));
    const owned = {
      keyPackage,
      initPrivateKey: octetsOf(each.initPrivateKey),
      encryptionPrivateKey: octetsOf(each.encryptionPrivateKey),
      signaturePrivateKey: signature.privateKey,
    };
    return [hex(keyPackageRef(suite, keyPackage)), owned] as const;
  });
  return { ...begun, signature, keyPackages: Object.fromEntries(keyPackages) };
}

export function stepClientSeat(
  state: ClientState,
  step: ClientStep,
  deviation?: Deviation,
): { readonly seat: ClientState; readonly output: ClientFlowOutput; readonly observed: readonly Output[] } {
  const moment = { now: step.at, entropy: new Uint8Array(32), deviation };
  const taken = taking(state, step, moment);
  const output = seenIn(taken.state, step.room, state.rooms[step.room]?.messages.length ?? 0);
  return { seat: taken.state, output, observed: taken.outputs };
}

function taking(state: ClientState, step: ClientStep, moment: Moment): ActorStep<ClientState> {
  const { room } = step;
  if ("founding" in step) {
    const kept = attempt(() => groupOf(step.founding));
    return isRefused(kept) ? { state, outputs: [] } : recallGroup(state, room, kept, moment);
  }
  if ("sent" in step) {
    const kept = attempt(() => commitOf(MLSMessage.decode(octetsOf(step.sent.message)), step.sent));
    return isRefused(kept) ? { state, outputs: [] } : recallCommit(state, room, kept, moment);
  }
  if ("said" in step) {
    const { message, content } = step.said;
    const kept = attempt(() => MLSMessage.decode(octetsOf(message)));
    if (isRefused(kept)) return { state, outputs: [] };
    return recallMessage(state, room, { message: kept, applicationData: octetsOf(content) }, moment);
  }
  const from = state.provider.domain;
  if (isDelivery(step)) {
    const before = step.made === undefined ? state : withOwn(state, step, step.made, moment);
    const message = { type: "deliver", room, message: octetsOf(step.message) } as const;
    return stepClient(before, { type: "local", from, message }, moment);
  }
  const message = {
    type: "answer",
    id: askFor(state, step),
    status: step.status,
    body: octetsOf(step.body),
  } as const;
  return stepClient(state, { type: "local", from, message }, moment);
}

/** As if it had sent the handshakes itself and waited for them; as it is where they and what was drawn do not fit. */
function withOwn(state: ClientState, step: ClientFlowStep, made: MadeCommit, moment: Moment): ClientState {
  const fanned = attempt(() => FanoutMessage.decode(octetsOf(step.message)));
  if (isRefused(fanned)) return state;
  const { message, moreProposals = [] } = fanned;
  return contentTypeOf(message) === "proposal"
    ? recallProposals(state, step.room, [message, ...moreProposals], moment).state
    : recallCommit(state, step.room, commitOf(message, made), moment).state;
}

function commitOf(message: MLSMessage, { pathSecret, joining }: MadeCommit): KeptCommit {
  return {
    message,
    pathSecret: pathSecret === undefined ? undefined : octetsOf(pathSecret),
    joining: joining && {
      initSecret: octetsOf(joining.initSecret),
      groupInfo: GroupInfo.decode(octetsOf(joining.groupInfo)),
      ratchetTree: decodeRatchetTree(octetsOf(joining.ratchetTree)),
      selfRemoves: joining.selfRemoves.map((each) => MLSMessage.decode(octetsOf(each))),
    },
  };
}

function groupOf({ groupInfo, ratchetTree, epochSecret, encryptionPrivateKey }: FoundedGroup): KeptGroup {
  return {
    groupInfo: GroupInfo.decode(octetsOf(groupInfo)),
    ratchetTree: decodeRatchetTree(octetsOf(ratchetTree)),
    epochSecret: octetsOf(epochSecret),
    encryptionPrivateKey: octetsOf(encryptionPrivateKey),
  };
}

/** What an answer is to: a message by its ID, or the last group or commit for the room. */
function askFor({ asks }: ClientState, { room, to }: ClientAnswerStep): string {
  const found = Object.entries(asks).findLast(([, ask]) => {
    if (!("room" in ask) || ask.room !== room) return false;
    return ask.kind === "submitMessage" ? ask.said.messageId === to : to === undefined;
  });
  return found?.[0] ?? "";
}

/** What a client is and shows of a room; `before` messages it has shown already. */
export function seenIn({ rooms }: ClientState, room: string, before: number): ClientFlowOutput {
  const here = rooms[room];
  const shown = (here?.messages ?? [])
    .slice(before)
    .map(({ messageId, sender, acceptedTimestamp, content }) => ({
      messageId,
      sender,
      acceptedTimestamp: String(acceptedTimestamp),
      content: hex(encodeContent(content)),
    }));
  const member = here?.member;
  if (here === undefined || member === undefined) {
    return { epoch: null, epochAuthenticator: null, participants: [], clients: [], proposals: [], shown };
  }
  const { participants, members } = roomFacts(member.groupContext, member.tree);
  return {
    epoch: String(member.groupContext.epoch),
    epochAuthenticator: hex(realMls.epochAuthenticator(member)),
    participants: participants.map(({ user, role }) => ({ user, role })),
    clients: members.map(({ client }) => client),
    proposals: here.machine.context.known,
    shown,
  };
}
