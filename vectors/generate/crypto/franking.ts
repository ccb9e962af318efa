/** Franks: the sender's tag, the hub's stamp and signature, a receiver's check. protocol-06 §5.4.1 */
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { type ComposedMessage, textMessage } from "../../../spec-model/content/index.ts";
import {
  Frank,
  FrankingIntegrityTBS,
  frank,
  frankingTag,
  ServerFrankingContext,
} from "../../../spec-model/franking/index.ts";
import { ApplicationFraming, signWithLabel } from "../../../spec-model/mls/index.ts";
import type { JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { signContentOf } from "../../format/sign-content.ts";
import { negative, positive } from "../cases.ts";
import { alice, bob, flipped, hubDomain, otherRoom, room, type Scene } from "./keys.ts";
import { wrongSignatures } from "./signed.ts";

export const acceptedTimestamp = 1_800_000_000_000n;
const label = "FrankingIntegrityTBS";
const receiverRules = [
  "protocol-5.4.1.3-suite-matches",
  "protocol-5.4.1.3-agent-is-hub",
  "protocol-5.4.1.3-integrity",
  "protocol-5.4.1.3-tag-and-uris",
];

export interface Franked {
  readonly message: ComposedMessage;
  readonly tag: Uint8Array;
  readonly context: ServerFrankingContext;
  readonly frank: Frank;
}

/** The hub's secret. */
export function hubKeyOf(scene: Scene): Uint8Array {
  return scene.random("hub key").bytes(32);
}

export function said(scene: Scene, words: string, sender = alice, inRoom = room): ComposedMessage {
  const salt = scene.random(`salt of ${words}`).bytes(16);
  return textMessage({ sender, room: inRoom, salt }, words);
}

/** The frank of a message that its provider says is of `sender`. */
export function franked(
  scene: Scene,
  message: ComposedMessage,
  { sender = alice, hubKey = hubKeyOf(scene), time = acceptedTimestamp } = {},
): Franked {
  const tag = frankingTag(message.content.salt, message.encoded);
  const context = { senderUri: { uri: sender }, roomUri: { uri: room }, acceptedTimestamp: time };
  const signaturePrivateKey = scene.signatureOf(hubDomain).privateKey;
  return {
    message,
    tag,
    context,
    frank: frank({ suite: scene.suite, signaturePrivateKey, hubKey }, tag, context),
  };
}

const words = [
  ["usual", "an ordinary message", "Hello"],
  ["empty", "a message without text", ""],
  ["long", "a message of more than 256 octets", "A long story. ".repeat(20)],
  ["unicode", "a message that is not ASCII", "Gr\u00fcezi \u{1F44B}"],
] as const;

export function frankingGroups(scenes: readonly Scene[]): VectorGroup[] {
  const [first] = scenes;
  return [
    ...(first === undefined ? [] : [tags(first)]),
    ...scenes.flatMap((each) => [stamps(each), checks(each)]),
  ];
}

function tags(scene: Scene): VectorGroup {
  const tests = words.map(([slug, comment, text]) => {
    const { content, encoded } = said(scene, text);
    return positive({
      id: `franking-tag-${slug}`,
      comment,
      requirements: ["protocol-5.4.1.1-tag"],
      outcome: "tag",
      input: { salt: hex(content.salt), applicationData: hex(encoded) },
      output: { tag: hex(frankingTag(content.salt, encoded)) },
    });
  });
  const comment = "The sender's commitment to the content";
  return { operation: "franking.tag", comment, input: {}, tests: [...tests, ...framedTags(scene)] };
}

/** In a group with required media types, what is sent has a framing around the content. mls-extensions §6.2.4 */
function framedTags(scene: Scene): VectorCase[] {
  const { content, encoded } = said(scene, "Hello");
  const framings = [
    ["named", "framed with its media type", "application/mimi-content"],
    ["other", "framed with another media type", "text/plain"],
    ["unnamed", "framed with the first required media type, which is not named", ""],
  ] as const;
  return framings.map(([slug, comment, type]) => {
    const mediaType = { type: utf8(type), parameters: [] };
    const framed = ApplicationFraming.encode({ mediaType, innerApplicationContent: encoded });
    return positive({
      id: `franking-tag-framed-${slug}`,
      comment: `an ordinary message, ${comment}: the tag covers the framing`,
      requirements: ["protocol-5.4.1.1-tag", "protocol-5.4.1.1-tag-over-framing"],
      outcome: "tag",
      input: { salt: hex(content.salt), applicationData: hex(framed) },
      output: { tag: hex(frankingTag(content.salt, framed)) },
      view: { mediaType: type, content: hex(encoded) },
    });
  });
}

function stamps(scene: Scene): VectorGroup {
  const { suite, mark } = scene;
  const times = [acceptedTimestamp, 0n, 2n ** 53n, 2n ** 64n - 1n];
  const tests = words.map(([slug, comment, text], index) => {
    const time = times[index] ?? 0n;
    const { tag, context, frank: made } = franked(scene, said(scene, text), { time });
    const { serverFrank } = made;
    const tbs = FrankingIntegrityTBS.encode({ serverFrank, frankingSignatureCiphersuite: suite.id, context });
    return positive({
      id: `franking-stamp-${mark}-${slug}`,
      comment: `${comment}, accepted at ${time}`,
      requirements: ["protocol-5.4.1.2-frank-construction"],
      outcome: "stamp",
      input: { tag: hex(tag), sender: alice, acceptedTimestamp: `${time}` },
      output: {
        context: hex(ServerFrankingContext.encode(context)),
        serverFrank: hex(serverFrank),
        tbs: hex(tbs),
        signContent: hex(signContentOf(label, tbs)),
      },
    });
  });
  return {
    operation: "franking.stamp",
    comment: `The hub's stamp in a group of cipher suite ${suite.id}`,
    input: { cipherSuite: suite.id, hubKey: hex(hubKeyOf(scene)), room },
    tests,
  };
}

function checks(scene: Scene): VectorGroup {
  const { suite, mark } = scene;
  const { publicKey, privateKey } = scene.signatureOf(hubDomain);
  const tests = words.map(([slug, comment, text]) => {
    const made = franked(scene, said(scene, text));
    return positive({
      id: `franking-verify-${mark}-${slug}`,
      comment,
      requirements: receiverRules,
      outcome: "valid",
      input: {
        ...inputOf(made),
        sender: alice,
        room,
        agentKey: hex(publicKey),
        agentDomain: hubDomain,
        acceptedTimestamp: `${acceptedTimestamp}`,
      },
      view: {
        hubPrivateKey: hex(privateKey),
        hubKey: hex(hubKeyOf(scene)),
        serverFrank: hex(made.frank.serverFrank),
        salt: hex(made.message.content.salt),
      },
    });
  });
  const [parent] = tests;
  return {
    operation: "franking.verify",
    comment: `A received message in a group of cipher suite ${suite.id}`,
    input: { cipherSuite: suite.id },
    tests: [...tests, ...(parent === undefined ? [] : wrongFranks(scene, parent))],
  };
}

function inputOf({ message, tag, frank: made }: Franked): JsonObject {
  return { applicationData: hex(message.encoded), tag: hex(tag), frank: hex(Frank.encode(made)) };
}

function wrongFranks(scene: Scene, parent: VectorCase): VectorCase[] {
  const made = franked(scene, said(scene, "Hello"));
  return [
    ...wrongFrankFields(scene, parent, made),
    ...wrongSurroundings(scene, parent, made),
    ...dishonest(scene, parent),
  ];
}

function refused(parent: VectorCase, flag: string) {
  return (
    slug: string,
    path: string,
    op: string,
    change: Readonly<Record<string, JsonObject[string] | undefined>>,
  ) => negative(parent, { slug, flag, path, op, outcome: "invalid", change });
}

function wrongFrankFields(scene: Scene, parent: VectorCase, made: Franked): VectorCase[] {
  const { suite } = scene;
  const withFrank = (change: Partial<Frank>) => ({ frank: hex(Frank.encode({ ...made.frank, ...change })) });
  const { serverFrank, frankingSignatureCiphersuite } = made.frank;
  const content = FrankingIntegrityTBS.encode({
    serverFrank,
    frankingSignatureCiphersuite,
    context: made.context,
  });
  const bySignature = wrongSignatures({
    suite,
    privateKey: scene.signatureOf(hubDomain).privateKey,
    otherPrivateKey: scene.signatureOf("another provider").privateKey,
    label,
    content,
    otherLabel: "GroupInfoResponseTBS",
  }).map(({ slug, op, flag, signature }) =>
    refused(parent, flag)(
      slug,
      "Frank.franking_integrity_signature",
      op,
      withFrank({ frankingIntegritySignature: signature }),
    ),
  );
  const otherSuite = suite.id === 2 ? 1 : 2;
  const otherTbs = FrankingIntegrityTBS.encode({
    serverFrank,
    frankingSignatureCiphersuite: otherSuite,
    context: made.context,
  });
  const { privateKey } = scene.signatureOf(hubDomain);
  return [
    ...bySignature,
    refused(parent, "Unsigned")(
      "server-frank",
      "Frank.server_frank",
      "a bit of server_frank is changed",
      withFrank({ serverFrank: flipped(serverFrank) }),
    ),
    refused(parent, "Suite")(
      "suite",
      "Frank.franking_signature_ciphersuite",
      "it names, and signs, another cipher suite than the group's",
      withFrank({
        frankingSignatureCiphersuite: otherSuite,
        frankingIntegritySignature: signWithLabel(suite, privateKey, label, otherTbs),
      }),
    ),
  ];
}

function wrongSurroundings(scene: Scene, parent: VectorCase, made: Franked): VectorCase[] {
  const wrong = refused(parent, "Context");
  const agent = refused(parent, "Agent");
  const tag = refused(parent, "Tag");
  const { message } = made;
  const other = said(scene, "Hello!");
  return [
    wrong("sender", "ServerFrankingContext.sender_uri", "the leaf is another user's than the one franked", {
      sender: bob,
    }),
    wrong("room", "ServerFrankingContext.room_uri", "it was received in another room than the one franked", {
      room: otherRoom,
    }),
    wrong("time-later", "ServerFrankingContext.accepted_timestamp", "the time is a millisecond later", {
      acceptedTimestamp: `${acceptedTimestamp + 1n}`,
    }),
    wrong("time-zero", "ServerFrankingContext.accepted_timestamp", "the time is 0", {
      acceptedTimestamp: "0",
    }),
    agent("agent-key", "FrankingAgentData.franking_signature_key", "the franking agent has another key", {
      agentKey: hex(scene.signatureOf("another provider").publicKey),
    }),
    agent("agent-domain", "FrankingAgentData.credential", "the franking agent is not the room's hub", {
      agentDomain: "a.example",
    }),
    agent(
      "agent-subdomain",
      "FrankingAgentData.credential",
      "the franking agent is at a domain that only ends like the hub's",
      {
        agentDomain: `evil-${hubDomain}`,
      },
    ),
    agent("no-agent", "FrankingAgentData", "the group has no franking agent", {
      agentKey: undefined,
      agentDomain: undefined,
    }),
    tag("no-tag", "FrankAAD", "the message has no franking tag", { tag: undefined }),
    tag("tag-last-octet", "FrankAAD.franking_tag", "a bit of the tag's last octet is changed", {
      tag: hex(flipped(made.tag)),
    }),
    tag("tag-first-octet", "FrankAAD.franking_tag", "a bit of the tag's first octet is changed", {
      tag: hex(flipped(made.tag, 0)),
    }),
    tag("tag-of-other", "FrankAAD.franking_tag", "the tag is that of another message", {
      tag: hex(frankingTag(other.content.salt, other.encoded)),
    }),
    tag("tag-without-salt", "FrankAAD.franking_tag", "the tag is keyed by nothing", {
      tag: hex(frankingTag(noBytes, message.encoded)),
    }),
    tag("tag-of-hash", "FrankAAD.franking_tag", "the tag is a hash, not a MAC", {
      tag: hex(scene.suite.hash(message.encoded)),
    }),
    tag("content", "applicationData", "the content is another than the one that was tagged", {
      applicationData: hex(other.encoded),
    }),
    tag("no-content", "applicationData", "what was sent is not MIMI content", {
      applicationData: hex(utf8("Hello")),
    }),
  ];
}

/** Rightly tagged and franked, but what is said inside is not what is so outside. */
function dishonest(scene: Scene, parent: VectorCase): VectorCase[] {
  const wrong = refused(parent, "Inside");
  return [
    wrong(
      "inside-sender",
      "content.sender_uri",
      "the content names another sender than the leaf does",
      inputOf(franked(scene, said(scene, "Hello", bob))),
    ),
    wrong(
      "inside-room",
      "content.room_uri",
      "the content names another room",
      inputOf(franked(scene, said(scene, "Hello", alice, otherRoom))),
    ),
  ];
}
