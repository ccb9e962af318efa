/** I40: who has sent a message does not show to a follower, but for franks. Two worlds, one secret. */
import { describe, expect, it } from "vitest";
import { renaming, seenOf, writing } from "../../../simulator/twins/index.ts";
import { carol, cathy } from "../../../simulator/twins/roster.ts";

describe("a follower that hands on a message of somebody elsewhere", () => {
  const [one, other] = seenOf(writing);

  it("sees the same whoever has sent it: times, lengths, and every octet but those of tags and franks", () => {
    expect(one?.view.some((line) => line.includes("mls_private_message"))).toBe(true);
    expect(other?.view).toEqual(one?.view);
  });

  it("finds the sender all the same by trying whose name the frank fits (the finding the-frank-names-the-sender)", () => {
    expect(one?.suspects[0]).toEqual([cathy.user]);
    expect(other?.suspects[0]).toEqual([carol.user]);
  });

  it("would notice a difference: who sends a public handshake shows", () => {
    const [east, west] = seenOf(renaming);
    expect(west?.view).not.toEqual(east?.view);
  });
});
