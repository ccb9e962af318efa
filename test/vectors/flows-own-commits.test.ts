/** Clients' own commits in flows: what a seat is given fits what it has sent, by node:crypto and ts-mls. RFC 9420 §7.4, §8.3 */
import { createPublicKey } from "node:crypto";
import { join } from "node:path";
import { getCiphersuiteFromName, getCiphersuiteImpl } from "ts-mls";
import { decodeGroupInfo, verifyGroupInfoSignature } from "ts-mls/groupInfo.js";
import { decodeRatchetTree } from "ts-mls/ratchetTree.js";
import { treeHashRoot } from "ts-mls/treeHash.js";
import { describe, expect, it } from "vitest";
import { isNegative } from "../../vectors/format/case.ts";
import {
  type ClientFlowOutput,
  type ClientStep,
  isDelivery,
  type MadeCommit,
} from "../../vectors/format/flow-steps.ts";
import { loadFile, publishedPaths, vectorsFolder } from "../../vectors/verify/index.ts";
import {
  concat,
  decrypted,
  expandWithLabel,
  hmac,
  octets,
  opaqueAt,
  opened,
  uint,
  utf8,
  withLength,
  x25519Private,
} from "./by-hand.ts";

const flows = publishedPaths()
  .filter((path) => path.includes("/flows/"))
  .flatMap((path) => loadFile(join(vectorsFolder, path)).cases)
  .filter((each) => each.operation === "flow.client" && !isNegative(each));

interface Own {
  readonly id: string;
  readonly cipherSuite: number;
  /** A FanoutMessage where it comes back, an MLSMessage where it has been sent and nothing more is known. */
  readonly message: Buffer;
  readonly isAccepted: boolean;
  readonly made: MadeCommit;
  readonly before: ClientFlowOutput | undefined;
  readonly after: ClientFlowOutput | undefined;
}

const hubKey = loadFile(join(vectorsFolder, "protocol-06/flows/semiprivate-room.json"))
  .cases.map(({ input }) => input["setup"] as { readonly receiver?: { readonly privateKey: string } })
  .flatMap(({ receiver }) => receiver?.privateKey ?? [])[0];

