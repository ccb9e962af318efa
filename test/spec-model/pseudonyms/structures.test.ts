import { expect, it } from "vitest";
import {
  IdentityLinkTBE,
  PseudonymousCredential,
  PseudonymousCredentialTBS,
} from "../../../spec-model/pseudonyms/index.ts";
import { octets, short } from "../octets.ts";

const pseudonyms = {
  clientPseudonym: { uri: "c" },
  userPseudonym: { uri: "u" },
  signaturePublicKey: octets("aa"),
};

it("a pseudonymous credential is what is signed, and a ciphertext", () => {
  const signed = octets(short("c"), short("u"), "01aa");
  expect(PseudonymousCredentialTBS.encode(pseudonyms)).toEqual(signed);
  const whole = { ...pseudonyms, identityLinkCiphertext: octets("bb") };
  expect(PseudonymousCredential.encode(whole)).toEqual(octets(signed, "01bb"));
});

it("the encrypted link is a signature and the real credential", () => {
  expect(IdentityLinkTBE.decode(octets("01cc 0001 01dd"))).toEqual({
    pseudonymousCredentialSignature: octets("cc"),
    clientCredential: { credentialType: "basic", identity: octets("dd") },
  });
});
