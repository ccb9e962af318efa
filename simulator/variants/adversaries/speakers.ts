/** Members who send messages that are not what they should be: replayed, copied, unfranked. protocol-06 §5.4, RFC 9420 §9 */
import type { Output } from "../../../spec-model/actor.ts";
import { hex } from "../../../spec-model/bytes.ts";
import { decodeContent, encodeContent, extensionKey } from "../../../spec-model/content/index.ts";
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { FrankAAD, frankingTag } from "../../../spec-model/franking/index.ts";
import { type Member, MLSMessage, members, safeAad } from "../../../spec-model/mls/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import { attempt, isRefused, roomFacts } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import { SubmitMessageRequest } from "../../../spec-model/submit/index.ts";
import type { AnyInput, Habit } from "../alteration.ts";
import { adversariesOf, type Row, speaking } from "./adversary.ts";

const rows: readonly Row[] = [
  [
    "client-reuses-generations",
    "encrypts every message of an epoch with the same key",
    "receivers have used the key up with the first one, and refuse the rest",
    ["readable"],
    () =>
      speaking((encrypt) => (member, ...rest) => {
        const sent = encrypt(member, ...rest);
        return { ...sent, state: member };
      }),
  ],
  [
    "client-sends-unfranked",
    "puts no franking tag to its messages",
    "the hub accepts them without a frank; clients of the model do not show what they could not report",
    ["asksForFrank"],
    () =>
      speaking(
        (encrypt) => (member, data, options, app, random) =>
          encrypt(member, data, { ...options, authenticatedData: safeAad([]) }, app, random),
      ),
  ],
  [
    "client-borrows-tags",
    "puts the franking tag of a message that it has got to its own",
    "the hub franks what it cannot read; receivers compute the tag of the content and do not show the message",
    ["franksItsOwn"],
    borrowsTags,
  ],
  [
    "client-writes-anothers-name",
    "names another participant as the sender inside its messages",
    "the frank and the MLS sender say who it was, and receivers show no message that says otherwise",
    ["franksItsOwn"],
    () =>
      speaking(
        (encrypt) =>
          (member, data, ...rest) =>
            sayingOther(encrypt, member, data, ...rest),
      ),
  ],
  [
    "client-replays-handshakes",
    "sends each of its commits and proposals once more with the next one",
    "the hub answers as it did the first time, or the epoch is over: nothing happens twice",
    [],
    () => replays("update"),
  ],
  [
    "client-replays-messages",
    "sends each of its messages once more with the next one",
    "the hub answers as it did the first time: nothing is shown twice",
    [],
    () => replays("submitMessage"),
  ],
  [
    "client-copies-messages",
    "sends every message that it gets once more, in its own name (SEMANTICS S54)",
    "receivers have used the key up with the message itself and refuse the copy: nobody is shown another's words as the copier's",
    ["readable"],
    copiesMessages,
  ],
];

export const speakers = adversariesOf("client", rows);

function borrowsTags(): Habit {
  let borrowed: Uint8Array | undefined;
  return {
    mls: (layer) => ({
      ...layer,
      receive(member, message, ...rest) {
        if (message.wireFormat === "mls_private_message") {
          const { contentType, authenticatedData } = message.privateMessage;
          if (contentType === "application") borrowed = authenticatedData;
        }
        return layer.receive(member, message, ...rest);
      },
      encryptApplication: (member, data, options, app, random) =>
        layer.encryptApplication(
          member,
          data,
          { ...options, authenticatedData: borrowed ?? options.authenticatedData ?? safeAad([]) },
          app,
          random,
        ),
    }),
  };
}

type Encrypt = Parameters<Parameters<typeof speaking>[0]>[0];

/** As the client would have composed it for somebody else, its tag included. */
function sayingOther(encrypt: Encrypt, ...args: Parameters<Encrypt>): ReturnType<Encrypt> {
  const [member, data, options, app, random] = args;
  const content = attempt(() => decodeContent(data));
  const other = otherUser(member);
  if (isRefused(content) || other === undefined) return encrypt(...args);
  const mimiExtensions = new Map([...content.mimiExtensions, [extensionKey.senderUri, other] as const]);
  const encoded = encodeContent({ ...content, mimiExtensions });
  const aadItemData = FrankAAD.encode({ frankingTag: frankingTag(content.salt, encoded) });
  const authenticatedData = safeAad([{ componentId: componentIds.frank_aad, aadItemData }]);
  return encrypt(member, encoded, { ...options, authenticatedData }, app, random);
}

function otherUser({ groupContext, tree, leafIndex }: Member): string | undefined {
  return members(tree).length < 2
    ? undefined
    : roomFacts(groupContext, tree).members.find(({ leaf }) => leaf !== leafIndex)?.user;
}

/** Again under another name: the octets are the same. */
function replays(operation: "update" | "submitMessage"): Habit {
  let before: Output | undefined;
  let count = 0;
  return {
    gives: (outputs) =>
      outputs.flatMap((output) => {
        if (output.type !== "local" || output.message.type !== "ask") return [output];
        if (output.message.operation !== operation) return [output];
        const again = before;
        before = { ...output, message: { ...output.message, id: `again-${++count}` } };
        return again === undefined ? [output] : [output, again];
      }),
  };
}

function copiesMessages(): Habit {
  const seen = new Set<string>();
  return {
    gives(outputs, { state }, input) {
      for (const output of outputs) noteOwn(output, seen);
      const copied = copyOf(input, seen);
      if (copied === undefined) return outputs;
      const { user, provider } = state as ClientState;
      const body = SubmitMessageRequest.encode({
        protocol: "mls10",
        appMessage: copied.message,
        sendingUri: { uri: user },
      });
      const ask = { type: "ask", operation: "submitMessage", room: copied.room, body } as const;
      const message = { ...ask, id: `copy-${seen.size}` };
      return [...outputs, { type: "local", to: provider.domain, message, label: "Message" }];
    },
  };
}

function noteOwn(output: Output, seen: Set<string>): void {
  if (output.type !== "local" || output.message.type !== "ask") return;
  if (output.message.operation !== "submitMessage") return;
  const { body } = output.message;
  const request = attempt(() => SubmitMessageRequest.decode(body));
  if (!isRefused(request)) seen.add(hex(MLSMessage.encode(request.appMessage)));
}

/** A message of the room, the first time it comes. */
function copyOf(input: AnyInput, seen: Set<string>) {
  if (input.type !== "local" || input.message.type !== "deliver") return undefined;
  const { message: octets, room } = input.message;
  const fanned = attempt(() => FanoutMessage.decode(octets));
  if (isRefused(fanned) || fanned.message.wireFormat !== "mls_private_message") return undefined;
  const name = hex(MLSMessage.encode(fanned.message));
  if (seen.has(name)) return undefined;
  seen.add(name);
  return { message: fanned.message, room };
}
