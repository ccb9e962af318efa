"""Rooms that own clients create (protocol-06 section 3.1, room-policy-04 section 5)."""

import structures
from chat import holder
from extensions import value_of
from group import Group, demand_signed_by_member
from hosted import Hosted, Unsupported, keep, more_of, rules_at
from identifiers import parse_uri
from loop import REFUSALS
from names import demand, uri_in
from primitives import suite
from provider import Turn
from room import room_of, tree_of
from rooms import allows, state_of
from schedule import interim_hash


def created(turn: Turn, client: str, message: dict) -> int:
    """The status of the answer."""
    uri = message["room"]
    try:
        demand(parse_uri(uri)["domain"] == turn.provider.domain and uri not in turn.provider.hosted, "no new room")
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
        state = state_of(room.group, more_of(turn, room))
        demand_no_proposing(turn, state, context)
        demand(not is_second(turn, state), "these users have a room with fixed membership")
        demand(allows(state, {"kind": "create", "creator": user}), "the policy is none")
    except REFUSALS:
        return 400
    keep(turn, room)
    return 200


def is_second(turn: Turn, state: dict) -> bool:
    """One room with fixed membership is enough for the same users (room-policy-04 section 5)."""
    if not state.get("base", {}).get("fixedMembership"):
        return False
    others = [state_of(room.group, {}) for room in turn.provider.hosted.values()]
    fixed = [each for each in others if each.get("base", {}).get("fixedMembership")]
    return any(users_of(each) == users_of(state) for each in fixed)


def users_of(state: dict) -> set[str]:
    return {each["user"] for each in state["participants"]}


def demand_no_proposing(turn: Turn, state: dict, context: dict) -> None:
    """Rooms in which the hub has to propose something by itself are beyond this seat."""
    senders = value_of(context["extensions"], "external_senders", "ExternalSenders") or []
    others = [each for each in senders if uri_in(each["credential"])["domain"] != turn.provider.domain]
    if others or state.get("base", {}).get("parentDependant"):
        raise Unsupported("a room in which the hub proposes something by itself")
