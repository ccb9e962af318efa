/**
 * Epochs of founders in flows, recomputed with node:crypto: from the secret that a group begins with, over the client's own
 * commits, into the group that follows a ReInit. RFC 9420 §7.4, §8, §8.4 and §11. The model's codecs read, and no more.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import { type Commit, GroupContext, MLSMessage, PreSharedKeyID } from "../../spec-model/mls/index.ts";
import { UpdateRequest } from "../../spec-model/update/index.ts";
import { isNegative, type JsonObject } from "../../vectors/format/case.ts";
import { type ClientFlowOutput, type ClientStep, isDelivery } from "../../vectors/format/flow-steps.ts";
import { type LoadedCase, loadFile, publishedPaths, vectorsFolder } from "../../vectors/verify/index.ts";
import { concat, expandWithLabel, hmac, octets, uint } from "./by-hand.ts";

const none = Buffer.alloc(0);
const zero = Buffer.alloc(32);
const derive = (secret: Uint8Array, label: string) => expandWithLabel(secret, label, none, 32);

/** An epoch that the founder has come to, and what the case says of it. */
interface Epoch {
  readonly id: string;
  readonly epoch: string;
  readonly isLinked: boolean;
  readonly recomputed: string;
  readonly said: string | null | undefined;
}

const files = publishedPaths()
  .filter((path) => path.includes("/flows/"))
  .map((path) => loadFile(join(vectorsFolder, path)).cases.filter((each) => !isNegative(each)));
const epochs = files.flatMap((cases) => {
  const contexts = contextsIn(cases);
  return cases
    .filter(({ operation }) => operation === "flow.client")
    .flatMap((each) => ownEpochs(each, contexts));
});

describe("the epochs that a founder comes to by its own commits", () => {
  it("have the authenticators that node:crypto computes from what the seat is given", () => {
    expect(epochs.length).toBeGreaterThan(60);
    for (const { id, epoch, recomputed, said } of epochs) expect(said, `${id} in ${epoch}`).toBe(recomputed);
  });

  it("lie in successors, too, whose first commit takes in the closed group's resumption PSK", () => {
    const linked = epochs.filter(({ isLinked }) => isLinked);
    expect(linked.map(({ id, epoch }) => `${id} ${epoch}`).toSorted()).toEqual([
      "flow-franking-key-clienta1 1",
      "flow-re-init-clienta1 1",
    ]);
  });
});

/** The GroupContexts that commits lead to, by the commit's MLSMessage, as the committers have given them to the hub. */
function contextsIn(cases: readonly LoadedCase[]): ReadonlyMap<string, Uint8Array> {
  const contexts = new Map<string, Uint8Array>();
  for (const { operation, input } of cases) {
    if (operation === "flow.client") continue;
    for (const step of input["steps"] as readonly JsonObject[]) {
      const message = step["message"] as JsonObject | undefined;
      if (message?.["operation"] !== "update") continue;
      const { bundle } = UpdateRequest.decode(octets(message["body"]));
      if (!("groupInfoOption" in bundle) || bundle.groupInfoOption?.representation !== "full") continue;
      const { groupContext } = bundle.groupInfoOption.groupInfo;
      contexts.set(nameOf(bundle.proposalOrCommit), GroupContext.encode(groupContext));
    }
  }
  return contexts;
}

/** As far as nobody else commits anything. */
function ownEpochs({ id, input, output }: LoadedCase, contexts: ReadonlyMap<string, Uint8Array>): Epoch[] {
  const steps = input["steps"] as unknown as readonly ClientStep[];
  const outputs = output?.["steps"] as unknown as readonly ClientFlowOutput[];
  const found: Epoch[] = [];
  // undefined: somebody else has committed there, and what followed would have to be decrypted.
  const rooms = new Map<string, { readonly secret: Buffer; readonly closed?: Buffer } | undefined>();
  for (const [i, step] of steps.entries()) {
    const before = rooms.get(step.room);
    if (rooms.has(step.room) && before === undefined) continue;
    if ("founding" in step) {
      const secret = octets(step.founding.epochSecret);
      rooms.set(step.room, before === undefined ? { secret } : { secret, closed: before.secret });
      continue;
    }
    if (!isDelivery(step)) continue;
    const { message } = FanoutMessage.decode(octets(step.message));
    const commit = commitIn(message);
    const context = contexts.get(nameOf(message));
    if (commit === undefined) continue;
    if (before === undefined || context === undefined || step.made === undefined) {
      rooms.set(step.room, undefined);
      continue;
    }
    const pathSecret = step.made.pathSecret && octets(step.made.pathSecret);
    const secret = epochSecretAfter(before, commit, pathSecret || undefined, Buffer.from(context));
    rooms.set(step.room, { secret });
    const recomputed = derive(secret, "authentication").toString("hex");
    const { epoch, epochAuthenticator: said } = outputs[i] ?? {};
    found.push({ id, epoch: String(epoch), isLinked: before.closed !== undefined, recomputed, said });
  }
  return found;
}

/** RFC 9420 §8 */
function epochSecretAfter(
  { secret, closed }: { readonly secret: Buffer; readonly closed?: Buffer },
  commit: Commit,
  pathSecret: Buffer | undefined,
  context: Buffer,
): Buffer {
  const joiner = expandWithLabel(
    hmac(derive(secret, "init"), commitSecret(commit, pathSecret)),
    "joiner",
    context,
    32,
  );
  const member = hmac(joiner, pskSecret(commit, closed));
  return expandWithLabel(member, "epoch", context, 32);
}

/** One step from secret to secret for the leaf and for each node of the path. RFC 9420 §7.4 */
function commitSecret({ path }: Commit, pathSecret: Buffer | undefined): Buffer {
  if (path === undefined || pathSecret === undefined) return zero;
  return [undefined, ...path.nodes].reduce<Buffer>((secret) => derive(secret, "path"), pathSecret);
}

/** Of the one PSK of a successor's first commit; zero where there is none. RFC 9420 §8.4 */
function pskSecret({ proposals }: Commit, closed: Buffer | undefined): Buffer {
  const ids = proposals.flatMap((each) =>
    each.type === "proposal" && each.proposal.proposalType === "psk" ? [each.proposal.psk] : [],
  );
  const [id] = ids;
  if (id === undefined || closed === undefined) return zero;
  const label = concat(PreSharedKeyID.encode(id), uint(0, 2), uint(1, 2));
  const extracted = hmac(zero, derive(closed, "resumption"));
  return hmac(expandWithLabel(extracted, "derived psk", label, 32), zero);
}

function commitIn(message: MLSMessage): Commit | undefined {
  if (message.wireFormat !== "mls_public_message") return undefined;
  const { content } = message.publicMessage;
  return content.contentType === "commit" ? content.commit : undefined;
}

function nameOf(message: MLSMessage): string {
  return Buffer.from(MLSMessage.encode(message)).toString("hex");
}
