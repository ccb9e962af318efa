"""Ways into a group: to found it, by an own external commit, by a Welcome (RFC 9420 sections 11 and 12.4.3)."""

from dataclasses import dataclass

import structures
from framing import PUBLIC, Authenticated, body_of
from group import Group, committed, demand_signed_by_member, heard, is_confirmed, with_pending
from leaves import demand_members_agree, demand_sound
from member import Member, along, entered, own_path, resumption_psk
from names import demand
from primitives import Suite, suite
from proposals import Rules
from schedule import epoch_secret_of, epoch_secrets, interim_hash, psk_secret, welcome_secret
from tree import Tree, is_above


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


@dataclass(frozen=True)
class OwnKeyPackage:
    """A KeyPackage with its private keys."""

    key_package: dict
    init_private: bytes
    private: bytes


def welcomed(welcome: dict, own: OwnKeyPackage, tree: Tree, rules: Rules, closed: Member | None) -> Member:
    """RFC 9420 section 12.4.3.1."""
    of, key_package = suite(welcome["cipher_suite"]), own.key_package
    reference = of.ref_hash("MLS 1.0 KeyPackage Reference", structures.encode("KeyPackage", key_package)).hex()
    mine = [each for each in welcome["secrets"] if each["new_member"] == reference]
    demand(len(mine) == 1 and welcome["cipher_suite"] == key_package["cipher_suite"], "a Welcome to others")
    encrypted = bytes.fromhex(welcome["encrypted_group_info"])
    opened = of.decrypt_with_label(own.init_private, "Welcome", encrypted, mine[0]["encrypted_group_secrets"])
    secrets = structures.decode("GroupSecrets", opened)
    joiner = bytes.fromhex(secrets["joiner_secret"])
    psks = psk_secret([(each, resumption_psk(each, closed)) for each in secrets["psks"]])
    info = opened_info(of, welcome_secret(joiner, psks), encrypted)
    context = info["group_context"]
    demand_linked(secrets["psks"], context, tree, closed)
    demand_signed_by_member(of, info, tree)
    demand_planted(of, tree, context)
    leaf = next((index for index, each in tree.leaves() if each == key_package["leaf_node"]), None)
    demand(leaf is not None, "the tree does not have the KeyPackage's leaf")
    epoch = epoch_secrets(epoch_secret_of(joiner, psks, context))
    confirmed = is_confirmed(epoch["confirmation_key"], context, info["confirmation_tag"])
    demand(confirmed, "the confirmation tag does not fit")
    privates = {key_package["leaf_node"]["encryption_key"]: own.private}
    if secrets["path_secret"] is not None:
        above = [node for node, _ in tree.filtered_path(info["signer"]) if is_above(node, 2 * leaf)]
        public = [tree.nodes[node]["encryption_key"] for node in above]
        privates |= along(of, bytes.fromhex(secrets["path_secret"]["path_secret"]), public)[1]
    interim = interim_hash(bytes.fromhex(context["confirmed_transcript_hash"]), info["confirmation_tag"])
    return Member(Group(of, context, tree, interim, rules), leaf, privates, epoch)


def opened_info(of: Suite, secret: bytes, encrypted: bytes) -> dict:
    key = of.expand_with_label(secret, "key", b"", of.key_size)
    nonce = of.expand_with_label(secret, "nonce", b"", of.nonce_size)
    return structures.decode("GroupInfo", of.aead_open(key, nonce, b"", encrypted))


def demand_linked(psks: list[dict], context: dict, tree: Tree, closed: Member | None) -> None:
    """Only the closed group's resumption PSK leads into the one that follows, and all go (RFC 9420 section 11.2)."""
    if closed is None:
        return
    links = [each for each in psks if each["psktype"] == "resumption" and each["usage"] == "reinit"]
    demand(len(links) == 1 and int(links[0]["psk_epoch"]) == closed.group.epoch, "no link to the closed group")
    announced = closed.reinit
    same = ("group_id", "version", "cipher_suite", "extensions")
    demand(all(context[name] == announced[name] for name in same), "not the group that was announced")
    demand(context["epoch"] == "1", "a successor that is older than its first commit")
    there = [leaf["credential"] for _, leaf in tree.leaves()]
    demand(all(leaf["credential"] in there for _, leaf in closed.group.tree.leaves()), "somebody has been left behind")


def demand_planted(of: Suite, tree: Tree, context: dict) -> None:
    """The tree that a newcomer gets (RFC 9420 section 12.4.3.1)."""
    demand(tree.hash().hex() == context["tree_hash"], "another tree than the group's")
    demand(tree.is_unmerged_right(), "leaves that cannot be unmerged")
    demand(tree.is_parent_hash_valid(), "a parent that nobody below vouches for")
    keys = [node["encryption_key"] for node in tree.nodes if node is not None]
    demand(len(keys) == len(set(keys)), "an encryption key in two nodes")
    demand_members_agree([leaf for _, leaf in tree.leaves()])
    for index, leaf in tree.leaves():
        demand_sound(of, leaf, context, index)
