import { expect, it } from "vitest";
import {
  ClientKeyMaterial,
  KeyMaterialRequest,
  KeyMaterialRequestTBS,
  KeyMaterialResponse,
} from "../../../spec-model/key-material/structures.ts";
import { DecodeError } from "../../../spec-model/wire/index.ts";
import { octets, short } from "../octets.ts";

const request = {
  protocol: "mls10" as const,
  requestingUser: { uri: "mimi://a.example/u/alice" },
  targetUser: { uri: "mimi://b.example/u/bob" },
  roomId: { uri: "mimi://a.example/r/clubhouse" },
  acceptableCiphersuites: [1, 2],
  requiredCapabilities: {
    extensionTypes: ["app_data_dictionary" as const],
    proposalTypes: ["app_data_update" as const],
    credentialTypes: [],
  },
  requesterSignatureKey: octets("aabb"),
  requesterCredential: { credentialType: "basic" as const, identity: octets("cc") },
};
const signed = octets(
  ...[
    "01",
    short("mimi://a.example/u/alice"),
    short("mimi://b.example/u/bob"),
    short("mimi://a.example/r/clubhouse"),
  ],
  ...["04 0001 0002", "02 0006 02 0008 00", "02 aabb", "0001 01 cc"],
);

it("a request holds users, room, suites, capabilities, key, credential and signature", () => {
  const whole = { ...request, keyMaterialRequestSignature: octets("dd") };
  expect(KeyMaterialRequest.encode(whole)).toEqual(octets(signed, "01 dd"));
  expect(KeyMaterialRequest.decode(octets(signed, "01 dd"))).toEqual(whole);
});

it("what is signed is the request without its signature", () => {
  expect(KeyMaterialRequestTBS.encode(request)).toEqual(signed);
});

it("a request outside a room has a room identifier of no octets", () => {
  const bytes = KeyMaterialRequestTBS.encode({ ...request, roomId: { uri: "" } });
  expect(KeyMaterialRequestTBS.decode(bytes).roomId).toEqual({ uri: "" });
});

it("a response without key material says why for each client", () => {
  const response = {
    protocol: "mls10" as const,
    userStatus: "noCompatibleMaterial" as const,
    userUri: { uri: "u" },
    clients: [
      { clientStatus: "keyMaterialExhausted" as const, clientUri: { uri: "1" } },
      { clientStatus: "nothingCompatible" as const, clientUri: { uri: "2" }, clientCapabilities: undefined },
    ],
  };
  const bytes = octets("01 03", short("u"), "07", "01", short("1"), "02", short("2"), "00");
  expect(KeyMaterialResponse.encode(response)).toEqual(bytes);
  expect(KeyMaterialResponse.decode(bytes)).toEqual(response);
});

it("an error in a client's key material says in which client", () => {
  const bytes = octets("01 00", short("u"), "06", "01", short("1"), "05", short("2"));
  expect(() => KeyMaterialResponse.decode(bytes)).toThrow(
    "KeyMaterialResponse.clients[1].clientStatus: the value 5",
  );
});

it("the protocol zero is reserved, and others are unknown", () => {
  for (const protocol of ["00", "02"]) {
    const bytes = octets(protocol, "00", short("u"), "00");
    expect(() => KeyMaterialResponse.decode(bytes)).toThrow("KeyMaterialResponse.protocol");
  }
});

it("one client's key material cannot be read without the response around it", () => {
  const bytes = octets("01", short("1"));
  expect(() => ClientKeyMaterial.decode(bytes)).toThrow(DecodeError);
  expect(ClientKeyMaterial.decode(bytes, { protocol: "mls10" }).clientStatus).toBe("keyMaterialExhausted");
});