const all = flows.flatMap(({ id, input, output }): Own[] => {
  const steps = input["steps"] as unknown as readonly ClientStep[];
  const outputs = output?.["steps"] as unknown as readonly ClientFlowOutput[];
  const { cipherSuite } = input["setup"] as { readonly cipherSuite: number };
  return steps.flatMap((step, i) => {
    const made = "sent" in step ? step.sent : isDelivery(step) ? step.made : undefined;
    if (made === undefined) return [];
    const before = outputs.findLast((_, at) => at < i && steps[at]?.room === step.room);
    const message = octets("sent" in step ? step.sent.message : isDelivery(step) ? step.message : "");
    return [{ id, cipherSuite, message, isAccepted: isDelivery(step), made, before, after: outputs[i] }];
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

/** The plaintext of the SemiPrivateMessage in a FanoutMessage, for the hub. semiprivatemessage-07 §4.3 */
function openedAsHub(fanout: Buffer): Buffer {
  // Behind a timestamp, mls10 and the wire format.
  const message = fanout.subarray(12);
  const [, behindGroup] = opaqueAt(message);
  const [, behindData] = opaqueAt(behindGroup.subarray(9));
  const [, behindHash] = opaqueAt(behindData);
  const [keys, behindKeys] = opaqueAt(behindHash);
  const [, sealed] = opaqueAt(behindKeys);
  const [, behindSender] = opaqueAt(sealed);
  const [, behindReference] = opaqueAt(keys);
  const [kemOutput, encrypted] = opaqueAt(behindReference);
  const between = (from: Buffer, to: Buffer) => from.subarray(0, from.length - to.length);
  const context = concat(
    between(message, behindGroup),
    behindGroup.subarray(0, 8),
    between(behindData, behindHash),
  );
  const label = utf8("SemiPrivateMessageReceiver");
  const secret = opened(1, octets(hubKey), label, context, kemOutput, opaqueAt(encrypted)[0]);
  const [key, behindKey] = opaqueAt(secret);
  const [nonce, behindNonce] = opaqueAt(behindKey);
  const guarded = Buffer.from(nonce.map((octet, i) => octet ^ (i < 4 ? (behindNonce[i] ?? 0) : 0)));
  return decrypted(1, key, guarded, between(message, sealed), opaqueAt(behindSender)[0]);
}

describe("a client's own commit in a flow", () => {
  it("is there for members and for those who come in by it", () => {
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter(({ made }) => made.joining !== undefined).length).toBeGreaterThan(20);
    expect(all.filter(({ made }) => made.pathSecret === undefined).length).toBeGreaterThan(5);
  });

  it("has a leaf whose key comes from the path secret that the seat is given", () => {
    const withPath = all.filter(
      ({ id, made, cipherSuite }) =>
        made.pathSecret !== undefined && cipherSuite === 1 && !id.includes("semiprivate"),
    );
    expect(withPath.length).toBeGreaterThan(60);
    for (const { id, message, made } of withPath) {
      const key = withLength(leafKeyOf(octets(made.pathSecret)));
      expect(message.includes(key), id).toBe(true);
    }
  });

  it("has such a leaf where followers cannot read it, too: the hub's receiver key opens it", () => {
    const hidden = all.filter(
      ({ id, made, isAccepted }) =>
        id === "flow-semiprivate-room-clienta1" && made.pathSecret !== undefined && isAccepted,
    );
    expect(hidden.length).toBeGreaterThanOrEqual(3);
    for (const { id, message, made } of hidden) {
      const key = withLength(leafKeyOf(octets(made.pathSecret)));
      expect(message.includes(key), id).toBe(false);
      expect(openedAsHub(message).includes(key), id).toBe(true);
    }
  });

  it("takes its client into the next epoch, or into the group", () => {
    for (const { id, made, before, after } of all.filter(({ isAccepted }) => isAccepted)) {
      expect(after?.epoch, id).not.toBeNull();
      expect(after?.epochAuthenticator, id).toMatch(/^[0-9a-f]{64}$/);
      if (made.joining !== undefined) expect(before?.epoch ?? null, id).toBeNull();
    }
  });

  it("leaves its client where it is until the hub has accepted it", () => {
    const waiting = all.filter(({ isAccepted }) => !isAccepted);
    expect(waiting.length).toBeGreaterThan(20);
    for (const { id, before, after } of waiting) {
      expect([after?.epoch, after?.epochAuthenticator], id).toEqual([
        before?.epoch ?? null,
        before?.epochAuthenticator ?? null,
      ]);
    }
  });

  it("takes its client on where the answer to it is good, and nowhere where it is not", () => {
    const answers = flows.flatMap(({ id, input, output }) => {
      const steps = input["steps"] as unknown as readonly ClientStep[];
      const outputs = output?.["steps"] as unknown as readonly ClientFlowOutput[];
      return steps.flatMap((step, i) => {
        if (!("status" in step) || step.body === "") return [];
        const before = outputs.findLast((_, at) => at < i && steps[at]?.room === step.room);
        // The first octet is the response code: 0 is success. protocol-06 §5.3
        return [{ id, isGood: octets(step.body)[0] === 0, before, after: outputs[i] }];
      });
    });
    const [good, bad] = [true, false].map((wanted) => answers.filter(({ isGood }) => isGood === wanted));
    expect(good?.length).toBeGreaterThan(20);
    expect(bad?.length).toBeGreaterThan(20);
    for (const { id, before, after } of good ?? [])
      expect(Number(after?.epoch), id).toBe(Number(before?.epoch) + 1);
    for (const { id, before, after } of bad ?? [])
      expect(after?.epochAuthenticator, id).toBe(before?.epochAuthenticator ?? null);
  });

  it("comes, where it is external, with a GroupInfo that ts-mls verifies, and the tree that it is of", async () => {
    const impl = await getCiphersuiteImpl(
      getCiphersuiteFromName("MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519"),
    );
    let verified = 0;
    for (const { id, made, cipherSuite } of all) {
      // ts-mls does not know the credentials that pseudonyms have.
      if (made.joining === undefined || cipherSuite !== 1 || id.includes("minimal-metadata")) continue;
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
