"""What components say of a room's policy, as its state has it (vectors/README.md, Rooms)."""

import re

import structures

ROLES, PREAUTHORIZED, JOIN_LINKS = 37, 38, 42
# Where a component's data stand in a room's state, and their structure.
MEMBERS = {
    36: ("operational", "OperationalParameters"),
    39: ("base", "BaseRoomPolicy"),
    40: ("statusNotifications", "StatusNotificationPolicy"),
    41: ("joinLinkPolicy", "JoinLinkPolicy"),
    43: ("linkPreview", "LinkPreviewPolicy"),
    44: ("assets", "AssetPolicy"),
    45: ("logging", "LoggingPolicy"),
    46: ("history", "HistoryPolicy"),
    47: ("bots", "BotPolicy"),
    48: ("expiration", "MessageExpiration"),
}


def part(component: int, octets: str) -> dict:
    """What a component's data are in a room's state."""
    data = bytes.fromhex(octets)
    if component == ROLES:
        return {"roles": [role(each) for each in structures.decode("RoleData", data)["roles"]]}
    if component == PREAUTHORIZED:
        entries = structures.decode("PreAuthData", data)["preauthorized_entries"]
        return {"preauthorized": [{"claims": claims(each["claimset"]), "role": role(each["target_role"])} for each in entries]}
    if component == JOIN_LINKS:
        return {"joinLinks": [each["join_link"] for each in structures.decode("JoinLinksData", data)]}
    if component in MEMBERS:
        name, structure = MEMBERS[component]
        return {name: plain(structures.decode(structure, data))}
    return {}


def role(value: dict) -> dict:
    names = {
        "minimumParticipants": "minimum_participants_constraint",
        "maximumParticipants": "maximum_participants_constraint",
        "minimumActiveParticipants": "minimum_active_participants_constraint",
        "maximumActiveParticipants": "maximum_active_participants_constraint",
    }
    changes = value["authorized_role_changes"]
    return {
        "index": value["role_index"],
        "name": value["role_name"],
        "capabilities": value["role_capabilities"],
        "roleChanges": [{"from": each["from_role_index"], "to": each["target_role_indexes"]} for each in changes],
        **{name: value[given] for name, given in names.items() if value[given] is not None},
    }


def claims(claimset: list[dict]) -> list[dict]:
    return [
        {"credentialType": each["claim_id"]["credential_type"], "id": each["claim_id"]["id"], "value": each["claim_value"]}
        for each in claimset
    ]


def plain(value):
    """With names in camelCase, without what is absent, and with integers of 64 bits as numbers."""
    if isinstance(value, dict):
        return {camel(name): plain(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,20}", value) else value


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each[:1].upper() + each[1:] for each in others)
