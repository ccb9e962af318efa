"""What own clients say, and what becomes of it."""

from dataclasses import replace

import structures
from downloads import relayed, wanted
from founding_rooms import created
from group_infos import info_asked
from hosted import Unsupported, keep
from identifiers import parse_uri
from introductions import asks_for, decides, looked_for
from loop import REFUSALS
from material import hand_out, store
from names import user_of
from other_providers import HOSTED, demand_hosted
from provider import Turn
from reports import reported
from room_state import effective_state
from rooms import allows
from structures import Refused


def said(turn: Turn, step: dict) -> None:
    client, message = step["client"], step["message"]
    match message["type"]:
        case "storeKeyPackages":
            store(turn, client, message["keyPackages"])
        case "ask":
            asked(turn, client, message)
        case "createRoom":
            asked_to = {"client": client, "id": message["id"]}
            turn.answer_client(asked_to, created(turn, client, message))
        case "askServer":
            asked_outside(turn, client, message)
        case "left":
            others = tuple(each for each in turn.provider.rooms.get(message["room"], ()) if each != client)
            turn.keep(rooms={**turn.provider.rooms, message["room"]: others})
        case "fetchAsset":
            wanted(turn, whose(client, message), message["hub"], message["url"])
        case "ohttp":
            relayed(turn, whose(client, message), message["hub"], message["body"])
        case "destroyRoom":
            turn.answer_client({"client": client, "id": message["id"]}, destroyed(turn, client, message["room"]))
        case "disconnect":
            turn.keep(away={**turn.provider.away, client: ()})
        case "connect":
            waiting = turn.provider.away.get(client, ())
            turn.keep(away={name: each for name, each in turn.provider.away.items() if name != client})
            for each in waiting:
                turn.tell(client, each)
        case other:
            raise Unsupported(other)


def whose(client: str, message: dict) -> dict:
    return {"kind": "asked", "client": client, "id": message["id"], "joins": False}


def asked(turn: Turn, client: str, message: dict) -> None:
    room, operation, body = message["room"], message["operation"], message["body"]
    domain = parse_uri(room)["domain"]
    what = {"kind": "asked", "client": client, "id": message["id"], "room": room, "joins": False}
    identifier = room
    if operation == "keyMaterial":
        request = structures.decode("KeyMaterialRequest", bytes.fromhex(body))
        identifier = request["targetUser"]["uri"]
    if operation == "update":
        what["joins"] = is_external(body)
    if operation == "reportAbuse" and not is_own_report(turn, client, body):
        turn.answer_client(what, 403)
    elif domain == turn.provider.domain:
        asked_here(turn, what, operation, room, body)
    elif not turn.post(domain, operation, identifier, body, what):
        turn.answer_client(what, 502)


def asked_here(turn: Turn, what: dict, operation: str, room: str, body: str) -> None:
    """An own client wants something of a room that is hosted here."""
    own = turn.provider.domain
    before = turn.provider, list(turn.outputs)
    try:
        if operation == "keyMaterial":
            user = structures.decode("KeyMaterialRequest", bytes.fromhex(body))["targetUser"]["uri"]
            domain = parse_uri(user)["domain"]
            if domain == own:
                turn.answer_client(what, 200, hand_out(turn, own, user, body))
            elif not turn.post(domain, operation, user, body, {**what, "none": 502}):
                turn.answer_client(what, 502)
            return
        if operation == "groupInfo":
            turn.answer_client(what, 200, info_asked(turn, room, body))
            return
        if operation == "reportAbuse":
            reported(turn, room, own, body, own_user(turn, what["client"]))
            turn.answer_client(what, 201)
            return
        demand_hosted(turn, room)
        answer = HOSTED[operation](turn, room, own, body)
        # The answer stands in front of what the hub fans out.
        turn.outputs, sent = before[1], turn.outputs[len(before[1]) :]
        turn.answer_client(what, 200, answer)
        turn.outputs += sent
    except REFUSALS:
        turn.provider, turn.outputs = before
        turn.answer_client(what, 403)


def is_own_report(turn: Turn, client: str, body: str) -> bool:
    """The own provider vouches for who reports."""
    try:
        reporter = structures.decode("AbuseReport", bytes.fromhex(body))["reportingUser"]["uri"]
    except Refused:
        return False
    return reporter in ("", own_user(turn, client))


def asked_outside(turn: Turn, client: str, message: dict) -> None:
    what = whose(client, message)
    match message["operation"]:
        case "updateConsent":
            decides(turn, what, message["body"])
        case "requestConsent":
            asks_for(turn, what, message["body"])
        case "identifierQuery":
            domain = message["domain"]
            if domain == turn.provider.domain:
                turn.answer_client(what, 200, looked_for(turn, message["body"]))
            elif not turn.post(domain, "identifierQuery", domain, message["body"], what):
                turn.answer_client(what, 502)
        case "discoveryTokens":
            if may_have_tokens(turn, client, message["body"]):
                turn.ask(message["domain"], "POST", "/tokens", message["body"], what)
            else:
                turn.answer_client(what, 429)
        case "discoveryLookup":
            turn.ask(message["domain"], "POST", "/lookup", message["body"], what)
        case other:
            raise Unsupported(other)


def may_have_tokens(turn: Turn, client: str, body: str) -> bool:
    """So many a day and user: the discovery provider does not know whom it gives them to."""
    whose = own_user(turn, client), turn.now // 86_400_000
    tokens = turn.provider.tokens
    count = tokens.get(whose, 0) + blinded_in(bytes.fromhex(body))
    if count > turn.provider.setup["policy"]["tokensPerUser"]:
        return False
    turn.keep(tokens={**tokens, whose: count})
    return True


def own_user(turn: Turn, client: str) -> str:
    """By the accounts: a pseudonym of a client does not name its user."""
    accounts = turn.provider.setup["accounts"]
    named = next((each["user"] for each in accounts if client in each["clients"]), None)
    return named or user_of(parse_uri(client))


def destroyed(turn: Turn, client: str, uri: str) -> int:
    """By one who may (room-policy-04 section 8.6): the status of the answer."""
    room = turn.provider.hosted.get(uri)
    if room is None or room.is_over:
        return 404
    request = {"kind": "act", "user": own_user(turn, client), "capability": "canDestroyRoom"}
    if not allows(effective_state(turn, room), request):
        return 403
    keep(turn, replace(room, is_ended=True))
    return 200


def blinded_in(body: bytes) -> int:
    """How many tokens are asked for: a list of octets, which no draft has a structure for."""
    octets = structures.Octets(body)
    left = structures.Octets(octets.take(structures.read_length("V", octets)))
    count = 0
    while left.data:
        left.take(structures.read_length("V", left))
        count += 1
    return count


def is_external(body: str) -> bool:
    message = structures.decode("UpdateRequest", bytes.fromhex(body))["bundle"]["proposalOrCommit"]
    content = message.get("public_message", {}).get("content", {})
    return content.get("sender", {}).get("sender_type") == "new_member_commit"
