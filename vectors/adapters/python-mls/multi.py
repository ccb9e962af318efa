"""Credentials that are made of several (mls-extensions section 6.5), and external parts (content-09 section 4.5)."""

import hashlib

import content
import structures
from names import demand
from primitives import suite
from signed import octets

STRONG, WEAK = 3, 4


def multi_credential(case: dict) -> str:
    credential = structures.decode("Credential", octets(case, "credential"))
    kind = credential["credential_type"]
    demand(kind in (STRONG, WEAK), "no multi credential")
    members = [structures.decode("Capabilities", bytes.fromhex(each)) for each in case["members"]]
    demand(all(kind in each["credentials"] for each in members), "a member that does not know this kind of credential")
    # The MultiCredential stands right behind the type.
    bindings = structures.decode("MultiCredential", octets(case, "credential")[2:])["bindings"]
    demand(bool(bindings), "a credential of nothing")
    own = members[case["own"]]
    if kind == STRONG:
        demand(all(supports(member, each) for member in members for each in bindings), "a binding that not all support")
    else:
        demand(all(any(supports(member, each) for each in bindings) for member in members), "a member supports none")
    demand(all(is_bound(case, each) for each in bindings if supports(own, each)), "a binding that does not hold")
    return "valid"


def supports(member: dict, binding: dict) -> bool:
    kind = binding["credential"]["credential_type"]
    return kind in member["credentials"] and binding["cipher_suite"] in member["cipher_suites"]


def is_bound(case: dict, binding: dict) -> bool:
    credential = structures.encode("Credential", binding["credential"]).hex()
    vouched = {"credential": credential, "key": binding["credential_key"]} in case["vouched"]
    tbs = structures.encode("CredentialBindingTBS", {**binding, "signature_key": case["signatureKey"]})
    key, signature = octets(binding, "credential_key"), octets(binding, "signature")
    of = suite(binding["cipher_suite"])
    signed = of is not None and of.verify_with_label(key, "CredentialBindingTBS", tbs, signature)
    return vouched and signed


def open_external(case: dict) -> dict:
    part, data = external_in(octets(case, "bytes")), octets(case, "downloaded")
    expires = part["expires"]
    demand(expires == 0 or case["now"] < expires * 1000, "the URL has expired")
    demand(part["hashAlg"] in (0, 1), "a hash that nobody knows")
    if part["hashAlg"] == 1:
        demand(hashlib.sha256(data).hexdigest() == part["contentHash"], "the hash is of something else")
    demand(len(data) == int(part["size"]), "another size than the part says")
    return {"content": decrypted(part, data).hex()}


def external_in(data: bytes) -> dict:
    part = content.decode(data)["nestedPart"]
    demand(part["cardinality"] == "external", "no external part")
    return part


def decrypted(part: dict, data: bytes) -> bytes:
    key, nonce, aad = (octets(part, name) for name in ("key", "nonce", "aad"))
    if part["encAlg"] == 0:
        demand(not (key or nonce or aad), "a key to what is not encrypted")
        return data
    # The numbers of AEADs are those of IANA: 1 is AES-128-GCM, 29 ChaCha20-Poly1305.
    of = suite({1: 1, 29: 3}.get(part["encAlg"], 0))
    demand(of is not None and len(key) == of.key_size and len(nonce) == of.nonce_size, "not what the AEAD takes")
    return of.aead_open(key, nonce, aad, data)


OPERATIONS = {
    "multi-credential.verify": (multi_credential, None),
    "content.open-external": (open_external, "opened"),
}
