import { expect, it } from "vitest";
import { ConsentEntry, ConsentScope } from "../../../spec-model/consent/index.ts";
import { octets, short } from "../octets.ts";

const parties = {
  requesterUri: { uri: "mimi://a.example/u/alice" },
  targetUri: { uri: "mimi://b.example/u/bob" },
};
const partiesOctets = octets(short("mimi://a.example/u/alice"), short("mimi://b.example/u/bob"));
const consentExtensions = { componentData: [] };

it("a request for any room has no room", () => {
  const entry = { consentOperation: "request" as const, ...parties, roomId: undefined, consentExtensions };
  expect(ConsentEntry.encode(entry)).toEqual(octets("01", partiesOctets, "00 00"));
  expect(ConsentEntry.decode(octets("01", partiesOctets, "00 00"))).toEqual(entry);
});

it("a grant lists KeyPackages, perhaps none, before the extensions", () => {
  const roomId = { uri: "mimi://a.example/r/1" };
  const entry = {
    consentOperation: "grant" as const,
    ...parties,
    roomId,
    clientKeyPackages: [],
    consentExtensions: { componentData: [{ componentId: 0x8000, data: octets("aa") }] },
  };
  const bytes = octets("02", partiesOctets, "01", short(roomId.uri), "00", "04 8000 01aa");
  expect(ConsentEntry.encode(entry)).toEqual(bytes);
});

it("a scope is the two users and perhaps a room", () => {
  expect(ConsentScope.decode(octets(partiesOctets, "00"))).toEqual({ ...parties, roomId: undefined });
});

it("an operation without a number of its own is refused", () => {
  expect(() => ConsentEntry.decode(octets("04", partiesOctets, "00 00"))).toThrow(
    "ConsentEntry.consentOperation",
  );
});
