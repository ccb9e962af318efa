import { expect, it } from "vitest";
import { AbuseReport } from "../../../spec-model/abuse/index.ts";
import { octets, short, shortVector } from "../octets.ts";

const frankOctets = octets("11".repeat(32), "0001 01bb");

it("a report names its parties, a reason, a note and franked messages", () => {
  const report = {
    reportingUser: { uri: "" },
    allegedAbuserUri: { uri: "mimi://b.example/u/bob" },
    reasonCode: 7,
    note: "rude",
    messages: [
      {
        messageContent: octets("aa"),
        frank: {
          serverFrank: octets("11".repeat(32)),
          frankingSignatureCiphersuite: 1,
          frankingIntegritySignature: octets("bb"),
        },
        acceptedTimestamp: 7n,
      },
    ],
    abuseExtensions: { componentData: [] },
  };
  const message = shortVector("01aa", frankOctets, "0000000000000007");
  const bytes = octets("00", short("mimi://b.example/u/bob"), "07", short("rude"), message, "00");
  expect(AbuseReport.encode(report)).toEqual(bytes);
  expect(AbuseReport.decode(bytes)).toEqual(report);
});
