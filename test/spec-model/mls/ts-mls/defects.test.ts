// What ts-mls 1.6.4 does differently from RFC 9420, each run beside our core. A test that fails here after an update
// of ts-mls says that the difference is gone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  type CiphersuiteImpl,
  decodeMlsMessage,
  defaultCapabilities,
  defaultLifetime,
  encodeMlsMessage,
  generateKeyPackage as generateTsKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
} from "ts-mls";
import { decodeProposal, encodeProposal } from "ts-mls/proposal.js";
import { beforeAll, describe, expect, it } from "vitest";
import { hex, noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import {
  extensionData,
  generateKeyPackage,
  MLSMessage,
  type OwnKeyPackage,
  Proposal,
  suiteFor,
  validateKeyPackage,
} from "../../../../spec-model/mls/index.ts";
import { filteredDirectPath } from "../../../../spec-model/mls/ratchet-tree.ts";
import { root } from "../../../../spec-model/mls/tree-math.ts";
import { type Codec, DecodeError, singleFaults } from "../../../../spec-model/wire/index.ts";
import { capabilities, client } from "../room-fixture.ts";
import { commitWithPath, messageFromLeaf, type PathChanges, resigned } from "./dishonest.ts";
import { MixedGroup } from "./mixed-group.ts";
import { type OurSeat, type Seat, tsSuite } from "./seats.ts";

let suite: CiphersuiteImpl;
beforeAll(async () => {
  suite = await tsSuite();
});

const refused = (code: string) => expect.objectContaining({ code });

/** Our creator at leaf 0, ts-mls at 1, ours at 2, ts-mls at 3, in a tree with parents. */
async function fourMembers(purpose: string): Promise<MixedGroup> {
  const group = new MixedGroup(purpose, suite);
  await group.add(group.pick(0), ["ts-mls", "ours", "ts-mls"]);
  await group.commit(group.pick(0));
  return group;
}

function ours(group: MixedGroup, leafIndex: number): OurSeat {
  const seat = group.seats.find((each) => each.leafIndex === leafIndex);
  if (seat === undefined || !("state" in seat)) throw new Error(`leaf ${leafIndex} is not ours`);
  return seat as OurSeat;
}

function theirs(group: MixedGroup, leafIndex: number): Seat {
  const seat = group.seats.find((each) => each.leafIndex === leafIndex && each.kind === "ts-mls");
  if (seat === undefined) throw new Error(`leaf ${leafIndex} is not ts-mls's`);
  return seat;
}

describe("ts-mls 1.6.4 derives one secret too many where the root is not on the committer's path", () => {
  // Leaves 0 and 1 go: what is left of the root is blank, and the path of leaf 2 or 3 ends one node below the root.
  it("as a receiver: it refuses our commit, which our own members accept", async () => {
    const group = new MixedGroup("root as receiver", suite);
    await group.add(group.pick(0), ["ours", "ours", "ts-mls"]);
    const made = await ours(group, 2).commit({ remove: [0, 1], inPublic: true });
    await expect(theirs(group, 3).hear(made.message)).rejects.toThrow("Could not verify confirmation tag");
    const onlyOurs = new MixedGroup("root among ours", suite);
    await onlyOurs.add(onlyOurs.pick(0), ["ours", "ours", "ours"]);
    const [, , committer, other] = onlyOurs.seats as [Seat, Seat, OurSeat, OurSeat];
    const same = await committer.commit({ remove: [0, 1], inPublic: true });
    await other.hear(same.message);
    committer.settle();
    const { tree, leafIndex } = committer.state();
    expect(filteredDirectPath(tree, leafIndex).at(-1)?.node).not.toBe(root(tree.length));
    expect(hex(other.authenticator())).toBe(hex(committer.authenticator()));
  });

  it("as a committer: our members refuse its commit", async () => {
    const group = await fourMembers("root as committer");
    const made = await theirs(group, 3).commit({ remove: [0, 1], inPublic: true });
    await expect(ours(group, 2).hear(made.message)).rejects.toThrow(refused("confirmationTag"));
  });
});

describe("ts-mls 1.6.4 accepts paths that RFC 9420 §7.5 and §12.4.2 forbid", () => {
  it.each<[string, PathChanges, string]>([
    ["a root key that is not its path secret's", { foreignRootKey: true }, "pathKeyMismatch"],
    ["encrypted path secrets beyond those needed", { surplusSecrets: true }, "pathSecretCount"],
  ])("%s", async (_, changes, code) => {
    const group = await fourMembers(`path ${code}`);
    const committer = ours(group, 0);
    const before = theirs(group, 1).epoch();
    const message = commitWithPath(committer.state(), changes, group.random);
    for (const leafIndex of [1, 3]) {
      await theirs(group, leafIndex).hear(message);
      expect(theirs(group, leafIndex).epoch()).toBe(before + 1n);
    }
    await expect(ours(group, 2).hear(message)).rejects.toThrow(refused(code));
  });

  it("which it would not accept with a wrong tag: the dishonest commit without a change is in order", async () => {
    const group = await fourMembers("honest");
    const message = commitWithPath(ours(group, 0).state(), {}, group.random);
    for (const leafIndex of [1, 3]) await theirs(group, leafIndex).hear(message);
    await ours(group, 2).hear(message);
    const heard = [theirs(group, 1), theirs(group, 3), ours(group, 2)];
    expect(new Set(heard.map((seat) => hex(seat.authenticator()))).size).toBe(1);
  });
});

describe("ts-mls 1.6.4 adds clients that RFC 9420 §7.3 and §13.4 do not admit", () => {
  const plain = { versions: ["mls10" as const], cipherSuites: [1], extensions: [], proposals: [] };
  const lifetime = { notBefore: 0n, notAfter: 2n ** 63n - 1n };
  const newcomer = (name: string, group: MixedGroup): OwnKeyPackage => {
    const credential = { credentialType: "basic" as const, identity: utf8(name) };
    const options = { credential, capabilities: { ...plain, credentials: ["basic" as const] }, lifetime };
    return generateKeyPackage(1, options, {}, group.random);
  };

  it.each<[string, (group: MixedGroup) => Uint8Array[], string]>([
    [
      "two extensions of one type",
      (group) => {
        const application = { extensionType: "application_id" as const, extensionData: utf8("twice") };
        return [resigned(newcomer("x", group), { extensions: [application, application] })];
      },
      "duplicateExtension",
    ],
    [
      "two clients with one encryption key",
      (group) => {
        const [one, other] = [newcomer("x", group), newcomer("y", group)];
        const { encryptionKey } = one.keyPackage.leafNode;
        return [resigned(one, {}), resigned(other, { encryptionKey })];
      },
      "encryptionKeyTwice",
    ],
  ])("with %s", async (_, keyPackages, code) => {
    const group = await fourMembers(`leaf ${code}`);
    const made = await theirs(group, 1).commit({ add: keyPackages(group), inPublic: true });
    await theirs(group, 3).hear(made.message);
    await expect(ours(group, 2).hear(made.message)).rejects.toThrow(refused(code));
  });

  it("with a credential type that their capabilities leave out", async () => {
    const group = await fourMembers("credential type");
    const own = newcomer("x", group);
    const keyPackage = resigned(own, { capabilities: { ...plain, credentials: [] } });
    const made = await theirs(group, 1).commit({ add: [keyPackage], inPublic: true });
    await theirs(group, 3).hear(made.message);
    await expect(ours(group, 2).hear(made.message)).rejects.toThrow(refused("leafCredentialType"));
  });
});

describe("ts-mls 1.6.4 does not throw what validateSenderData finds", () => {
  it("so a leaf outside the tree is an internal error; the endless loop of later versions is not in this one", async () => {
    const group = await fourMembers("sender data");
    const message = messageFromLeaf(ours(group, 0).state(), 0x7fffffff, group.random);
    await expect(theirs(group, 1).hear(message)).rejects.toThrow("This error should never occur");
    await expect(ours(group, 2).hear(message)).rejects.toThrow(refused("unknownSender"));
  });

  it("and a blank leaf gets as far as decryption", async () => {
    const group = new MixedGroup("blank sender", suite);
    await group.add(group.pick(0), ["ts-mls", "ours", "ours"]);
    await group.commit(group.pick(0), [3]);
    const message = messageFromLeaf(ours(group, 0).state(), 3, group.random);
    await expect(theirs(group, 1).hear(message)).rejects.toThrow("OperationError");
    await expect(ours(group, 2).hear(message)).rejects.toThrow(refused("unknownSender"));
  });
});

describe("ts-mls 1.6.4 has other encodings", () => {
  it("of P-256 signature keys: compressed, where RFC 9420 §5.1.1 has 65 octets", async () => {
    const name = "MLS_128_DHKEMP256_AES128GCM_SHA256_P256";
    const second = await getCiphersuiteImpl(getCiphersuiteFromName(name));
    const credential = { credentialType: "basic" as const, identity: utf8("x") };
    const { publicPackage } = await generateTsKeyPackage(
      credential,
      { ...defaultCapabilities(), ciphersuites: [name] },
      defaultLifetime,
      [],
      second,
    );
    const { signaturePublicKey } = publicPackage.leafNode;
    expect(signaturePublicKey.length).toBe(33);
    expect(client("y", { suite: 2 }).keyPackage.leafNode.signatureKey.length).toBe(65);
    const octets = encodeMlsMessage({
      version: "mls10",
      wireformat: "mls_key_package",
      keyPackage: publicPackage,
    });
    const message = MLSMessage.decode(octets);
    if (message.wireFormat !== "mls_key_package") throw new Error("no KeyPackage");
    expect(() => validateKeyPackage(suiteFor({}, 2), message.keyPackage, {})).toThrow(
      refused("keyPackageSignature"),
    );
  });

  it("of proposal types it does not know: always an opaque vector behind the type", () => {
    const selfRemove = encodeProposal({ proposalType: 10, proposalData: noBytes } as never);
    expect(hex(selfRemove)).toBe("000a00");
    expect(hex(Proposal.encode({ proposalType: "self_remove" }))).toBe("000a");
    expect(() => Proposal.decode(selfRemove)).toThrow(DecodeError);
  });

  it("and so cannot read an AppDataUpdate or a SelfRemove", () => {
    const update: Proposal = {
      proposalType: "app_data_update",
      componentId: 0x8001,
      op: "update",
      update: utf8("x"),
    };
    for (const proposal of [update, { proposalType: "self_remove" as const }]) {
      expect(wholeOrNothing(Proposal.encode(proposal))).toBeUndefined();
    }
  });

  it("and reads lengths that are not in their shortest form, which RFC 9420 §2.1.2 forbids", () => {
    const keyPackage = resigned(client("x"), {});
    const long = singleFaults(MLSMessage as Codec<unknown>, keyPackage).filter(
      ({ fault }) => fault === "length not in its shortest form",
    );
    expect(long.length).toBeGreaterThan(10);
    for (const { bytes } of long) {
      expect(decodeMlsMessage(bytes, 0)?.[1]).toBe(bytes.length);
      expect(() => MLSMessage.decode(bytes)).toThrow(DecodeError);
    }
  });

  it("and throws a TypeError at credentials of other types than basic and x509", () => {
    const credential = { credentialType: 0xf00d, credentialData: utf8("x") };
    const octets = resigned(client("x", { credential, capabilities }), {});
    expect(() => decodeMlsMessage(octets, 0)).toThrow(TypeError);
    expect(MLSMessage.decode(octets).wireFormat).toBe("mls_key_package");
  });

  it("of external_pub: without the length of the key, which is why mixed groups work around it", async () => {
    const group = new MixedGroup("external_pub", suite);
    await group.add(group.pick(0), ["ts-mls"]);
    const message = MLSMessage.decode(await group.pick(1).groupInfo());
    if (message.wireFormat !== "mls_group_info") throw new Error("no GroupInfo");
    const data = extensionData(message.groupInfo.extensions, "external_pub");
    expect(data?.length).toBe(32);
  });
});

describe("the package ts-mls 1.6.4", () => {
  const entry = createRequire(import.meta.url).resolve("ts-mls");

  it("imports @noble/hashes on loading and does not declare it", () => {
    const manifest = JSON.parse(readFileSync(join(dirname(entry), "../../package.json"), "utf8"));
    expect(manifest.version).toBe("1.6.4");
    const declared = {
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...manifest.optionalDependencies,
    };
    expect(Object.keys(declared)).not.toContain("@noble/hashes");
    expect([...importedBy(entry)].filter((name) => name.startsWith("@noble/hashes"))).not.toEqual([]);
  });
});

/** What ts-mls makes of a proposal, undefined where it cannot read all of it. */
function wholeOrNothing(octets: Uint8Array): unknown {
  try {
    const decoded = decodeProposal(octets, 0);
    return decoded?.[1] === octets.length ? decoded[0] : undefined;
  } catch {
    return undefined;
  }
}

/** The packages that a module and the modules beside it import without being asked to. */
function importedBy(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, name = ""] of readFileSync(file, "utf8").matchAll(
    /^(?:import|export) [^;]*?from "([^"]+)";/gm,
  )) {
    if (!name.startsWith(".")) packages.add(name);
    else for (const found of importedBy(join(dirname(file), name), seen)) packages.add(found);
  }
  return packages;
}
