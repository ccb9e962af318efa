/** Clients with keys that have grown old or are not theirs: removed, stolen, expired. RFC 9420 §16.6, protocol-06 §5.3 to §5.6 */
import type { Output } from "../../../spec-model/actor.ts";
import {
  decodeContent,
  encodeContent,
  extensionKey,
  textMessage,
} from "../../../spec-model/content/index.ts";
import { FrankAAD, frankingTag } from "../../../spec-model/franking/index.ts";
import {
  leafAt,
  type Member,
  type MlsApplication,
  type MlsLayer,
  safeAad,
  toRatchetTreeExtension,
} from "../../../spec-model/mls/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import { pseudonymousCredentialType } from "../../../spec-model/pseudonyms/index.ts";
import { attempt, isRefused, roomFacts } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import { SubmitMessageRequest } from "../../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";
import type { Company, Habit, HabitMoment } from "../alteration.ts";
import { adversariesOf, type Row } from "./adversary.ts";

const rows: readonly Row[] = [
  [
    "client-returns-with-old-keys",
    "when it is removed, writes with the keys of its last epoch and joins by a GroupInfo that it makes of it",
    "the hub refuses the message, as its user is in the list no more or the epoch is over, and the commit, as it is of another epoch",
    [],
    returns,
  ],
  [
    "client-signs-with-stolen-key",
    "writes messages in the name of another member, whose signature key it has stolen; the ratchets of all members every member has",
    "the hub franks them for who submits them, and receivers do not show what the frank does not fit; without franks they show it as the other's, until the other's leaf has a new key",
    ["franksItsOwn"],
    signsAsAnother,
  ],
  [
    "client-offers-expired-key-packages",
    "makes KeyPackages and leaves whose lifetime is over",
    "its provider gives them out, and whoever asked refuses them: it is not added; it can come in by a commit of its own, where leaves have no lifetime; nobody joins a room that it has created",
    [],
    expired,
  ],
  [
    "client-comes-under-its-name",
    "supports pseudonyms, and comes under its own name where others have them",
    "nothing marks a minimal-metadata room, and the hub takes it: it shows its own name and nobody else's",
    [],
    () => supportingPseudonyms,
  ],
];

export const outsiders = adversariesOf("client", rows);

/** What a member had in hand when it last worked on a message. */
interface Memory {
  readonly layer: MlsLayer;
  readonly member: Member;
  readonly app: MlsApplication;
}

function returns(): Habit {
  let last: Memory | undefined;
  return {
    mls: (layer) => ({
      ...layer,
      receive(member, message, app, computeOutcome) {
        last = { layer, member, app };
        return layer.receive(member, message, app, computeOutcome);
      },
    }),
    gives(outputs, moment) {
      const gone = outputs.find((output) => output.type === "departed");
      if (gone?.type !== "departed" || last === undefined) return outputs;
      const { provider } = moment.state as ClientState;
      const asks = [oldMessage(gone.room, last, moment), oldJoin(gone.room, last, moment) ?? []].flat();
      last = undefined;
      const sent = asks.map(
        (message): Output => ({ type: "local", to: provider.domain, message, label: message.operation }),
      );
      return [...outputs, ...sent];
    },
  };
}

function oldMessage(room: string, { layer, member, app }: Memory, { random, state }: HabitMoment) {
  const { user } = state as ClientState;
  const { encoded } = textMessage({ sender: user, room, salt: random }, "Still here.");
  const sent = layer.encryptApplication(member, encoded, { authenticatedData: safeAad([]) }, app, random);
  const body = SubmitMessageRequest.encode({
    protocol: "mls10",
    appMessage: sent.message,
    sendingUri: { uri: user },
  });
  return { type: "ask", id: "old message", operation: "submitMessage", room, body } as const;
}

