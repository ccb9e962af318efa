/** I41: a follower learns nothing of who is in a room from handshakes that are hidden from it. Two worlds, one secret. */
import { describe, expect, it } from "vitest";
import { leaving, rosterSecrets, viewsOf, welcomedLater } from "../../../simulator/twins/index.ts";

/** Lines in which the follower reads something else. */
function differences([one, other]: readonly [string[], string[]]): number {
  return one.filter((line, i) => line !== other[i]).length + Math.abs(one.length - other.length);
}

describe("a follower in a room whose handshakes are SemiPrivateMessages", () => {
  it.each([...rosterSecrets, leaving("remove")])(
    "sees the same in both worlds, time, length and every octet that it can read: $says",
    (secret) => {
      const [one, other] = viewsOf(secret, "semiprivate");
      expect(one.filter((line) => line.includes("mls_semiprivate_message")).length).toBeGreaterThan(0);
      expect(other).toEqual(one);
    },
  );

  it("tells who leaves by SelfRemove: that is a PublicMessage in every room (mls-extensions §6.3.1)", () => {
    expect(differences(viewsOf(leaving("selfRemove"), "semiprivate"))).toBeGreaterThan(0);
  });

  it("tells who was there when one of its clients is welcomed: the tree lies open beside the Welcome (protocol-06 §5.5)", () => {
    expect(differences(viewsOf(welcomedLater, "semiprivate"))).toBeGreaterThan(0);
  });
});

describe("a follower in a room whose handshakes are PublicMessages", () => {
  it.each(rosterSecrets)("tells the worlds apart: $says", (secret) => {
    expect(differences(viewsOf(secret, "public"))).toBeGreaterThan(0);
  });
});
