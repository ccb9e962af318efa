/** What a dishonest follower, hub or client can do within its role: nothing here has a key that the role has not. */
import { AbuseReport } from "../../spec-model/abuse/index.ts";
import type { Output } from "../../spec-model/actor.ts";
import type { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import type { Frank } from "../../spec-model/franking/index.ts";
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { SubmitMessageRequest } from "../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../spec-model/update/index.ts";
import type { Habit } from "./alteration.ts";
import { fannedOut, isDelivery } from "./defects/carriers.ts";
import type { Adversary, Party } from "./variant.ts";

type Row = readonly [id: string, says: string, party: Party, habit: () => Habit];

const rows: readonly Row[] = [
  [
    "follower-re-pairs-franks",
    "gives its clients a message with the frank and the time of the sender's message before (SEMANTICS S42)",
    "follower",
    rePairsFranks,
  ],
  [
    "follower-takes-franks-off",
    "hands messages on without their franks",
    "follower",
    () => ({ gives: (outputs) => outputs.map((output) => onlyOwn(output, unfranked)) }),
  ],
  [
    "follower-breaks-update",
    "flips a bit in the membership tag of its clients' handshakes, which the hub cannot check (SEMANTICS S40)",
    "follower",
    () => ({ gives: (outputs) => outputs.map(withBrokenTag) }),
  ],
  [
    "follower-breaks-group-info",
    "flips a bit in the GroupInfo that comes with its clients' commits (SEMANTICS S41)",
    "follower",
    () => ({ gives: (outputs) => outputs.map(withBrokenGroupInfo) }),
  ],
  [
    "follower-names-another-sender",
    "submits its clients' messages in the name of a user elsewhere (SEMANTICS S44)",
    "follower",
    () => ({ gives: (outputs) => outputs.map(inAnothersName) }),
  ],
  [
    "follower-reports-in-anothers-name",
    "reports its clients' complaints in the name of a user elsewhere (SEMANTICS S55)",
    "follower",
    () => ({ gives: (outputs) => outputs.map(reportedByAnother) }),
  ],
  [
    "follower-withholds-messages",
    "hands on handshakes and no messages (SEMANTICS S46)",
    "follower",
    () => ({ gives: (outputs) => outputs.filter((output) => !isMessage(output)) }),
  ],
  [
    "follower-replays-messages",
    "hands every message to its clients once more with the next (SEMANTICS S46)",
    "follower",
    replaysMessages,
  ],
  [
    "hub-equivocates",
    "tells each provider another accepted time of a message (SEMANTICS S50)",
    "hub",
    () => ({ gives: (outputs) => outputs.map((output, i) => fannedOut(output, (m) => later(m, 1 + i))) }),
  ],
  [
    "hub-withholds-from-one",
    "answers everybody and tells one provider nothing (SEMANTICS S50)",
    "hub",
    () => ({ gives: (outputs) => outputs.filter((output) => !isNotifyTo(output, "b.example")) }),
  ],
];

export const adversaries: readonly Adversary[] = rows.map(([id, says, party, habit]) => ({
  kind: "adversary",
  id,
  says,
  party,
  alteration: { habit },
}));

/** Only the last way to an own client: a hub that is a follower elsewhere leaves its own rooms alone. */
function onlyOwn(output: Output, change: (message: FanoutMessage) => FanoutMessage): Output {
  return isDelivery(output) && domainOfUri(output.message.room) !== domainOfUri(output.to)
    ? fannedOut(output, change)
    : output;
}

function rePairsFranks(): Habit {
  const earlier = new Map<string, { readonly timestamp: bigint; readonly frank: Frank }>();
  return {
    gives: (outputs) =>
      outputs.map((output) =>
        onlyOwn(output, (message) => {
          if (!("frank" in message) || message.frank === undefined) return message;
          const room = `${output.type === "local" ? output.to : ""}`;
          const before = earlier.get(room);
          if (before === undefined) earlier.set(room, { timestamp: message.timestamp, frank: message.frank });
          return before === undefined ? message : { ...message, ...before };
        }),
      ),
  };
}

function replaysMessages(): Habit {
  const last = new Map<string, Output>();
  return {
    gives: (outputs) =>
      outputs.flatMap((output) => {
        if (!isMessage(output) || output.type !== "local") return [output];
        const before = last.get(output.to);
        last.set(output.to, output);
        return before === undefined ? [output] : [output, before];
      }),
  };
}

/** The hub verifies the signature, and has no key for the tag. RFC 9420 §6.2 */
function withBrokenTag(output: Output): Output {
  if (output.type !== "request" || output.operation !== "update") return output;
  const decoded = attempt(() => UpdateRequest.decode(output.request.body));
  if (isRefused(decoded)) return output;
  const { bundle } = decoded;
  const message = bundle.proposalOrCommit;
  if (message.wireFormat !== "mls_public_message") return output;
  const { publicMessage } = message;
  const membershipTag = publicMessage.membershipTag?.map((octet, i) => (i === 0 ? octet ^ 1 : octet));
  if (membershipTag === undefined) return output;
  const proposalOrCommit = { ...message, publicMessage: { ...publicMessage, membershipTag } };
  const body = UpdateRequest.encode({ ...decoded, bundle: { ...bundle, proposalOrCommit } });
  return { ...output, request: { ...output.request, body } };
}

/** No member of the group looks at it: it is for those who join later. protocol-06 §5.3 and §5.6 */
function withBrokenGroupInfo(output: Output): Output {
  if (output.type !== "request" || output.operation !== "update") return output;
  const decoded = attempt(() => UpdateRequest.decode(output.request.body));
  if (isRefused(decoded)) return output;
  const option = decoded.bundle.groupInfoOption;
  if (option?.representation !== "full") return output;
  const signature = option.groupInfo.signature.map((octet, i) => (i === 0 ? octet ^ 1 : octet));
  const groupInfoOption = { ...option, groupInfo: { ...option.groupInfo, signature } };
  const body = UpdateRequest.encode({ ...decoded, bundle: { ...decoded.bundle, groupInfoOption } });
  return { ...output, request: { ...output.request, body } };
}

function inAnothersName(output: Output): Output {
  if (output.type !== "request" || output.operation !== "submitMessage") return output;
  const decoded = attempt(() => SubmitMessageRequest.decode(output.request.body));
  if (isRefused(decoded)) return output;
  const body = SubmitMessageRequest.encode({ ...decoded, sendingUri: { uri: "mimi://a.example/u/alice" } });
  return { ...output, request: { ...output.request, body } };
}

function reportedByAnother(output: Output): Output {
  if (output.type !== "request" || output.operation !== "reportAbuse") return output;
  const decoded = attempt(() => AbuseReport.decode(output.request.body));
  if (isRefused(decoded)) return output;
  const body = AbuseReport.encode({ ...decoded, reportingUser: { uri: "mimi://a.example/u/alice" } });
  return { ...output, request: { ...output.request, body } };
}

function isMessage(output: Output): boolean {
  return isDelivery(output) && output.label === "Message";
}

function isNotifyTo(output: Output, domain: string): boolean {
  return output.type === "request" && output.operation === "notify" && output.to === domain;
}

function unfranked(message: FanoutMessage): FanoutMessage {
  return "frank" in message ? { ...message, frank: undefined } : message;
}

function later(message: FanoutMessage, ms: number): FanoutMessage {
  return { ...message, timestamp: message.timestamp + BigInt(ms) };
}
