"""Rooms that own clients create (protocol-06 section 3.1, room-policy-04 section 5)."""

from dataclasses import replace

import structures
from group import Group, demand_signed_by_member
from hosted import Hosted, keep, rules_at
from identifiers import parse_uri
from loop import REFUSALS
from names import demand, holder
from primitives import suite
from provider import Turn
from room import room_of, tree_of
from room_state import room_state
from rooms import allows, state_of
from schedule import interim_hash


def created(turn: Turn, client: str, message: dict) -> int:
    """The status of the answer."""
    uri = message["room"]
    closed = turn.provider.hosted.get(uri)
    try:
        demand(parse_uri(uri)["domain"] == turn.provider.domain, "a room of another hub")
        demand(closed is None or closed.agreed is not None, "no new room")
        room = founded(turn, client, message)
        demand(closed is not None or not is_second(turn, room_state(turn, room)), "these users have a fixed room")
    except REFUSALS:
        return 400
    if closed is None:
        keep(turn, room)
        return 200
    return succeeded(turn, client, closed, room)


def founded(turn: Turn, client: str, message: dict) -> Hosted:
    uri = message["room"]
    info = structures.decode("GroupInfo", bytes.fromhex(message["groupInfo"]))
    tree = tree_of(message["ratchetTree"])
    context = info["group_context"]
    of = suite(context["cipher_suite"])
    demand(room_of(context["group_id"]) == uri and context["epoch"] == "0", "no group of the room")
    demand_signed_by_member(of, info, tree)
    founder, user = holder(tree.leaf(info["signer"])["credential"])
    demand(founder == client and len(tree.leaves()) == 1, "another founder")
    interim = interim_hash(b"", info["confirmation_tag"])
    room = Hosted(uri, Group(of, context, tree, interim, rules_at(turn)), info)
    demand(allows(room_state(turn, room), {"kind": "create", "creator": user}), "the policy is none")
    return room


def succeeded(turn: Turn, client: str, closed: Hosted, room: Hosted) -> int:
    """The group that a ReInit has announced, founded by somebody of the closed one (RFC 9420 section 11.2)."""
    context, agreed = room.group.context, closed.agreed
    members = [holder(leaf["credential"]) for _, leaf in closed.group.tree.leaves()]
    user = next((own for name, own in holders(room) if name == client), None)
    is_announced = all(context[name] == agreed[name] for name in ("group_id", "version", "cipher_suite", "extensions"))
    if not is_announced or user not in [each for _, each in members]:
        return 403
    same = {name: getattr(closed, name) for name in ("answered", "last", "queues", "sending")}
    keep(turn, replace(room, former=tuple(name for name, _ in members), **same))
    return 200


def holders(room: Hosted) -> list[tuple[str, str]]:
    return [holder(leaf["credential"]) for _, leaf in room.group.tree.leaves()]


def is_second(turn: Turn, state: dict) -> bool:
    """One room with fixed membership is enough for the same users (room-policy-04 section 5)."""
    if not state.get("base", {}).get("fixedMembership"):
        return False
    others = [state_of(room.group, {}) for room in turn.provider.hosted.values()]
    fixed = [each for each in others if each.get("base", {}).get("fixedMembership")]
    return any(users_of(each) == users_of(state) for each in fixed)


def users_of(state: dict) -> set[str]:
    return {each["user"] for each in state["participants"]}
