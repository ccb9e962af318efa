"""What a hub decides about commits and proposals (protocol-06 sections 5.3 and 7.1)."""

from dataclasses import replace

import structures
from chat import holder
from extensions import find
from fan_out import fan_out
from framing import PUBLIC, SEMI_PRIVATE, Authenticated, body_of, group_of
from group import Group, committed, demand_signed_by_member, group_after, heard, with_pending
from hashing import sha256
from hosted import Hosted, NotAllowed, Unsupported, keep, more_of, rules_at
from loop import REFUSALS
from names import demand
from proposals import Proposed
from provider import Turn
from receiver import opened_by_receiver
from rooms import allows, author_of, proposal_of, state_of

NO_TEXT = {"errorDescription": ""}


def updated(turn: Turn, uri: str, peer: str, body: str) -> str:
    """The UpdateRoomResponse. Refused is what cannot be read."""
    room = turn.provider.hosted[uri]
    # The same from somebody else is another request.
    name = peer, sha256(bytes.fromhex(body))
    if name in room.answered:
        return room.answered[name]
    bundle = structures.decode("UpdateRequest", bytes.fromhex(body))["bundle"]
    _, epoch, kind = group_of(bundle["proposalOrCommit"])
    if epoch != room.group.epoch:
        return response({"responseCode": "wrongEpoch", **NO_TEXT, "currentEpoch": str(room.group.epoch)})
    at = max(turn.now, room.last + 1)
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
    if found.outcome.reinit is not None or found.outcome.psks:
        raise Unsupported("a group that ends in favour of another")
    covered = {each.get("reference") for each in message.content["commit"]["proposals"]}
    if not covered >= set(group.pending):
        # What is pending has to be taken up, by a member where an external commit cannot.
        raise NotAllowed
    demand_decided(turn, room, message)
    after = group_after(group, found)
    info = info_after(room, found, bundle["groupInfoOption"])
    demand_signed_by_member(group.suite, info, found.tree)
    tree_option = bundle["ratchetTreeOption"]
    if tree_option["representation"] == "full":
        demand(tree_option["ratchet_tree"] == items_of(found.tree), "another tree")
    adds = [leaf for leaf in found.outcome.added]
    demand((bundle["welcome"] is None) == (not adds), "newcomers without a Welcome, or one for nobody")
    events = [commit_event(turn, room, bundle, found, at)]
    if bundle["welcome"] is not None:
        events.insert(0, welcome_event(turn, found, bundle["welcome"], adds, at))
    return replace(room, group=after, info=info, accepted={}, join_codes=unspent(room, found)), events


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
    if not allows(state_of(group, more_of(turn, room)), request):
        raise NotAllowed


def author_of_pending(group: Group, each: Proposed) -> dict:
    newcomer = each.proposal["key_package"]["leaf_node"] if each.kind == "add" else None
    return author_of(group, each.sender, newcomer, None)


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


def commit_event(turn: Turn, room: Hosted, bundle: dict, found, at: int) -> tuple:
    before = [holder(leaf["credential"])[0] for _, leaf in room.group.tree.leaves()]
    joiner = holder(found.tree.leaf(found.committer)["credential"])[0]
    value = {"timestamp": str(at), "message": bundle["proposalOrCommit"], "externalProposals": []}
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
    before = [proposal_of(group, each, author_of_pending(group, each)) for each in room.group.pending.values()]
    mine = [proposal_of(group, each, author_of_pending(group, each)) for each in new]
    request = {"kind": "proposals", "pending": before, "proposals": mine}
    if not allows(state_of(group, more_of(turn, room)), request):
        raise NotAllowed
    accepted = {**room.accepted, **{each.reference: (message, at) for each, message in zip(new, messages, strict=True)}}
    clients = [holder(leaf["credential"])[0] for _, leaf in group.tree.leaves()]
    value = {"timestamp": str(at), "message": messages[0], "moreProposals": messages[1:]}
    event = structures.encode("FanoutMessage", value), tuple(clients)
    return replace(room, group=group, accepted=accepted), [event]
