"""What comes of rooms that other providers host (protocol-06 section 5.5)."""

import structures
from hashing import sha256
from identifiers import parse_uri
from introductions import in_force
from names import demand, holder
from provider import Turn
from room import room_of


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
