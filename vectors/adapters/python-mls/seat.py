"""A client in its seat: what it is and shows after each step of a flow (vectors/README.md, Flows)."""

from dataclasses import replace

import components
import structures
from chat import entry, holder
from content import message_id
from components import PARTICIPANT_LIST
from deliveries import delivered, replayed
from extensions import dictionary_of
from loop import REFUSALS
from names import demand
from proposals import Rules, no_ephemeral
from room import Room, Seat, entered, founded, own_commit, with_said, with_shown


def stepped(seat: Seat, step: dict) -> tuple[Seat, dict]:
    """The seat after a step, and what it shows of the step's room. What is refused changes nothing."""
    before = seat.room(step["room"])
    try:
        after = taken(seat, before, step)
    except REFUSALS:
        after = before
    return replace(seat, rooms={**seat.rooms, step["room"]: after}), seen(after, len(before.shown))


def seen(room: Room, count: int) -> dict:
    new = list(room.shown[count:])
    if room.member is None:
        nothing = {"epoch": None, "epochAuthenticator": None, "participants": [], "clients": [], "proposals": []}
        return {**nothing, "shown": new}
    group = room.member.group
    listed = dictionary_of(group.context["extensions"]).get(PARTICIPANT_LIST, "00")
    people = structures.decode("ParticipantListData", bytes.fromhex(listed))["participants"]
    return {
        "epoch": group.context["epoch"],
        "epochAuthenticator": room.member.secrets["epoch_authenticator"].hex(),
        "participants": [{"user": each["user"], "role": each["role_index"]} for each in people],
        "clients": [holder(leaf["credential"])[0] for _, leaf in group.tree.leaves()],
        "proposals": list(room.proposals),
        "shown": new,
    }


def taken(seat: Seat, room: Room, step: dict) -> Room:
    rules = Rules(components.updated, no_ephemeral, step["at"] // 1000)
    if "founding" in step:
        return founded(room, step["founding"], rules)
    if "sent" in step:
        sent = step["sent"]
        message = structures.decode("MLSMessage", bytes.fromhex(sent["message"]))
        return replace(room, waiting=(sent["message"], own_commit(room, message, sent, rules)))
    if "said" in step:
        return with_said(room, step["said"])
    if "status" in step:
        return answered(seat, room, step)
    return delivered(seat, room, step, rules)


def answered(seat: Seat, room: Room, step: dict) -> Room:
    if "to" in step:
        return message_answered(seat, room, step)
    if room.waiting is None:
        # The group that it has founded: where nobody takes it, there is none.
        return room if step["status"] == 200 else replace(room, member=room.closed, closed=None)
    message, member = room.waiting
    response = structures.decode("UpdateRoomResponse", bytes.fromhex(step["body"])) if step["status"] == 200 else None
    if response is None or response["responseCode"] != "success":
        return replace(room, waiting=None)
    return replayed(seat, entered(room, member))


def message_answered(seat: Seat, room: Room, step: dict) -> Room:
    if step["status"] == 404:
        # The hub has no such room any more.
        return replace(room, member=None, proposals=(), waiting=None)
    demand(step["status"] == 200, "the message has not been taken")
    response = structures.decode("SubmitMessageResponse", bytes.fromhex(step["body"]))
    demand(response["statusCode"] == "accepted", "the message has not been taken")
    user = seat.setup["user"]
    for data in room.said.values():
        if message_id(data, user, room.uri) == step["to"]:
            return with_shown(room, entry(data, user, room.uri, response["accepted_timestamp"]))
    return room
