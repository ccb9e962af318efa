import { expect } from "vitest";
import { hex } from "../../../../spec-model/bytes.ts";
import type { CipherSuite } from "../../../../spec-model/mls/crypto/index.ts";
import {
  decodeRatchetTree,
  epochAuthenticator,
  followHandshake,
  type GroupView,
  joinByWelcome,
  type MemberState,
  MLSMessage,
  type MlsApplication,
  type OwnKeyPackage,
  receive,
  startPublicGroup,
} from "../../../../spec-model/mls/index.ts";
import { bothProviders, octets, roundTrip, vectorFamily } from "./family.ts";

interface PassiveClient {
  cipher_suite: number;
  external_psks: { psk_id: string; psk: string }[];
  key_package: string;
  signature_priv: string;
  encryption_priv: string;
  init_priv: string;
  welcome: string;
  ratchet_tree: string | null;
  initial_epoch_authenticator: string;
  epochs: { proposals: string[]; commit: string; epoch_authenticator: string }[];
}

function ownKeyPackage(vector: PassiveClient): OwnKeyPackage {
  const message = roundTrip(MLSMessage, vector.key_package);
  if (message.wireFormat !== "mls_key_package") throw new Error("no KeyPackage");
  return {
    keyPackage: message.keyPackage,
    initPrivateKey: octets(vector.init_priv),
    encryptionPrivateKey: octets(vector.encryption_priv),
    signaturePrivateKey: octets(vector.signature_priv),
  };
}

function applicationOf(vector: PassiveClient, suite: CipherSuite): MlsApplication {
  return {
    provider: suite.provider,
    findPsk: (id) => {
      const known = vector.external_psks.find(
        ({ psk_id }) => id.psktype === "external" && psk_id === hex(id.pskId),
      );
      return known && octets(known.psk);
    },
  };
}

/** Somebody outside who follows as long as all handshakes are public. */
function follow(
  group: GroupView | undefined,
  message: MLSMessage,
  app: MlsApplication,
): GroupView | undefined {
  const readable = group !== undefined && message.wireFormat === "mls_public_message";
  return readable ? followHandshake(group, message, app).group : undefined;
}

function check(vector: PassiveClient, suite: CipherSuite): void {
  const app = applicationOf(vector, suite);
  const welcome = roundTrip(MLSMessage, vector.welcome);
  if (welcome.wireFormat !== "mls_welcome") throw new Error("no Welcome");
  const ratchetTree = vector.ratchet_tree
    ? { ratchetTree: decodeRatchetTree(octets(vector.ratchet_tree)) }
    : {};
  const own = ownKeyPackage(vector);
  const joined = joinByWelcome(welcome.welcome, { own, ...ratchetTree }, app);
  let member: MemberState = joined.state;
  expect(hex(epochAuthenticator(member))).toBe(vector.initial_epoch_authenticator);
  let follower: GroupView | undefined = startPublicGroup(joined.groupInfo, member.tree, app);
  for (const epoch of vector.epochs) {
    for (const text of [...epoch.proposals, epoch.commit]) {
      const message = roundTrip(MLSMessage, text);
      follower = follow(follower, message, app);
      member = receive(member, message, app).state;
    }
    expect(hex(epochAuthenticator(member))).toBe(epoch.epoch_authenticator);
    if (follower !== undefined) expect(follower.groupContext).toEqual(member.groupContext);
  }
}

vectorFamily<PassiveClient>("passive-client-welcome", bothProviders, check);
vectorFamily<PassiveClient>("passive-client-handling-commit", ["node"], check);
vectorFamily<PassiveClient>("passive-client-random", ["node"], check);
