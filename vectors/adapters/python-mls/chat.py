"""What a client shows of an application message (protocol-06 section 5.4, content-09 sections 3.3 and 4)."""

import content
import hashing
import structures
from components import FRANKING_AGENT
from extensions import dictionary_of
from framing import Authenticated
from group import demand_genuine
from member import Member
from names import demand, holder
from signed import demand_franked, said_by

FRANK_AAD = 0x20


def shown(member: Member, message: Authenticated, room: str, timestamp: str, frank: dict | None) -> dict:
    demand_genuine(member.group, message)
    demand(message.content["content_type"] == "application", "no application message")
    data = bytes.fromhex(message.content["application_data"])
    leaf = member.group.tree.leaf(message.content["sender"]["leaf_index"])
    _, user = holder(leaf["credential"])
    sender, salt = said_by(data, room)
    demand(sender == user, "the content names another sender")
    demand_frank(member, message.content["authenticated_data"], salt, data, sender, room, timestamp, frank)
    return entry(data, sender, room, timestamp)


def demand_frank(
    member: Member, aad: str, salt: bytes, data: bytes, sender: str, room: str, timestamp: str, frank: dict | None
) -> None:
    """In a group with a franking agent every message has a tag, and the hub has signed for it."""
    agent = dictionary_of(member.group.context["extensions"]).get(FRANKING_AGENT)
    if agent is None:
        return
    items = structures.decode("SafeAAD", bytes.fromhex(aad))["aad_items"]
    tag = next((item["aad_item_data"] for item in items if item["component_id"] == FRANK_AAD), None)
    demand(tag == hashing.mac(salt, data).hex(), "the franking tag is of another content")
    demand(frank is not None, "no frank")
    key = structures.decode("FrankingAgentData", bytes.fromhex(agent))["franking_signature_key"]
    demand_franked(member.group.suite, key, frank, sender, room, timestamp)


def entry(data: bytes, sender: str, room: str, timestamp: str) -> dict:
    return {
        "messageId": content.message_id(data, sender, room),
        "sender": sender,
        "acceptedTimestamp": timestamp,
        "content": data.hex(),
    }
