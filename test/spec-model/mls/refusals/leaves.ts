/** KeyPackages and leaves that are not valid. */
import { noBytes } from "../../../../spec-model/bytes.ts";
import {
  commit,
  dictionaryExtension,
  type KeyPackage,
  type OwnKeyPackage,
  validateKeyPackage,
} from "../../../../spec-model/mls/index.ts";
import { signWithLabel } from "../../../../spec-model/mls/labelled.ts";
import { signLeaf } from "../../../../spec-model/mls/leaf-node.ts";
import {
  componentIds,
  type Extension,
  KeyPackageTBS,
  type LeafNode,
  type WireFormat,
  WireFormats,
} from "../../../../spec-model/mls/structures/index.ts";
import {
  application as app,
  capabilities,
  client,
  componentList,
  requiredCapabilities,
  topic,
} from "../room-fixture.ts";
import { add, alice, type Case, flipped, foundRoom, random, suite } from "./room.ts";

const dave = client("dave");

/** A KeyPackage of Dave's with changes, signed again. */
function resigned(change: Partial<KeyPackage>, owner: OwnKeyPackage = dave): KeyPackage {
  const unsigned = { ...owner.keyPackage, ...change };
  const signed = KeyPackageTBS.encode(unsigned);
  return { ...unsigned, signature: signWithLabel(suite, owner.signaturePrivateKey, "KeyPackageTBS", signed) };
}

function withLeaf(change: Partial<LeafNode>): KeyPackage {
  return resigned({ leafNode: { ...dave.keyPackage.leafNode, ...change } as LeafNode });
}

const validate = (keyPackage: KeyPackage) => validateKeyPackage(suite, keyPackage, app);
const addsTo = (room: Pick<ReturnType<typeof foundRoom>, "alice">, own: OwnKeyPackage) =>
  commit(room.alice, { proposals: [add(own.keyPackage)] }, app, random);

const grease = { extensionType: 0x1a1a, extensionData: noBytes };
const strange = { extensionType: 0x7777, extensionData: noBytes };
const modest = client("modest", {
  capabilities: { ...capabilities, extensions: [], proposals: [], credentials: ["basic"] },
  leafExtensions: [],
});

/** Supports the extensions, and lists nothing in them. */
const without = client("without", { leafExtensions: [] });

function requiredFormats(...wireFormats: WireFormat[]): Extension {
  return { extensionType: "required_wire_formats", extensionData: WireFormats.encode({ wireFormats }) };
}

