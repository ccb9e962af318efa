"""Key material that a provider keeps for its users and hands out (protocol-06 section 5.2)."""

import structures
from extensions import DEFAULT_EXTENSIONS, DEFAULT_PROPOSALS, LAST_RESORT, dictionary_of
from hashing import opaque, sha256
from identifiers import parse_uri
from introductions import in_force
from names import demand, holder
from primitives import Suite, suite
from provider import Turn
from signed import demand_requested
from structures import Refused

def store(turn: Turn, client: str, key_packages: list[str]) -> None:
    new = [{"client": client, "octets": each} for each in key_packages if not is_stored(turn, each)]
    turn.keep(stock=(*turn.provider.stock, *new), stored=turn.provider.stored | {client})


def is_stored(turn: Turn, octets: str) -> bool:
    return any(each["octets"] == octets for each in turn.provider.stock)


def hand_out(turn: Turn, peer: str, user: str, body: str) -> str:
    """The KeyMaterialResponse. Refused is the request that nobody may believe."""
    request = structures.decode("KeyMaterialRequest", bytes.fromhex(body))
    suites = request["acceptableCiphersuites"]
    demand_requested(suite_of(request), request, holder(request["requesterCredential"])[1])
    target, requester, room = (request[name]["uri"] for name in ("targetUser", "requestingUser", "roomId"))
    demand(target == user, "the request is for another user than its path")
    demand(peer in (parse_uri(requester)["domain"], parse_uri(room)["domain"]), "from neither hub nor requester")
    account = next((each for each in turn.provider.setup["accounts"] if each["user"] == target), None)
    state = "missing" if account is None else in_force(turn, requester, target, room)
    if state != "granted":
        # Alike whether there is such a user or not.
        return response(target, "noConsent", [])
    clients = []
    # Who has never stored any is no client to anybody.
    for client in sorted(turn.provider.stored & set(account["clients"])):
        found = fitting(turn, client, suites, request["requiredCapabilities"])
        clients.append(material(turn, client, found, (requester, target, room)))
    given = [each for each in clients if each["clientStatus"] == "success"]
    if not given:
        return response(target, "noCompatibleMaterial", [])
    return response(target, "success" if len(given) == len(clients) else "partialSuccess", clients)


def suite_of(request: dict) -> Suite:
    """One of those that the requester accepts, by the length of its key."""
    length = len(bytes.fromhex(request["requesterSignatureKey"]))
    fit = (2,) if length == 65 else (1, 3)
    return suite(next((each for each in request["acceptableCiphersuites"] if each in fit), fit[0]))


def response(user: str, status: str, clients: list[dict]) -> str:
    value = {"protocol": "mls10", "userStatus": status, "userUri": {"uri": user}, "clients": clients}
    return structures.encode("KeyMaterialResponse", value).hex()


def fitting(turn: Turn, client: str, suites: list[int], required: dict) -> tuple[list, list]:
    """The client's KeyPackages that are alive, and those of them that fit, ones of last resort behind the others."""
    own = [each for each in turn.provider.stock if each["client"] == client]
    values = [(each, structures.decode("KeyPackage", bytes.fromhex(each["octets"]))) for each in own]
    alive = [pair for pair in values if is_alive(pair[1]["leaf_node"], turn.now // 1000)]
    fit = [pair for pair in alive if pair[1]["cipher_suite"] in suites and meets(pair[1]["leaf_node"], required)]
    return alive, sorted(fit, key=lambda pair: is_last_resort(pair[1]))


def is_alive(leaf: dict, now: int) -> bool:
    return now <= int(leaf["lifetime"]["not_after"])


def is_last_resort(key_package: dict) -> bool:
    return LAST_RESORT in dictionary_of(key_package["extensions"])


def meets(leaf: dict, required: dict) -> bool:
    able = leaf["capabilities"]
    return (
        set(required["extension_types"]) <= {*able["extensions"], *DEFAULT_EXTENSIONS}
        and set(required["proposal_types"]) <= {*able["proposals"], *DEFAULT_PROPOSALS}
        and set(required["credential_types"]) <= set(able["credentials"])
    )


def material(turn: Turn, client: str, found: tuple[list, list], purpose: tuple) -> dict:
    alive, fit = found
    uri = {"uri": client}
    if not fit:
        status = "nothingCompatible" if alive else "keyMaterialExhausted"
        none = {"clientCapabilities": None} if alive else {}
        return {"clientStatus": status, "clientUri": uri, **none}
    stored, value = fit[0]
    reference = sha256(opaque(b"MLS 1.0 KeyPackage Reference") + opaque(bytes.fromhex(stored["octets"]))).hex()
    handed = turn.provider.handed
    turn.keep(handed={**handed, reference: (client, *handed.get(reference, (client,))[1:], purpose)})
    if not is_last_resort(value):
        turn.keep(stock=tuple(each for each in turn.provider.stock if each is not stored))
    return {"clientStatus": "success", "clientUri": uri, "keyPackage": value}
