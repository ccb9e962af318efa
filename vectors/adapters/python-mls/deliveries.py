"""Events of a room as they reach a client: Welcomes, commits, proposals, messages (protocol-06 section 5.5)."""

from dataclasses import replace

import structures
from chat import entry, shown
from framing import group_of
from group import heard
from joining import OwnKeyPackage, welcomed
from loop import REFUSALS
from member import Member, Removed, after_commit, received, with_proposal
from names import demand
from proposals import Rules, touched_by
from room import Room, Seat, at_time, entered, own_commit, room_of, with_closed, with_shown
from structures import Refused
from tree import Tree


def delivered(seat: Seat, room: Room, step: dict, rules: Rules) -> Room:
    fanned = structures.decode("FanoutMessage", bytes.fromhex(step["message"]))
    message = fanned["message"]
    if message["wire_format"] == "mls_welcome":
        return welcomed_in(seat, room, fanned, rules)
    if "made" in step and "joining" in step["made"]:
        return stapled(replayed(seat, entered(room, own_commit(room, message, step["made"], rules))), fanned)
    if room.member is None:
        # It may be for the epoch that the client is about to come in by.
        return replace(room, buffered=(*room.buffered, fanned))
    return replayed(seat, event(seat, replace(room, member=at_time(room.member, rules)), fanned, step.get("made")))


def event(seat: Seat, room: Room, fanned: dict, made: dict | None) -> Room:
    message = fanned["message"]
    group_id, epoch, kind = group_of(message)
    demand(group_id == room.member.group.context["group_id"], "of another group")
    encoded = structures.encode("MLSMessage", message).hex()
    if encoded in room.said:
        user, data = seat.setup["user"], room.said[encoded]
        return with_shown(room, entry(data, user, room.uri, fanned["timestamp"]))
    if room.waiting is not None and room.waiting[0] == encoded:
        return stapled(entered(room, room.waiting[1]), fanned)
    if epoch > room.member.group.epoch:
        return replace(room, buffered=(*room.buffered, fanned))
    match kind:
        case "commit":
            return committed_in(room, message, fanned, made)
        case "proposal":
            return proposed_in(room, [message, *fanned["moreProposals"]])
    return said_in(room, message, fanned, epoch)


def committed_in(room: Room, message: dict, fanned: dict, made: dict | None) -> Room:
    if made is not None:
        return stapled(entered(room, own_commit(room, message, made, room.member.group.rules)), fanned)
    authenticated, member = received(room.member, message)
    try:
        return stapled(entered(room, after_commit(with_closed(room, member), authenticated)), fanned)
    except Removed:
        return replace(room, member=None, proposals=(), waiting=None, buffered=())


def stapled(room: Room, fanned: dict) -> Room:
    """The hub's own proposals for the epoch that begins."""
    proposals = fanned.get("externalProposals", [])
    try:
        return proposed_in(room, proposals) if proposals else room
    except REFUSALS:
        return room


def proposed_in(room: Room, messages: list[dict]) -> Room:
    """All that come together, or none."""
    member, references = room.member, list(room.proposals)
    for message in messages:
        authenticated, member = received(member, message)
        proposed = heard(member.group, authenticated)
        member = with_proposal(member, proposed)
        if proposed.reference not in references:
            references.append(proposed.reference)
    if leaves_nobody(member, references):
        return replace(room, member=None, proposals=())
    return replace(room, member=member, proposals=tuple(references))


def leaves_nobody(member: Member, references: list[str]) -> bool:
    """Then nobody is there to commit: the group is over."""
    pending = [member.group.pending[reference] for reference in references]
    gone = {leaf for each in pending for leaf in touched_by(each) if each.kind != "update"}
    return gone >= {leaf for leaf, _ in member.group.tree.leaves()} and not any(each.kind == "add" for each in pending)


def said_in(room: Room, message: dict, fanned: dict, epoch: int) -> Room:
    members = [room.member, *room.member.past]
    group_id = room.member.group.context["group_id"]
    for at, member in enumerate(members):
        if member.group.epoch == epoch and member.group.context["group_id"] == group_id:
            authenticated, used = received(member, message)
            new = shown(member, authenticated, room.uri, fanned["timestamp"], fanned["frank"])
            members[at] = used
            current = replace(members[0], past=tuple(members[1:]))
            return with_shown(replace(room, member=current), new)
    raise Refused("of an epoch that this client has not been in")


def replayed(seat: Seat, room: Room) -> Room:
    """What came too early, as far as its time has come."""
    if room.member is None or not room.buffered:
        return room
    epoch = room.member.group.epoch
    waiting, room = room.buffered, replace(room, buffered=())
    for fanned in waiting:
        try:
            room = event(seat, room, fanned, None)
        except REFUSALS:
            pass
    return room if room.member is None or room.member.group.epoch == epoch else replayed(seat, room)


def welcomed_in(seat: Seat, room: Room, fanned: dict, rules: Rules) -> Room:
    option = fanned["ratchetTreeOption"]
    demand(option["representation"] == "full", "a Welcome without a tree")
    welcome, tree = fanned["message"]["welcome"], Tree.read(option["ratchet_tree"])
    # Who has seen the ReInit takes no Welcome without a link to the closed group.
    closed = room.member if room.member is not None and room.member.reinit is not None else None
    for each in seat.setup["keyPackages"]:
        key_package = structures.decode("KeyPackage", bytes.fromhex(each["keyPackage"]))
        privates = [bytes.fromhex(each[name]) for name in ("initPrivateKey", "encryptionPrivateKey")]
        try:
            member = welcomed(welcome, OwnKeyPackage(key_package, *privates), tree, rules, closed)
        except REFUSALS:
            continue
        demand(room_of(member.group.context["group_id"]) == room.uri, "a group of another room")
        return replayed(seat, entered(room, member))
    raise Refused("no Welcome to this client")
