"""A client in its seat: what reaches it, and what it is and shows then (vectors/README.md, Flows)."""

from dataclasses import dataclass, field, replace

import components
import structures
from chat import entry, holder, message_id, shown
from components import PARTICIPANT_LIST
from extensions import dictionary_of
from framing import SEMI_PRIVATE, Authenticated, group_of
from group import heard
from member import Member, Removed, after_commit, founder, joined_externally, received, welcomed, with_proposal
from names import demand, parsed
from proposals import Rules
from structures import Refused
from tree import Tree


@dataclass(frozen=True)
class Room:
    """What a client has of a room. `waiting` is its commit or group that has not been answered yet."""

    uri: str
    member: Member | None = None
    # The order in which the hub has taken them.
    proposals: tuple[str, ...] = ()
    waiting: tuple[str, Member] | None = None
    # Of the group that a ReInit has closed, while its successor is not certain.
    closed: Member | None = None
    buffered: tuple[dict, ...] = ()
    said: dict[str, bytes] = field(default_factory=dict)
    shown: tuple[dict, ...] = ()


@dataclass(frozen=True)
class Seat:
    setup: dict
    rooms: dict[str, Room] = field(default_factory=dict)

    def room(self, uri: str) -> Room:
        return self.rooms.get(uri, Room(uri))


def stepped(seat: Seat, step: dict) -> tuple[Seat, dict]:
    """The seat after a step, and what it shows of the step's room. What is refused changes nothing."""
    before = seat.room(step["room"])
    try:
        after = taken(seat, before, step)
    except Refused:
        after = before
    return replace(seat, rooms={**seat.rooms, step["room"]: after}), seen(after, len(before.shown))


def seen(room: Room, count: int) -> dict:
    new = list(room.shown[count:])
    if room.member is None:
        return {"epoch": None, "epochAuthenticator": None, "participants": [], "clients": [], "proposals": [], "shown": new}
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


def no_ephemeral(_component: int, _data: str) -> None:
    raise Refused("an unknown component")


# Its own.


def founded(room: Room, founding: dict, rules: Rules) -> Room:
    info = structures.decode("GroupInfo", bytes.fromhex(founding["groupInfo"]))
    tree = tree_of(founding["ratchetTree"])
    epoch_secret, private = (bytes.fromhex(founding[name]) for name in ("epochSecret", "encryptionPrivateKey"))
    demand(room_of(info["group_context"]["group_id"]) == room.uri, "a group of another room")
    member = founder(info, tree, epoch_secret, private, rules)
    return replace(room, member=member, proposals=(), closed=room.member)


def own_commit(room: Room, message: dict, made: dict, rules: Rules) -> Member:
    secret = bytes.fromhex(made["pathSecret"]) if "pathSecret" in made else None
    if "joining" in made:
        joining = made["joining"]
        info = structures.decode("GroupInfo", bytes.fromhex(joining["groupInfo"]))
        removes = [structures.decode("MLSMessage", bytes.fromhex(each)) for each in joining["selfRemoves"]]
        init = bytes.fromhex(joining["initSecret"])
        demand(room_of(info["group_context"]["group_id"]) == room.uri, "a group of another room")
        return joined_externally(info, tree_of(joining["ratchetTree"]), removes, message, init, secret, rules)
    demand(room.member is not None, "in no group")
    member = with_closed(room, at_time(room.member, rules))
    authenticated, used = received(member, message)
    return after_commit(used, authenticated, secret)


def at_time(member: Member, rules: Rules) -> Member:
    return replace(member, group=replace(member.group, rules=rules))


def with_closed(room: Room, member: Member) -> Member:
    """A founder's first commit has the closed group's PSK."""
    if room.closed is None or member.past:
        return member
    return replace(member, past=(room.closed, *room.closed.past))


def with_said(room: Room, said: dict) -> Room:
    message = structures.decode("MLSMessage", bytes.fromhex(said["message"]))
    demand(room.member is not None, "in no group")
    demand(group_of(message)[0] == room.member.group.context["group_id"], "for another group")
    return replace(room, said={**room.said, said["message"]: bytes.fromhex(said["content"])})


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
    demand(step["status"] == 200, "the message has not been taken")
    response = structures.decode("SubmitMessageResponse", bytes.fromhex(step["body"]))
    demand(response["statusCode"] == "accepted", "the message has not been taken")
    user = seat.setup["user"]
    for data in room.said.values():
        if message_id(data, user, room.uri) == step["to"]:
            return with_shown(room, entry(data, user, room.uri, response["accepted_timestamp"]))
    return room


def entered(room: Room, member: Member) -> Room:
    return replace(room, member=member, proposals=(), waiting=None, closed=None)


def with_shown(room: Room, message: dict) -> Room:
    known = any(each["messageId"] == message["messageId"] for each in room.shown)
    return room if known else replace(room, shown=(*room.shown, message))


# What the hub fans out.


def delivered(seat: Seat, room: Room, step: dict, rules: Rules) -> Room:
    fanned = structures.decode("FanoutMessage", bytes.fromhex(step["message"]))
    message = fanned["message"]
    if message["wire_format"] == "mls_welcome":
        return welcomed_in(seat, room, fanned, rules)
    if "made" in step and "joining" in step["made"]:
        return stapled(replayed(seat, entered(room, own_commit(room, message, step["made"], rules))), fanned)
    demand(room.member is not None, "in no group")
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
    except Refused:
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
    return replace(room, member=member, proposals=tuple(references))


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
        except Refused:
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
        privates = (bytes.fromhex(each[name]) for name in ("initPrivateKey", "encryptionPrivateKey"))
        try:
            member = welcomed(welcome, key_package, *privates, tree, rules, closed)
        except Refused:
            continue
        demand(room_of(member.group.context["group_id"]) == room.uri, "a group of another room")
        return replayed(seat, entered(room, member))
    raise Refused("no Welcome to this client")


def tree_of(encoded: str) -> Tree:
    return Tree.read(structures.decode("RatchetTreeExtension", bytes.fromhex(encoded)))


def room_of(group_id: str) -> str:
    """A room's first group has the room's URI with `g` for `r`; a later one has a number behind that."""
    uri = parsed(bytes.fromhex(group_id).decode("utf-8", "replace"))
    demand(uri["kind"] == "group", "no group's URI")
    name = uri["normal"].split("/g/")[1].split("/")
    demand(len(name) == 1 or len(name) == 2 and name[1].isdigit(), "no group's URI")
    return f"mimi://{uri['domain']}/r/{name[0]}"
