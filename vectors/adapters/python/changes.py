"""Whether the author of proposals may make the changes that they make (room-policy-04 sections 8.1, 8.2, 8.6, 8.7)."""

from roles import BANNED, NOBODY, Room, acting_role, demand, demand_way_in, identity

METADATA = {
    "room_name": "canChangeRoomName",
    "room_descriptions": "canChangeRoomDescription",
    "room_avatar": "canChangeRoomAvatar",
    "room_subject": "canChangeRoomSubject",
    "room_mood": "canChangeRoomMood",
}
FRANKING_AGENT, JOIN_LINKS = 33, 42
POLICIES = range(36, 49)
COMPONENTS = {
    36: "canChangeMlsOperationalPolicies",
    37: "canChangeRoleDefinitions",
    38: "canChangePreauthorizedUserList",
    39: "canChangeRoomMembershipStyle",
}
# The participant list, the metadata, the roles and the base policy.
NEEDED = (34, 35, 37, 39)
PROPOSALS = {"reinit": "canSendMLSReinitProposal"}


class Actor:
    """An author in a room, and all that it changes in the same commit: some changes come with others only."""

    def __init__(self, room: Room, author: dict, together: list[dict]) -> None:
        self.room = room
        self.author = author
        self.user = identity(author)
        self.role = acting_role(room, author)
        self.together = together

    def demand(self, capability: str) -> None:
        demand(self.room.can(self.role, capability), capability)

    def demand_move(self, before: int, after: int) -> None:
        demand(self.room.leads(self.role, before, after), f"no change from role {before} to role {after}")

    def also(self, kind: str, user: str) -> dict | None:
        return next((each for each in self.together if each["kind"] == kind and each["user"] == user), None)


def authorise(actor: Actor, change: dict) -> None:
    """Raises Refused where the author may not make the change."""
    CHANGES[change["kind"]](actor, change)


def add_participant(actor: Actor, change: dict) -> None:
    demand(change["user"] not in actor.room.listed, "is listed already")
    demand(not actor.room.base.get("fixedMembership"), "the membership is fixed")
    if change["user"] == actor.user:
        demand_way_in(actor.room, actor.author, change["role"])
        return
    bans = change["role"] == BANNED and actor.room.has_banned() and actor.room.can(actor.role, "canBan")
    demand(bans or actor.room.can(actor.role, "canAddParticipant"), "canAddParticipant")
    actor.demand_move(NOBODY, change["role"])


def remove_participant(actor: Actor, change: dict) -> None:
    user = change["user"]
    demand(actor.room.listed.get(user) == change["role"], "is not listed so")
    if is_left_behind(actor, user):
        return
    demand(not actor.room.base.get("fixedMembership"), "the membership is fixed")
    actor.demand("canRemoveSelf" if user == actor.user else "canRemoveParticipant")
    if actor.room.is_banned(user):
        actor.demand("canUnBan")
    actor.demand_move(change["role"], NOBODY)


def is_left_behind(actor: Actor, user: str) -> bool:
    """The hub takes users out of a room that depends on another, where they are not in that one any more."""
    state = actor.room.state
    if not is_hub(actor) or not actor.room.base.get("parentDependant") or "parent" not in state:
        return False
    return all(each["user"] != user for each in state["parent"]["participants"])


def is_hub(actor: Actor) -> bool:
    return actor.author["kind"] == "provider" and actor.author["domain"] == actor.room.state.get("hub")


def change_role(actor: Actor, change: dict) -> None:
    room, before, after = actor.room, change["from"], change["to"]
    demand(room.listed.get(change["user"]) == before, "is not listed so")
    demand(after != NOBODY and after in room.roles, "no such role")
    if change["user"] == actor.user:
        actor.demand("canChangeOwnRole")
        demand(room.preauthorised(actor.author.get("claims", [])) == after, "is not preauthorised for this role")
        return
    if room.has_banned() and before == BANNED:
        actor.demand("canUnBan")
    else:
        bans = room.has_banned() and after == BANNED and room.can(actor.role, "canBan")
        demand(bans or room.can(actor.role, "canChangeUserRole"), "canChangeUserRole")
    actor.demand_move(before, after)