function oldJoin(room: string, { layer, member, app }: Memory, { random, state }: HabitMoment) {
  const { signature: signatureKeyPair, credential, suite } = state as ClientState;
  const leaf = leafAt(member.tree, member.leafIndex);
  if (leaf === undefined) return undefined;
  const now = app.now ?? 0n;
  const lifetime = { notBefore: now - 3_600n, notAfter: now + 86_400n };
  const { capabilities, extensions: leafExtensions } = leaf;
  const options = { credential, capabilities, lifetime, leafExtensions, signatureKeyPair };
  const joiner = layer.generateKeyPackage(suite, options, app, random);
  const groupInfo = layer.groupInfo(member, app);
  const joining = { groupInfo, ratchetTree: member.tree, joiner, resync: member.leafIndex };
  const made = layer.externalCommit({ ...joining, authenticatedData: safeAad([]) }, app, random);
  const body = UpdateRequest.encode({
    bundle: {
      proposalOrCommit: made.message,
      welcome: undefined,
      groupInfoOption: { representation: "full", groupInfo: made.groupInfo },
      ratchetTreeOption: {
        representation: "full",
        ratchetTree: toRatchetTreeExtension(made.ratchetTree),
      },
    },
  });
  return { type: "ask", id: "old join", operation: "update", room, body } as const;
}

/** The first member of another user; its key is the one that its client has at the moment. */
function signsAsAnother({ stateOf }: Company): Habit {
  return {
    mls: (layer) => ({
      ...layer,
      encryptApplication(member, data, options, app, random) {
        const own = roomFacts(member.groupContext, member.tree).members;
        const thief = own.find(({ leaf }) => leaf === member.leafIndex);
        const robbed = own.find(({ user }) => user !== thief?.user);
        const victim = robbed && (stateOf(robbed.client) as ClientState | undefined);
        if (robbed === undefined || victim === undefined) {
          return layer.encryptApplication(member, data, options, app, random);
        }
        const said = inNameOf(robbed.user, data);
        const { privateKey: signaturePrivateKey } = victim.signature;
        const masked = { ...member, leafIndex: robbed.leaf, signaturePrivateKey };
        const about = { ...options, authenticatedData: said.authenticatedData };
        const sent = layer.encryptApplication(masked, said.encoded, about, app, random);
        const back =
          "signaturePrivateKey" in member ? { signaturePrivateKey: member.signaturePrivateKey } : {};
        return { ...sent, state: { ...sent.state, leafIndex: member.leafIndex, ...back } };
      },
    }),
  };
}

/** The same content with another sender, and its tag. */
function inNameOf(user: string, data: Uint8Array) {
  const content = attempt(() => decodeContent(data));
  if (isRefused(content)) return { encoded: data, authenticatedData: safeAad([]) };
  const mimiExtensions = new Map([...content.mimiExtensions, [extensionKey.senderUri, user] as const]);
  const encoded = encodeContent({ ...content, mimiExtensions });
  const aadItemData = FrankAAD.encode({ frankingTag: frankingTag(content.salt, encoded) });
  return { encoded, authenticatedData: safeAad([{ componentId: componentIds.frank_aad, aadItemData }]) };
}

const dayS = 86_400n;

/** Its own MLS would refuse what has expired: it is given a clock that is slow. */
function expired(): Habit {
  return {
    mls: (layer) => ({
      ...layer,
      generateKeyPackage(suite, options, app, random) {
        const { notBefore } = options.lifetime;
        const lifetime = { notBefore: notBefore - 2n * dayS, notAfter: (app.now ?? 0n) - dayS };
        return layer.generateKeyPackage(suite, { ...options, lifetime }, slow(app), random);
      },
      createGroup: (options, app, random) => layer.createGroup(options, slow(app), random),
      externalCommit: (options, app, random) => layer.externalCommit(options, slow(app), random),
    }),
  };
}

function slow(app: MlsApplication): MlsApplication {
  return app.now === undefined ? app : { ...app, now: app.now - 2n * dayS };
}

/** Without it RFC 9420 §7.3 would keep it out, as others use the type. */
const supportingPseudonyms: Habit = {
  mls: (layer) => ({
    ...layer,
    generateKeyPackage(suite, options, app, random) {
      const { capabilities } = options;
      const credentials = [...new Set([...capabilities.credentials, pseudonymousCredentialType])];
      const able = { ...options, capabilities: { ...capabilities, credentials } };
      return layer.generateKeyPackage(suite, able, app, random);
    },
  }),
};
