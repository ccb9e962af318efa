/** The model in a client's seat: it follows what is delivered, and takes up commits that it is given as its own. */
import type { Moment, Output } from "../../../../spec-model/actor.ts";
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
  type MlsApplication,
  realMls,
  resumeCommit,
  resumeExternalCommit,
} from "../../../../spec-model/mls/index.ts";
import {
  type ClientState,
  clientApplication,
  newClient,
  recallCommit,
  stepClient,
} from "../../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";
import { attempt, isRefused, RoomError, roomFacts } from "../../../../spec-model/room/index.ts";
import type {
  ClientFlowOutput,
  ClientFlowStep,
  ClientSeatSetup,
  MadeCommit,
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
  step: ClientFlowStep,
  deviation?: Deviation,
): { readonly seat: ClientState; readonly output: ClientFlowOutput; readonly observed: readonly Output[] } {
  const { at, room } = step;
  const moment = { now: at, entropy: new Uint8Array(32), deviation };
  const before = step.made === undefined ? state : withOwnCommit(state, step, step.made, moment);
  const message = { type: "deliver", room, message: octetsOf(step.message) } as const;
  const input = { type: "local", from: state.provider.domain, message } as const;
  const taken = stepClient(before, input, moment);
  const output = seenIn(taken.state, room, state.rooms[room]?.messages.length ?? 0);
  return { seat: taken.state, output, observed: taken.outputs };
}

/** As if it had made the commit itself and waited for it; as it is where commit and secrets do not fit. */
function withOwnCommit(
  state: ClientState,
  step: ClientFlowStep,
  made: MadeCommit,
  moment: Moment,
): ClientState {
  const resumed = attempt(() => {
    const { message } = FanoutMessage.decode(octetsOf(step.message));
    return { message, accepted: memberAfter(state, step.room, message, made, clientApplication(step.at)) };
  });
  if (isRefused(resumed)) return state;
  return recallCommit(state, step.room, resumed, moment).state;
}

function memberAfter(
  state: ClientState,
  room: string,
  message: MLSMessage,
  { pathSecret, joining }: MadeCommit,
  app: MlsApplication,
) {
  const member = state.rooms[room]?.member;
  const secret = pathSecret === undefined ? undefined : octetsOf(pathSecret);
  if (joining === undefined) {
    if (member === undefined)
      throw new RoomError("notMember", "RFC 9420 §12.4", "there is no group to commit in");
    return resumeCommit(member, message, secret, app);
  }
  return resumeExternalCommit(
    {
      message,
      pathSecret: secret ?? new Uint8Array(),
      initSecret: octetsOf(joining.initSecret),
      groupInfo: GroupInfo.decode(octetsOf(joining.groupInfo)),
      ratchetTree: decodeRatchetTree(octetsOf(joining.ratchetTree)),
      selfRemoves: joining.selfRemoves.map((each) => MLSMessage.decode(octetsOf(each))),
      signaturePrivateKey: state.signature.privateKey,
    },
    app,
  );
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
  if (member === undefined) {
    return { epoch: null, epochAuthenticator: null, participants: [], clients: [], shown };
  }
  const { participants, members } = roomFacts(member.groupContext, member.tree);
  return {
    epoch: String(member.groupContext.epoch),
    epochAuthenticator: hex(realMls.epochAuthenticator(member)),
    participants: participants.map(({ user, role }) => ({ user, role })),
    clients: members.map(({ client }) => client),
    shown,
  };
}
