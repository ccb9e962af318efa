/** Welcomes whose sender is a member of the group but keeps to no rule: opened, changed and sealed again. */
import { noBytes } from "../../../../spec-model/bytes.ts";
import { signGroupInfo } from "../../../../spec-model/mls/group-info.ts";
import {
  commit,
  GroupInfo,
  GroupSecrets,
  joinByWelcome,
  keyPackageRef,
  ratchetTreeExtension,
  type Welcome,
} from "../../../../spec-model/mls/index.ts";
import { welcomeKeys, welcomeSecret } from "../../../../spec-model/mls/key-schedule.ts";
import { decryptWithLabel, encryptWithLabel } from "../../../../spec-model/mls/labelled.ts";
import { pskSecret } from "../../../../spec-model/mls/pre-shared-keys.ts";
import { application as app, client, requiredCapabilities } from "../room-fixture.ts";
import { add, alice, type Case, flipped, random, suite, welcomeOf } from "./room.ts";

const dave = client("dave");
const made = commit(alice, { proposals: [add(dave.keyPackage)], forcePath: true }, app, random);
const honest = welcomeOf(made);

interface Changes {
  /** Signed again by Alice afterwards. */
  readonly groupInfo?: (
    info: GroupInfo,
  ) => Pick<GroupInfo, "groupContext" | "confirmationTag" | "extensions">;
  readonly secrets?: (secrets: GroupSecrets) => GroupSecrets;
  readonly signature?: (signature: Uint8Array) => Uint8Array;
}

/** The Welcome for Dave with changes inside the encryption. */
function rewelcomed({ groupInfo, secrets, signature }: Changes): Welcome {
  const opened = openSecrets();
  const { key, nonce } = welcomeKeys(
    suite,
    welcomeSecret(
      suite,
      opened.joinerSecret,
      pskSecret(suite, [], () => undefined),
    ),
  );
  const plaintext = suite.aead.open(key, nonce, noBytes, honest.encryptedGroupInfo);
  if (plaintext === undefined) throw new Error("the GroupInfo does not open");
  const info = GroupInfo.decode(plaintext);
  const changed = groupInfo?.(info) ?? info;
  const group = { ...made.state, ...changed };
  const signed = signGroupInfo(suite, group, made.state, changed.extensions);
  const sealed = { ...signed, signature: signature?.(signed.signature) ?? signed.signature };
  const encryptedGroupInfo = suite.aead.seal(key, nonce, noBytes, GroupInfo.encode(sealed));
  const encryptedGroupSecrets = encryptWithLabel(
    suite,
    dave.keyPackage.initKey,
    "Welcome",
    encryptedGroupInfo,
    GroupSecrets.encode(secrets?.(opened) ?? opened),
    random,
  );
  const newMember = keyPackageRef(suite, dave.keyPackage);
  return { cipherSuite: suite.id, secrets: [{ newMember, encryptedGroupSecrets }], encryptedGroupInfo };
}

function openSecrets(): GroupSecrets {
  const [sealed] = honest.secrets;
  if (sealed === undefined) throw new Error("an empty Welcome");
  const plaintext = decryptWithLabel(
    suite,
    dave.initPrivateKey,
    "Welcome",
    honest.encryptedGroupInfo,
    sealed.encryptedGroupSecrets,
    "groupSecretsDecryption",
  );
  return GroupSecrets.decode(plaintext);
}

const joinWith = (changes: Changes) => joinByWelcome(rewelcomed(changes), { own: dave }, app);

/** What is changed back to itself is accepted: the refusals below are for the changes and nothing else. */
export const joinsUnchanged = () => joinWith({});

export const welcomeCases: Case[] = [
  {
    code: "confirmationTag",
    says: "a Welcome to an epoch with another confirmation tag",
    act: () =>
      joinWith({ groupInfo: (info) => ({ ...info, confirmationTag: flipped(info.confirmationTag) }) }),
  },
  {
    code: "groupInfoSignature",
    says: "a Welcome with a GroupInfo that nobody signed",
    act: () => joinWith({ signature: flipped }),
  },
  {
    code: "welcomeCipherSuite",
    says: "a Welcome to a group of another cipher suite",
    act: () =>
      joinWith({
        groupInfo: (info) => ({ ...info, groupContext: { ...info.groupContext, cipherSuite: 3 } }),
      }),
  },
  {
    code: "treeHash",
    says: "a Welcome with another tree than the group's",
    act: () =>
      joinWith({ groupInfo: (info) => ({ ...info, extensions: [ratchetTreeExtension(treeWithoutRoot())] }) }),
  },
  {
    code: "pathKeyMismatch",
    says: "a Welcome with a path secret that is not that of the shared node",
    act: () =>
      joinWith({ secrets: (secrets) => ({ ...secrets, pathSecret: { pathSecret: new Uint8Array(32) } }) }),
  },
  {
    code: "duplicateExtension",
    says: "a Welcome with a GroupInfo that has two extensions of one type",
    act: () =>
      joinWith({ groupInfo: (info) => ({ ...info, extensions: [...info.extensions, ...info.extensions] }) }),
  },
  {
    code: "requiredExtension",
    says: "a Welcome to a group that requires what its members do not support",
    act: () =>
      joinWith({
        groupInfo: (info) => {
          const required = requiredCapabilities({ extensionTypes: [0x7777] });
          return { ...info, groupContext: { ...info.groupContext, extensions: [required] } };
        },
      }),
  },
];

function treeWithoutRoot() {
  return made.ratchetTree.map((node, i) => (i === (made.ratchetTree.length - 1) / 2 ? undefined : node));
}
