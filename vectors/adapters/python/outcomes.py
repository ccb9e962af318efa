"""What a commit leads to, and whether the room may be so (room-policy-04 sections 3 to 5 and 8.1, protocol-06 section 7.5)."""

from collections import Counter

from founding import COMPONENTS
from roles import NOBODY, Room, demand

NAMES = {number: name for name, number in COMPONENTS.items()}
LIST_CHANGES = ("addParticipant", "removeParticipant", "changeRole")
ROLES, PREAUTHORISATIONS, JOIN_LINKS = 37, 38, 42


def after(room: Room, proposals: list[dict]) -> Room:
    """The room behind these proposals. New clients get leaves below 0, where nobody else is."""
    listed, members, state = dict(room.listed), dict(room.members), dict(room.state)
    for proposal in proposals:
        for change in proposal["changes"]:
            follow(change, proposal["author"], listed, members)
            if change["kind"] == "changeComponent":
                replace(change, state)
    participants = [{"user": user, "role": role} for user, role in listed.items()]
    clients = [{**each, "leaf": leaf} for leaf, each in members.items()]
    return Room({**state, "participants": participants, "members": clients})


def replace(change: dict, state: dict) -> None:
    """A component is replaced or goes; of the join links, some go and some come."""
    component = change["component"]
    if change.get("op") == "remove":
        state.pop(NAMES.get(component, ""), None)
        state["components"] = [each for each in state.get("components", []) if each != component]
        return
    state.update(change.get("sets", {}))
    if "links" in change:
        links = change["links"]
        kept = [link for link in state.get("joinLinks", []) if link not in links["removed"]]
        state["joinLinks"] = kept + links["added"]


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
    demand_once(changes)


def demand_once(changes: list[dict]) -> None:
    """What MLS has once in a commit (RFC 9420 section 12.2), and what is replaced as a whole."""
    things = Counter(thing for change in changes for thing in touched(change))
    demand(all(count == 1 for count in things.values()), "changed twice")
    reinit = any(change.get("proposalType") == "reinit" for change in changes)
    demand(not reinit or len(changes) == 1, "a ReInit among other changes")


def touched(change: dict) -> list:
    kind = change["kind"]
    if kind in ("removeClient", "updateClient"):
        return [change["leaf"]]
    if kind == "addClient":
        return [change["client"]]
    if kind == "changeMetadata":
        return [kind]
    if change.get("proposalType") == "group_context_extensions":
        return ["extensions"]
    if kind != "changeComponent":
        return []
    links = change.get("links")
    if change["component"] == JOIN_LINKS and links is not None:
        return links["added"] + links["removed"]
    return [("component", change["component"])]


def demand_outcome(room: Room, result: Room) -> None:
    """Raises Refused where the room may not become this."""
    demand(all(role in result.roles for role in result.listed.values()), "a participant has no role")
    for member in result.members.values():
        user = member["user"]
        if member not in room.members.values() or user in room.listed:
            demand(user in result.listed, "a client of a user who is not listed")
        demand(not result.is_banned(user), "a client of a banned user")
    demand_counts(room, result)
    demand_base(room, result)


def demand_counts(room: Room, result: Room) -> None:
    """A limit may be missed as far as it was before, and no further."""
    for counted, low, high in (
        (participants, "minimumParticipants", "maximumParticipants"),
        (active_participants, "minimumActiveParticipants", "maximumActiveParticipants"),
    ):
        before, now = counted(room), counted(result)
        for index in result.roles.keys() - {NOBODY}:
            role, former = result.roles[index], room.roles.get(index, {low: 0})
            fewer, more = role[low] - now[index], over(now[index], role, high)
            demand(fewer <= max(0, former[low] - before[index]), f"role {index} has too few")
            demand(more <= over(before[index], former, high), f"role {index} has too many")


def over(count: int, limits: dict, name: str) -> int:
    return max(0, count - limits.get(name, count))


def participants(room: Room) -> Counter:
    return Counter(room.listed.values())


def active_participants(room: Room) -> Counter:
    active = {member["user"] for member in room.members.values()}
    return Counter(role for user, role in room.listed.items() if user in active)


def demand_base(room: Room, result: Room) -> None:
    base = result.base
    for name, now, before in (
        ("maxUsers", users(result), users(room)),
        ("maxClients", len(result.members), len(room.members)),
    ):
        demand(over(now, base, name) <= over(before, room.base, name), f"{name} is exceeded")
    was_single = not room.base.get("multiDevice", True)
    for user in result.listed:
        before = len(room.clients_of(user)) if was_single else 0
        several = len(result.clients_of(user)) > max(1, before)
        demand(base.get("multiDevice", True) or not several, "a second client")
    newcomers = set(result.listed) - set(room.listed)
    pseudonyms = [user for user in newcomers if is_pseudonym(user)]
    demand(base.get("pseudonymsAllowed", True) or not pseudonyms, "a pseudonym")
    if base.get("parentDependant") and "parent" in result.state:
        unbanned = {user for user in result.listed if not result.is_banned(user)}
        demand(unbanned < of_parent(result), "is no strict subset of the parent room")


def of_parent(room: Room) -> set[str]:
    return {each if isinstance(each, str) else each["user"] for each in room.state["parent"]["participants"]}


def users(room: Room) -> int:
    return sum(not room.is_banned(user) for user in room.listed)


def is_pseudonym(user: str) -> bool:
    return user.split("/")[3:4] == ["p"]
