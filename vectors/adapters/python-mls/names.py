"""Whom credentials name: clients, users and providers by their MIMI URIs (protocol-06 section 3)."""

import structures
from identifiers import parse_uri
from structures import Refused


def demand(holds: bool, says: str) -> None:
    if not holds:
        raise Refused(says)


def uri_in(credential: dict) -> dict:
    """The URI in a basic credential."""
    demand(credential["credential_type"] == "basic", "no basic credential")
    return parse_uri(structures.text_of(bytes.fromhex(credential["identity"])))


def client_in(credential: dict) -> dict:
    uri = uri_in(credential)
    demand(uri["kind"] == "client", "no client")
    return uri


def user_of(client: dict) -> str:
    """A client's URI has its user's name in front of its own."""
    demand(client["kind"] == "client" and len(client["names"]) == 2, "no client of a user")
    domain, name = client["normal"].removeprefix("mimi://").split("/d/")
    return f"mimi://{domain}/u/{name.split('/')[0]}"


def holder(credential: dict) -> tuple[str, str]:
    """The client and its user, or their pseudonyms."""
    if credential["credential_type"] == "basic":
        client = client_in(credential)
        return client["normal"], user_of(client)
    pseudonym = structures.decode("PseudonymousCredential", bytes.fromhex(credential["credential_data"]))
    return tuple(parse_uri(pseudonym[name]["uri"])["normal"] for name in ("client_pseudonym", "user_pseudonym"))
