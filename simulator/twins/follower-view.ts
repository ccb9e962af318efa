/** What a follower's provider sees of a run, with what it cannot read by its length. Property I41 */
import { fromHex, hex, noBytes } from "../../spec-model/bytes.ts";
import { type FanoutMessage, NotifyBody } from "../../spec-model/fan-out/index.ts";
import { MLSMessage } from "../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { SubmitMessageRequest } from "../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../spec-model/update/index.ts";
import type { Trace, TraceEvent } from "../trace/index.ts";

type Sent = TraceEvent<"send">;

/** Everything that reaches or leaves `domain`, in order, with its time and length: a line each. */
export function followerView({ events }: Trace, domain: string): string[] {
  return events
    .filter((event): event is Sent => event.type === "send" && [event.from, event.to].includes(domain))
    .map((sent) => {
      const { at, from, to, path = "", status = "", size } = sent;
      return `${at} ${from} ${to} ${path} ${status} ${size} ${JSON.stringify(contentOf(sent))}`;
    });
}

/** What a follower makes of a body: handshakes part by part, everything else octet by octet. */
function contentOf({ operation, kind, label, body = "" }: Sent): unknown {
  const octets = fromHex(body) ?? noBytes;
  if (
    operation === "update" ||
    (kind === "local" && ["Commit", "Commit, etc.", "Proposals"].includes(label))
  ) {
    const update = attempt(() => UpdateRequest.decode(octets));
    if (!isRefused(update)) return updateSeen(update);
  }
  const submitted = attempt(() => SubmitMessageRequest.decode(octets));
  if (!isRefused(submitted)) return [submitted.sendingUri.uri, messageSeen(submitted.appMessage)];
  const fanned = attempt(() => NotifyBody.decode(octets));
  return isRefused(fanned) || fanned.length === 0 ? body : fanned.map(fannedSeen);
}

function updateSeen({ bundle }: UpdateRequest): unknown {
  const { proposalOrCommit, moreProposals = [], welcome, groupInfoOption } = bundle;
  return {
    messages: [proposalOrCommit, ...moreProposals].map(messageSeen),
    welcome: welcome?.secrets.map(({ newMember }) => hex(newMember)),
    // Of a PartialGroupInfo, the key for external commits and a signature: both say nothing of who is in the room.
    groupInfo: groupInfoOption?.representation === "full" ? shown(groupInfoOption.groupInfo) : "partial",
    tree: shown(bundle.ratchetTreeOption),
  };
}

function fannedSeen(fanned: FanoutMessage): unknown {
  const { message, timestamp, ...beside } = fanned;
  const {
    moreProposals = [],
    externalProposals = [],
    ...others
  } = beside as {
    readonly moreProposals?: readonly MLSMessage[];
    readonly externalProposals?: readonly MLSMessage[];
  };
  return [
    timestamp.toString(),
    ...[message, ...moreProposals, ...externalProposals].map(messageSeen),
    shown(others),
  ];
}

function messageSeen(message: MLSMessage): unknown {
  const { wireFormat } = message;
  if (message.wireFormat === "mls_private_message") {
    const { groupId, epoch, contentType, authenticatedData, ciphertext } = message.privateMessage;
    return [wireFormat, shown({ groupId, epoch, contentType, authenticatedData }), ciphertext.length];
  }
  if (message.wireFormat === "mls_semiprivate_message") {
    const { groupId, epoch, contentType, authenticatedData, ciphertext, keysForExternalReceivers } =
      message.semiprivateMessage;
    const receivers = keysForExternalReceivers.map(({ externalReceiverRef }) => hex(externalReceiverRef));
    const open = { groupId, epoch, contentType, authenticatedData };
    return [wireFormat, shown(open), receivers, ciphertext.length];
  }
  if (message.wireFormat === "mls_welcome") {
    return [wireFormat, message.welcome.secrets.map(({ newMember }) => hex(newMember))];
  }
  return hex(MLSMessage.encode(message));
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Uint8Array) return hex(part);
    return typeof part === "bigint" ? part.toString() : part;
  });
}
