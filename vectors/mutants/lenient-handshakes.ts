/** Hubs and joiners that judge a group's handshakes from outside, and get one thing wrong each. RFC 9420 §12, mls-extensions §4 to §6 */
import { hex } from "../../spec-model/bytes.ts";
import {
  type ComponentLogic,
  type EphemeralLogic,
  type FramedContent,
  GroupContext,
  MLSMessage,
  type MlsApplication,
  type MlsErrorCode,
  mlsRules,
} from "../../spec-model/mls/index.ts";
import { remembered } from "../../spec-model/remembered.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { applicationIn, followed } from "../adapters/typescript/crypto/follow.ts";
import { cryptoHandlers } from "../adapters/typescript/crypto.ts";
import { octetsIn } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import type { Answer } from "../verify/protocol.ts";
import type { CheckLeftOut } from "./lenient-requests.ts";

const operation = "group.follow";

/** Asks its components in another way. */
function asking(
  slug: string,
  says: string,
  change: (application: MlsApplication) => Partial<MlsApplication>,
): CheckLeftOut {
  return {
    id: `handshake ${slug}`,
    says,
    operation,
    accepts(input) {
      const right = applicationIn(input);
      return !isRefused(attempt(() => followed(input, { ...right, ...change(right) })));
    },
  };
}

/** Takes a member of the content from its own state, whatever the message says. */
function goingBy(
  slug: string,
  says: string,
  own: (context: GroupContext) => Partial<FramedContent>,
): CheckLeftOut {
  return {
    id: `handshake ${slug}`,
    says,
    operation,
    accepts(input) {
      const message = MLSMessage.decode(octetsIn(input, "message"));
      if (message.wireFormat !== "mls_public_message") return false;
      const { publicMessage } = message;
      const context = GroupContext.decode(octetsIn(input, "groupContext"));
      const content = { ...publicMessage.content, ...own(context) } as typeof publicMessage.content;
      const seen = { ...message, publicMessage: { ...publicMessage, content } as typeof publicMessage };
      return answerTo({ ...input, message: hex(MLSMessage.encode(seen)) }).outcome === "valid";
    },
  };
}

/** Has never heard of one rule. */
function without(slug: string, says: string, rule: MlsErrorCode): CheckLeftOut {
  return {
    id: `handshake ${slug}`,
    says,
    operation,
    accepts: (input) => answerTo(input).says?.startsWith(mlsRules[rule][1]) === true,
  };
}

const lastUpdate: ComponentLogic = (_current, updates) => updates.at(-1) ?? new Uint8Array();

/** A map that has something for every component. */
class ForAll<T> extends Map<number, T> {
  private readonly fallback: T;

  constructor(known: ReadonlyMap<number, T> | undefined, fallback: T) {
    super(known ?? []);
    this.fallback = fallback;
  }

  override get(id: number): T {
    return super.get(id) ?? this.fallback;
  }
}

export const lenientHandshakes: readonly CheckLeftOut[] = [
  asking("that no component judges", "asks no component whether its updates are valid", ({ components }) => ({
    components: new Map([...(components ?? [])].map(([id]) => [id, lastUpdate])),
  })),
  asking("judged by its last update", "asks a component about the last of its updates", ({ components }) => ({
    components: new Map(
      [...(components ?? [])].map(([id, logic]): [number, ComponentLogic] => [
        id,
        (current, updates, senders) => logic(current, updates.slice(-1), senders.slice(-1)),
      ]),
    ),
  })),
  asking(
    "with updates for anybody",
    "takes updates of components that it does not know",
    ({ components }) => ({
      components: new ForAll(components, lastUpdate),
    }),
  ),
  asking(
    "with ephemeral data that nobody judges",
    "asks no component whether its ephemeral data is valid",
    ({ ephemeralComponents }) => ({
      ephemeralComponents: new Map([...(ephemeralComponents ?? [])].map(([id]) => [id, () => undefined])),
    }),
  ),
  asking(
    "with one piece of ephemeral data",
    "asks a component about the first of its ephemeral data",
    (right) => {
      const asked = new Set<number>();
      const once = (id: number, logic: EphemeralLogic): EphemeralLogic => {
        return (data, sender) => {
          if (asked.has(id)) return undefined;
          asked.add(id);
          return logic(data, sender);
        };
      };
      const all = [...(right.ephemeralComponents ?? [])];
      return { ephemeralComponents: new Map(all.map(([id, logic]) => [id, once(id, logic)])) };
    },
  ),
  asking(
    "with ephemeral data for anybody",
    "passes on ephemeral data of components that it does not know",
    ({ ephemeralComponents }) => ({
      ephemeralComponents: new ForAll<EphemeralLogic>(ephemeralComponents, () => undefined),
    }),
  ),
  goingBy("of any epoch", "takes the epoch from its own state, whatever the message says", ({ epoch }) => ({
    epoch,
  })),
  goingBy(
    "of any group",
    "takes the group's ID from its own state, whatever the message says",
    ({ groupId }) => ({
      groupId,
    }),
  ),
  goingBy(
    "without authenticated data",
    "verifies signatures as if authenticated_data were always empty",
    () => ({
      authenticatedData: new Uint8Array(),
    }),
  ),
  without(
    "that removes and changes",
    "applies a removal of data and the updates after it",
    "appDataRemoveNotAlone",
  ),
  without(
    "that replaces the dictionary",
    "takes the dictionary from GroupContextExtensions whatever the group requires",
    "dictionaryReplaced",
  ),
  without(
    "with extensions twice",
    "applies one GroupContextExtensions after the other",
    "groupContextExtensionsTwice",
  ),
  without(
    "with a SelfRemove inside",
    "takes a SelfRemove in a commit for the committer's",
    "selfRemoveByValue",
  ),
  without(
    "with two removals of one leaf",
    "removes a leaf that has been removed, which changes nothing",
    "leafChangedTwice",
  ),
  without("without a path", "asks for a path in no commit", "pathMissing"),
  without("with references to nothing", "leaves out proposals that have not come to it", "unknownProposal"),
  without(
    "with proposals that not all know",
    "does not look who supports a type of proposals",
    "proposalTypeUnsupported",
  ),
  without(
    "of external senders that leave",
    "takes any type of proposals from external senders",
    "externalSenderContent",
  ),
  without("that removes nobody", "removes a blank leaf, which changes nothing", "removedLeafBlank"),
  without(
    "that removes its committer",
    "does not compare who is removed with who commits",
    "removesCommitter",
  ),
  without(
    "that adds who cannot follow",
    "does not compare capabilities with those required",
    "requiredProposal",
  ),
  without(
    "that adds a key twice",
    "does not look whether an encryption key is in the tree",
    "encryptionKeyTwice",
  ),
  without("with a pre-shared key twice", "lets a pre-shared key count twice", "pskTwice"),
  without("with a nonce of any length", "does not measure psk_nonce", "pskNonce"),
  without("of a member that enters", "ignores an ExternalInit of a member", "externalInitByMember"),
  without("that ends the group and goes on", "applies what stands beside a ReInit", "reInitNotAlone"),
  without("of nobody", "verifies no signature where the sender's leaf is blank", "unknownSender"),
];

/** Kept by input: many mistakes begin with what a right implementation says. */
const answerTo: (input: JsonObject) => Answer = remembered(
  (input: JsonObject) => cryptoHandlers[operation]?.(input) ?? { outcome: "unsupported" },
);
