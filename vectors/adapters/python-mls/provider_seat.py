"""What reaches a provider, and what it does then: for rooms of its own, for others' rooms, and for its users."""

from dataclasses import replace

import structures
from chat import holder
from fan_out import event_taken, notify, notify_again
from founding_rooms import created
from group_infos import info_asked
from hashing import sha256
from hosted import Unsupported, keep
from identifiers import parse_uri
from introductions import asked_for, asks_for, begun, decides, in_force, looked_for, told_of
from loop import REFUSALS
from material import hand_out, store
from names import demand
from provider import DIRECTORY, Provider, Turn, demand_honest, directory_read, endpoint_of, read_directory
from room import room_of
from structures import Refused
from submissions import submitted
from updates import updated

HOSTED = {"update": updated, "submitMessage": submitted}
TOLD = {"requestConsent": asked_for, "updateConsent": told_of}


def take(setup: dict) -> Provider:
    return Provider(setup, consents=begun(setup))


def stepped(provider: Provider, step: dict) -> tuple[Provider, list[dict]]:
    turn = Turn(provider, step["at"])
    STEPS[step["kind"]](turn, step)
    return turn.provider, turn.done()


# Requests of other providers.


def requested(turn: Turn, step: dict) -> None:
    before = turn.provider
    try:
        demand_honest(turn.provider, step)
        if (step["method"], step["path"]) == ("GET", DIRECTORY):
            turn.answer(step["exchange"], 200, turn.provider.setup["directory"].encode().hex())
            return
        if step["path"].startswith("/.well-known/"):
            raise Unsupported("a gateway")
        endpoint, identifier = endpoint_of(turn.provider, step["path"])
        demand(step["method"] == "POST", "another method")
        if endpoint == "keyMaterial":
            key_material_asked(turn, step, identifier)
        elif endpoint in HOSTED:
            demand(identifier in turn.provider.hosted, "there is no such room")
            turn.answer(step["exchange"], 200, HOSTED[endpoint](turn, identifier, step["peer"], step["body"]))
        elif endpoint == "groupInfo":
            turn.answer(step["exchange"], 200, info_asked(turn, identifier, step["body"]))
        elif endpoint == "identifierQuery":
            turn.answer(step["exchange"], 200, looked_for(turn, step["body"]))
        elif endpoint in TOLD:
            TOLD[endpoint](turn, step["peer"], step["body"])
            turn.answer(step["exchange"], 201)
        elif endpoint == "notify":
            notified(turn, step["peer"], identifier, step["body"])
            turn.answer(step["exchange"], 201)
        else:
            raise Unsupported(endpoint)
    except REFUSALS:
        turn.provider, turn.outputs = before, []
        turn.answer(step["exchange"], 403)


def key_material_asked(turn: Turn, step: dict, user: str) -> None:
    """Of an own user, or by way of the hub of a room of another's."""
    domain = parse_uri(user)["domain"]
    if domain == turn.provider.domain:
        turn.answer(step["exchange"], 200, hand_out(turn, step["peer"], user, step["body"]))
        return
    structures.decode("KeyMaterialRequest", bytes.fromhex(step["body"]))
    what = {"kind": "relayed", "exchange": step["exchange"]}
    if not turn.post(domain, "keyMaterial", user, step["body"], what):
        turn.answer(step["exchange"], 502)


def notified(turn: Turn, peer: str, room: str, body: str) -> None:
    demand(parse_uri(room)["domain"] == peer, "not from the room's hub")
    events = structures.decode("NotifyBody", bytes.fromhex(body))
    begins = any(each["message"]["wire_format"] == "mls_welcome" or newcomer(turn, room, each) for each in events)
    demand(begins or room in turn.provider.rooms, "a room that nobody here has ever been in")
    turn.keep(rooms={room: (), **turn.provider.rooms})
    for fanned in events:
        event = structures.encode("FanoutMessage", fanned)
        heard, name = turn.provider.heard.get(room, frozenset()), sha256(event)
        if name in heard:
            continue
        turn.keep(heard={**turn.provider.heard, room: heard | {name}})
        joined = newcomer(turn, room, fanned)
        if joined is not None:
            enter(turn, room, joined)
        if fanned["message"]["wire_format"] == "mls_welcome":
            clients = welcomed(turn, room, fanned["message"]["welcome"])
        else:
            clients = turn.provider.rooms.get(room, ())
        for client in clients:
            turn.tell(client, {"type": "deliver", "room": room, "message": event.hex()})


