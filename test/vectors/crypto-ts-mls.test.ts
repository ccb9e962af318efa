/**
 * The crypto vectors by ts-mls, a second implementation of MLS: what is encrypted to public keys, GroupInfos, exports.
 * Cipher suite 3 needs an optional package of ts-mls's that is not here; crypto.test.ts has it over node:crypto.
 */
import { join } from "node:path";
import { type CiphersuiteImpl, getCiphersuiteFromName, getCiphersuiteImpl, mlsExporter } from "ts-mls";
import { validateRatchetTree } from "ts-mls/clientState.js";
import { decryptWithLabel } from "ts-mls/crypto/hpke.js";
import { verifyFramedContentSignature } from "ts-mls/framedContent.js";
import { decodeGroupContext } from "ts-mls/groupContext.js";
import { decodeGroupInfo, verifyGroupInfoSignature } from "ts-mls/groupInfo.js";
import { decodeKeyPackage, makeKeyPackageRef, verifyKeyPackage } from "ts-mls/keyPackage.js";
import { defaultLifetimeConfig } from "ts-mls/lifetimeConfig.js";
import { decodeMlsMessage } from "ts-mls/message.js";
import { decodeRatchetTree } from "ts-mls/ratchetTree.js";
import { treeHashRoot } from "ts-mls/treeHash.js";
import { describe, expect, it } from "vitest";
import { isNegative } from "../../vectors/format/case.ts";
import { type LoadedCase, loadFile, vectorsFolder } from "../../vectors/verify/index.ts";
import { concat, octets, opaqueAt, uint, utf8, withLength } from "./by-hand.ts";

const names = {
  1: "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519",
  2: "MLS_128_DHKEMP256_AES128GCM_SHA256_P256",
} as const;

const casesOf = (path: string, operation: string) =>
  loadFile(join(vectorsFolder, path)).cases.filter(
    (each) => each.operation === operation && each.input["cipherSuite"] !== 3,
  );
const right = (path: string, operation: string) =>
  casesOf(path, operation).filter((each) => !isNegative(each));
const suites = new Map<number, Promise<CiphersuiteImpl>>();

function suiteOf({ input }: LoadedCase): Promise<CiphersuiteImpl> {
  const number = Number(input["cipherSuite"]) as 1 | 2;
  const made = suites.get(number) ?? getCiphersuiteImpl(getCiphersuiteFromName(names[number]));
  suites.set(number, made);
  return made;
}

/** An HPKECiphertext: the encapsulated key and the ciphertext. */
function sealedIn(bytes: Buffer): readonly [Buffer, Buffer] {
  const [kemOutput, behind] = opaqueAt(bytes);
  return [kemOutput, opaqueAt(behind)[0]];
}

