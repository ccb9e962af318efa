/** The content vectors against sources that are not ours: other CBOR libraries, node:crypto, the draft's examples. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { decode as decodeCbor2 } from "cbor2";
import { describe, expect, it } from "vitest";
import { hex } from "../../spec-model/bytes.ts";
import { decodeContent, messageIdOf } from "../../spec-model/content/index.ts";
import { findFormat } from "../../spec-model/formats/index.ts";
import { answer } from "../../vectors/adapters/typescript/index.ts";
import { isNegative, type JsonObject } from "../../vectors/format/case.ts";
import { loadFile, vectorsFolder } from "../../vectors/verify/index.ts";
import { draftExamples } from "../spec-model/content/draft-examples.ts";

const inFolder = (path: string) => loadFile(join(vectorsFolder, path)).cases;
const container = inFolder("content-09/content/container.json");
const octets = (text: unknown) => new Uint8Array(Buffer.from(String(text), "hex"));

describe("the content vectors", () => {
  it("hold messages that another CBOR library reads, with the same salt, topic and body", () => {
    const valid = container.filter((each) => each.operation === "content.decode" && !isNegative(each));
    expect(valid.length).toBeGreaterThan(50);
    for (const { input, output, id } of valid) {
      const items = decodeCbor2(octets(input["bytes"])) as never[][] & Uint8Array[];
      const content = output?.["content"] as JsonObject;
      expect(hex(items[0] as Uint8Array), id).toBe(content["salt"]);
      expect(hex(items[2] as Uint8Array), id).toBe(content["topicId"]);
      expect(items[6]?.[1], id).toBe((content["nestedPart"] as JsonObject)["language"]);
    }
  });

  it("hold message IDs that are the first 31 octets of SHA-256 behind the number of that hash", () => {
    for (const { input, output, id } of inFolder("content-09/content/message-ids.json")) {
      const encoded = octets(input["bytes"]);
      const uri = (text: unknown) => {
        const bytes = Buffer.from(String(text), "utf8");
        return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
      };
      // The salt is the first item of the message: its octets 2 to 17.
      const hashed = Buffer.concat([
        uri(input["sender"]),
        uri(input["room"]),
        encoded,
        encoded.subarray(2, 18),
      ]);
      const expected = `01${createHash("sha256").update(hashed).digest("hex").slice(0, 62)}`;
      expect(output?.["messageId"], id).toBe(expected);
    }
  });

  it("show one view for a set of messages in whatever order they arrive", () => {
    const views = new Map<string, unknown>();
    for (const { id, output } of inFolder("content-09/content/timelines.json")) {
      const story = id.replace(/-\d+$/, "");
      expect(output?.["entries"], id).toEqual(views.get(story) ?? output?.["entries"]);
      views.set(story, output?.["entries"]);
    }
    expect(views.size).toBeGreaterThan(10);
  });
});

const examples = draftExamples();

describe.skipIf(examples.length === 0)(
  "the draft's examples (skipped where the drafts are not there)",
  () => {
    it("are answered as the draft states, by the operations that the vectors ask for", () => {
      for (const { name, cbor, messageId } of examples) {
        const content = decodeContent(cbor);
        const decoded = answer({
          type: "case",
          id: name,
          operation: "content.decode",
          input: { bytes: hex(cbor) },
        });
        expect(decoded.output?.["content"], name).toEqual(findFormat("mimiContent")?.decode(cbor).json);
        const encode = {
          type: "case",
          id: name,
          operation: "content.encode",
          input: decoded.output ?? {},
        } as const;
        expect(answer(encode).output, name).toEqual({ bytes: hex(cbor) });
        if (messageId === undefined) continue;
        const [senderUri, roomUri] = [content.mimiExtensions.get(1), content.mimiExtensions.get(2)].map(
          String,
        );
        const computed = messageIdOf({
          encoded: cbor,
          salt: content.salt,
          senderUri: senderUri ?? "",
          roomUri: roomUri ?? "",
        });
        expect(hex(computed), name).toBe(messageId);
      }
    });
  },
);
