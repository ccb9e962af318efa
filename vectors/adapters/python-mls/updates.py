"""What a hub decides about commits and proposals (protocol-06 sections 5.3 and 7.1)."""

from dataclasses import replace

import structures
from extensions import find
from fan_out import fan_out
from framing import PUBLIC, SEMI_PRIVATE, Authenticated, body_of, group_of
from group import Group, committed, demand_signed_by_member, group_after, heard, with_pending
from hashing import sha256
from hosted import Hosted, NotAllowed, keep, rules_at
from loop import REFUSALS
from names import demand, holder
from proposals import Proposed
from provider import Turn
from proposing import draw_consequences, proposed
from receiver import opened_by_receiver
from room_state import room_state
from rooms import allows, author_of, author_of_pending, pending_of, proposal_of, proposals_of

NO_TEXT = {"errorDescription": ""}


def updated(turn: Turn, uri: str, peer: str, body: str) -> str:
    """The UpdateRoomResponse. Refused is what cannot be read."""
    room = turn.provider.hosted[uri]
    # The same from somebody else is another request.
    name = peer, sha256(bytes.fromhex(body))
    if name in room.answered:
        return room.answered[name]
    bundle = structures.decode("UpdateRequest", bytes.fromhex(body))["bundle"]
    if room.agreed is not None:
        return response({"responseCode": "notAllowed", **NO_TEXT})
    _, epoch, kind = group_of(bundle["proposalOrCommit"])
    if epoch != room.group.epoch:
        return response({"responseCode": "wrongEpoch", **NO_TEXT, "currentEpoch": str(room.group.epoch)})
    at = max(turn.now, room.last)
    room = replace(room, group=replace(room.group, rules=rules_at(turn)))
    try:
        take = commit if kind == "commit" else propose
        after, events = take(turn, room, bundle, at)
    except NotAllowed:
        return response({"responseCode": "notAllowed", **NO_TEXT})
    except REFUSALS:
        return response({"responseCode": "invalidProposal", **NO_TEXT, "invalidProposals": []})
    answer = response({"responseCode": "success", **NO_TEXT, "accepted_timestamp": str(at)})
    keep(turn, replace(after, last=at, answered={**room.answered, name: answer}))
    fan_out(turn, uri, events)
    draw_consequences(turn, uri, at)
    return answer


def response(value: dict) -> str:
    return structures.encode("UpdateRoomResponse", value).hex()


def authenticated(turn: Turn, group: Group, message: dict) -> Authenticated:
    """A handshake as the hub reads it: its signature is not verified yet."""
    body = body_of(message)
    if message["wire_format"] == SEMI_PRIVATE:
        receiver = turn.provider.setup["receiver"]
        return opened_by_receiver(group, body, receiver)
    demand(message["wire_format"] == PUBLIC, "a handshake that the hub cannot read")
    return Authenticated(PUBLIC, body["content"], body["auth"])


def commit(turn: Turn, room: Hosted, bundle: dict, at: int) -> tuple[Hosted, list]:
    group, message = room.group, authenticated(turn, room.group, bundle["proposalOrCommit"])
    demand(message.content["content_type"] == "commit", "no commit")
    found = committed(group, message)
    demand_covering(group, message)
    demand_decided(turn, room, message)
    after = group_after(group, found)
    info = info_after(room, found, bundle["groupInfoOption"])
    demand_signed_by_member(group.suite, info, found.tree)
    tree_option = bundle["ratchetTreeOption"]
    if tree_option["representation"] == "full":
        demand(tree_option["ratchet_tree"] == items_of(found.tree), "another tree")
    adds = [leaf for leaf in found.outcome.added]
    demand((bundle["welcome"] is None) == (not adds), "newcomers without a Welcome, or one for nobody")
    begun = replace(room, group=after, info=info, accepted={}, join_codes=unspent(room, found), own=(), former=())
    begun = replace(begun, agreed=found.outcome.reinit)
    begun, stapled = proposed_again(turn, begun, room.own, at) if is_newcomers(message) else (begun, [])
    events = [commit_event(room, bundle, found, stapled, at)]
    if bundle["welcome"] is not None:
        events.insert(0, welcome_event(turn, found, bundle["welcome"], adds, at))
    return begun, events


def is_newcomers(message: Authenticated) -> bool:
    return message.content["sender"]["sender_type"] == "new_member_commit"


def demand_covering(group: Group, message: Authenticated) -> None:
    """All that is pending has to be taken up; by a newcomer, all that is not the hub's own (protocol-06 section 5.5)."""
    covered = {each.get("reference") for each in message.content["commit"]["proposals"]}
    left = [each for reference, each in group.pending.items() if reference not in covered]
    if any(not is_newcomers(message) or each.sender["sender_type"] != "external" for each in left):
        raise NotAllowed


