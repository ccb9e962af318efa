"""A group as the room that its policy is about, and proposals as what they change in it (vectors/README.md, Rooms)."""

import policy
import structures
from components import JOIN_LINKS, PARTICIPANT_LIST
from extensions import dictionary_of, value_of
from group import Group
from names import holder, uri_in
from policy_parts import part
from proposals import Proposed
from roles import Refused as Forbidden
from structures import Refused

METADATA = 35


def state_of(group: Group, more: dict) -> dict:
    """`more` is what only the hub knows: its domain, join codes, the room's parent, its envelope."""
    data = dictionary_of(group.context["extensions"])
    members = [(leaf, *holder(each["credential"])) for leaf, each in group.tree.leaves()]
    return {
        "roles": [],
        "participants": participants(data),
        "members": [{"leaf": leaf, "client": client, "user": user} for leaf, client, user in members],
        "components": sorted(data),
        **{name: value for component in data for name, value in part(component, data[component]).items()},
        **more,
    }


def participants(data: dict) -> list[dict]:
    listed = structures.decode("ParticipantListData", bytes.fromhex(data.get(PARTICIPANT_LIST, "00")))
    return [{"user": each["user"], "role": each["role_index"]} for each in listed["participants"]]


def participants_in(group: Group) -> list[dict]:
    return participants(dictionary_of(group.context["extensions"]))


# Authors and changes.


def author_of(group: Group, sender: dict, newcomer: dict | None, code: str | None) -> dict:
    """`newcomer` is the leaf of one that comes in by itself, `code` the join code that it has shown."""
    match sender["sender_type"]:
        case "member":
            leaf = group.tree.leaf(sender["leaf_index"])
            client, user = holder(leaf["credential"])
            return {"kind": "member", "leaf": sender["leaf_index"], "client": client, "user": user, "claims": own_claims(client, user)}
        case "external":
            senders = value_of(group.context["extensions"], "external_senders", "ExternalSenders")
            domain = uri_in(senders[sender["sender_index"]]["credential"])["domain"]
            return {"kind": "provider", "domain": domain, "claims": [claim("provider", f"mimi://{domain}")]}
    client, user = holder(newcomer["credential"])
    shown = {} if code is None else {"joinCode": code}
    return {"kind": "newMember", "client": client, "user": user, "claims": own_claims(client, user), **shown}


def own_claims(client: str, user: str) -> list[dict]:
    """What a basic credential says of its holder."""
    domain = client.split("/")[2]
    return [claim("client", client), claim("user", user), claim("provider", f"mimi://{domain}")]


def claim(name: str, value: str) -> dict:
    return {"credentialType": "basic", "id": name.encode().hex(), "value": value.encode().hex()}


def proposal_of(group: Group, each: Proposed, author: dict) -> dict:
    reference = {} if each.reference is None else {"reference": each.reference}
    return {"author": author, "changes": changes_of(group, each), **reference}


def proposals_of(group: Group, some) -> list[dict]:
    return [proposal_of(group, each, author_of_pending(group, each)) for each in some]


def pending_of(group: Group) -> list[dict]:
    return proposals_of(group, group.pending.values())


def author_of_pending(group: Group, each: Proposed) -> dict:
    newcomer = each.proposal["key_package"]["leaf_node"] if each.kind == "add" else None
    return author_of(group, each.sender, newcomer, None)


def changes_of(group: Group, each: Proposed) -> list[dict]:
    proposal = each.proposal
    match each.kind:
        case "add":
            client, user = holder(proposal["key_package"]["leaf_node"]["credential"])
            name = structures.encode("KeyPackage", proposal["key_package"]).hex()
            return [{"kind": "addClient", "client": client, "user": user, "keyPackage": name}]
        case "remove":
            return [of_leaf(group, "removeClient", proposal["removed"])]
        case "self_remove":
            return [of_leaf(group, "removeClient", each.sender["leaf_index"])]
        case "update":
            return [of_leaf(group, "updateClient", each.sender["leaf_index"])]
        case "external_init":
            return [{"kind": "joinExternally"}]
        case "app_data_update":
            return component_changes(group, proposal)
    return [{"kind": "other", "proposalType": each.kind}]


def of_leaf(group: Group, kind: str, leaf: int) -> dict:
    found = group.tree.leaf(leaf)
    if found is None:
        raise Refused("nobody has this leaf")
    client, user = holder(found["credential"])
    return {"kind": kind, "leaf": leaf, "client": client, "user": user}


def component_changes(group: Group, proposal: dict) -> list[dict]:
    component, data = proposal["component_id"], dictionary_of(group.context["extensions"])
    if proposal["op"] == "remove":
        return [{"kind": "changeComponent", "component": component, "op": "remove"}]
    update = bytes.fromhex(proposal["update"])
    if component == PARTICIPANT_LIST:
        return list_changes(participants(data), structures.decode("ParticipantListUpdate", update))
    if component == METADATA:
        before = structures.decode("RoomMetaData", bytes.fromhex(data[METADATA])) if METADATA in data else {}
        after = structures.decode("RoomMetaData", update)
        return [{"kind": "changeMetadata", "fields": [name for name in after if after[name] != before.get(name)]}]
    change = {"kind": "changeComponent", "component": component, "op": "update"}
    if component != JOIN_LINKS:
        return [{**change, "sets": part(component, proposal["update"])}]
    value, before = structures.decode("JoinLinksUpdate", update), part(JOIN_LINKS, data.get(JOIN_LINKS, "00"))["joinLinks"]
    removed = [before[index] for index in value["removedIndices"] if index < len(before)]
    added = [each["join_link"] for each in value["added_links"]]
    return [{**change, "links": {"added": added, "removed": removed}}]


def list_changes(listed: list[dict], update: dict) -> list[dict]:
    """Indices are those of the list before the commit."""
    named = [each["user_index"] for each in update["changedRoleParticipants"]] + update["removedIndices"]
    if any(index >= len(listed) for index in named):
        raise Refused("an index of nobody")
    moved = [
        {
            "kind": "changeRole",
            "user": listed[each["user_index"]]["user"],
            "from": listed[each["user_index"]]["role"],
            "to": each["role_index"],
        }
        for each in update["changedRoleParticipants"]
    ]
    removed = [{"kind": "removeParticipant", **listed[index]} for index in update["removedIndices"]]
    added = [{"kind": "addParticipant", "user": each["user"], "role": each["role_index"]} for each in update["addedParticipants"]]
    return moved + removed + added


def allows(state: dict, request: dict) -> bool:
    try:
        return policy.decide({"state": state, "request": request})["outcome"] == "allowed"
    except Forbidden:
        return False
