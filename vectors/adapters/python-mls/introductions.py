"""Introductions: consent that is asked for and decided, and users who are looked for (protocol-06 sections 5.7 and 5.8)."""

import search
import state
import structures
from identifiers import parse_uri
from names import demand
from provider import Turn


NO_EXTENSIONS = {"component_data": []}


def scope_of(entry: dict) -> tuple:
    return state.scope_of(entry)


def begun(setup: dict) -> dict:
    """What users have granted before the flow begins."""
    return {(each["requester"], each["target"], each.get("room")): ("granted", False) for each in setup["consents"]}


def in_force(turn: Turn, requester: str, target: str, room: str) -> str:
    """`granted` for this room or for any, `otherRoom`, or `missing`."""
    if requester == target:
        return "granted"
    about = {
        scope[2]: decision
        for scope, (decision, _) in turn.provider.consents.items()
        if scope[:2] == (requester, target)
    }
    if (about.get(room) or about.get(None)) == "granted":
        return "granted"
    return "otherRoom" if "granted" in about.values() else "missing"


# What other providers say.


def asked_for(turn: Turn, peer: str, body: str) -> None:
    """Consent of an own user is asked for, or no longer."""
    entry = structures.decode("ConsentEntry", bytes.fromhex(body))
    requester, target, _ = scope_of(entry)
    demand(entry["consentOperation"] in ("request", "cancel"), "no request")
    demand(parse_uri(requester)["domain"] == peer, "for the user of another provider")
    account = account_of(turn, target)
    if account is None:
        return
    effect = decided(turn, entry)
    if effect in ("showRequest", "withdrawRequest"):
        tell_all(turn, account, body)
    if effect == "conveyGrant":
        convey(turn, entry, "grant")


def told_of(turn: Turn, peer: str, body: str) -> None:
    """An own user is told what somebody has decided."""
    entry = structures.decode("ConsentEntry", bytes.fromhex(body))
    requester, target, _ = scope_of(entry)
    demand(entry["consentOperation"] in ("grant", "revoke"), "no decision")
    demand(parse_uri(target)["domain"] == peer, "by the user of another provider")
    account = account_of(turn, requester)
    if account is not None:
        tell_all(turn, account, body)


def looked_for(turn: Turn, body: str) -> str:
    setup = turn.provider.setup
    found = search.search({"query": body, "users": setup["accounts"], "policy": setup["policy"]})
    uris = [{"uri": uri} for uri in found["output"]["uris"]]
    value = {
        "responseCode": found["outcome"],
        "uri": uris,
        "foundProfiles": [{"stableUri": uri, "fields": []} for uri in uris],
        "id_response_extensions": NO_EXTENSIONS,
    }
    return structures.encode("IdentifierResponse", value).hex()


# What own clients say.


def asks_for(turn: Turn, what: dict, body: str) -> None:
    entry = structures.decode("ConsentEntry", bytes.fromhex(body))
    scope = scope_of(entry)
    if entry["consentOperation"] == "cancel" and scope not in turn.provider.asked:
        # There is nothing to take back.
        turn.answer_client(what, 404)
        return
    domain = parse_uri(scope[1])["domain"]
    if not turn.post(domain, "requestConsent", domain, body, {**what, "scope": scope}):
        turn.answer_client(what, 502)


def decides(turn: Turn, what: dict, body: str) -> None:
    entry = structures.decode("ConsentEntry", bytes.fromhex(body))
    turn.answer_client(what, 201)
    effect = decided(turn, entry)
    if effect in ("conveyGrant", "conveyRevocation"):
        convey(turn, entry, entry["consentOperation"])


def decided(turn: Turn, entry: dict) -> str:
    consents = dict(turn.provider.consents)
    effect = state.take(consents, entry, turn.provider.setup["policy"]["tellsRevocations"])
    turn.keep(consents=consents)
    return effect


def convey(turn: Turn, entry: dict, operation: str) -> None:
    """To the requester's provider, or to the requester's clients where that is this one."""
    value = {**entry, "consentOperation": operation}
    if operation == "grant":
        value.setdefault("clientKeyPackages", [])
    body = structures.encode("ConsentEntry", value).hex()
    domain = parse_uri(scope_of(entry)[0])["domain"]
    if domain == turn.provider.domain:
        told_of(turn, domain, body)
    else:
        turn.post(domain, "updateConsent", domain, body, {"kind": "conveyed"})


def account_of(turn: Turn, user: str) -> dict | None:
    return next((each for each in turn.provider.setup["accounts"] if each["user"] == user), None)


def tell_all(turn: Turn, account: dict, body: str) -> None:
    for client in account["clients"]:
        turn.tell(client, {"type": "consentNews", "body": body})
