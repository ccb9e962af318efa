/** Submitting application messages to the hub. protocol-06 §5.4 */
import { IdentifierUri, Protocol } from "../framing.ts";
import { Frank } from "../franking/index.ts";
import { MLSMessage } from "../mls/structures/index.ts";
import { arm, closedEnum, type Infer, optional, struct, uint64 } from "../wire/index.ts";

export const SubmitMessageRequest = struct("SubmitMessageRequest", { protocol: Protocol })
  .select("protocol", {
    mls10: {
      appMessage: MLSMessage.as("a PrivateMessage that holds application data"),
      sendingUri: IdentifierUri.as("the sender's user URI, for the hub only"),
    },
  })
  .from("protocol-06 §5.4", "asks the hub to fan a message out");
export type SubmitMessageRequest = Infer<typeof SubmitMessageRequest>;

export const SubmitResponseCode = closedEnum("SubmitResponseCode", 255, {
  accepted: 0,
  notAllowed: 1,
  epochTooOld: 2,
})
  .from("protocol-06 §5.4", "whether the hub accepted a message")
  .decided({
    question: "the enumeration says accepted, the select and the text say success",
    reading: "one value, accepted(0)",
    reason: "no other value has its meaning, and the number is given with that name",
    alternatives: ["the name success for the same number"],
  });
export type SubmitResponseCode = Infer<typeof SubmitResponseCode>;

export const SubmitMessageResponse = struct("SubmitMessageResponse", { protocol: Protocol })
  .select("protocol", {
    mls10: arm({ statusCode: SubmitResponseCode }).select("statusCode", {
      accepted: {
        accepted_timestamp: uint64.as("milliseconds since the UNIX epoch"),
        frank: optional(Frank).as("where the sender asked for one and the hub can give it"),
      },
      notAllowed: {},
      epochTooOld: { currentEpoch: uint64 },
    }),
  })
  .from("protocol-06 §5.4", "the hub's answer to a submission")
  .decided({
    question: "`optional Frank frank` is not TLS presentation language",
    reading: "optional<Frank> of RFC 9420 §2.1.1",
    reason: "it is how the draft writes its other optional fields",
    alternatives: ["a frank that is left out at the end of the structure"],
  })
  .decided({
    question: "the select has no case for notAllowed",
    reading: "a case without fields",
    reason: "nothing is said to accompany it",
    alternatives: [],
  });
export type SubmitMessageResponse = Infer<typeof SubmitMessageResponse>;