def add_client(actor: Actor, change: dict) -> None:
    room, user, client = actor.room, change["user"], change["client"]
    leaves = any(each["kind"] == "removeClient" and each["client"] == client for each in actor.together)
    is_member = any(member["client"] == client for member in room.members.values())
    demand(leaves or not is_member, "is a member already")
    if user == actor.user:
        if not actor.also("addParticipant", user):
            demand(user in room.listed, "is not listed")
            actor.demand("canAddOwnClient")
        return
    demand(actor.also("addParticipant", user) is not None or follows(actor, change), "comes without its user")


def follows(actor: Actor, change: dict) -> bool:
    """A group that follows another gets the clients back that were in that one."""
    former = [each if isinstance(each, str) else each["client"] for each in actor.room.state.get("former", [])]
    return change["user"] in actor.room.listed and change["client"] in former


def remove_client(actor: Actor, change: dict) -> None:
    room, user = actor.room, change["user"]
    if user not in room.listed or actor.also("removeParticipant", user) or is_left_behind(actor, user):
        return
    if user == actor.user:
        # A client that comes in by itself may take the place of the one that it was.
        if actor.author["kind"] != "newMember" or actor.author["client"] != change["client"]:
            actor.demand("canRemoveOwnClient")
        return
    move = actor.also("changeRole", user)
    if move and move["to"] == BANNED and room.has_banned() and room.can(actor.role, "canBan"):
        return
    actor.demand("canKick")


def update_client(actor: Actor, change: dict) -> None:
    demand(change["user"] == actor.user, "a client updates itself only")


def join_externally(actor: Actor, _change: dict) -> None:
    demand(actor.author["kind"] == "newMember", "is a member")
    demand(actor.room.state.get("operational", {}).get("externalCommitAllowed", True), "no external commits")
    demand(not actor.room.is_banned(actor.user), "is banned")
    if not actor.also("addParticipant", actor.user):
        demand(actor.user in actor.room.listed, "is not listed")
        actor.demand("canAddOwnClient")


def change_metadata(actor: Actor, change: dict) -> None:
    for field in change["fields"]:
        demand(field in METADATA, f"nobody changes {field}")
        actor.demand(METADATA[field])


def change_component(actor: Actor, change: dict) -> None:
    component, removes = change["component"], change.get("op") == "remove"
    demand(not removes or component not in NEEDED, "no room is without it")
    demand(component in POLICIES or component == FRANKING_AGENT, "a component that no draft defines")
    is_second = component == FRANKING_AGENT and component in actor.room.state.get("components", [])
    demand(not is_second, "there is a franking agent already")
    if component != JOIN_LINKS:
        actor.demand(COMPONENTS.get(component, "canChangeOtherPolicyAttribute"))
        return
    # An update that nobody has looked into could do both.
    links = change.get("links", {"added": [True], "removed": [True]})
    if links["added"] and not removes:
        actor.demand("canCreateJoinCode")
    if links["removed"] or removes:
        actor.demand("canDeleteJoinCode")


def propose_other(actor: Actor, change: dict) -> None:
    if change["proposalType"] == "psk" and "former" in actor.room.state:
        return
    if change["proposalType"] == "group_context_extensions":
        demand(is_hub(actor), "the hub only changes other extensions")
        return
    capability = PROPOSALS.get(change["proposalType"])
    demand(capability is not None, f"no {change['proposalType']}")
    actor.demand(capability)


CHANGES = {
    "addClient": add_client,
    "removeClient": remove_client,
    "updateClient": update_client,
    "joinExternally": join_externally,
    "addParticipant": add_participant,
    "removeParticipant": remove_participant,
    "changeRole": change_role,
    "changeMetadata": change_metadata,
    "changeComponent": change_component,
    "other": propose_other,
}
