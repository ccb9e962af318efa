import { describe, expect, it } from "vitest";
import { HandshakeBundle, UpdateRequest, UpdateRoomResponse } from "../../../spec-model/update/index.ts";
import {
  commitMessage,
  commitMessageOctets,
  privateMessageOctets,
  proposalMessage,
  proposalMessageOctets,
  welcome,
  welcomeOctets,
} from "../mls-messages.ts";
import { octets, short, shortVector } from "../octets.ts";

describe("an update request", () => {
  it("has no protocol on the wire: it begins with the handshake message", () => {
    const bundle = { proposalOrCommit: proposalMessage, moreProposals: [proposalMessage] };
    const bytes = octets(proposalMessageOctets, shortVector(proposalMessageOctets));
    expect(UpdateRequest.encode({ bundle })).toEqual(bytes);
    expect(UpdateRequest.decode(bytes)).toEqual({ bundle });
  });

  it("has Welcome, GroupInfo option and ratchet tree option behind a commit", () => {
    const bundle = {
      proposalOrCommit: commitMessage,
      welcome,
      groupInfoOption: {
        representation: "partial" as const,
        partialGroupInfo: {
          ratchetTreePresence: "no_ratchet_tree" as const,
          groupInfoExtensions: [],
          signature: octets("ff"),
        },
      },
      ratchetTreeOption: { representation: "distributionService" as const },
    };
    const bytes = octets(commitMessageOctets, "01", welcomeOctets, "02 00 00 01ff", "04");
    expect(HandshakeBundle.encode(bundle)).toEqual(bytes);
    expect(HandshakeBundle.decode(bytes)).toEqual(bundle);
  });

  it("is refused with a PrivateMessage, whose handshake the hub could not read", () => {
    expect(() => UpdateRequest.decode(octets(privateMessageOctets, "00"))).toThrow(
      "UpdateRequest.bundle.proposalOrCommit.content.content_type",
    );
  });
});

describe("an update response", () => {
  it("has the time of acceptance, the epoch, nothing or references, by its code", () => {
    const said = { errorDescription: "no" };
    const cases = [
      [
        { responseCode: "success", ...said, acceptedTimestamp: 7n },
        octets("00", short("no"), "0000000000000007"),
      ],
      [
        { responseCode: "wrongEpoch", ...said, currentEpoch: 9n },
        octets("01", short("no"), "0000000000000009"),
      ],
      [{ responseCode: "notAllowed", ...said }, octets("02", short("no"))],
      [
        { responseCode: "invalidProposal", ...said, invalidProposals: [octets("aabb"), octets("cc")] },
        octets("03", short("no"), "05 02aabb 01cc"),
      ],
    ] as const;
    for (const [value, bytes] of cases) expect(UpdateRoomResponse.decode(bytes)).toEqual(value);
    expect(UpdateRoomResponse.encode({ responseCode: "success", ...said, acceptedTimestamp: 7n })).toEqual(
      cases[0][1],
    );
  });

  it("is refused where its description is not UTF-8", () => {
    expect(() => UpdateRoomResponse.decode(octets("02 01ff"))).toThrow("UpdateRoomResponse.errorDescription");
  });
});
