import { expect, it } from "vitest";
import {
  FrankAAD,
  FrankingAgentData,
  FrankingIntegrityTBS,
  ServerFrankingContext,
} from "../../../spec-model/franking/structures.ts";
import { octets, short } from "../octets.ts";

const tag = octets("00112233445566778899aabbccddeeff".repeat(2));
const context = {
  senderUri: { uri: "mimi://c.example/u/cathy" },
  roomUri: { uri: "mimi://a.example/r/clubhouse" },
  acceptedTimestamp: 7n,
};
const contextOctets = octets(
  ...[short("mimi://c.example/u/cathy"), short("mimi://a.example/r/clubhouse"), "0000000000000007"],
);

it("the tag in the authenticated data is 32 octets and nothing else", () => {
  expect(FrankAAD.encode({ frankingTag: tag })).toEqual(tag);
  expect(() => FrankAAD.decode(tag.subarray(1))).toThrow("FrankAAD.franking_tag");
});

it("the hub's context is sender, room and time", () => {
  expect(ServerFrankingContext.encode(context)).toEqual(contextOctets);
});

it("what the hub signs is its frank, the cipher suite and the context", () => {
  const signed = { serverFrank: tag, frankingSignatureCiphersuite: 2, context };
  expect(FrankingIntegrityTBS.encode(signed)).toEqual(octets(tag, "0002", contextOctets));
});

it("the franking agent is a key and a credential, as an external sender is", () => {
  const agent = {
    frankingSignatureKey: octets("aa"),
    credential: { credentialType: "basic" as const, identity: octets("bb") },
  };
  expect(FrankingAgentData.decode(octets("01aa 0001 01bb"))).toEqual(agent);
});
