/** How fast MIMI content is decoded with full validation, against a bare and a strict CBOR library. */
import { Decoder } from "cbor-x";
import { decode as cborgDecode } from "cborg";
import { utf8 } from "../spec-model/bytes.ts";
import {
  type Authorship,
  compose,
  decodeContent,
  edit,
  encodeContent,
  mediaType,
  type NestedPart,
  reaction,
  reply,
  textMessage,
} from "../spec-model/content/index.ts";
import { expandEntropy } from "../spec-model/random.ts";

/** A contender's time for one message, and how many times ours that is: above 1, it is slower than we are. */
export interface Contender {
  readonly name: string;
  readonly microseconds: number;
  readonly ratio: number;
}

const rounds = 9;
const messagesPerRound = 30_000;

/**
 * Decoding a mixture of everyday messages: ours (typed value, every rule of content-09 §6 checked), cbor-x (arrays,
 * nothing checked), cborg in strict mode (arrays, no key order, UTF-8, depth or shape checked).
 */
export function decodingContent(): readonly Contender[] {
  const messages = everydayMessages();
  const cborX = new Decoder({
    tagUint8Array: false,
    useRecords: false,
    mapsAsObjects: false,
    variableMapSize: true,
  });
  const strict = { strict: true, useMaps: true, rejectDuplicateMapKeys: true, allowIndefinite: false };
  const ours = microsecondsEach(messages, decodeContent);
  return [
    ["ours, full validation", ours] as const,
    ["cbor-x, bare", microsecondsEach(messages, (bytes) => cborX.decode(bytes))] as const,
    ["cborg, strict", microsecondsEach(messages, (bytes) => cborgDecode(bytes, strict))] as const,
  ].map(([name, microseconds]) => ({ name, microseconds, ratio: microseconds / ours }));
}

/** Encoding the same messages: ours, and ours with decoding before it. */
export function encodingContent(): readonly Contender[] {
  const messages = everydayMessages();
  const contents = messages.map(decodeContent);
  const encode = microsecondsEach(contents, encodeContent);
  const both = microsecondsEach(messages, (bytes) => encodeContent(decodeContent(bytes)));
  return [
    { name: "encode", microseconds: encode, ratio: 1 },
    { name: "decode and encode", microseconds: both, ratio: both / encode },
  ];
}

function everydayMessages(): readonly Uint8Array[] {
  const by: Authorship = {
    sender: "mimi://example.com/u/alice-smith",
    room: "mimi://example.com/r/engineering_team",
    salt: expandEntropy(new Uint8Array(32), "benchmark"),
  };
  const markdown = { contentType: mediaType.markdown };
  const hello = textMessage(by, "Hi everyone, the release is out. __Thanks__ to all of you!", markdown);
  const answer = reply(by, hello.messageId, "Congratulations, and a good weekend", markdown);
  const text = (language: string): NestedPart => ({
    disposition: "render",
    language,
    cardinality: "single",
    contentType: mediaType.html,
    content: utf8("<h1>Welcome</h1><img src='cid:3@local.invalid'>"),
  });
  const alternatives: NestedPart = {
    disposition: "render",
    language: "",
    cardinality: "multi",
    partSemantics: "chooseOne",
    parts: [text("en"), text("fr")],
  };
  return [
    hello,
    answer,
    reaction(by, hello.messageId, "\u2764"),
    edit(by, { replaces: answer.messageId, inReplyTo: hello.messageId }, "Congratulations!", markdown),
    compose(by, alternatives),
  ].map(({ encoded }) => encoded);
}

/** The best of some rounds: the one that was least disturbed. */
function microsecondsEach<T>(inputs: readonly T[], act: (input: T) => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let done = 0; done < messagesPerRound; done += inputs.length) for (const input of inputs) act(input);
    best = Math.min(best, performance.now() - start);
  }
  return (best * 1000) / messagesPerRound;
}
