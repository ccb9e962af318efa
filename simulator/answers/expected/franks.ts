/** What a frank is worth to its receiver: for each rule a message that breaks it. protocol-06 §5.4.1.3 */
import { extensionKey, textMessage } from "../../../spec-model/content/index.ts";
import {
  type FrankRule,
  frank,
  frankingTag,
  frankRules,
  type ReceivedFrank,
} from "../../../spec-model/franking/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import type { Faculties } from "../faculties.ts";
import { type Expected, same } from "./expected.ts";

const room = "mimi://hub.example/r/club";
const [bob, mallory] = ["mimi://b.example/u/bob", "mimi://b.example/u/mallory"] as const;
const time = 1_767_225_600_000n;

interface Written {
  readonly whole: ReceivedFrank;
  readonly byMallory: ReceivedFrank;
  readonly elsewhere: ReceivedFrank;
}

let made: Written | undefined;

/** Messages that the hub has franked for Bob in the room, whatever they say of themselves; made when first asked for. */
function written(): Written {
  if (made !== undefined) return made;
  const random = expandEntropy(new Uint8Array(32), "answers about franks");
  const suite = cipherSuite(1);
  const { publicKey, privateKey } = suite.signature.generateKeyPair(random);
  const hubKey = random.bytes(32);
  const saying = (sender: string, inRoom: string): ReceivedFrank => {
    const { encoded, content } = textMessage({ sender, room: inRoom, salt: random }, "Hello!");
    const { salt, mimiExtensions } = content;
    const tag = frankingTag(salt, encoded);
    const context = { senderUri: { uri: bob }, roomUri: { uri: room }, acceptedTimestamp: time };
    return {
      room,
      sender: bob,
      content: {
        salt,
        sender: mimiExtensions.get(extensionKey.senderUri),
        room: mimiExtensions.get(extensionKey.roomUri),
      },
      applicationData: encoded,
      tag,
      agent: { signatureKey: publicKey, domain: "hub.example" },
      frank: frank({ suite, signaturePrivateKey: privateKey, hubKey }, tag, context, { integrity: "draft" }),
      acceptedTimestamp: time,
    };
  };
  made = {
    whole: saying(bob, room),
    byMallory: saying(mallory, room),
    elsewhere: saying(bob, "mimi://hub.example/r/other"),
  };
  return made;
}

const broken: Readonly<Record<FrankRule, (written: Written) => ReceivedFrank>> = {
  frankPresent: ({ whole }) => ({ ...whole, frank: undefined }),
  tagPresent: ({ whole }) => ({ ...whole, tag: undefined }),
  frankCipherSuite: ({ whole }) =>
    whole.frank === undefined
      ? whole
      : { ...whole, frank: { ...whole.frank, frankingSignatureCiphersuite: 3 } },
  frankingAgentPresent: ({ whole }) => ({ ...whole, agent: undefined }),
  frankingAgentIsHub: ({ whole }) =>
    whole.agent === undefined ? whole : { ...whole, agent: { ...whole.agent, domain: "c.example" } },
  frankSignature: ({ whole }) => ({ ...whole, sender: mallory }),
  frankingTag: ({ whole }) => ({ ...whole, tag: new Uint8Array(32) }),
  senderIsSender: ({ byMallory }) => byMallory,
  roomIsRoom: ({ elsewhere }) => elsewhere,
};

function verdict({ examineFrank }: Faculties, received: ReceivedFrank) {
  return examineFrank(cipherSuite(1), received);
}

const refused = (Object.keys(broken) as FrankRule[]).map((rule): Expected => {
  const [section, says] = frankRules[rule];
  return {
    id: `A-frank-${rule}`,
    says: `a frank is worth nothing unless ${says}`,
    draft: `protocol-06 ${section}`,
    holds: (f) => verdict(f, broken[rule](written())).verdict === "wrong",
  };
});

export const frankExpected: readonly Expected[] = [
  ...refused,
  {
    id: "A-frank-evidence",
    says: "of a message with a good frank everything is kept that a report needs",
    draft: "protocol-06 §5.4.1.3",
    holds: (f) => {
      const { whole } = written();
      const found = verdict(f, whole);
      if (found.verdict !== "verified") return false;
      const { evidence } = found;
      const { senderUri, roomUri, acceptedTimestamp } = evidence.context;
      return (
        evidence.frank === whole.frank &&
        evidence.applicationData === whole.applicationData &&
        same([senderUri.uri, roomUri.uri, String(acceptedTimestamp)], [bob, room, String(time)])
      );
    },
  },
];
