"""A member of a group in one epoch, with the secrets that it has (RFC 9420 sections 7.4 to 7.6, 8, 11 and 12.4.3)."""

from dataclasses import dataclass, field, replace

import structures
from framing import PUBLIC, Authenticated, body_of, demand_tagged, open_as_member
from group import Group, Next, committed, demand_signed_by_member, group_after, heard, is_confirmed, with_pending
from leaves import demand_able, demand_members_agree
from names import demand
from primitives import OpenError, Suite, suite
from proposals import Proposed, Rules
from schedule import epoch_secret_of, epoch_secrets, interim_hash, joiner_secret, psk_secret, welcome_secret
from structures import Refused
from tree import Tree, is_above


@dataclass(frozen=True)
class Member:
    """`privates` has the private keys by their public keys; `secrets` those of the key schedule; `used` the ratchets' keys."""

    group: Group
    leaf: int
    privates: dict[str, bytes]
    secrets: dict[str, bytes]
    used: frozenset = frozenset()
    # Epochs of the same group before this one, newest first.
    past: tuple["Member", ...] = ()
    reinit: dict | None = field(default=None)


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
    try:
        external = member.secrets["external_secret"]
        return member.group.suite.external_init_secret(external, bytes.fromhex(kem_output))
    except OpenError as error:
        raise Refused(str(error)) from None


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
            return opened(member.group.suite, private, "UpdatePathNode", context, each)
    raise Refused("no path secret for this member")


def opened(of: Suite, private: bytes, label: str, context: bytes, sealed: dict) -> bytes:
    try:
        kem_output, ciphertext = (bytes.fromhex(sealed[name]) for name in ("kem_output", "ciphertext"))
        return of.decrypt_with_label(private, label, context, kem_output, ciphertext)
    except OpenError as error:
        raise Refused(str(error)) from None


def resumption_psk(psk_id: dict, member: Member | None) -> bytes:
    """Of the epoch that the ID names, where the member has been in it (RFC 9420 section 8.6)."""
    demand(psk_id["psktype"] == "resumption", "a PSK that nobody has")
    known = [] if member is None else [member, *member.past]
    named = (psk_id["psk_group_id"], psk_id["psk_epoch"])
    for each in known:
        if (each.group.context["group_id"], each.group.context["epoch"]) == named:
            return each.secrets["resumption_psk"]
    raise Refused("the resumption PSK of an epoch that this member has not been in")


# Ways into a group.


def founder(info: dict, tree: Tree, epoch_secret: bytes, private: bytes, rules: Rules) -> Member:
    """Of a group in its first epoch (RFC 9420 section 11)."""
    context, secrets = info["group_context"], epoch_secrets(epoch_secret)
    of = suite(context["cipher_suite"])
    demand_signed_by_member(of, info, tree)
    demand(is_confirmed(secrets["confirmation_key"], context, info["confirmation_tag"]), "another epoch secret")
    key = tree.leaf(info["signer"])["encryption_key"]
    demand(of.public_key(private).hex() == key, "another private key")
    group = Group(of, context, tree, interim_hash(b"", info["confirmation_tag"]), rules)
    return Member(group, info["signer"], {key: private}, secrets)


def joined_externally(
    info: dict, tree: Tree, self_removes: list[dict], commit: dict, init: bytes, path_secret: bytes, rules: Rules
) -> Member:
    """By an own external commit (RFC 9420 section 12.4.3.2)."""
    of = suite(info["group_context"]["cipher_suite"])
    demand_signed_by_member(of, info, tree)
    interim = interim_hash(bytes.fromhex(info["group_context"]["confirmed_transcript_hash"]), info["confirmation_tag"])
    group = Group(of, info["group_context"], tree, interim, rules)
    for each in self_removes:
        body = body_of(each)
        group = with_pending(group, heard(group, Authenticated(PUBLIC, body["content"], body["auth"])))
    body = body_of(commit)
    found = committed(group, Authenticated(PUBLIC, body["content"], body["auth"]))
    commit_secret, keys = own_path(of, found, path_secret)
    return entered(group, found, found.committer, keys, init, commit_secret, None)


