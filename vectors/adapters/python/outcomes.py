"""What a commit leads to, and whether the room may be so (room-policy-04 sections 3 to 5 and 8.1, protocol-06 section 7.5)."""

from collections import Counter

from roles import NOBODY, Room, demand

LIST_CHANGES = ("addParticipant", "removeParticipant", "changeRole")
ROLES, PREAUTHORISATIONS = 37, 38


def after(room: Room, proposals: list[dict]) -> Room:
    """The room behind these proposals. New clients get leaves below 0, where nobody else is."""
    listed, members, sets = dict(room.listed), dict(room.members), {}
    for proposal in proposals:
        for change in proposal["changes"]:
            follow(change, proposal["author"], listed, members)
            sets.update(change.get("sets", {}))
    participants = [{"user": user, "role": role} for user, role in listed.items()]
    clients = [{**each, "leaf": leaf} for leaf, each in members.items()]
    return Room({**room.state, **sets, "participants": participants, "members": clients})


def follow(change: dict, author: dict, listed: dict, members: dict) -> None:
    kind = change["kind"]
    if kind == "addParticipant":
        listed[change["user"]] = change["role"]
    elif kind == "changeRole":
        listed[change["user"]] = change["to"]
    elif kind == "removeParticipant":
        listed.pop(change["user"], None)
    elif kind == "removeClient":
        members.pop(change["leaf"], None)
    elif kind in ("addClient", "joinExternally"):
        who = change if kind == "addClient" else author
        members[-1 - len(members)] = {"client": who["client"], "user": who["user"]}


def demand_apart(changes: list[dict]) -> None:
    """What no commit has together: two changes of one user, and changes of roles with changes of the list."""
    listed = [change for change in changes if change["kind"] in LIST_CHANGES]
    users = Counter(change["user"] for change in listed)
    demand(all(count == 1 for count in users.values()), "one user twice")
    components = {change["component"] for change in changes if change["kind"] == "changeComponent"}
    demand(not listed or ROLES not in components, "roles change apart from the list")
    only_removals = all(change["kind"] == "removeParticipant" for change in listed)
    demand(only_removals or PREAUTHORISATIONS not in components, "preauthorisations change apart from the list")


def demand_outcome(room: Room, result: Room) -> None:
    """Raises Refused where the room may not become this."""
    for member in result.members.values():
        user = member["user"]
        if member not in room.members.values() or user in room.listed:
            demand(user in result.listed, "a client of a user who is not listed")
        demand(not result.is_banned(user) or room.is_banned(user), "a client of a banned user")
    demand_counts(room, result)
    demand_base(room, result)


def demand_counts(room: Room, result: Room) -> None:
    """Minima hold for roles that lose somebody, maxima for roles that gain somebody."""
    for counted, low, high in (
        (participants, "minimumParticipants", "maximumParticipants"),
        (active_participants, "minimumActiveParticipants", "maximumActiveParticipants"),
    ):
        before, now = counted(room), counted(result)
        for index, role in result.roles.items():
            if now[index] < before[index]:
                demand(now[index] >= role[low], f"role {index} has too few")
            if now[index] > before[index] and index != NOBODY:
                demand(now[index] <= role.get(high, now[index]), f"role {index} has too many")


def participants(room: Room) -> Counter:
    return Counter(room.listed.values())


def active_participants(room: Room) -> Counter:
    active = {member["user"] for member in room.members.values()}
    return Counter(role for user, role in room.listed.items() if user in active)


def demand_base(room: Room, result: Room) -> None:
    base = result.base
    entries, clients = users(result), len(result.members)
    if "maxUsers" in base and entries > users(room):
        demand(entries <= base["maxUsers"], "too many users")
    if "maxClients" in base and clients > len(room.members):
        demand(clients <= base["maxClients"], "too many clients")
    for user in result.listed:
        several = len(result.clients_of(user)) > max(1, len(room.clients_of(user)))
        demand(base.get("multiDevice", True) or not several, "a second client")
    newcomers = set(result.listed) - set(room.listed)
    pseudonyms = [user for user in newcomers if is_pseudonym(user)]
    demand(base.get("pseudonymsAllowed", True) or not pseudonyms, "a pseudonym")
    if base.get("parentDependant") and "parent" in result.state and newcomers:
        demand(set(result.listed) < of_parent(result), "is not in the parent room")


def of_parent(room: Room) -> set[str]:
    return {each if isinstance(each, str) else each["user"] for each in room.state["parent"]["participants"]}


def users(room: Room) -> int:
    return sum(not room.is_banned(user) for user in room.listed)


def is_pseudonym(user: str) -> bool:
    return user.split("/")[3:4] == ["p"]
