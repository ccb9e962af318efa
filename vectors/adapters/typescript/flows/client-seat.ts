/** The model in a client's seat: it joins by Welcome, follows what is delivered, and sends nothing. */
import type { Output } from "../../../../spec-model/actor.ts";
import { hex, utf8 } from "../../../../spec-model/bytes.ts";
import { encodeContent } from "../../../../spec-model/content/index.ts";
import type { Deviation } from "../../../../spec-model/deviation.ts";
import { KeyPackage, keyPackageRef, realMls } from "../../../../spec-model/mls/index.ts";
import { type ClientState, newClient, stepClient } from "../../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";
import { roomFacts } from "../../../../spec-model/room/index.ts";
import type { ClientFlowOutput, ClientFlowStep, ClientSeatSetup } from "../../../format/flow-steps.ts";
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
  const message = { type: "deliver", room, message: octetsOf(step.message) } as const;
  const input = { type: "local", from: state.provider.domain, message } as const;
  const taken = stepClient(state, input, { now: at, entropy: new Uint8Array(32), deviation });
  const output = seenIn(taken.state, room, state.rooms[room]?.messages.length ?? 0);
  return { seat: taken.state, output, observed: taken.outputs };
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
