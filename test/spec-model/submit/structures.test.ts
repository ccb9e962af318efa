import { expect, it } from "vitest";
import { SubmitMessageRequest, SubmitMessageResponse } from "../../../spec-model/submit/index.ts";
import { privateMessage, privateMessageOctets } from "../mls-messages.ts";
import { octets, short } from "../octets.ts";

const tag = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

it("a request holds the message and its sender's user URI", () => {
  const request = {
    protocol: "mls10" as const,
    appMessage: privateMessage,
    sendingUri: { uri: "mimi://c.example/u/cathy" },
  };
  const bytes = octets("01", privateMessageOctets, short("mimi://c.example/u/cathy"));
  expect(SubmitMessageRequest.encode(request)).toEqual(bytes);
  expect(SubmitMessageRequest.decode(bytes)).toEqual(request);
});

it("an acceptance holds the time and perhaps a frank", () => {
  const bytes = octets("01 00 0000000000000007 01", tag, "0001 02abcd");
  expect(SubmitMessageResponse.decode(bytes)).toEqual({
    protocol: "mls10",
    statusCode: "accepted",
    acceptedTimestamp: 7n,
    frank: {
      serverFrank: octets(tag),
      frankingSignatureCiphersuite: 1,
      frankingIntegritySignature: octets("abcd"),
    },
  });
  const unfranked = {
    protocol: "mls10",
    statusCode: "accepted",
    acceptedTimestamp: 7n,
    frank: undefined,
  } as const;
  expect(SubmitMessageResponse.encode(unfranked)).toEqual(octets("01 00 0000000000000007 00"));
});

it("a refusal holds the epoch where that was the reason, and else nothing", () => {
  const late = { protocol: "mls10", statusCode: "epochTooOld", currentEpoch: 9n } as const;
  expect(SubmitMessageResponse.encode(late)).toEqual(octets("01 02 0000000000000009"));
  expect(SubmitMessageResponse.decode(octets("01 01"))).toEqual({
    protocol: "mls10",
    statusCode: "notAllowed",
  });
});
