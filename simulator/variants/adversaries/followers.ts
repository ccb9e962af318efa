/** Dishonest followers: they see and change what goes through them, and have no key of any group. protocol-06 §5.3 to §5.5 */
import { AbuseReport } from "../../../spec-model/abuse/index.ts";
import type { Output } from "../../../spec-model/actor.ts";
import type { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import type { Frank } from "../../../spec-model/franking/index.ts";
import { domainOfUri } from "../../../spec-model/identifiers/index.ts";
import { attempt, holderOfUri, isRefused } from "../../../spec-model/room/index.ts";
import type { Habit } from "../alteration.ts";
import { fannedOut, isDelivery } from "../defects/carriers.ts";
import { adversariesOf, another, type Row, submissionBetween, updateBetween } from "./adversary.ts";

const rows: readonly Row[] = [
  [
    "follower-re-pairs-franks",
    "gives its clients a message with the frank and the time of the sender's message before (SEMANTICS S42)",
    "its own clients show the message at a wrong time and cannot report it; what it says it cannot change",
    ["franksStay"],
    rePairsFranks,
  ],
  [
    "follower-takes-franks-off",
    "hands messages on without their franks",
    "its own clients do not show the messages",
    ["franksStay"],
    () => ({ gives: (outputs) => outputs.map((output) => onlyOwn(output, unfranked)) }),
  ],
  [
    "follower-breaks-update",
    "flips a bit in the membership tag of its clients' handshakes, which the hub cannot check (SEMANTICS S40)",
    "everybody but the committer is left in the epoch before; it has no key, and reads nothing",
    ["processable"],
    () => ({ gives: (outputs) => outputs.map(withBrokenTag) }),
  ],
  [
    "follower-breaks-group-info",
    "flips a bit in the GroupInfo that comes with its clients' commits (SEMANTICS S41)",
    "the hub refuses the commits of its own clients, which it could have kept to itself as well",
    ["commits"],
    () => ({ gives: (outputs) => outputs.map(withBrokenGroupInfo) }),
  ],
  [
    "follower-names-another-sender",
    "submits its clients' messages in the name of a user elsewhere (SEMANTICS S44)",
    "the hub refuses them: the user is not of that provider",
    [],
    () => ({ gives: (outputs) => outputs.map((output) => inName(output, "mimi://a.example/u/alice")) }),
  ],
  [
    "follower-names-a-neighbour",
    "submits its clients' messages in the name of another of its own users (SEMANTICS S54)",
    "the hub cannot tell, and franks them in that name; the frank does not fit the sender that receivers find inside, and they do not show them: the provider has kept a message from everybody with the hub's word that it was accepted, and speaks in nobody's name",
    ["namesSender"],
    namesNeighbours,
  ],
  [
    "follower-reports-in-anothers-name",
    "reports its clients' complaints in the name of a user elsewhere (SEMANTICS S55)",
    "the hub takes no report of another provider's user",
    [],
    () => ({ gives: (outputs) => outputs.map(reportedByAnother) }),
  ],
  [
    "follower-withholds-messages",
    "hands on handshakes and no messages (SEMANTICS S46)",
    "its own clients lack messages, and cannot tell the last one from one that was never sent",
    ["handsMessagesOn"],
    () => ({ gives: (outputs) => outputs.filter((output) => !isMessage(output)) }),
  ],
  [
    "follower-replays-messages",
    "hands every message to its clients once more with the next (SEMANTICS S46)",
    "a key is used up with the first copy: nothing is shown twice",
    [],
    replaysMessages,
  ],
];

export const followers = adversariesOf("follower", rows);

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
  return updateBetween(output, ({ bundle }) => {
    const message = bundle.proposalOrCommit;
    if (message.wireFormat !== "mls_public_message") return { bundle };
    const { publicMessage } = message;
    const membershipTag = publicMessage.membershipTag && another(publicMessage.membershipTag);
    if (membershipTag === undefined) return { bundle };
    const proposalOrCommit = { ...message, publicMessage: { ...publicMessage, membershipTag } };
    return { bundle: { ...bundle, proposalOrCommit } };
  });
}

/** No member of the group looks at it: it is for those who join later. protocol-06 §5.3 and §5.6 */
function withBrokenGroupInfo(output: Output): Output {
  return updateBetween(output, ({ bundle }) => {
    const option = bundle.groupInfoOption;
    if (option?.representation !== "full") return { bundle };
    const signature = another(option.groupInfo.signature);
    const groupInfoOption = { ...option, groupInfo: { ...option.groupInfo, signature } };
    return { bundle: { ...bundle, groupInfoOption } };
  });
}

function inName(output: Output, uri: string): Output {
  return submissionBetween(output, (request) => ({ ...request, sendingUri: { uri } }));
}

/** Of its users it knows who has had something delivered. */
function namesNeighbours(): Habit {
  const users = new Set<string>();
  return {
    gives(outputs) {
      for (const output of outputs) {
        const user = isDelivery(output) ? holderOfUri(output.to)?.user : undefined;
        if (user !== undefined) users.add(user);
      }
      return outputs.map((output) =>
        submissionBetween(output, (request) => {
          const other = [...users].find((user) => user !== request.sendingUri.uri);
          return other === undefined ? request : { ...request, sendingUri: { uri: other } };
        }),
      );
    },
  };
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

function unfranked(message: FanoutMessage): FanoutMessage {
  return "frank" in message ? { ...message, frank: undefined } : message;
}
