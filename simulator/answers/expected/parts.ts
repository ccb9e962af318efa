/** Which parts of a body are processed, what a client can receive, and what reports of status say. content-09 §4.4 and §7.1 */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import {
  contentIdUri,
  type NestedPart,
  type PartSemantics,
  textMessage,
} from "../../../spec-model/content/index.ts";
import type { Faculties } from "../faculties.ts";
import { type Expected, of, same } from "./expected.ts";

const single = (contentType: string, content = ""): NestedPart => ({
  disposition: "render",
  language: "",
  cardinality: "single",
  contentType,
  content: utf8(content),
});
const multi = (partSemantics: PartSemantics, ...parts: NestedPart[]): NestedPart => ({
  disposition: "render",
  language: "",
  cardinality: "multi",
  partSemantics,
  parts,
});
const pair = [single("a/a"), single("b/b")] as const;

/** The indexes of what is processed by a receiver that understands these types; all where there are none. */
function processed({ partsToProcess }: Faculties, body: NestedPart, ...types: readonly string[]): number[] {
  const understands = ({ contentType }: { readonly contentType: string }) =>
    types.length === 0 || types.includes(contentType);
  return partsToProcess(body, { understands }).map(({ index }) => index);
}

const now = Date.UTC(2026, 6, 4);
const [sender, room] = ["mimi://a.example/u/alice", "mimi://a.example/r/club"] as const;
/** What is remarked on a text of this type. */
function remarks({ judge }: Faculties, contentType: string): readonly string[] {
  const { encoded } = textMessage({ sender, room, salt: new Uint8Array(16) }, "x", { contentType });
  const known = { senderUri: sender, senderIsMember: true, roomUri: room, acceptedTimestamp: now, now };
  return judge({ encoded, ...known, isKnown: () => false }).findings.map(({ rule }) => rule);
}

const messageId = new Uint8Array(32).fill(1);

export const partsExpected: readonly Expected[] = [
  ...of("content-09 §4.4", [
    [
      "parts-choose-one",
      "one of a chooseOne is processed",
      (f) => same(processed(f, multi("chooseOne", ...pair)), [1]),
    ],
    [
      "parts-choice-that-is-understood",
      "a part of a chooseOne that is understood is processed",
      (f) => same(processed(f, multi("chooseOne", ...pair), "b/b"), [2]),
    ],
    [
      "parts-single-unit",
      "a singleUnit of which one part is not understood is not processed",
      (f) => same(processed(f, multi("singleUnit", ...pair), "a/a"), []),
    ],
    [
      "parts-process-all",
      "of a processAll whatever is understood is processed",
      (f) => same(processed(f, multi("processAll", ...pair), "b/b"), [2]),
    ],
    [
      "parts-referred",
      "a part that an earlier one refers to is not processed again",
      (f) => same(processed(f, multi("processAll", single("a/a", contentIdUri(2)), single("b/b"))), [1]),
    ],
  ]),
  ...of("content-09 §7.1", [
    [
      "content-usual-types",
      "plain text in UTF-8 and GFM-MIMI are received",
      (f) =>
        same(
          [remarks(f, "text/plain;charset=utf-8"), remarks(f, "text/markdown;variant=GFM-MIMI")],
          [[], []],
        ),
    ],
  ]),
  ...of("message-status-01 §3", [
    [
      "status-later",
      "of two reports on one message the later one counts",
      ({ statusByMessage }) =>
        statusByMessage([
          { messageId, status: "delivered" },
          { messageId, status: "read" },
        ]).get(hex(messageId)) === "read",
    ],
  ]),
];
