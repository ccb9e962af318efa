/** Message IDs, and messages that a receiver keeps or discards. content-09 §3.3 and §9.1 */
import { concat, hex, utf8 } from "../../../spec-model/bytes.ts";
import {
  compose,
  judge,
  type MimiContent,
  messageIdOf,
  textMessage,
} from "../../../spec-model/content/index.ts";
import type { JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { alice, bob, examples, room, saltOf } from "./examples.ts";

/** 2027-01-15, in milliseconds since the UNIX epoch. */
const now = 1_800_000_000_000;
const minute = 60_000;
const year = 365 * 24 * 60 * minute;

export function messageIdGroups(): VectorGroup[] {
  const uris = [
    [alice, room],
    ["", ""],
    ["mimi://b\u00fccher.example/u/\u00e4", room],
  ] as const;
  const tests = examples().flatMap(({ name, encoded, content }, index) =>
    uris.slice(0, index === 0 ? uris.length : 1).map(([sender, roomUri], variant): VectorCase => {
      const input = { encoded, salt: content.salt, senderUri: sender, roomUri };
      return {
        id: `message-id-${name}${variant === 0 ? "" : `-${variant + 1}`}`,
        comment: `the message ID of content-${name}${variant === 0 ? "" : " with other URIs"}`,
        flags: ["Valid"],
        requirements: [],
        expect: { level: "MUST", allow: ["id"] },
        input: { bytes: hex(encoded), sender, room: roomUri },
        output: { messageId: hex(messageIdOf(input)) },
        view: { hashInput: hex(hashInput(sender, roomUri, encoded, content.salt)) },
      };
    }),
  );
  return [
    {
      operation: "content.message-id",
      comment: "The 32 octets by which messages refer to each other",
      input: {},
      tests,
    },
  ];
}

/** Written out for readers: two octets of length in front of each URI, the message, and its salt once more. */
function hashInput(sender: string, roomUri: string, encoded: Uint8Array, salt: Uint8Array): Uint8Array {
  const withLength = (uri: string) => {
    const octets = utf8(uri);
    return concat(Uint8Array.of(octets.length >> 8, octets.length & 255), octets);
  };
  return concat(withLength(sender), withLength(roomUri), encoded, salt);
}

interface Situation {
  readonly bytes: Uint8Array;
  readonly sender: string;
  readonly senderIsMember: boolean;
  readonly acceptedTimestamp: number;
  readonly roomCreated?: number;
  readonly known: readonly string[];
}

export function judgeGroups(): VectorGroup[] {
  const hello = textMessage({ sender: alice, room, salt: saltOf("hello") }, "hello");
  const usual: Situation = {
    bytes: hello.encoded,
    sender: alice,
    senderIsMember: true,
    acceptedTimestamp: now - minute,
    known: [],
  };
  const said = (options: Parameters<typeof textMessage>[2]) =>
    textMessage({ sender: alice, room, salt: saltOf("hello") }, "hello", options).encoded;
  const related = (relations: Partial<Pick<MimiContent, "replaces" | "inReplyTo">>) =>
    compose({ sender: alice, room, salt: saltOf("hello") }, hello.content.nestedPart, {}, relations as never)
      .encoded;
  const other = new Uint8Array(32).fill(7);
  const positive: readonly (readonly [string, string, Partial<Situation>])[] = [
    ["usual", "an ordinary message", {}],
    [
      "unknown-reply",
      "a reply to a message that is not known here",
      { bytes: related({ inReplyTo: withAlgorithm(other, 1) }) },
    ],
    [
      "unknown-original",
      "an edit of a message that is not known here",
      { bytes: related({ replaces: withAlgorithm(other, 1) }) },
    ],
    ["four-minutes-ahead", "a hub's clock that is a little ahead", { acceptedTimestamp: now + 4 * minute }],
    ["topic-of-4096", "a topic ID of 4096 octets", { bytes: said({ topicId: new Uint8Array(4096) }) }],
    [
      "expires-within-a-year",
      "it expires in 364 days",
      { bytes: said({ expires: { relative: true, time: 364 * 86_400 } }) },
    ],
  ];
  const edges = partEdges();
  const negative: readonly (readonly [string, string, string, Partial<Situation>])[] = [
    ["no-member", "senderIsMember", "the sender is no member of the group", { senderIsMember: false }],
    ["duplicate", "known", "a message ID for the second time", { known: [hex(hello.messageId)] }],
    ["future", "acceptedTimestamp", "accepted an hour from now", { acceptedTimestamp: now + 60 * minute }],
    [
      "before-format",
      "acceptedTimestamp",
      "accepted before the format was published",
      { acceptedTimestamp: now - 5 * year },
    ],
    ["before-room", "acceptedTimestamp", "accepted before the room was created", { roomCreated: now }],
    ["other-sender", "sender", "the message names another sender", { sender: bob }],
    [
      "topic-too-long",
      "bytes",
      "a topic ID of 4097 octets",
      { bytes: said({ topicId: new Uint8Array(4097) }) },
    ],
    [
      "expires-far-ahead",
      "bytes",
      "it expires in two years",
      { bytes: said({ expires: { relative: true, time: 2 * 365 * 86_400 } }) },
    ],
    [
      "expired-long-ago",
      "bytes",
      "it expired two years before",
      { bytes: said({ expires: { relative: false, time: (now - 2 * year) / 1000 } }) },
    ],
    [
      "hash-algorithm",
      "bytes",
      "a reply by an unknown hash algorithm",
      { bytes: related({ inReplyTo: withAlgorithm(other, 9) }) },
    ],
    ["not-cbor", "bytes", "octets that are no message", { bytes: Uint8Array.of(0xff) }],
  ];
  return [
    {
      operation: "content.judge",
      comment: "Nonsensical values most likely come from malicious senders; unknown ones from newer versions",
      input: { room, now },
      tests: [
        ...positive.map(([slug, comment, change]) =>
          judged(`judge-${slug}`, comment, { ...usual, ...change }),
        ),
        ...negative.map(([slug, path, comment, change]) => ({
          ...judged(`judge-not-${slug}`, comment, { ...usual, ...change }),
          flags: ["Nonsensical"],
          parent: "judge-usual",
          fault: { path, op: comment },
        })),
        ...edges.flatMap(({ slug, comment, bytes, fault }) => [
          judged(`judge-${slug}`, comment, { ...usual, bytes }),
          {
            ...judged(`judge-not-${fault.slug}`, fault.comment, { ...usual, bytes: fault.bytes }),
            flags: ["Nonsensical"],
            parent: `judge-${slug}`,
            fault: { path: "bytes.nestedPart", op: fault.comment },
          },
        ]),
      ],
    },
  ];
}

/** As many parts as there may be and one more, and the last of the part semantics that there are and the next. */
function partEdges() {
  const nothing = { disposition: "render", language: "", cardinality: "nullpart" } as const;
  const withParts = (count: number) =>
    compose(
      { sender: alice, room, salt: saltOf("parts") },
      {
        ...nothing,
        cardinality: "multi",
        partSemantics: "processAll",
        parts: Array.from({ length: count - 1 }, () => nothing),
      },
    ).encoded;
  const three = withParts(3);
  // The octets of a multipart with processAll and two parts; its semantics are the last but one.
  const place = hex(three).lastIndexOf("850160030282") / 2 + 4;
  return [
    {
      slug: "parts-1024",
      comment: "a body of 1024 parts, the outermost counted",
      bytes: withParts(1024),
      fault: { slug: "parts-1025", comment: "a body of 1025 parts", bytes: withParts(1025) },
    },
    {
      slug: "semantics-known",
      comment: "parts that are all to be processed",
      bytes: three,
      fault: { slug: "semantics-unknown", comment: "part semantics 3", bytes: three.with(place, 3) },
    },
  ];
}

function judged(id: string, comment: string, situation: Situation): VectorCase {
  const { bytes, sender, ...rest } = situation;
  const known = new Set(situation.known);
  const verdict = judge({
    ...rest,
    encoded: bytes,
    senderUri: sender,
    roomUri: room,
    now,
    isKnown: (messageId) => known.has(messageId),
  });
  return {
    id,
    comment,
    flags: ["Valid"],
    requirements: [],
    expect: { level: "SHOULD", allow: [verdict.decision] },
    input: { ...(rest as unknown as JsonObject), bytes: hex(bytes), sender },
    view: { because: verdict.findings.map(({ rule }) => rule) },
  };
}

function withAlgorithm(id: Uint8Array, algorithm: number): Uint8Array {
  return concat(Uint8Array.of(algorithm), id.subarray(1));
}