describe("ts-mls", () => {
  it("opens what components have encrypted, and nothing that is wrong", async () => {
    const cases = casesOf("mls-extensions/crypto/components.json", "component.open");
    expect(cases.length).toBeGreaterThan(30);
    for (const each of cases) {
      const { id, input, output } = each;
      const { hpke } = await suiteOf(each);
      const label = concat(
        withLength(utf8("MLS Component")),
        uint(Number(input["componentId"]), 2),
        withLength(utf8(String(input["label"]))),
      );
      const info = concat(withLength(concat(utf8("MLS 1.0 "), label)), withLength(octets(input["context"])));
      const [kemOutput, ciphertext] = sealedIn(octets(input["ciphertext"]));
      const key = await hpke.importPrivateKey(octets(input["privateKey"]));
      const opened = await hpke.open(key, kemOutput, ciphertext, info).then(
        (plaintext) => Buffer.from(plaintext).toString("hex"),
        () => "refused",
      );
      expect(opened, id).toBe(isNegative(each) ? "refused" : output?.["plaintext"]);
    }
  });

  it("opens answers with GroupInfo, in which it finds the group that they are about", async () => {
    for (const each of right("protocol-06/crypto/group-info.json", "group-info-response.open")) {
      const { id, input, output } = each;
      const { hpke } = await suiteOf(each);
      const key = await hpke.importPrivateKey(octets(input["privateKey"]));
      const room = utf8(String(input["room"]));
      const [kemOutput, ciphertext] = sealedIn(ciphertextIn(octets(input["bytes"]), room));
      const label = "GroupInfo and ratchet_tree encryption";
      const plaintext = await decryptWithLabel(key, label, room, kemOutput, ciphertext, hpke);
      expect(Buffer.from(plaintext).toString("hex"), id).toBe(output?.["plaintext"]);
      const groupId = decodeGroupInfo(plaintext, 0)?.[0].groupContext.groupId;
      expect(groupId && Buffer.from(groupId).toString(), id).toBe("mimi://hub.example/g/clubhouse");
    }
  });

  it("opens the keys that receivers of SemiPrivateMessages get", async () => {
    const path = "semiprivatemessage-07/crypto/messages.json";
    for (const each of right(path, "semi-private.open-as-receiver")) {
      const { id, input, output } = each;
      const { hpke } = await suiteOf(each);
      const key = await hpke.importPrivateKey(octets(input["privateKey"]));
      const { bound, entries } = receiversIn(octets(input["message"]));
      const opened = await Promise.all(
        entries.map(([kemOutput, ciphertext]) =>
          decryptWithLabel(key, "SemiPrivateMessageReceiver", bound, kemOutput, ciphertext, hpke).catch(
            () => undefined,
          ),
        ),
      );
      const expected = concat(
        withLength(octets(output?.["key"])),
        withLength(octets(output?.["nonce"])),
        octets(output?.["reuseGuard"]),
        uint(Number(output?.["senderLeafIndex"]), 4),
      );
      expect(
        opened.flatMap((found) => (found ? [Buffer.from(found).toString("hex")] : [])),
        id,
      ).toEqual([expected.toString("hex")]);
    }
  });

  it("verifies GroupInfos that were put together, and their trees", async () => {
    const cases = right("ratchet-tree-options-03/crypto/partial-group-info.json", "group-info.complete");
    expect(cases).toHaveLength(8);
    for (const each of cases) {
      const { id, input, output } = each;
      const suite = await suiteOf(each);
      const groupInfo = decodeGroupInfo(octets(output?.["groupInfo"]), 0)?.[0];
      const context = decodeGroupContext(octets(input["groupContext"]), 0)?.[0];
      const tree = decodeRatchetTree(octets(input["ratchetTree"]), 0)?.[0];
      if (groupInfo === undefined || context === undefined || tree === undefined) throw new Error(id);
      expect(groupInfo.groupContext, id).toEqual(context);
      expect(await treeHashRoot(tree, suite.hash), id).toEqual(Uint8Array.from(context.treeHash));
      const leaf = tree[2 * groupInfo.signer];
      const key = leaf?.nodeType === "leaf" ? leaf.leaf.signaturePublicKey : new Uint8Array();
      expect(await verifyGroupInfoSignature(groupInfo, key, suite.signature), id).toBe(true);
    }
  });

  it("reads KeyPackages, verifies their signatures and refers to them alike", async () => {
    // ts-mls does not read a KeyPackage that lists a version which it does not know, or around a leaf of an Update.
    const cases = casesOf("mls-extensions/crypto/key-packages.json", "key-package.validate").filter(
      ({ id, flags }) => !id.endsWith("-grease") && !flags.includes("Source"),
    );
    const signatures = ["Signature", "Label", "OtherKey", "Unsigned"];
    let verified = 0;
    for (const each of cases) {
      const { id, input, output, flags } = each;
      const decoded = decodeKeyPackage(octets(input["keyPackage"]), 0)?.[0];
      if (decoded === undefined) throw new Error(`${id} is not read`);
      const { signature, hash } = await suiteOf(each);
      // Where the leaf's signature is wrong, the KeyPackage's is right.
      const isWrong = flags.some((flag) => signatures.includes(flag)) && !id.endsWith("-leaf-signature");
      const holds = await verifyKeyPackage(decoded, signature).catch(() => false);
      expect(holds, id).toBe(!isWrong);
      if (isNegative(each)) continue;
      const reference = await makeKeyPackageRef(decoded, hash);
      expect(Buffer.from(reference).toString("hex"), id).toBe(output?.["reference"]);
      verified++;
    }
    expect(verified).toBeGreaterThan(15);
  });

  it("reads handshakes without proposals of extensions, and verifies their signatures", async () => {
    const cases = [
      ...casesOf("mls-extensions/crypto/handshakes.json", "group.follow"),
      ...casesOf("protocol-06/crypto/mls-handshakes.json", "group.follow"),
    ];
    let read = 0;
    for (const each of cases) {
      const { id, input } = each;
      const message = handshakeIn(octets(input["message"]));
      const context = decodeGroupContext(octets(input["groupContext"]), 0)?.[0];
      const tree = decodeRatchetTree(octets(input["ratchetTree"]), 0)?.[0];
      if (message?.wireformat !== "mls_public_message" || context === undefined || tree === undefined)
        continue;
      const { content, auth } = message.publicMessage;
      if (content.sender.senderType !== "member") continue;
      const leaf = tree[2 * content.sender.leafIndex];
      if (leaf?.nodeType !== "leaf") continue;
      const { signature } = await suiteOf(each);
      const holds = await verifyFramedContentSignature(
        leaf.leaf.signaturePublicKey,
        "mls_public_message",
        content,
        auth,
        context,
        signature,
      );
      expect(holds, id).toBe(true);
      read++;
    }
    expect(read).toBeGreaterThan(80);
  });

  it("validates ratchet trees alike, but for some faults that it does not look for", async () => {
    const cases = casesOf("protocol-06/crypto/mls-trees.json", "ratchet-tree.validate");
    const overlooked = new Set<string>();
    for (const each of cases) {
      const { id, input } = each;
      const slug = id.replace(/^tree-s\d-?/, "");
      // Version 1.6.4 fills its memory with this one, and the process ends.
      if (slug === "unmerged-beyond") continue;
      const suite = await suiteOf(each);
      const verdict = await treeVerdict(octets(input["groupContext"]), octets(input["ratchetTree"]), suite);
      if (!isNegative(each)) expect(verdict, id).toBe("valid");
      else if (verdict === "valid") overlooked.add(slug);
    }
    expect([...overlooked].sort()).toEqual([
      "leaf-cipher-suite",
      "leaf-version",
      "trailing-octet",
      "unmerged-blank",
      "unmerged-twice",
      "unmerged-unordered",
    ]);
  });

  it("exports the same secrets", async () => {
    for (const each of right("mls-extensions/crypto/exporter.json", "exporter.export")) {
      const { id, input, output } = each;
      const [secret, context] = [octets(input["exporterSecret"]), octets(input["context"])];
      const length = Number(input["length"]);
      const exported = await mlsExporter(
        secret,
        String(input["label"]),
        context,
        length,
        await suiteOf(each),
      );
      expect(Buffer.from(exported).toString("hex"), id).toBe(output?.["secret"]);
    }
  });
});

