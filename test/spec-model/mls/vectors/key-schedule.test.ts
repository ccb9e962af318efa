import { exportFrom } from "../../../../spec-model/mls/exporter.ts";
import {
  epochSecretsAfter,
  externalKeyPair,
  joinerSecret,
  welcomeSecret,
} from "../../../../spec-model/mls/key-schedule.ts";
import { GroupContext } from "../../../../spec-model/mls/structures/index.ts";
import { bothProviders, expectHex, octets, vectorFamily } from "./family.ts";

interface Epoch {
  tree_hash: string;
  commit_secret: string;
  psk_secret: string;
  confirmed_transcript_hash: string;
  group_context: string;
  joiner_secret: string;
  welcome_secret: string;
  init_secret: string;
  sender_data_secret: string;
  encryption_secret: string;
  exporter_secret: string;
  epoch_authenticator: string;
  external_secret: string;
  confirmation_key: string;
  membership_key: string;
  resumption_psk: string;
  external_pub: string;
  exporter: { label: string; context: string; length: number; secret: string };
}

interface KeySchedule {
  cipher_suite: number;
  group_id: string;
  initial_init_secret: string;
  epochs: Epoch[];
}

vectorFamily<KeySchedule>("key-schedule", bothProviders, (vector, suite) => {
  let initSecret = octets(vector.initial_init_secret);
  vector.epochs.forEach((epoch, number) => {
    const context: GroupContext = {
      version: "mls10",
      cipherSuite: suite.id,
      groupId: octets(vector.group_id),
      epoch: BigInt(number),
      treeHash: octets(epoch.tree_hash),
      confirmedTranscriptHash: octets(epoch.confirmed_transcript_hash),
      extensions: [],
    };
    expectHex(GroupContext.encode(context), epoch.group_context, "group_context");
    const joiner = joinerSecret(suite, initSecret, octets(epoch.commit_secret), context);
    expectHex(joiner, epoch.joiner_secret, "joiner_secret");
    const psk = octets(epoch.psk_secret);
    expectHex(welcomeSecret(suite, joiner, psk), epoch.welcome_secret, "welcome_secret");
    const secrets = epochSecretsAfter(suite, joiner, psk, context);
    expectHex(secrets.initSecret, epoch.init_secret, "init_secret");
    expectHex(secrets.senderDataSecret, epoch.sender_data_secret, "sender_data_secret");
    expectHex(secrets.encryptionSecret, epoch.encryption_secret, "encryption_secret");
    expectHex(secrets.exporterSecret, epoch.exporter_secret, "exporter_secret");
    expectHex(secrets.epochAuthenticator, epoch.epoch_authenticator, "epoch_authenticator");
    expectHex(secrets.externalSecret, epoch.external_secret, "external_secret");
    expectHex(secrets.confirmationKey, epoch.confirmation_key, "confirmation_key");
    expectHex(secrets.membershipKey, epoch.membership_key, "membership_key");
    expectHex(secrets.resumptionPsk, epoch.resumption_psk, "resumption_psk");
    expectHex(externalKeyPair(suite, secrets).publicKey, epoch.external_pub, "external_pub");
    const { label, context: exported, length, secret } = epoch.exporter;
    expectHex(exportFrom(suite, secrets, label, octets(exported), length), secret, "exporter");
    initSecret = secrets.initSecret;
  });
});