def proposed_again(turn: Turn, room: Hosted, wishes: tuple, at: int) -> tuple[Hosted, list]:
    """What the hub has wanted in the epoch before, and an external commit has left behind."""
    try:
        return proposed(turn, room, list(wishes), at)
    except (*REFUSALS, NotAllowed):
        return room, []


def unspent(room: Hosted, found) -> tuple:
    """A code for one user is used up by the one that has come in with it."""
    shown = room.codes.get(holder(found.tree.leaf(found.committer)["credential"])[0])
    is_join = found.outcome.kem_output is not None
    return tuple(each for each in room.join_codes if each["multiuser"] or not is_join or each["code"] != shown)


def demand_decided(turn: Turn, room: Hosted, message: Authenticated) -> None:
    group, commit_ = room.group, message.content["commit"]
    sender, path = message.content["sender"], commit_["path"]
    newcomer = path and path["leaf_node"]
    code = None
    if sender["sender_type"] == "new_member_commit":
        code = room.codes.get(holder(newcomer["credential"])[0])
    author = author_of(group, sender, newcomer, code)
    proposals = []
    for each in commit_["proposals"]:
        if each["type"] == "proposal":
            proposals.append(proposal_of(group, Proposed(each["proposal"], sender), author))
        else:
            pending = group.pending[each["reference"]]
            proposals.append(proposal_of(group, pending, author_of_pending(group, pending)))
    request = {"kind": "commit", "author": author, "proposals": proposals}
    if not allows(room_state(turn, room), request):
        raise NotAllowed


def info_after(room: Hosted, found, option: dict) -> dict:
    if option["representation"] == "full":
        info = option["groupInfo"]
        demand(info["group_context"] == found.context, "a GroupInfo of another epoch")
        demand(info["confirmation_tag"] == found.confirmation_tag, "a GroupInfo of another commit")
        demand(info["signer"] == found.committer, "a GroupInfo by somebody else")
        return info
    partial = option["partialGroupInfo"]
    extensions = partial["group_info_extensions"]
    had = find(room.info["extensions"], "ratchet_tree") is not None
    presence = partial["ratchet_tree_presence"]
    demand(presence in (("present", "removed") if had else ("no_ratchet_tree", "added")), "another presence of the tree")
    if presence in ("present", "added"):
        data = structures.encode("RatchetTreeExtension", items_of(found.tree)).hex()
        extensions = [*extensions, {"extension_type": "ratchet_tree", "extension_data": data}]
    return {
        "group_context": found.context,
        "extensions": extensions,
        "confirmation_tag": found.confirmation_tag,
        "signer": found.committer,
        "signature": partial["signature"],
    }


def items_of(tree) -> list:
    """As the ratchet_tree extension has them."""
    nodes = list(tree.nodes)
    while nodes[-1] is None:
        nodes.pop()
    kinds = (("leaf", "leaf_node"), ("parent", "parent_node"))
    return [
        None if node is None else {"node_type": kinds[at % 2][0], kinds[at % 2][1]: node} for at, node in enumerate(nodes)
    ]


def commit_event(room: Hosted, bundle: dict, found, stapled: list, at: int) -> tuple:
    before = [holder(leaf["credential"])[0] for _, leaf in room.group.tree.leaves()]
    joiner = holder(found.tree.leaf(found.committer)["credential"])[0]
    value = {"timestamp": str(at), "message": bundle["proposalOrCommit"], "externalProposals": stapled}
    return structures.encode("FanoutMessage", value), (*before, joiner)


def welcome_event(turn: Turn, found, welcome: dict, adds: list[int], at: int) -> tuple:
    message = {"version": "mls10", "wire_format": "mls_welcome", "welcome": welcome}
    option = {"representation": "full", "ratchet_tree": items_of(found.tree)}
    value = {"timestamp": str(at), "message": message, "ratchetTreeOption": option}
    clients = [holder(found.tree.leaf(leaf)["credential"])[0] for leaf in adds]
    return structures.encode("FanoutMessage", value), tuple(clients)


def propose(turn: Turn, room: Hosted, bundle: dict, at: int) -> tuple[Hosted, list]:
    messages = [bundle["proposalOrCommit"], *bundle["moreProposals"]]
    group, new = room.group, []
    for message in messages:
        proposed = heard(group, authenticated(turn, group, message))
        group = with_pending(group, proposed)
        new.append(proposed)
    request = {"kind": "proposals", "pending": pending_of(room.group), "proposals": proposals_of(group, new)}
    if not allows(room_state(turn, room), request):
        raise NotAllowed
    accepted = {**room.accepted, **{each.reference: (message, at) for each, message in zip(new, messages, strict=True)}}
    clients = [holder(leaf["credential"])[0] for _, leaf in group.tree.leaves()]
    value = {"timestamp": str(at), "message": messages[0], "moreProposals": messages[1:]}
    event = structures.encode("FanoutMessage", value), tuple(clients)
    return replace(room, group=group, accepted=accepted), [event]