async function treeVerdict(context: Buffer, ratchetTree: Buffer, suite: CiphersuiteImpl): Promise<string> {
  try {
    const tree = decodeRatchetTree(ratchetTree, 0)?.[0];
    const group = decodeGroupContext(context, 0)?.[0];
    if (tree === undefined || group === undefined) return "not read";
    const lifetimes = { ...defaultLifetimeConfig, validateLifetimeOnReceive: false };
    const trusting = { validateCredential: async () => true };
    const error = await validateRatchetTree(tree, group, lifetimes, trusting, group.treeHash, suite);
    return error?.message ?? "valid";
  } catch (error) {
    return String(error);
  }
}

/** undefined where it holds what ts-mls does not know. */
function handshakeIn(octetsOfMessage: Buffer) {
  try {
    return decodeMlsMessage(octetsOfMessage, 0)?.[0];
  } catch {
    return undefined;
  }
}

/** Behind version, room, status and cipher suite, and the hub's key and basic credential. */
function ciphertextIn(response: Buffer, room: Buffer): Buffer {
  const behindSuite = response.subarray(1 + withLength(room).length + 1 + 2);
  const [, behindKey] = opaqueAt(behindSuite);
  return opaqueAt(behindKey.subarray(2))[1];
}

/** SemiPrivateMessageContext, and the HPKECiphertexts of all receivers. */
function receiversIn(message: Buffer) {
  const [group, behindGroup] = opaqueAt(message);
  const [, behindData] = opaqueAt(behindGroup.subarray(9));
  const [hash, behindHash] = opaqueAt(behindData);
  let [left] = opaqueAt(behindHash);
  const entries: (readonly [Buffer, Buffer])[] = [];
  while (left.length > 0) {
    const [, behindReference] = opaqueAt(left);
    const [kemOutput, behindKem] = opaqueAt(behindReference);
    const [ciphertext, behind] = opaqueAt(behindKem);
    entries.push([kemOutput, ciphertext]);
    left = behind;
  }
  return { bound: concat(withLength(group), behindGroup.subarray(0, 8), withLength(hash)), entries };
}
