/** Clients' own messages in flows: what a seat says is what its MLSMessage and the hub's answer belong to. protocol-06 §5.4 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MLSMessage, SafeAAD } from "../../spec-model/mls/index.ts";
import { SubmitMessageResponse } from "../../spec-model/submit/index.ts";
import { isNegative } from "../../vectors/format/case.ts";
import type { ClientFlowOutput, ClientSeatSetup, ClientStep } from "../../vectors/format/flow-steps.ts";
import { loadFile, publishedPaths, vectorsFolder } from "../../vectors/verify/index.ts";
import { concat, hmac, octets, sha256, uint, utf8 } from "./by-hand.ts";

const flows = publishedPaths()
  .filter((path) => path.includes("/flows/"))
  .flatMap((path) => loadFile(join(vectorsFolder, path)).cases)
  .filter((each) => each.operation === "flow.client" && !isNegative(each))
  .map(({ id, input, output }) => ({
    id,
    user: (input["setup"] as unknown as ClientSeatSetup).user,
    steps: input["steps"] as unknown as readonly ClientStep[],
    outputs: output?.["steps"] as unknown as readonly ClientFlowOutput[],
  }));

/** The one item of the authenticated data is the tag, and nothing else. protocol-06 §5.4.1.1 */
function tagIn(message: MLSMessage): string | undefined {
  if (message.wireFormat !== "mls_private_message") throw new Error("is no PrivateMessage");
  const { aadItems } = SafeAAD.decode(message.privateMessage.authenticatedData);
  const [item] = aadItems;
  return item === undefined ? undefined : Buffer.from(item.aadItemData).toString("hex");
}

/** The salt is the first item of the content: its octets 2 to 17. content-09 §4 */
const saltOf = (content: Buffer) => content.subarray(2, 18);

function messageIdOf(user: string, room: string, content: Buffer): string {
  const uri = (text: string) => concat(uint(text.length, 2), utf8(text));
  const hashed = concat(uri(user), uri(room), content, saltOf(content));
  return `01${sha256(hashed).toString("hex").slice(0, 62)}`;
}

describe("a message that a client in a flow sends itself", () => {
  it("has the franking tag of the content that the seat is given", () => {
    let tagged = 0;
    for (const { id, steps } of flows) {
      for (const step of steps) {
        if (!("said" in step)) continue;
        const tag = tagIn(MLSMessage.decode(octets(step.said.message)));
        if (tag === undefined) continue;
        const content = octets(step.said.content);
        expect(tag, id).toBe(hmac(saltOf(content), content).toString("hex"));
        tagged++;
      }
    }
    expect(tagged).toBeGreaterThan(40);
  });

  it("is shown once, with the hub's time, by whichever comes first: the answer or the message itself", () => {
    let answered = 0;
    for (const { id, user, steps, outputs } of flows) {
      const shown = outputs.flatMap((output) => output.shown.map(({ messageId }) => messageId));
      expect(new Set(shown).size, id).toBe(shown.length);
      for (const [i, step] of steps.entries()) {
        if (!("status" in step) || step.to === undefined || step.status !== 200) continue;
        const response = SubmitMessageResponse.decode(octets(step.body));
        const own = outputs.slice(0, i + 1).flatMap((output) => output.shown);
        const found = own.find(({ messageId }) => messageId === step.to);
        if (response.statusCode !== "accepted") {
          expect(found, id).toBeUndefined();
          continue;
        }
        expect(found, id).toMatchObject({
          sender: user,
          acceptedTimestamp: String(response.acceptedTimestamp),
        });
        answered++;
      }
    }
    expect(answered).toBeGreaterThan(60);
  });

  it("is answered under the message ID that SHA-256 gives", () => {
    for (const { id, user, steps } of flows) {
      const said = new Set(
        steps.flatMap((step) =>
          "said" in step ? [messageIdOf(user, step.room, octets(step.said.content))] : [],
        ),
      );
      for (const step of steps) {
        if ("status" in step && step.to !== undefined) expect(said.has(step.to), id).toBe(true);
      }
    }
  });
});
