"""Whom credentials name: clients, users and providers by their MIMI URIs (protocol-06 section 3, identity-05 section 4)."""

import identifiers
from structures import Refused


def demand(holds: bool, says: str) -> None:
    if not holds:
        raise Refused(says)


def uri_in(credential: dict) -> dict:
    """The URI in a basic credential."""
    demand(credential["credential_type"] == "basic", "no basic credential")
    try:
        return parsed(bytes.fromhex(credential["identity"]).decode("utf-8"))
    except UnicodeDecodeError:
        raise Refused("an identity that is no text") from None


def parsed(text: str) -> dict:
    try:
        return identifiers.parse_uri(text)
    except identifiers.Refused as refusal:
        raise Refused(str(refusal)) from None


def client_in(credential: dict) -> dict:
    uri = uri_in(credential)
    demand(uri["kind"] == "client", "no client")
    return uri


def user_of(client: dict) -> str:
    """A client's URI has its user's name in front of its own."""
    demand(client["kind"] == "client" and len(client["names"]) == 2, "no client of a user")
    domain, name = client["normal"].removeprefix("mimi://").split("/d/")
    return f"mimi://{domain}/u/{name.split('/')[0]}"
