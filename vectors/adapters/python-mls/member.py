"""A member of a group in one epoch, with the secrets that it has (RFC 9420 sections 7.4 to 7.6, 8 and 12.4.2)."""

from dataclasses import dataclass, replace

import structures
from framing import PUBLIC, Authenticated, body_of, demand_tagged, open_as_member
from group import Group, Next, committed, group_after, is_confirmed, with_pending
from names import demand
from primitives import Suite
from proposals import Proposed
from schedule import epoch_secret_of, epoch_secrets, joiner_secret, psk_secret
from structures import Refused
from tree import is_above


@dataclass(frozen=True)
class Member:
    """Private keys are found by their public keys; `used` are the keys of ratchets that are used up."""

    group: Group
    leaf: int
    privates: dict[str, bytes]
    secrets: dict[str, bytes]
    used: frozenset = frozenset()
    # Epochs of the same group before this one, newest first.
    past: tuple["Member", ...] = ()
    reinit: dict | None = None


class Removed(Exception):
    """The commit removes this member."""


def received(member: Member, message: dict) -> tuple[Authenticated, Member]:
    """The message of another member, decrypted and verified, and the member with the message's key used up."""
    group, body = member.group, body_of(message)
    if message["wire_format"] == PUBLIC:
        demand_tagged(body, group.context, member.secrets["membership_key"])
        return Authenticated(PUBLIC, body["content"], body["auth"]), member
    demand(body["group_id"] == group.context["group_id"], "of another group")
    demand(int(body["epoch"]) == group.epoch, "of another epoch")
    opened = open_as_member(group.suite, message["wire_format"], body, member.secrets, group.tree, group.context)
    demand(opened.used not in member.used, "a message for the second time")
    return opened, replace(member, used=member.used | {opened.used})


def with_proposal(member: Member, proposed: Proposed) -> Member:
    return replace(member, group=with_pending(member.group, proposed))


# Commits.


def after_commit(member: Member, message: Authenticated, path_secret: bytes | None = None) -> Member:
    """In the epoch that the commit begins. `path_secret` is that of the leaf where the commit is the member's own."""
    found = committed(member.group, message)
    own = found.tree.leaf(member.leaf)
    before = member.group.tree.leaf(member.leaf)
    is_own = message.content["sender"].get("leaf_index") == member.leaf
    if own is None or not is_own and own["signature_key"] != before["signature_key"]:
        raise Removed
    if is_own:
        demand((found.path is None) == (path_secret is None), "a path without its secret")
        commit_secret, keys = own_path(member.group.suite, found, path_secret)
    else:
        commit_secret, keys = others_path(member, found)
    privates = {**member.privates, **keys}
    return entered(member.group, found, member.leaf, privates, init_secret(member, found), commit_secret, member)


def init_secret(member: Member, found: Next) -> bytes:
    """Of the epoch before, or what a newcomer has brought along (RFC 9420 section 8.3)."""
    kem_output = found.outcome.kem_output
    if kem_output is None:
        return member.secrets["init_secret"]
    return member.group.suite.external_init_secret(member.secrets["external_secret"], bytes.fromhex(kem_output))


def entered(
    group: Group, found: Next, leaf: int, privates: dict, init: bytes, commit_secret: bytes, before: Member | None
) -> Member:
    joiner = joiner_secret(init, commit_secret, found.context)
    psks = [(each, resumption_psk(each, before)) for each in found.outcome.psks]
    secrets = epoch_secrets(epoch_secret_of(joiner, psk_secret(psks), found.context))
    confirmed = is_confirmed(secrets["confirmation_key"], found.context, found.confirmation_tag)
    demand(confirmed, "the confirmation tag does not fit")
    past = () if before is None else (before, *before.past)
    return Member(group_after(group, found), leaf, privates, secrets, past=past, reinit=found.outcome.reinit)


def own_path(of: Suite, found: Next, path_secret: bytes | None) -> tuple[bytes, dict]:
    if path_secret is None:
        return bytes(32), {}
    public = [found.path["leaf_node"]["encryption_key"]]
    public += [found.tree.nodes[node]["encryption_key"] for node, _ in found.tree.filtered_path(found.committer)]
    return along(of, path_secret, public)


def along(of: Suite, secret: bytes, public: list[str]) -> tuple[bytes, dict]:
    """From a path secret up: the commit secret, and the private keys to these public ones."""
    keys = {}
    for expected in public:
        private, own = of.derive_key_pair(of.derive_secret(secret, "node"))
        demand(own.hex() == expected, "the path secret does not belong to the tree")
        keys[expected] = private
        secret = of.derive_secret(secret, "path")
    return secret, keys


def others_path(member: Member, found: Next) -> tuple[bytes, dict]:
    if found.path is None:
        return bytes(32), {}
    path = found.tree.filtered_path(found.committer)
    at = next((i for i, (node, _) in enumerate(path) if is_above(node, 2 * member.leaf)), None)
    demand(at is not None, "a path that does not reach this member")
    new = {2 * leaf for leaf in found.outcome.added}
    nodes = [node for node in found.tree.resolution(path[at][1]) if node not in new]
    sealed = found.path["nodes"][at]["encrypted_path_secret"]
    demand(len(sealed) == len(nodes), "another number of path secrets")
    secret = opened_secret(member, found, nodes, sealed)
    public = [found.tree.nodes[node]["encryption_key"] for node, _ in path[at:]]
    return along(member.group.suite, secret, public)


def opened_secret(member: Member, found: Next, nodes: list[int], sealed: list[dict]) -> bytes:
    context = structures.encode("GroupContext", found.provisional)
    for node, each in zip(nodes, sealed, strict=True):
        private = member.privates.get(found.tree.nodes[node]["encryption_key"])
        if private is not None:
            return member.group.suite.decrypt_with_label(private, "UpdatePathNode", context, each)
    raise Refused("no path secret for this member")


def resumption_psk(psk_id: dict, member: Member | None) -> bytes:
    """Of the epoch that the ID names, where the member has been in it (RFC 9420 section 8.6)."""
    demand(psk_id["psktype"] == "resumption", "a PSK that nobody has")
    known = [] if member is None else [member, *member.past]
    named = (psk_id["psk_group_id"], psk_id["psk_epoch"])
    for each in known:
        if (each.group.context["group_id"], each.group.context["epoch"]) == named:
            return each.secrets["resumption_psk"]
    raise Refused("the resumption PSK of an epoch that this member has not been in")
