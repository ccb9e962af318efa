"""Whom credentials authenticate: basic ones, certificates and tokens (RFC 9420 section 5.3.1, identity-05)."""

import base64
import json

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

import structures
from certificates import Certificate, validated
from identifiers import Refused as NoUri
from identifiers import parse_uri
from names import client_in, demand, uri_in, user_of
from primitives import suite
from signed import octets
from structures import Refused

def authenticate(case: dict) -> dict:
    credential = structures.decode("Credential", octets(case, "credential"))
    match credential["credential_type"]:
        case "basic":
            client = client_in(credential)
            demand_registered(case, client["normal"])
            holder = {"client": client["normal"], "user": user_of(client)}
        case "x509":
            holder = certified(case, credential)
        case 0xF0C2:
            holder = told(case, octets(credential, "credential_data").decode("ascii", "replace"))
        case _:
            raise Refused("a credential that nobody knows")
    expected = case.get("expected", {})
    demand(expected.get("domain", domain_of(holder["client"])) == domain_of(holder["client"]), "another provider's")
    demand(expected.get("user", holder["user"]) == holder["user"], "another user's")
    return holder


def authenticate_provider(case: dict) -> dict:
    credential = structures.decode("Credential", octets(case, "credential"))
    if credential["credential_type"] == "basic":
        uri = uri_in(credential)
        demand(uri["kind"] == "provider", "no provider")
        demand_registered(case, uri["normal"])
        domain = uri["domain"]
    else:
        demand(credential["credential_type"] == "x509", "a credential that says nothing of providers")
        path, domains = chain_in(case, credential)
        named = {uri["domain"] for uri in mimi(path[0].uris()) if uri["kind"] == "provider"}
        named |= {name.lower() for name in path[0].names(x509.DNSName)}
        demand(len(named) == 1, "not the name of one provider")
        demand(not any(user_in(each) for each in path[1:]), "certified by a user")
        domain = named.pop()
        demand(domain in domains, "an authority that is trusted for others")
    demand(case.get("expected", {}).get("domain", domain) == domain, "another provider")
    return {"domain": domain}


def demand_registered(case: dict, uri: str) -> None:
    known = {"uri": uri, "signatureKey": case["signatureKey"]}
    demand(known in case.get("registered", []), "a key that nobody has told of")


# Certificates.


def chain_in(case: dict, credential: dict) -> tuple[list[Certificate], list[str]]:
    chain = [bytes.fromhex(each["cert_data"]) for each in credential["certificates"]]
    path, domains = validated(chain, case.get("anchors", []), int(case["now"]))
    demand(path[0].key() == octets(case, "signatureKey"), "the leaf has another key")
    return path, domains


def certified(case: dict, credential: dict) -> dict:
    path, domains = chain_in(case, credential)
    holder = holder_of(path[0].uris())
    demand(domain_of(holder["client"]) in domains, "an authority that is trusted for others")
    own = user_of(parse_uri(holder["client"]))
    named = [user for each in path[1:] for user in user_in(each)]
    demand(all(user in (own, holder["user"]) for user in named), "certified by another user")
    return holder


def user_in(certificate: Certificate) -> list[str]:
    return [uri["normal"] for uri in mimi(certificate.uris()) if uri["kind"] == "user"]


def mimi(texts: list[str]) -> list[dict]:
    """Those that are MIMI URIs."""
    found = []
    for text in texts:
        try:
            found.append(parse_uri(text))
        except NoUri:
            continue
    return found


def holder_of(texts: list[str]) -> dict:
    """One client, and one user or pseudonym of the same provider; or the user whom the client's URI names."""
    uris = mimi(texts)
    clients = {uri["normal"] for uri in uris if uri["kind"] == "client"}
    users = {uri["normal"] for uri in uris if uri["kind"] in ("user", "pseudonym")}
    demand(len(clients) == 1 and len(users) <= 1, "not the names of one client and one user")
    client = clients.pop()
    user = users.pop() if users else user_of(parse_uri(client))
    demand(domain_of(user) == domain_of(client), "two providers")
    return {"client": client, "user": user}


def domain_of(uri: str) -> str:
    return parse_uri(uri)["domain"]


# Tokens (identity-05 section 6.2).


def told(case: dict, token: str) -> dict:
    header, claims, signature = parts_of(token)
    demand("crit" not in header, "a critical member that nobody knows")
    issuer = next((each for each in case.get("issuers", []) if is_meant(each, header, claims)), None)
    demand(issuer is not None, "no key of an issuer who is trusted")
    demand_token_signed(issuer, token.rpartition(".")[0].encode(), signature)
    now = int(case["now"])
    demand(isinstance(claims.get("exp"), int) and now < claims["exp"], "it has ended, or never ends")
    demand(claims.get("nbf", now) <= now, "it has not begun")
    demand(key_in(claims) == octets(case, "signatureKey"), "it is about another key")
    credential = claims.get("vc", {})
    demand("VerifiableCredential" in credential.get("type", []), "no verifiable credential")
    named = credential.get("credentialSubject", {}).get("hasInstantMessage", [])
    subject = parse_uri(claims.get("sub", ""))
    demand(subject["kind"] == "client", "it is not about a client")
    holder = holder_of([claims["sub"], *([named] if isinstance(named, str) else named)])
    demand(domain_of(holder["client"]) in issuer["domains"], "an issuer that is trusted for others")
    return holder


def is_meant(issuer: dict, header: dict, claims: dict) -> bool:
    """An issuer is listed once for each of its keys."""
    key_id = issuer.get("keyId")
    meant = (claims.get("iss"), header.get("alg"), header.get("kid", key_id))
    return meant == (issuer["issuer"], issuer["algorithm"], key_id)


def parts_of(token: str) -> tuple[dict, dict, bytes]:
    parts = token.split(".")
    demand(len(parts) == 3, "not three parts")
    header, claims, signature = (unarmoured(part) for part in parts)
    try:
        return json.loads(header), json.loads(claims), signature
    except ValueError:
        raise Refused("no JSON") from None


def unarmoured(text: str) -> bytes:
    demand(all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in text), "no base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def demand_token_signed(issuer: dict, content: bytes, signature: bytes) -> None:
    key = octets(issuer, "publicKey")
    if issuer["algorithm"] == "ES256":
        demand(len(signature) == 64, "no signature of ES256")
        signature = encode_dss_signature(*(int.from_bytes(half, "big") for half in (signature[:32], signature[32:])))
    of = suite(2 if issuer["algorithm"] == "ES256" else 1)
    demand(of.verify(key, content, signature), "the signature does not fit")


def key_in(claims: dict) -> bytes:
    """The holder's key as MLS writes it."""
    jwk = claims.get("cnf", {}).get("jwk", {})
    match jwk.get("crv"):
        case "Ed25519":
            return unarmoured(jwk.get("x", ""))
        case "P-256":
            return b"\4" + unarmoured(jwk.get("x", "")) + unarmoured(jwk.get("y", ""))
    raise Refused("it is about no key")


OPERATIONS = {
    "credential.authenticate": (authenticate, "authenticated"),
    "credential.authenticate-provider": (authenticate_provider, "authenticated"),
}
