import { expect } from "vitest";
import { equalBytes, noBytes } from "../../../../spec-model/bytes.ts";
import { keyPackageRef } from "../../../../spec-model/mls/key-package.ts";
import {
  confirmationTag,
  epochSecretsAfter,
  welcomeKeys,
  welcomeSecret,
  zeroSecret,
} from "../../../../spec-model/mls/key-schedule.ts";
import { decryptWithLabel, verifyWithLabel } from "../../../../spec-model/mls/labelled.ts";
import {
  GroupInfo,
  GroupInfoTBS,
  GroupSecrets,
  MLSMessage,
} from "../../../../spec-model/mls/structures/index.ts";
import { bothProviders, octets, roundTrip, vectorFamily } from "./family.ts";

interface WelcomeVector {
  cipher_suite: number;
  init_priv: string;
  signer_pub: string;
  key_package: string;
  welcome: string;
}

vectorFamily<WelcomeVector>("welcome", bothProviders, (vector, suite) => {
  const keyPackage = roundTrip(MLSMessage, vector.key_package);
  const message = roundTrip(MLSMessage, vector.welcome);
  if (keyPackage.wireFormat !== "mls_key_package" || message.wireFormat !== "mls_welcome") {
    throw new Error("the vector holds something else");
  }
  const { welcome } = message;
  const reference = keyPackageRef(suite, keyPackage.keyPackage);
  const forUs = welcome.secrets.find(({ newMember }) => equalBytes(newMember, reference));
  if (forUs === undefined) throw new Error("the Welcome is for somebody else");
  const secrets = GroupSecrets.decode(
    decryptWithLabel(
      suite,
      octets(vector.init_priv),
      "Welcome",
      welcome.encryptedGroupInfo,
      forUs.encryptedGroupSecrets,
      "groupSecretsDecryption",
    ),
  );
  const noPsk = zeroSecret(suite);
  const { key, nonce } = welcomeKeys(suite, welcomeSecret(suite, secrets.joinerSecret, noPsk));
  const opened = suite.aead.open(key, nonce, noBytes, welcome.encryptedGroupInfo);
  const groupInfo = GroupInfo.decode(opened ?? noBytes);
  const signed = GroupInfoTBS.encode(groupInfo);
  const { signature, groupContext } = groupInfo;
  expect(verifyWithLabel(suite, octets(vector.signer_pub), "GroupInfoTBS", signed, signature)).toBe(true);
  const epoch = epochSecretsAfter(suite, secrets.joinerSecret, noPsk, groupContext);
  const tag = confirmationTag(suite, epoch, groupContext.confirmedTranscriptHash);
  expect(tag).toEqual(new Uint8Array(groupInfo.confirmationTag));
});
