/** What the hub sends to the providers of a room. protocol-06 §5.5 */
import { Frank } from "../franking/index.ts";
import { MLSMessage, RatchetTreeOption } from "../mls/structures/index.ts";
import { contentTypeOf } from "../update/index.ts";
import { type Infer, optional, sequence, struct, uint64, vector } from "../wire/index.ts";

export const FanoutMessage = struct("FanoutMessage", {
  timestamp: uint64.as("when the hub accepted it; milliseconds since the UNIX epoch"),
  message: MLSMessage,
})
  .selectBy("message.wire_format", ({ message }) => eventOf(message), {
    application: { frank: optional(Frank) },
    welcome: { ratchetTreeOption: RatchetTreeOption },
    proposal: { moreProposals: vector(MLSMessage).as("as in the HandshakeBundle") },
    commit: {
      externalProposals: vector(MLSMessage).as(
        "the hub's proposals for the epoch that an external commit begins",
      ),
    },
  })
  .from("protocol-06 §5.5", "one event of a room")
  .decided({
    question: "the select on protocol stands in a structure without such a field",
    reading: "the room's protocol, which both sides know; it is not on the wire",
    reason: "no field for it is declared, and UpdateRequest selects on room.protocol in the same way",
    alternatives: ["a Protocol field first, as in SubmitMessageRequest", "a Protocol field behind timestamp"],
  })
  .decided({
    question:
      "the cases of message.wire_format (application, welcome, proposal, commit) are not wire formats",
    reading: "welcome is the wire format mls_welcome; the others are content types, of whatever wire format",
    reason: "the comment beside the field lists the messages in just these words",
    alternatives: [],
  })
  .decided({
    question: "whether externalProposals is there for every commit",
    reading: "it is, and empty unless the hub staples proposals to an external commit",
    reason: "the case is commit; a follower cannot tell otherwise whether the field is there",
    alternatives: ["only for external commits"],
  })
  .decided({
    question: "`optional Frank frank` is not TLS presentation language",
    reading: "optional<Frank> of RFC 9420 §2.1.1",
    reason: "it is how the draft writes its other optional fields",
    alternatives: [],
  });
export type FanoutMessage = Infer<typeof FanoutMessage>;

export const NotifyBody = sequence("NotifyBody", FanoutMessage)
  .from("protocol-06 §5.5", "the events of one notify request, in the hub's order")
  .decided({
    question:
      "several FanoutMessage objects may be concatenated in one body, with no count or length around them",
    reading: "they follow each other to the end of the body; there is at least one",
    reason: "every FanoutMessage says where it ends",
    alternatives: ["a vector, with a length"],
  });
export type NotifyBody = Infer<typeof NotifyBody>;

function eventOf(message: MLSMessage): string | undefined {
  if (message.wireFormat === "mls_welcome") return "welcome";
  const content = contentTypeOf(message);
  const encrypted = message.wireFormat === "mls_private_message";
  return encrypted === (content === "application") ? content : undefined;
}
