/** Clients' own commits in flows: what a seat is given fits what it has sent, by node:crypto and ts-mls. RFC 9420 §7.4, §8.3 */
import { createPublicKey } from "node:crypto";
import { join } from "node:path";
import { getCiphersuiteFromName, getCiphersuiteImpl } from "ts-mls";
import { decodeGroupInfo, verifyGroupInfoSignature } from "ts-mls/groupInfo.js";
import { decodeRatchetTree } from "ts-mls/ratchetTree.js";
import { treeHashRoot } from "ts-mls/treeHash.js";
import { describe, expect, it } from "vitest";
import { isNegative } from "../../vectors/format/case.ts";
import type { ClientFlowOutput, ClientFlowStep, MadeCommit } from "../../vectors/format/flow-steps.ts";
import { loadFile, publishedPaths, vectorsFolder } from "../../vectors/verify/index.ts";
import { concat, expandWithLabel, hmac, octets, uint, utf8, withLength, x25519Private } from "./by-hand.ts";

const flows = publishedPaths()
  .filter((path) => path.includes("/flows/"))
  .flatMap((path) => loadFile(join(vectorsFolder, path)).cases)
  .filter((each) => each.operation === "flow.client" && !isNegative(each));

interface Own {
  readonly id: string;
  readonly cipherSuite: number;
  readonly step: ClientFlowStep;
  readonly made: MadeCommit;
  readonly before: ClientFlowOutput | undefined;
  readonly after: ClientFlowOutput | undefined;
}

const all = flows.flatMap(({ id, input, output }): Own[] => {
  const steps = input["steps"] as unknown as readonly ClientFlowStep[];
  const outputs = output?.["steps"] as unknown as readonly ClientFlowOutput[];
  const { cipherSuite } = input["setup"] as { readonly cipherSuite: number };
  return steps.flatMap((step, i) => {
    if (step.made === undefined) return [];
    const before = outputs.findLast((_, at) => at < i && steps[at]?.room === step.room);
    return [{ id, cipherSuite, step, made: step.made, before, after: outputs[i] }];
  });
});

/** The public key of the KEM's DeriveKeyPair over DeriveSecret(path_secret, "node"). RFC 9180 §7.1.3, RFC 9420 §7.4 */
function leafKeyOf(pathSecret: Buffer): Buffer {
  const nodeSecret = expandWithLabel(pathSecret, "node", Buffer.alloc(0), 32);
  const suite = concat(utf8("KEM"), uint(0x20, 2));
  const prk = hmac(Buffer.alloc(0), concat(utf8("HPKE-v1"), suite, utf8("dkp_prk"), nodeSecret));
  const privateKey = hmac(prk, concat(uint(32, 2), utf8("HPKE-v1"), suite, utf8("sk"), uint(1, 1)));
  const { x = "" } = createPublicKey(x25519Private(privateKey)).export({ format: "jwk" });
  return Buffer.from(x, "base64url");
}

describe("a client's own commit in a flow", () => {
  it("is there for members and for those who come in by it", () => {
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter(({ made }) => made.joining !== undefined).length).toBeGreaterThan(20);
    expect(all.filter(({ made }) => made.pathSecret === undefined).length).toBeGreaterThan(5);
  });

  it("has a leaf whose key comes from the path secret that the seat is given", () => {
    const withPath = all.filter(
      ({ made, cipherSuite }) => made.pathSecret !== undefined && cipherSuite === 1,
    );
    expect(withPath.length).toBeGreaterThan(20);
    for (const { id, step, made } of withPath) {
      const key = withLength(leafKeyOf(octets(made.pathSecret)));
      expect(octets(step.message).includes(key), id).toBe(true);
    }
  });

  it("takes its client into the next epoch, or into the group", () => {
    for (const { id, made, before, after } of all) {
      expect(after?.epoch, id).not.toBeNull();
      expect(after?.epochAuthenticator, id).toMatch(/^[0-9a-f]{64}$/);
      if (made.joining !== undefined) expect(before?.epoch ?? null, id).toBeNull();
    }
  });

  it("comes, where it is external, with a GroupInfo that ts-mls verifies, and the tree that it is of", async () => {
    const impl = await getCiphersuiteImpl(
      getCiphersuiteFromName("MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519"),
    );
    let verified = 0;
    for (const { id, made, cipherSuite } of all) {
      if (made.joining === undefined || cipherSuite !== 1) continue;
      const groupInfo = decodeGroupInfo(octets(made.joining.groupInfo), 0)?.[0];
      const tree = decodeRatchetTree(octets(made.joining.ratchetTree), 0)?.[0];
      if (groupInfo === undefined || tree === undefined) throw new Error(`${id} is not read`);
      const signer = tree[2 * groupInfo.signer];
      if (signer?.nodeType !== "leaf") throw new Error(`${id}: nobody has signed`);
      const key = signer.leaf.signaturePublicKey;
      expect(await verifyGroupInfoSignature(groupInfo, key, impl.signature), id).toBe(true);
      const hash = await treeHashRoot(tree, impl.hash);
      expect(Buffer.from(hash).equals(groupInfo.groupContext.treeHash), id).toBe(true);
      verified++;
    }
    expect(verified).toBeGreaterThan(15);
  });
});
