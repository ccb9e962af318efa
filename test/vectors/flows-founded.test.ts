/** Groups that clients found in flows: what the seat is given and what it says fit, by node:crypto and ts-mls. RFC 9420 §8, §11 */
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
  type ClientFoundingStep,
  type ClientSeatSetup,
  type ClientStep,
  isDelivery,
} from "../../vectors/format/flow-steps.ts";
import { loadFile, publishedPaths, vectorsFolder } from "../../vectors/verify/index.ts";
import { expandWithLabel, hmac, octets, opaqueAt, opened, utf8, x25519Private } from "./by-hand.ts";

interface Flow {
  readonly id: string;
  readonly setup: ClientSeatSetup;
  readonly steps: readonly ClientStep[];
  readonly outputs: readonly ClientFlowOutput[];
}

const flows = publishedPaths()
  .filter((path) => path.includes("/flows/"))
  .flatMap((path) => loadFile(join(vectorsFolder, path)).cases)
  .filter((each) => each.operation === "flow.client" && !isNegative(each))
  .map(({ id, input, output }) => ({ id, ...input, outputs: output?.["steps"] }) as unknown as Flow);

const foundings = flows.flatMap(({ id, setup, steps, outputs }) =>
  steps.flatMap((step, i) => {
    const after = outputs[i];
    return "founding" in step && after !== undefined ? [{ id, setup, step, i, steps, outputs, after }] : [];
  }),
);
/** What ts-mls reads: it does not know the credentials that pseudonyms have. */
const ofSuiteOne = foundings.filter(
  ({ setup }) => setup.cipherSuite === 1 && !/[0-9a-f-]{36}$/.test(setup.client),
);

const none = Buffer.alloc(0);
const derived = (step: ClientFoundingStep, label: string) =>
  expandWithLabel(octets(step.founding.epochSecret), label, none, 32);

function groupInfoIn({ founding }: ClientFoundingStep) {
  const groupInfo = decodeGroupInfo(octets(founding.groupInfo), 0)?.[0];
  if (groupInfo === undefined) throw new Error("a GroupInfo that is not read");
  return groupInfo;
}

describe("a group that a client founds in a flow", () => {
  it("is there in many scenarios, among them those of ReInit, of hidden handshakes and of refused rooms", () => {
    const founders = new Set(foundings.map(({ id }) => id));
    expect(founders.size).toBeGreaterThan(40);
    for (const name of [
      "clubhouse",
      "connection",
      "one-to-one",
      "re-init",
      "semiprivate-room",
      "rooms-refused",
    ])
      expect(founders, name).toContain(`flow-${name}-clienta1`);
  });

  it("has the epoch_authenticator that its epoch secret gives", () => {
    for (const { id, step, after } of foundings) {
      expect(after.epoch, id).toBe("0");
      expect(after.epochAuthenticator, id).toBe(derived(step, "authentication").toString("hex"));
    }
  });

  it("has a GroupInfo with the confirmation tag that its epoch secret gives, over no commits", () => {
    for (const { id, step } of foundings) {
      const { groupContext, confirmationTag } = groupInfoIn(step);
      expect([groupContext.epoch, groupContext.confirmedTranscriptHash.length], id).toEqual([0n, 0]);
      const tag = hmac(derived(step, "confirm"), none);
      expect(Buffer.from(confirmationTag).toString("hex"), id).toBe(tag.toString("hex"));
    }
  });

  it("has a GroupInfo that ts-mls verifies, and a tree of one leaf, to which the client has the keys", async () => {
    const impl = await getCiphersuiteImpl(
      getCiphersuiteFromName("MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519"),
    );
    expect(ofSuiteOne.length).toBeGreaterThan(40);
    for (const { id, step, setup } of ofSuiteOne) {
      const groupInfo = groupInfoIn(step);
      const tree = decodeRatchetTree(octets(step.founding.ratchetTree), 0)?.[0];
      const [node] = tree ?? [];
      if (tree?.length !== 1 || node?.nodeType !== "leaf") throw new Error(`${id}: no tree of one leaf`);
      const { hpkePublicKey, signaturePublicKey } = node.leaf;
      expect(await verifyGroupInfoSignature(groupInfo, signaturePublicKey, impl.signature), id).toBe(true);
      const hash = await treeHashRoot(tree, impl.hash);
      expect(Buffer.from(hash).equals(groupInfo.groupContext.treeHash), id).toBe(true);
      const key = createPublicKey(x25519Private(octets(step.founding.encryptionPrivateKey)));
      const publicKey = Buffer.from(key.export({ format: "jwk" }).x ?? "", "base64url");
      expect(publicKey.equals(hpkePublicKey), id).toBe(true);
      expect(Buffer.from(signaturePublicKey).toString("hex"), id).toBe(setup.signature.publicKey);
    }
  });

  it("is the room's once the provider has taken it, and is given up where it has not", () => {
    const answered = foundings.flatMap(({ id, i, steps, outputs, after }) => {
      const [answer, output] = [steps[i + 1], outputs[i + 1]];
      if (answer === undefined || !("status" in answer) || output === undefined) return [];
      return [{ id, status: answer.status, after, output }];
    });
    expect(answered.filter(({ status }) => status !== 200).length).toBeGreaterThan(20);
    expect(answered.length).toBe(foundings.length);
    for (const { id, status, after, output } of answered) {
      expect([output.epoch, output.epochAuthenticator], id).toEqual(
        status === 200 ? [after.epoch, after.epochAuthenticator] : [null, null],
      );
    }
  });
});

