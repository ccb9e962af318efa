/** The vectors on KeyPackages, bindings and pre-shared keys, computed again with node:crypto alone. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isNegative } from "../../vectors/format/case.ts";
import { type LoadedCase, loadFile, vectorsFolder } from "../../vectors/verify/index.ts";
import {
  concat,
  expandWithLabel,
  hmac,
  isSigned,
  octets,
  opaqueAt,
  publicKeyOf,
  sha256,
  signContent,
  uint,
  utf8,
  withLength,
} from "./by-hand.ts";

const casesIn = (name: string) => loadFile(join(vectorsFolder, `mls-extensions/crypto/${name}.json`)).cases;
const suiteOf = ({ input }: LoadedCase) => Number(input["cipherSuite"]);
const viewOf = <T>({ view }: LoadedCase) => view as T;

describe("KeyPackages", () => {
  const all = casesIn("key-packages");
  const byId = new Map(all.map((each) => [each.id, each]));
  const right = all.filter((each) => !isNegative(each));

  it("are signed, all but the signature at their end, by the key in their leaf", () => {
    expect(right.length).toBeGreaterThan(20);
    for (const each of right) {
      const { privateKey, tbs } = viewOf<{ privateKey: string; tbs: string }>(each);
      const whole = octets(each.input["keyPackage"]);
      const signed = octets(tbs);
      expect(whole.subarray(0, signed.length).equals(signed), each.id).toBe(true);
      const [signature, rest] = opaqueAt(whole.subarray(signed.length));
      expect(rest.length, each.id).toBe(0);
      const key = publicKeyOf(suiteOf(each), octets(privateKey));
      expect(signed.includes(withLength(key)), each.id).toBe(true);
      const content = signContent(utf8("KeyPackageTBS"), signed);
      expect(isSigned(suiteOf(each), key, content, signature), each.id).toBe(true);
    }
  });

  it("are referred to by the hash of their octets under a label", () => {
    for (const { id, input, output } of right) {
      const label = withLength(utf8("MLS 1.0 KeyPackage Reference"));
      const hashed = concat(label, withLength(octets(input["keyPackage"])));
      expect(output?.["reference"], id).toBe(sha256(hashed).toString("hex"));
    }
  });

  it("that differ from a right one in their signature only do not hold", () => {
    const differing = all.filter((each) => {
      const { tbs = "" } = viewOf<{ tbs?: string }>(byId.get(each.parent ?? "") ?? each);
      return isNegative(each) && String(each.input["keyPackage"]).startsWith(tbs);
    });
    expect(differing.length).toBeGreaterThan(30);
    for (const each of differing) {
      const { privateKey, tbs } = viewOf<{ privateKey: string; tbs: string }>(
        byId.get(each.parent ?? "") ?? each,
      );
      const [signature] = opaqueAt(octets(each.input["keyPackage"]).subarray(octets(tbs).length));
      const content = signContent(utf8("KeyPackageTBS"), octets(tbs));
      const key = publicKeyOf(suiteOf(each), octets(privateKey));
      expect(isSigned(suiteOf(each), key, content, signature), each.id).toBe(false);
    }
  });
});

describe("bindings of credentials", () => {
  interface Binding {
    readonly cipherSuite: number;
    readonly privateKey: string;
    readonly tbs: string;
    readonly signContent: string;
    readonly signature: string;
  }
  const right = casesIn("multi-credentials").filter((each) => !isNegative(each));
  const bindings = right.flatMap((each) =>
    viewOf<{ bindings: readonly Binding[] }>(each).bindings.map((binding) => ({ each, binding })),
  );

  it("are signed over suite, credential and key, and the leaf's key behind them", () => {
    expect(bindings.length).toBeGreaterThan(15);
    for (const { each, binding } of bindings) {
      const { cipherSuite, privateKey } = binding;
      const key = publicKeyOf(cipherSuite, octets(privateKey));
      const [tbs, signed] = [octets(binding.tbs), octets(binding.signContent)];
      expect(tbs.subarray(0, 2).equals(uint(cipherSuite, 2)), each.id).toBe(true);
      const end = concat(withLength(key), withLength(octets(each.input["signatureKey"])));
      expect(tbs.subarray(-end.length).equals(end), each.id).toBe(true);
      expect(signed.equals(signContent(utf8("CredentialBindingTBS"), tbs)), each.id).toBe(true);
      expect(isSigned(cipherSuite, key, signed, octets(binding.signature)), each.id).toBe(true);
    }
  });

  it("stand in the credential one after the other, without the leaf's key", () => {
    for (const each of right.filter(({ id }) => id.endsWith("-usual"))) {
      const parts = viewOf<{ bindings: readonly Binding[] }>(each).bindings.map(({ tbs, signature }) => {
        const leafKey = withLength(octets(each.input["signatureKey"]));
        return concat(octets(tbs).subarray(0, -leafKey.length), withLength(octets(signature)));
      });
      const type = uint(each.id.includes("-weak-") ? 4 : 3, 2);
      const credential = concat(type, withLength(concat(...parts)));
      expect(each.input["credential"], each.id).toBe(credential.toString("hex"));
    }
  });
});

it("psk_secret is extracted from all keys in their order, each under a label with its place", () => {
  const all = casesIn("pre-shared-keys");
  expect(all.length).toBeGreaterThan(20);
  for (const { id, input, output } of all) {
    const psks = input["psks"] as readonly { readonly id: string; readonly psk: string }[];
    let secret: Buffer = Buffer.alloc(32);
    const labels = psks.map((each, index) => concat(octets(each.id), uint(index, 2), uint(psks.length, 2)));
    const inputs = psks.map(({ psk }, index) => {
      const extracted = hmac(Buffer.alloc(32), octets(psk));
      const pskInput = expandWithLabel(extracted, "derived psk", labels[index] ?? extracted, 32);
      secret = hmac(pskInput, secret);
      return pskInput.toString("hex");
    });
    expect(output?.["labels"], id).toEqual(labels.map((label) => label.toString("hex")));
    expect(output?.["inputs"], id).toEqual(inputs);
    expect(output?.["secret"], id).toBe(secret.toString("hex"));
  }
});

it("a pre-shared key of a component is of type 3 and names its component", () => {
  const ofComponents = casesIn("pre-shared-keys").flatMap(({ requirements, input }) =>
    requirements.includes("mls-extensions-4.5-component-psk")
      ? (input["psks"] as readonly { readonly id: string }[]).map(({ id }) => octets(id))
      : [],
  );
  const types = ofComponents.map(([type]) => type);
  expect(types.filter((type) => type === 3).length).toBeGreaterThan(20);
  const numbers = ofComponents.filter(([type]) => type === 3).map((id) => id.readUInt16BE(1));
  expect(new Set(numbers)).toEqual(new Set([0x8001, 0, 0xffff, 0x8002]));
});

describe("handshakes seen from outside", () => {
  const all = casesIn("handshakes");
  const commits = all.filter((each) => !isNegative(each) && each.output?.["groupContext"] !== undefined);

  /** Behind version and wire format: the FramedContent up to the signature, and what is behind it. */
  function partsOf(each: LoadedCase) {
    const message = octets(each.input["message"]);
    const signature = withLength(octets(viewOf<{ signature: string }>(each).signature));
    const at = message.lastIndexOf(signature);
    expect(at, each.id).toBeGreaterThan(0);
    return { content: message.subarray(4, at), signature, behind: message.subarray(at + signature.length) };
  }

  /** Group ID, epoch, tree hash and confirmed transcript hash, which follow each other behind two numbers. */
  function contextOf(octetsOfContext: Buffer) {
    const [groupId, behindGroup] = opaqueAt(octetsOfContext.subarray(4));
    const [treeHash, behindTree] = opaqueAt(behindGroup.subarray(8));
    const [confirmed, extensions] = opaqueAt(behindTree);
    return { groupId, epoch: behindGroup.readBigUInt64BE(0), treeHash, confirmed, extensions };
  }

  it("begin an epoch whose transcript is hashed over content and signature, behind the one before", () => {
    expect(commits.length).toBeGreaterThan(25);
    for (const each of commits) {
      const { input, output, id } = each;
      const before = contextOf(octets(input["groupContext"]));
      const after = contextOf(octets(output?.["groupContext"]));
      const { content, signature } = partsOf(each);
      const interim = sha256(concat(before.confirmed, withLength(octets(input["confirmationTag"]))));
      const confirmed = sha256(concat(interim, uint(1, 2), content, signature));
      expect(after.confirmed.equals(confirmed), id).toBe(true);
      expect(after.epoch, id).toBe(before.epoch + 1n);
      expect(after.groupId.equals(before.groupId), id).toBe(true);
    }
  });

  it("leave the tree alone where they have neither a path nor newcomers", () => {
    const alone = commits.filter(({ id }) => /-(update|ephemeral|external|component-psk)$/.test(id));
    expect(alone).toHaveLength(12);
    for (const { id, input, output } of alone) {
      const [before, after] = [input["groupContext"], output?.["groupContext"]].map((context) =>
        contextOf(octets(context)),
      );
      expect(before?.treeHash.equals(after?.treeHash ?? Buffer.alloc(0)), id).toBe(true);
    }
  });

  it("refer to proposals by the hash of the message's content under a label", () => {
    const proposals = all.filter(({ output }) => output?.["reference"] !== undefined);
    expect(proposals.length).toBeGreaterThan(5);
    for (const each of proposals) {
      const { content, signature } = partsOf(each);
      const authenticated = concat(uint(1, 2), content, signature);
      const label = withLength(utf8("MLS 1.0 Proposal Reference"));
      const reference = sha256(concat(label, withLength(authenticated)));
      expect(each.output?.["reference"], each.id).toBe(reference.toString("hex"));
    }
  });
});
