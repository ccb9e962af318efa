"""A room with its roles, participants and clients, and who may what in it (room-policy-04 sections 3 and 4)."""

NOBODY = 0
BANNED = 1


class Refused(Exception):
    """The room's policy does not allow it."""


def demand(holds: bool, says: str) -> None:
    if not holds:
        raise Refused(says)


class Room:
    """The state of one epoch. Nothing here changes it: what a commit leads to is another room."""

    def __init__(self, state: dict) -> None:
        self.state = state
        self.base = state.get("base", {})
        self.roles = {role["index"]: role for role in state["roles"]}
        self.listed = {each["user"]: each["role"] for each in state["participants"]}
        self.members = {each["leaf"]: each for each in state["members"]}

    def clients_of(self, user: str) -> list[dict]:
        return [member for member in self.members.values() if member["user"] == user]

    def role_of(self, user: str) -> int:
        return self.listed.get(user, NOBODY)

    def can(self, role: int, capability: str) -> bool:
        return capability in self.roles.get(role, {}).get("capabilities", [])

    def leads(self, role: int, before: int, after: int) -> bool:
        """Whether holders of the role may move others from one role to another."""
        changes = self.roles.get(role, {}).get("roleChanges", [])
        return any(change["from"] == before and after in change["to"] for change in changes)

    def has_banned(self) -> bool:
        """Without exactly this name, role 1 is a role like any other."""
        return self.roles.get(BANNED, {}).get("name") == "banned"

    def is_banned(self, user: str) -> bool:
        return self.role_of(user) == BANNED and self.has_banned()

    def preauthorised(self, claims: list[dict]) -> int:
        """The role of the first entry all of whose claims are among these."""
        for entry in self.state.get("preauthorized", []):
            if all(claim in claims for claim in entry["claims"]):
                return entry["role"]["index"]
        return NOBODY


def identity(author: dict) -> str:
    """Whom the participant list would name."""
    return f"mimi://{author['domain']}" if author["kind"] == "provider" else author["user"]


def is_provider(uri: str) -> bool:
    return uri.count("/") == 2


def acting_role(room: Room, author: dict) -> int:
    """The role that an author acts with: its own, or for a provider that is not listed the preauthorised one."""
    user = identity(author)
    if user in room.listed or author["kind"] != "provider":
        return room.role_of(user)
    return room.preauthorised(author.get("claims", []))


def demand_way_in(room: Room, author: dict, role: int) -> None:
    """Somebody who is not listed comes in by itself (section 8.1.1)."""
    demand(role != NOBODY and role in room.roles, "no such role")
    opened = room.can(NOBODY, "canOpenJoin") and room.leads(NOBODY, NOBODY, role)
    matches = room.preauthorised(author.get("claims", [])) == role
    preauthorised = matches and room.can(role, "canJoinIfPreauthorized")
    code = room.can(NOBODY, "canUseJoinCode") and has_code(room, author, role)
    demand(opened or preauthorised or code, "no way in leads to this role")


def has_code(room: Room, author: dict, role: int) -> bool:
    codes = room.state.get("joinCodes", []) if room.leads(NOBODY, NOBODY, role) else []
    return any(each["code"] == author.get("joinCode") and each["role"] == role for each in codes)