export const leafCases: Case[] = [
  {
    code: "keyPackageSignature",
    says: "a KeyPackage with a changed signature",
    act: () => validate({ ...dave.keyPackage, signature: flipped(dave.keyPackage.signature) }),
  },
  {
    code: "keyPackageVersion",
    says: "a KeyPackage of version 2",
    act: () => validate(resigned({ version: 2 })),
  },
  {
    code: "keyPackageCipherSuite",
    says: "a KeyPackage of cipher suite 3 in a group of 1",
    act: () => addsTo({ alice }, client("three", { suite: 3 })),
  },
  {
    code: "keyPackageExtension",
    says: "a KeyPackage with an extension that it does not announce",
    act: () => validate(resigned({ extensions: [strange] })),
  },
  {
    code: "initKeyReused",
    says: "a KeyPackage whose two HPKE keys are one",
    act: () => validate(resigned({ initKey: dave.keyPackage.leafNode.encryptionKey })),
  },
  {
    code: "hpkePublicKey",
    says: "an init key of 5 octets",
    act: () => validate(resigned({ initKey: new Uint8Array(5) })),
  },
  {
    code: "hpkePublicKey",
    says: "an encryption key of a megabyte",
    act: () => validate(withLeaf({ encryptionKey: new Uint8Array(2 ** 20) })),
  },
  {
    code: "duplicateExtension",
    says: "a KeyPackage with two extensions of one type",
    act: () => validate(resigned({ extensions: [grease, grease] })),
  },
  {
    code: "duplicateExtension",
    says: "a leaf with two extensions of one type",
    act: () => {
      const name = { extensionType: "application_id" as const, extensionData: noBytes };
      return validate(client("x", { leafExtensions: [name, name] }).keyPackage);
    },
  },
  {
    code: "leafSignature",
    says: "a leaf with a changed signature",
    act: () => validate(withLeaf({ signature: flipped(dave.keyPackage.leafNode.signature) })),
  },
  {
    code: "leafSource",
    says: "a KeyPackage with a leaf of an Update",
    act: () => validate(withLeaf({ leafNodeSource: "update" })),
  },
  {
    code: "leafVersion",
    says: "a client that does not support MLS 1.0",
    act: () => validate(client("x", { capabilities: { ...capabilities, versions: [] } }).keyPackage),
  },
  {
    code: "leafCipherSuite",
    says: "a client that does not support its own cipher suite",
    act: () => validate(client("x", { capabilities: { ...capabilities, cipherSuites: [2] } }).keyPackage),
  },
  {
    code: "leafCredentialType",
    says: "a client that does not support its own credential",
    act: () => validate(client("x", { capabilities: { ...capabilities, credentials: [] } }).keyPackage),
  },
  {
    code: "leafExtension",
    says: "a leaf with an extension that it does not announce",
    act: () => validate(client("x", { leafExtensions: [strange] }).keyPackage),
  },
  {
    code: "lifetime",
    says: "a KeyPackage that has expired",
    act: () => validateKeyPackage(suite, dave.keyPackage, { ...app, now: 3000n }),
  },
  {
    code: "lifetimeTooLong",
    says: "a KeyPackage that is valid for longer than the application accepts",
    act: () => validateKeyPackage(suite, dave.keyPackage, { ...app, maximumLifetime: 1999n }),
  },
  {
    code: "credentialRefused",
    says: "a credential that the application refuses",
    act: () => {
      const strict = { ...app, validateCredential: () => ({ refused: "not one of ours" }) };
      return validateKeyPackage(suite, dave.keyPackage, strict);
    },
  },
  {
    code: "encryptionKeyTwice",
    says: "two newcomers with one encryption key",
    act: () => {
      const eve = client("eve");
      const { encryptionKey } = dave.keyPackage.leafNode;
      const leaf = { ...eve.keyPackage.leafNode, encryptionKey };
      const copycat = resigned({ leafNode: signLeaf(suite, eve.signaturePrivateKey, leaf, undefined) }, eve);
      return commit(alice, { proposals: [add(dave.keyPackage), add(copycat)] }, app, random);
    },
  },
  {
    code: "requiredExtension",
    says: "a newcomer without a required extension",
    act: () => addsTo({ alice }, modest),
  },
  {
    code: "requiredCredential",
    says: "a newcomer without a required credential type",
    act: () => addsTo(foundRoom([requiredCapabilities({ credentialTypes: [0xf00d] })]), modest),
  },
  {
    code: "groupExtension",
    says: "a newcomer that does not support an extension in use",
    act: () => addsTo(foundRoom([{ extensionType: 0x1a1a, extensionData: noBytes }]), modest),
  },
  {
    code: "requiredWireFormat",
    says: "a newcomer that does not support a required wire format",
    act: () => addsTo(foundRoom([requiredFormats("mls_semiprivate_message")]), without),
  },
  {
    code: "requiredComponent",
    says: "a newcomer that does not support a required component",
    act: () => {
      const required = new Map([[componentIds.app_components, componentList(topic)]]);
      return addsTo(foundRoom([dictionaryExtension(required)]), without);
    },
  },
  {
    code: "requiredSafeAad",
    says: "a creator that does not support a required Safe AAD component",
    act: () => foundRoom([dictionaryExtension(new Map([[componentIds.safe_aad, componentList(0x7777)]]))]),
  },
  {
    code: "credentialTypeInUse",
    says: "a newcomer that does not support another member's credential",
    act: () => {
      const other = client("other", { credential: { credentialType: 0xf00d, credentialData: noBytes } });
      const proposals = [add(other.keyPackage), add(modest.keyPackage)];
      return commit(foundRoom([]).alice, { proposals }, app, random);
    },
  },
];
