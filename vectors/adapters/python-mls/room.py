"""What a client has of its rooms, and its own groups and commits in them (vectors/README.md, Flows)."""

from dataclasses import dataclass, field, replace

import structures
from framing import group_of
from joining import founder, joined_externally
from member import Member, after_commit, received
from identifiers import parse_uri
from names import demand
from proposals import Rules
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


def entered(room: Room, member: Member) -> Room:
    return replace(room, member=member, proposals=(), waiting=None, closed=None)


def with_shown(room: Room, message: dict) -> Room:
    known = any(each["messageId"] == message["messageId"] for each in room.shown)
    return room if known else replace(room, shown=(*room.shown, message))


def tree_of(encoded: str) -> Tree:
    return Tree.read(structures.decode("RatchetTreeExtension", bytes.fromhex(encoded)))


def room_of(group_id: str) -> str:
    """A room's first group has the room's URI with `g` for `r`; a later one has a number behind that."""
    uri = parse_uri(bytes.fromhex(group_id).decode("utf-8", "replace"))
    demand(uri["kind"] == "group", "no group's URI")
    name = uri["normal"].split("/g/")[1].split("/")
    demand(len(name) == 1 or len(name) == 2 and name[1].isdigit(), "no group's URI")
    return f"mimi://{uri['domain']}/r/{name[0]}"