const reInits = flows.filter(({ id }) => /^flow-(re-init|franking-key)/.test(id));

describe("the group that follows a ReInit", () => {
  it("is founded by who has closed the old one, and by who has seen it closed", () => {
    const founders = reInits.flatMap(({ id, steps, outputs }) => {
      const at = steps.findLastIndex((step) => "founding" in step);
      const [closing, first] = [steps[at - 1], steps[at + 2]];
      if (at < 1 || closing === undefined || first === undefined) return [];
      const epochs = outputs.slice(at, at + 3).map(({ epoch }) => epoch);
      return [{ id, closes: isOwn(closing), gathers: isOwn(first), epochs }];
    });
    const both = { gathers: true, epochs: ["0", "0", "1"] };
    expect(founders.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual([
      { id: "flow-franking-key-clienta1", closes: true, ...both },
      { id: "flow-re-init-clienta1", closes: true, ...both },
      { id: "flow-re-init-with-guests-clienta1", closes: false, ...both },
    ]);
  });

  it("is come into by a Welcome whose secrets, as node:crypto opens them, name the closed group and its epoch", () => {
    const joined = reInits.flatMap(successorsJoined);
    expect(joined.map(({ id }) => id).toSorted()).toEqual([
      "flow-franking-key-clientb1",
      "flow-re-init-clientb1",
      "flow-re-init-with-guests-clientb1",
      "flow-re-init-with-guests-clientb2",
      "flow-re-init-with-guests-clientc1",
    ]);
    for (const { id, psks, closedIn } of joined) {
      // One PreSharedKeyID: resumption, of usage reinit.
      expect([...psks.subarray(0, 2)], id).toEqual([2, 2]);
      const [group, behindGroup] = opaqueAt(psks.subarray(2));
      expect(groupsFoundedIn(id), id).toContain(group.toString("hex"));
      expect(String(behindGroup.readBigUInt64BE()), id).toBe(closedIn);
      expect(opaqueAt(behindGroup.subarray(8))[1], id).toHaveLength(0);
    }
  });
});

function isOwn(step: ClientStep): boolean {
  return isDelivery(step) && step.made !== undefined;
}

/** The group that each founder of the same run has founded first: later ones follow it. */
function groupsFoundedIn(id: string): string[] {
  const run = id.replace(/-client[a-z0-9]+$/, "");
  const first = foundings.find((each) => each.id.startsWith(`${run}-client`));
  return first === undefined
    ? []
    : [Buffer.from(groupInfoIn(first.step).groupContext.groupId).toString("hex")];
}

/** The PSKs in Welcomes to a room that the client has been welcomed to before. */
function successorsJoined({ id, setup, steps, outputs }: Flow) {
  return steps.flatMap((step, i) => {
    const closedIn = outputs[i - 1]?.epoch;
    if (!isDelivery(step) || closedIn === undefined || closedIn === null) return [];
    const secrets = groupSecretsIn(octets(step.message), setup);
    if (secrets === undefined) return [];
    const [, behindJoiner] = opaqueAt(secrets);
    const behindPath =
      behindJoiner[0] === 0 ? behindJoiner.subarray(1) : opaqueAt(behindJoiner.subarray(1))[1];
    return [{ id, closedIn, psks: opaqueAt(behindPath)[0] }];
  });
}

/** The GroupSecrets in a FanoutMessage with a Welcome of cipher suite 1, for a KeyPackage of the client. RFC 9420 §12.4.3.1 */
function groupSecretsIn(fanout: Buffer, { keyPackages }: ClientSeatSetup): Buffer | undefined {
  const welcome = 3;
  if (fanout.readUInt16BE(10) !== welcome) return undefined;
  const [secrets, behindSecrets] = opaqueAt(fanout.subarray(14));
  const [encryptedGroupInfo] = opaqueAt(behindSecrets);
  for (let rest = secrets; rest.length > 0; ) {
    const [, behindMember] = opaqueAt(rest);
    const [kemOutput, behindKem] = opaqueAt(behindMember);
    const [ciphertext, next] = opaqueAt(behindKem);
    for (const { initPrivateKey } of keyPackages) {
      try {
        return opened(1, octets(initPrivateKey), utf8("Welcome"), encryptedGroupInfo, kemOutput, ciphertext);
      } catch {
        // Not for this KeyPackage.
      }
    }
    rest = next;
  }
  return undefined;
}
