/** Readers of SemiPrivateMessages that get one thing wrong each, beyond leaving out hashes. semiprivatemessage-07 §4 */
import { hex, noBytes } from "../../spec-model/bytes.ts";
import {
  type CipherSuite,
  contentUnder,
  defaultRetention,
  ExternalReceiver,
  keyOfGeneration,
  leafAt,
  type MlsErrorCode,
  members,
  mlsRules,
  openKeys,
  openSenderData,
  PartialContextHashInput,
  SemiPrivateMessage,
  secretTreeOf,
  verifyContent,
} from "../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { suiteIn } from "../adapters/typescript/crypto/answers.ts";
import { groupIn } from "../adapters/typescript/crypto/semi-private.ts";
import { cryptoHandlers } from "../adapters/typescript/crypto.ts";
import { octetsIn } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import type { CheckLeftOut } from "./lenient-requests.ts";

type Seat = "receiver" | "member";
const seats: readonly Seat[] = ["receiver", "member"];
const operationOf = (seat: Seat) => `semi-private.open-as-${seat}`;

/** What is wrong in the seat of a receiver and in that of a member. */
function inBothSeats(
  slug: string,
  says: string,
  accepts: (input: JsonObject, seat: Seat) => boolean,
): readonly CheckLeftOut[] {
  return seats.map((seat) => ({
    id: `${seat} that ${slug}`,
    says,
    operation: operationOf(seat),
    accepts: (input) => accepts(input, seat),
  }));
}

/** In both seats: what an implementation takes from elsewhere than from the message. */
function reading(
  slug: string,
  says: string,
  mend: (message: SemiPrivateMessage, input: JsonObject) => readonly SemiPrivateMessage[],
): readonly CheckLeftOut[] {
  return inBothSeats(slug, says, (input, seat) =>
    mend(messageIn(input), input).some((message) => opens(input, seat, message)),
  );
}

export const lenientSemiPrivate: readonly CheckLeftOut[] = [
  ...reading(
    "goes by its own group",
    "takes the group's ID from its own state, whatever the message says",
    (message, input) => [{ ...message, groupId: groupIn(input).groupContext.groupId }],
  ),
  ...reading(
    "goes by its own epoch",
    "takes the epoch from its own state, whatever the message says",
    (message, input) => [{ ...message, epoch: groupIn(input).groupContext.epoch }],
  ),
  ...reading(
    "guesses the type",
    "tries what a message can be until one fits, whatever the message says",
    (message) => (["proposal", "commit"] as const).map((contentType) => ({ ...message, contentType })),
  ),
  ...reading(
    "binds no authenticated data",
    "encrypts and signs as if authenticated_data were always empty",
    (message) => [{ ...message, authenticatedData: noBytes }],
  ),
  ...inBothSeats("ignores the padding", "does not look whether the padding is zeros", (input, seat) =>
    isRefusedBy(input, seat, "padding"),
  ),
  ...inBothSeats(
    "reads them in every group",
    "does not look whether the group requires the wire format",
    (input, seat) => isRefusedBy(input, seat, "semiPrivateNotRequired"),
  ),
  ...inBothSeats(
    "lets pass what it cannot decrypt",
    "takes what does not open for something that concerns others",
    (input, seat) => undecryptable.some((code) => isRefusedBy(input, seat, code)),
  ),
  {
    id: "receiver that lets pass what is not for it",
    says: "takes a message without an entry for it for one that it need not see",
    operation: operationOf("receiver"),
    accepts: (input) => isRefusedBy(input, "receiver", "notForReceiver"),
  },
  {
    id: "receiver that looks for the sender",
    says: "takes for the sender the member whose signature it is, whatever the keys say",
    operation: operationOf("receiver"),
    accepts: opensForAnySender,
  },
  {
    id: "member that computes the context's hash",
    says: "puts its own partial_context_hash in the place of the message's",
    operation: operationOf("member"),
    accepts: (input) => {
      const { message, senderLeafIndex, drawn } = keysOfMember(input, suiteIn(input, undefined));
      const hashed = PartialContextHashInput.encode({ senderLeafIndex, nonce: drawn.nonce });
      const partialContextHash = suiteIn(input, undefined).hash(hashed);
      return opens(input, "member", { ...message, partialContextHash });
    },
  },
];

/** The keys of another epoch show in the hash of their nonce before anything is decrypted. */
const undecryptable = [
  "receiverDecryption",
  "contentDecryption",
  "senderDataDecryption",
  "partialContextHash",
] as const;

function messageIn(input: JsonObject): SemiPrivateMessage {
  return SemiPrivateMessage.decode(octetsIn(input, "message"));
}

function opens(input: JsonObject, seat: Seat, message: SemiPrivateMessage): boolean {
  const mended = { ...input, message: hex(SemiPrivateMessage.encode(message)) };
  return cryptoHandlers[operationOf(seat)]?.(mended).outcome === "valid";
}

/** Whether the model refuses it by that rule, and so would take it without. */
function isRefusedBy(input: JsonObject, seat: Seat, code: MlsErrorCode): boolean {
  const answer = cryptoHandlers[operationOf(seat)]?.(input);
  return answer?.says?.startsWith(mlsRules[code][1]) === true;
}

function keysOfMember(input: JsonObject, suite: CipherSuite) {
  const message = messageIn(input);
  const { ciphertext, encryptedSenderData } = message;
  const secret = octetsIn(input, "senderDataSecret");
  const sender = openSenderData(suite, secret, message, ciphertext, encryptedSenderData);
  const { leafIndex, generation, reuseGuard } = sender;
  const group = groupIn(input);
  // Sender data that nobody has authenticated can name any leaf: there has to be one to look for keys.
  if (leafAt(group.tree, leafIndex) === undefined) throw new Error("no member");
  const tree = secretTreeOf(octetsIn(input, "encryptionSecret"), group.tree.length);
  const drawn = keyOfGeneration(suite, tree, leafIndex, "handshake", generation, defaultRetention);
  return { message, drawn, reuseGuard, senderLeafIndex: leafIndex };
}

function opensForAnySender(input: JsonObject): boolean {
  const suite = suiteIn(input, undefined);
  const [group, message] = [groupIn(input), messageIn(input)];
  const receiver = ExternalReceiver.encode(ExternalReceiver.decode(octetsIn(input, "receiver")));
  const reference = hex(suite.hash(receiver));
  const own = message.keysForExternalReceivers.find((each) => hex(each.externalReceiverRef) === reference);
  if (own === undefined) return false;
  const keys = openKeys(suite, octetsIn(input, "privateKey"), message, own);
  return members(group.tree).some(({ leafIndex }) =>
    isRead(() => verifyContent(suite, group, contentUnder(suite, message, keys, keys.reuseGuard, leafIndex))),
  );
}

function isRead(read: () => unknown): boolean {
  return !isRefused(attempt(read));
}
