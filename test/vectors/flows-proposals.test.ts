/** What is pending in clients' flows: ProposalRefs, recomputed with node:crypto. RFC 9420 §5.2 and §12.4 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import { MLSMessage } from "../../spec-model/mls/index.ts";
import { isNegative } from "../../vectors/format/case.ts";
import { type ClientFlowOutput, type ClientStep, isDelivery } from "../../vectors/format/flow-steps.ts";
import { loadFile, publishedPaths, vectorsFolder } from "../../vectors/verify/index.ts";
import { concat, octets, utf8, withLength } from "./by-hand.ts";

interface Delivered {
  readonly id: string;
  readonly fanned: FanoutMessage;
  /** The room as the seat saw it last, and as it sees it now. */
  readonly before: ClientFlowOutput | undefined;
  readonly after: ClientFlowOutput;
}

const delivered = publishedPaths()
  .filter((path) => path.includes("/flows/"))
  .flatMap((path) => loadFile(join(vectorsFolder, path)).cases)
  .filter((each) => each.operation === "flow.client" && !isNegative(each))
  .flatMap(({ id, input, output }): Delivered[] => {
    const steps = input["steps"] as unknown as readonly ClientStep[];
    const outputs = output?.["steps"] as unknown as readonly ClientFlowOutput[];
    return steps.flatMap((step, i) => {
      const after = outputs[i];
      if (!isDelivery(step) || after === undefined) return [];
      const before = outputs.findLast((_, at) => at < i && steps[at]?.room === step.room);
      return [{ id, fanned: FanoutMessage.decode(octets(step.message)), before, after }];
    });
  });

/** RefHash over the AuthenticatedContent: the MLSMessage without its version in front and the membership tag behind. */
function referenceOf(message: MLSMessage): string {
  if (message.wireFormat !== "mls_public_message") throw new Error("is not public");
  const { sender } = message.publicMessage.content;
  const encoded = MLSMessage.encode(message);
  const tag = sender.senderType === "member" ? 33 : 0;
  const authenticated = encoded.subarray(2, encoded.length - tag);
  const input = concat(withLength(utf8("MLS 1.0 Proposal Reference")), withLength(authenticated));
  return createHash("sha256").update(input).digest("hex");
}

function contentTypeIn({ wireFormat, ...message }: MLSMessage): string | undefined {
  return wireFormat === "mls_public_message" && "publicMessage" in message
    ? message.publicMessage.content.contentType
    : undefined;
}

describe("what is pending for a client in a flow", () => {
  it("has the references of the proposals that have come, in their order", () => {
    const proposals = delivered.flatMap(({ fanned, ...each }) => {
      if (contentTypeIn(fanned.message) !== "proposal" || each.after.epoch === null) return [];
      const messages = [fanned.message, ...("moreProposals" in fanned ? (fanned.moreProposals ?? []) : [])];
      const isPublic = messages.every(({ wireFormat }) => wireFormat === "mls_public_message");
      return isPublic ? [{ ...each, heard: messages.map(referenceOf) }] : [];
    });
    expect(proposals.length).toBeGreaterThan(40);
    for (const { id, heard, before, after } of proposals) {
      expect(after.proposals, id).toEqual([...new Set([...(before?.proposals ?? []), ...heard])]);
    }
  });

  it("has nothing left where a commit has begun an epoch, but what the hub has sent along with it", () => {
    const commits = delivered.filter(
      ({ before, after }) => after.epoch !== null && after.epoch !== (before?.epoch ?? null),
    );
    expect(commits.length).toBeGreaterThan(200);
    for (const { id, fanned, after } of commits) {
      const stapled = "externalProposals" in fanned ? (fanned.externalProposals ?? []) : [];
      expect(after.proposals, id).toEqual(stapled.map(referenceOf));
    }
  });

  it("is all taken up by the commit that comes, as far as it is no external one", () => {
    let taken = 0;
    for (const { id, fanned, before, after } of delivered) {
      if (fanned.message.wireFormat !== "mls_public_message" || before === undefined) continue;
      const { content } = fanned.message.publicMessage;
      const isMembers = content.contentType === "commit" && content.sender.senderType === "member";
      if (!isMembers || after.epoch === before.epoch) continue;
      const covered = content.commit.proposals.flatMap((each) =>
        each.type === "reference" ? [Buffer.from(each.reference).toString("hex")] : [],
      );
      expect(covered.toSorted(), id).toEqual(before.proposals.toSorted());
      taken += covered.length;
    }
    expect(taken).toBeGreaterThan(20);
  });
});
