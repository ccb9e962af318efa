/** How fast MIMI content is decoded with full validation, against a bare and a strict CBOR library. */
import { Decoder } from "cbor-x";
import { decode as cborgDecode } from "cborg";
import { utf8 } from "../spec-model/bytes.ts";
import {
  type Authorship,
  compose,
  decodeContent,
  edit,
  mediaType,
  type NestedPart,
  reaction,
  reply,
  textMessage,
} from "../spec-model/content/index.ts";
import { expandEntropy } from "../spec-model/random.ts";

/** Two ways to do one thing, timed in turns in one process: `ratio` is ours over theirs, and above 1 we are faster. */
export interface ContentComparison {
  readonly what: string;
  readonly unit: "messages/s";
  readonly ours: number;
  readonly peer: string;
  readonly theirs: number;
  readonly ratio: number;
}

const rounds = 9;
const messagesPerRound = 30_000;

/**
 * Decoding a mixture of everyday messages. Ours gives typed values and checks every rule of content-09 §6; cbor-x gives
 * arrays and checks nothing; cborg in strict mode gives arrays, and checks neither the order of keys nor UTF-8, depth
 * and shape.
 */
export function benchContent(): readonly ContentComparison[] {
  const messages = everydayMessages();
  const cborX = new Decoder({
    tagUint8Array: false,
    useRecords: false,
    mapsAsObjects: false,
    variableMapSize: true,
  });
  const strict = { strict: true, useMaps: true, rejectDuplicateMapKeys: true, allowIndefinite: false };
  const what = "decode MIMI content with full validation";
  return [
    compare(what, messages, decodeContent, "cbor-x, bare", (bytes) => cborX.decode(bytes)),
    compare(what, messages, decodeContent, "cborg, strict", (bytes) => cborgDecode(bytes, strict)),
  ];
}

type Act = (bytes: Uint8Array) => unknown;

function compare(
  what: string,
  messages: readonly Uint8Array[],
  ours: Act,
  peer: string,
  theirs: Act,
): ContentComparison {
  let [ourBest, theirBest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round <= rounds; round++) {
    ourBest = Math.min(ourBest, millisecondsOf(messages, ours));
    theirBest = Math.min(theirBest, millisecondsOf(messages, theirs));
  }
  return {
    what,
    unit: "messages/s",
    ours: (messagesPerRound / ourBest) * 1000,
    peer,
    theirs: (messagesPerRound / theirBest) * 1000,
    ratio: theirBest / ourBest,
  };
}

function millisecondsOf(messages: readonly Uint8Array[], act: Act): number {
  const start = performance.now();
  for (let done = 0; done < messagesPerRound; done += messages.length) {
    for (const message of messages) act(message);
  }
  return performance.now() - start;
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
