import { describe, expect, it } from "vitest";
import { FanoutMessage, NotifyBody } from "../../../spec-model/fan-out/index.ts";
import {
  commitMessage,
  commitMessageOctets,
  privateMessage,
  privateMessageOctets,
  proposalMessage,
  proposalMessageOctets,
  welcome,
  welcomeOctets,
} from "../mls-messages.ts";
import { octets, shortVector } from "../octets.ts";

const time = octets("0000000000000007");

describe("an event of a room", () => {
  it("has a frank, perhaps, with an application message", () => {
    const event = { timestamp: 7n, message: privateMessage, frank: undefined };
    expect(FanoutMessage.encode(event)).toEqual(octets(time, privateMessageOctets, "00"));
    expect(FanoutMessage.decode(octets(time, privateMessageOctets, "00"))).toEqual(event);
  });

  it("has a ratchet tree option with a Welcome", () => {
    const message = { version: "mls10", wireFormat: "mls_welcome", welcome } as const;
    const event = {
      timestamp: 7n,
      message,
      ratchetTreeOption: { representation: "distributionService" },
    } as const;
    const bytes = octets(time, "0001 0003", welcomeOctets, "04");
    expect(FanoutMessage.encode({ ...event, message: { ...message, welcome } })).toEqual(bytes);
    expect(FanoutMessage.decode(bytes)).toEqual(event);
  });

  it("has more proposals with a proposal, and the hub's proposals with a commit", () => {
    const proposal = { timestamp: 7n, message: proposalMessage, moreProposals: [] };
    expect(FanoutMessage.encode(proposal)).toEqual(octets(time, proposalMessageOctets, "00"));
    const commit = { timestamp: 7n, message: commitMessage, externalProposals: [proposalMessage] };
    const bytes = octets(time, commitMessageOctets, shortVector(proposalMessageOctets));
    expect(FanoutMessage.encode(commit)).toEqual(bytes);
    expect(FanoutMessage.decode(bytes)).toEqual(commit);
  });

  it("is none with a GroupInfo or with a handshake that is encrypted for members only", () => {
    const hidden = privateMessageOctets.slice();
    // The content type, behind version, wire format, group ID and epoch.
    hidden[14] = 3;
    expect(() => FanoutMessage.decode(octets(time, hidden, "00"))).toThrow(
      "FanoutMessage.message.wire_format",
    );
  });
});

describe("the body of a notify request", () => {
  const one = octets(time, privateMessageOctets, "00");

  it("is one event after the other, without a count", () => {
    expect(NotifyBody.decode(octets(one, one))).toHaveLength(2);
    expect(NotifyBody.encode(NotifyBody.decode(octets(one, one)))).toEqual(octets(one, one));
  });

  it("is not empty", () => {
    expect(() => NotifyBody.decode(octets(""))).toThrow("NotifyBody: nothing at byte 0");
  });

  it("says in which event an error is", () => {
    expect(() => NotifyBody.decode(octets(one, time, "0009"))).toThrow("[1].message.version");
  });
});
