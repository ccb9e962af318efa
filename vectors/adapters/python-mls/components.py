"""How MIMI's components take the updates of a commit (protocol-06 section 7, room-policy-04 sections 3 to 6)."""

import state
import structures
from founding import demand_contents
from names import demand
from policy_parts import JOIN_LINKS, part
from roles import Refused as Forbidden
from roles import Room

PARTICIPANT_LIST, FRANKING_AGENT = 34, 33

# Their data are what the last update says.
REPLACED = {
    35: "RoomMetaUpdate",
    36: "OperationalParametersUpdate",
    37: "RoleUpdate",
    38: "PreAuthUpdate",
    39: "BaseRoomUpdate",
    40: "StatusNotificationPolicyUpdate",
    41: "JoinLinkPolicyUpdate",
    43: "LinkPreviewPolicyUpdate",
    44: "AssetPolicyUpdate",
    45: "LoggingPolicyUpdate",
    46: "HistoryPolicyUpdate",
    47: "BotPolicyUpdate",
    48: "MessageExpirationUpdate",
}


def updated(component: int, current: str | None, updates: list[str]) -> str:
    """The component's data after the updates of one commit, all in hexadecimal."""
    if component == PARTICIPANT_LIST:
        before = "00" if current is None else current
        return state.update_participants({"list": before, "updates": updates})["list"]
    if component == JOIN_LINKS:
        return updated_links(current, updates)
    demand(component in REPLACED or component == FRANKING_AGENT, "an unknown component")
    demand(len(updates) == 1, "a component is replaced twice")
    if component == FRANKING_AGENT:
        demand(current is None, "there is a franking agent already")
    structures.decode(REPLACED.get(component, "FrankingAgentUpdate"), bytes.fromhex(updates[0]))
    demand_sound(component, updates[0])
    return updates[0]


def demand_sound(component: int, data: str) -> None:
    """Whatever the rest of the room is."""
    try:
        demand_contents(Room({"roles": [], "participants": [], "members": [], **part(component, data)}))
    except Forbidden as reason:
        raise structures.Refused(str(reason)) from None


def updated_links(current: str | None, updates: list[str]) -> str:
    """Indices are those of the list before the commit."""
    before = [] if current is None else structures.decode("JoinLinksData", bytes.fromhex(current))
    removed, added = [], []
    for update in updates:
        value = structures.decode("JoinLinksUpdate", bytes.fromhex(update))
        removed += value["removedIndices"]
        added += value["added_links"]
    demand(all(index < len(before) for index in removed), "an index of no link")
    demand(len(removed) == len(set(removed)), "a link is taken out twice")
    named = [link["join_link"] for link in added]
    demand(len(named) == len(set(named)), "a link is put in twice")
    demand(not any(link in before for link in added), "a link that is in force")
    kept = [link for index, link in enumerate(before) if index not in removed]
    return structures.encode("JoinLinksData", kept + added).hex()


def update(case: dict) -> dict:
    return {"data": updated(case["componentId"], case.get("current"), case["updates"])}


OPERATIONS = {"room-component.update": (update, "applied")}
