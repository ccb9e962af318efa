import { expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  GroupInfoRequest,
  GroupInfoRequestTBS,
  GroupInfoResponse,
  GroupInfoResponseTBS,
} from "../../../spec-model/group-info/index.ts";
import { octets, short } from "../octets.ts";

const room = "mimi://a.example/r/clubhouse";
const request = {
  protocol: "mls10",
  cipherSuite: 1,
  requestingSignatureKey: octets("aa"),
  requestingCredential: { credentialType: "basic", identity: octets("bb") },
  groupInfoPublicKey: octets("cc"),
  joiningCode: octets(""),
} as const;
const requestOctets = octets("01 0001 01aa 0001 01bb 01cc 00");

it("what is signed is the request without its signature; no code is a code of no octets", () => {
  expect(GroupInfoRequestTBS.encode(request)).toEqual(requestOctets);
  const whole = octets(requestOctets, "01dd");
  expect(GroupInfoRequest.encode({ ...request, signature: octets("dd") })).toEqual(whole);
  expect(GroupInfoRequest.decode(whole)).toEqual({ ...request, signature: octets("dd") });
});

it("a successful answer holds the hub, the ciphertext and a signature", () => {
  const given = {
    version: "mls10",
    roomId: utf8(room),
    status: "success",
    cipherSuite: 1,
    hubSender: {
      signatureKey: octets("aa"),
      credential: { credentialType: "basic", identity: octets("bb") },
    },
    encryptedGroupinfoAndTree: { kemOutput: octets("cc"), ciphertext: octets("dd") },
  } as const;
  const bytes = octets("01", short(room), "01 0001 01aa 0001 01bb 01cc 01dd");
  expect(GroupInfoResponseTBS.encode(given)).toEqual(bytes);
  const signed = { ...given, signature: octets("ee") };
  expect(GroupInfoResponse.encode(signed)).toEqual(octets(bytes, "01ee"));
  expect(GroupInfoResponse.decode(octets(bytes, "01ee"))).toEqual(signed);
});

it("any other answer ends behind its status", () => {
  const bytes = octets("01", short(room), "03");
  expect(GroupInfoResponse.decode(bytes)).toEqual({
    version: "mls10",
    roomId: utf8(room),
    status: "noSuchRoom",
  });
  expect(() => GroupInfoResponse.decode(octets(bytes, "00"))).toThrow("GroupInfoResponse: 1 trailing bytes");
  expect(() => GroupInfoResponse.decode(octets("01", short(room), "00"))).toThrow("GroupInfoResponse.status");
});
