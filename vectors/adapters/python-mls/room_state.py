"""A hosted room as the policy looks at it, with what only its hub knows (vectors/README.md, Rooms)."""

from hosted import Hosted
from outcomes import after
from provider import Turn
from roles import Room
from rooms import pending_of, state_of


def room_state(turn: Turn, room: Hosted) -> dict:
    """In the epoch that the room is in."""
    setup = turn.provider.setup
    envelope = {"envelope": setup["roomEnvelope"]} if "roomEnvelope" in setup else {}
    valid = [each for each in room.join_codes if turn.now < each.get("expiresMs", turn.now + 1)]
    former = {"former": list(room.former)} if room.former else {}
    state = state_of(room.group, {"hub": turn.provider.domain, "joinCodes": valid, **envelope, **former})
    parent = turn.provider.hosted.get(parent_in(state))
    if parent is None or parent.uri == room.uri:
        return state
    return {**state, "parent": {"participants": effective_state(turn, parent)["participants"]}}


def effective_state(turn: Turn, room: Hosted) -> dict:
    """With all that has been accepted, committed or not (protocol-06 section 7.1)."""
    return after(Room(room_state(turn, room)), pending_of(room.group)).state


def parent_in(state: dict) -> str | None:
    base = state.get("base", {})
    return base["parentRoom"][0]["uri"] if base.get("parentDependant") and base["parentRoom"] else None
