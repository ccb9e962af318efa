/** The content operations, answered by the model. */
import { fromHex, hex } from "../../../spec-model/bytes.ts";
import {
  ContentError,
  decodeContent,
  judge,
  messageIdOf,
  timelineOf,
} from "../../../spec-model/content/index.ts";
import { type Format, findFormat, JsonError } from "../../../spec-model/formats/index.ts";
import type { Json, JsonObject } from "../../format/case.ts";
import { timelineView } from "../../format/timeline-view.ts";
import type { Answer } from "../../verify/protocol.ts";
import type { Handler } from "./handler.ts";

const invalid: Answer = { outcome: "invalid" };

export const contentHandlers: Readonly<Record<string, Handler>> = {
  "content.decode": (input) => decoded("mimiContent", "content", input),
  "content.status": (input) => decoded("MessageStatusReport", "report", input),
  "content.encode": (input) => {
    try {
      return { outcome: "valid", output: { bytes: hex(format("mimiContent").encode(input["content"])) } };
    } catch (error) {
      if (error instanceof ContentError || error instanceof JsonError) return invalid;
      throw error;
    }
  },
  "content.message-id": (input) => {
    const encoded = octets(input["bytes"]);
    const { salt } = decodeContent(encoded);
    const id = messageIdOf({
      encoded,
      salt,
      senderUri: String(input["sender"]),
      roomUri: String(input["room"]),
    });
    return { outcome: "id", output: { messageId: hex(id) } };
  },
  "content.judge": (input) => {
    const known = new Set(input["known"] as readonly string[]);
    const { decision } = judge({
      encoded: octets(input["bytes"]),
      senderUri: String(input["sender"]),
      senderIsMember: input["senderIsMember"] === true,
      roomUri: String(input["room"]),
      acceptedTimestamp: Number(input["acceptedTimestamp"]),
      ...(input["roomCreated"] === undefined ? {} : { roomCreated: Number(input["roomCreated"]) }),
      now: Number(input["now"]),
      isKnown: (messageId) => known.has(messageId),
    });
    return { outcome: decision };
  },
  "content.timeline": (input) => {
    const messages = (input["messages"] as readonly JsonObject[]).map((each) => {
      const encoded = octets(each["bytes"]);
      const content = decodeContent(encoded);
      const sender = String(each["sender"]);
      const id = messageIdOf({
        encoded,
        salt: content.salt,
        senderUri: sender,
        roomUri: String(input["room"]),
      });
      return { messageId: hex(id), sender, acceptedTimestamp: Number(each["acceptedTimestamp"]), content };
    });
    const view = timelineView(timelineOf(messages, { now: Number(input["now"]) }));
    return { outcome: "shown", output: { entries: view } };
  },
};

function decoded(name: string, member: string, input: JsonObject): Answer {
  const { json, error } = format(name).decode(octets(input["bytes"]));
  return error === undefined ? { outcome: "valid", output: { [member]: json as Json } } : invalid;
}

function format(name: string): Format {
  const found = findFormat(name);
  if (found === undefined) throw new Error(`there is no format ${name}`);
  return found;
}

function octets(value: Json | undefined): Uint8Array {
  const bytes = fromHex(String(value));
  if (bytes === undefined) throw new Error(`${JSON.stringify(value)} is not hexadecimal`);
  return bytes;
}
