"""What a hub proposes in its rooms, as an external sender of their groups (protocol-06 sections 5.5 and 7.4)."""

from dataclasses import replace

import structures
from components import PARTICIPANT_LIST
from extensions import value_of
from fan_out import fan_out
from framing import PUBLIC, Authenticated, tbs
from group import Group, heard, with_pending
from hosted import Hosted, NotAllowed, keep, rules_at
from identifiers import parse_uri
from loop import REFUSALS
from names import demand, holder, uri_in
from provider import Turn
from roles import BANNED
from room_state import effective_state, parent_in, room_state
from rooms import allows, participants_in, pending_of, proposals_of

NO_AAD = structures.encode("SafeAAD", {"aad_items": []}).hex()


def wished_for(turn: Turn, uri: str, wish: dict) -> None:
    """The operator wants it; what the room's policy does not let the hub propose comes to nothing."""
    if uri in turn.provider.hosted and take(turn, uri, wish, turn.now):
        draw_consequences(turn, uri, turn.now)


def take(turn: Turn, uri: str, wish: dict, at: int) -> bool:
    """Whether there is anything to propose, and the room lets the hub propose it."""
    room = turn.provider.hosted[uri]
    try:
        after, messages = proposed(turn, room, [wish], at)
        demand(bool(messages), "it is so already")
    except (*REFUSALS, NotAllowed):
        return False
    keep(turn, replace(after, last=at))
    value = {"timestamp": str(at), "message": messages[0], "moreProposals": messages[1:]}
    clients = tuple(holder(leaf["credential"])[0] for _, leaf in room.group.tree.leaves())
    fan_out(turn, uri, [(structures.encode("FanoutMessage", value), clients)])
    return True


def proposed(turn: Turn, room: Hosted, wishes: list[dict], at: int) -> tuple[Hosted, list[dict]]:
    """The room with the proposals for these wishes pending, and the messages that they come in."""
    group, messages, new = replace(room.group, rules=rules_at(turn)), [], []
    for proposal in [each for wish in wishes for each in proposals_for(group, wish)]:
        message = signed(turn, group, proposal)
        body = message["public_message"]
        each = heard(group, Authenticated(PUBLIC, body["content"], body["auth"]))
        group, messages, new = with_pending(group, each), [*messages, message], [*new, each]
    if not new:
        return room, []
    request = {"kind": "proposals", "pending": pending_of(room.group), "proposals": proposals_of(room.group, new)}
    if not allows(room_state(turn, room), request):
        raise NotAllowed
    accepted = {each.reference: (message, at) for each, message in zip(new, messages, strict=True)}
    after = replace(room, group=group, accepted={**room.accepted, **accepted}, own=(*room.own, *wishes))
    return after, messages


def signed(turn: Turn, group: Group, proposal: dict) -> dict:
    key = turn.provider.setup["signature"]
    senders = value_of(group.context["extensions"], "external_senders", "ExternalSenders") or []
    index = next((at for at, each in enumerate(senders) if each["signature_key"] == key["publicKey"]), None)
    demand(index is not None, "the group does not name its hub")
    content = {
        "group_id": group.context["group_id"],
        "epoch": group.context["epoch"],
        "sender": {"sender_type": "external", "sender_index": index},
        "authenticated_data": NO_AAD,
        "content_type": "proposal",
        "proposal": proposal,
    }
    signature = group.suite.sign_with_label(
        bytes.fromhex(key["privateKey"]), "FramedContentTBS", tbs(PUBLIC, content, group.context)
    )
    body = {"content": content, "auth": {"signature": signature.hex()}}
    return {"version": "mls10", "wire_format": PUBLIC, "public_message": body}


def proposals_for(group: Group, wish: dict) -> list[dict]:
    """In the group's present epoch; nothing for what is so already."""
    if wish["kind"] == "dropSender":
        return without_sender(group, wish["domain"])
    members = [(leaf, *holder(each["credential"])) for leaf, each in group.tree.leaves()]
    meant = [leaf for leaf, client, user in members if wish.get("client") == client or wish.get("user") == user]
    removals = [{"proposal_type": "remove", "removed": leaf} for leaf in meant]
    return removals + list_change(group, wish)


def list_change(group: Group, wish: dict) -> list[dict]:
    users = [each["user"] for each in participants_in(group)]
    if wish.get("user") not in users:
        return []
    index = users.index(wish["user"])
    update: dict = {"changedRoleParticipants": [], "removedIndices": [], "addedParticipants": []}
    if wish["kind"] == "banUser":
        update = {**update, "changedRoleParticipants": [{"user_index": index, "role_index": BANNED}]}
    else:
        update = {**update, "removedIndices": [index]}
    data = structures.encode("ParticipantListUpdate", update).hex()
    return [{"proposal_type": "app_data_update", "component_id": PARTICIPANT_LIST, "op": "update", "update": data}]


def without_sender(group: Group, domain: str) -> list[dict]:
    """All extensions are replaced: the others stay as they are (RFC 9420 section 12.1.7)."""
    senders = value_of(group.context["extensions"], "external_senders", "ExternalSenders") or []
    kept = [each for each in senders if uri_in(each["credential"])["domain"] != domain]
    if len(kept) == len(senders):
        return []
    mine = {"extension_type": "external_senders", "extension_data": structures.encode("ExternalSenders", kept).hex()}
    extensions = [mine if each["extension_type"] == "external_senders" else each for each in group.context["extensions"]]
    return [{"proposal_type": "group_context_extensions", "extensions": extensions}]


# What follows from what a room has come to.


def draw_consequences(turn: Turn, uri: str, at: int) -> None:
    """Providers without participants lose their place; rooms that depend on this one lose whom it has lost."""
    room = turn.provider.hosted[uri]
    if room.is_over:
        return
    for domain in unneeded(turn, room):
        if take(turn, uri, {"kind": "dropSender", "domain": domain}, at):
            draw_consequences(turn, uri, at)
    here = {each["user"] for each in effective_state(turn, turn.provider.hosted[uri])["participants"]}
    others = [each for each in turn.provider.hosted.values() if not each.is_over]
    for child in [each for each in others if parent_in(room_state(turn, each)) == uri]:
        listed = effective_state(turn, child)["participants"]
        for user in [each["user"] for each in listed if each["user"] not in here]:
            if take(turn, child.uri, {"kind": "removeUser", "user": user}, at):
                draw_consequences(turn, child.uri, at)


def unneeded(turn: Turn, room: Hosted) -> list[str]:
    """Only while nothing is pending: a change of all extensions is what other proposals rest on."""
    if room.group.pending:
        return []
    senders = value_of(room.group.context["extensions"], "external_senders", "ExternalSenders") or []
    needed = {turn.provider.domain, *(parse_uri(each["user"])["domain"] for each in participants_in(room.group))}
    domains = [uri_in(each["credential"])["domain"] for each in senders]
    return [domain for domain in domains if domain not in needed]