def welcomed(
    welcome: dict, key_package: dict, init_private: bytes, private: bytes, tree: Tree, rules: Rules, closed: Member | None
) -> Member:
    """RFC 9420 section 12.4.3.1."""
    of = suite(welcome["cipher_suite"])
    reference = of.ref_hash("MLS 1.0 KeyPackage Reference", structures.encode("KeyPackage", key_package)).hex()
    mine = [each for each in welcome["secrets"] if each["new_member"] == reference]
    demand(len(mine) == 1 and welcome["cipher_suite"] == key_package["cipher_suite"], "a Welcome to others")
    encrypted = bytes.fromhex(welcome["encrypted_group_info"])
    secrets = structures.decode(
        "GroupSecrets", opened(of, init_private, "Welcome", encrypted, mine[0]["encrypted_group_secrets"])
    )
    joiner = bytes.fromhex(secrets["joiner_secret"])
    psks = psk_secret([(each, resumption_psk(each, closed)) for each in secrets["psks"]])
    info = opened_info(of, welcome_secret(joiner, psks), encrypted)
    context = info["group_context"]
    demand_linked(secrets["psks"], context, closed)
    demand_signed_by_member(of, info, tree)
    demand_sound(of, tree, context)
    leaf = next((index for index, each in tree.leaves() if each == key_package["leaf_node"]), None)
    demand(leaf is not None, "the tree does not have the KeyPackage's leaf")
    epoch = epoch_secrets(epoch_secret_of(joiner, psks, context))
    demand(is_confirmed(epoch["confirmation_key"], context, info["confirmation_tag"]), "the confirmation tag does not fit")
    privates = {key_package["leaf_node"]["encryption_key"]: private}
    if secrets["path_secret"] is not None:
        above = [node for node, _ in tree.filtered_path(info["signer"]) if is_above(node, 2 * leaf)]
        public = [tree.nodes[node]["encryption_key"] for node in above]
        privates |= along(of, bytes.fromhex(secrets["path_secret"]["path_secret"]), public)[1]
    interim = interim_hash(bytes.fromhex(context["confirmed_transcript_hash"]), info["confirmation_tag"])
    return Member(Group(of, context, tree, interim, rules), leaf, privates, epoch)


def opened_info(of: Suite, secret: bytes, encrypted: bytes) -> dict:
    key = of.expand_with_label(secret, "key", b"", of.key_size)
    nonce = of.expand_with_label(secret, "nonce", b"", of.nonce_size)
    try:
        return structures.decode("GroupInfo", of.aead_open(key, nonce, b"", encrypted))
    except OpenError as error:
        raise Refused(str(error)) from None


def demand_linked(psks: list[dict], context: dict, closed: Member | None) -> None:
    """Into the group that follows a closed one only the closed one's resumption PSK leads (RFC 9420 section 11.2)."""
    if closed is None:
        return
    links = [each for each in psks if each["psktype"] == "resumption" and each["usage"] == "reinit"]
    demand(len(links) == 1 and int(links[0]["psk_epoch"]) == closed.group.epoch, "no link to the closed group")
    announced = closed.reinit
    same = ("group_id", "version", "cipher_suite")
    demand(all(context[name] == announced[name] for name in same), "not the group that was announced")
    demand(context["epoch"] == "1", "a successor that is older than its first commit")


def demand_sound(of: Suite, tree: Tree, context: dict) -> None:
    """The tree that a newcomer gets (RFC 9420 section 12.4.3.1)."""
    demand(tree.is_parent_hash_valid(), "a parent that nobody below vouches for")
    leaves = [leaf for _, leaf in tree.leaves()]
    demand_members_agree(leaves)
    for index, leaf in tree.leaves():
        demand_able(of, leaf, context["extensions"])
        value = {**leaf, "group_id": context["group_id"], "leaf_index": index}
        tbs, key = structures.encode("LeafNodeTBS", value), bytes.fromhex(leaf["signature_key"])
        signed = of.verify_with_label(key, "LeafNodeTBS", tbs, bytes.fromhex(leaf["signature"]))
        demand(signed, "the signature of a leaf does not fit")