def welcomed(turn: Turn, room: str, welcome: dict) -> list[str]:
    """Whose KeyPackages have been handed out for the room, and whose users still want it."""
    found = []
    for each in welcome["secrets"]:
        client, *purposes = turn.provider.handed.get(each["new_member"], (None,))
        wanted = [of for of in purposes if of[2] == room and in_force(turn, *of) == "granted"]
        if wanted and client not in found:
            found.append(client)
    for client in found:
        enter(turn, room, client)
    return found


def newcomer(turn: Turn, room: str, fanned: dict) -> str | None:
    """The own client that has come into the room's group by an external commit."""
    content = fanned["message"].get("public_message", {}).get("content")
    if content is None or content["sender"]["sender_type"] != "new_member_commit":
        return None
    if room_of(content["group_id"]) != room:
        return None
    client, _ = holder(content["commit"]["path"]["leaf_node"]["credential"])
    return client if parse_uri(client)["domain"] == turn.provider.domain else None


def enter(turn: Turn, room: str, client: str) -> None:
    clients = turn.provider.rooms.get(room, ())
    if client not in clients:
        turn.keep(rooms={**turn.provider.rooms, room: (*clients, client)})


# Own clients.


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
        case "disconnect":
            turn.keep(away={**turn.provider.away, client: ()})
        case "connect":
            waiting = turn.provider.away.get(client, ())
            turn.keep(away={name: each for name, each in turn.provider.away.items() if name != client})
            for each in waiting:
                turn.tell(client, each)
        case other:
            raise Unsupported(other)


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
    if domain == turn.provider.domain:
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
        if operation not in HOSTED:
            raise Unsupported(operation)
        demand(room in turn.provider.hosted, "there is no such room")
        answer = HOSTED[operation](turn, room, own, body)
        # The answer stands in front of what the hub fans out.
        turn.outputs, sent = before[1], turn.outputs[len(before[1]) :]
        turn.answer_client(what, 200, answer)
        turn.outputs += sent
    except REFUSALS:
        turn.provider, turn.outputs = before
        turn.answer_client(what, 403)


def asked_outside(turn: Turn, client: str, message: dict) -> None:
    what = {"kind": "asked", "client": client, "id": message["id"], "joins": False}
    match message["operation"]:
        case "updateConsent":
            decides(turn, what, message["body"])
        case "requestConsent":
            asks_for(turn, what, message["body"])
        case other:
            raise Unsupported(other)


def is_external(body: str) -> bool:
    message = structures.decode("UpdateRequest", bytes.fromhex(body))["bundle"]["proposalOrCommit"]
    content = message.get("public_message", {}).get("content", {})
    return content.get("sender", {}).get("sender_type") == "new_member_commit"


def answered(turn: Turn, step: dict) -> None:
    what = turn.provider.open.get(step["exchange"])
    if what is None:
        return
    turn.keep(open={name: each for name, each in turn.provider.open.items() if name != step["exchange"]})
    status, body = step.get("status"), step.get("body", "")
    if what["kind"] == "directory":
        directory_read(turn, what, status, body)
    if what["kind"] == "notify":
        event_taken(turn, what, status)
    if what["kind"] == "relayed":
        turn.answer(what["exchange"], 504 if status is None else status, body)
    if what["kind"] != "asked":
        return
    if "scope" in what and status == 201:
        turn.keep(asked=turn.provider.asked | {what["scope"]})
    if what["joins"] and status == 200 and is_success(body):
        enter(turn, what["room"], what["client"])
    # Nobody knows: as a gateway that has waited in vain.
    turn.answer_client(what, what.get("none", 504) if status is None else status, body)


def is_success(body: str) -> bool:
    try:
        return structures.decode("UpdateRoomResponse", bytes.fromhex(body))["responseCode"] == "success"
    except Refused:
        return False


def wished(turn: Turn, step: dict) -> None:
    wish = step["wish"]
    match wish["type"]:
        case "readDirectory":
            read_directory(turn, wish["of"])
        case "issueCode":
            issue_code(turn, wish["room"], wish["code"])
        case "rotateHubKey":
            # What has been franked before stays with the key that it was franked with.
            turn.keep(setup={**turn.provider.setup, "hubKey": wish["hubKey"]})
        case "crash":
            # All that it keeps, it has stored before it has answered.
            pass
        case "restart":
            notify_again(turn)
        case other:
            raise Unsupported(other)


def issue_code(turn: Turn, uri: str, code: dict) -> None:
    room = turn.provider.hosted[uri]
    keep(turn, replace(room, join_codes=(*room.join_codes, code)))


def retried(turn: Turn, step: dict) -> None:
    notify(turn, step["room"], step["provider"])


STEPS = {
    "request": requested,
    "client": said,
    "answer": answered,
    "noAnswer": answered,
    "operator": wished,
    "retry": retried,
}
