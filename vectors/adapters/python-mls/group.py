"""A group as everybody sees it who reads its handshakes (RFC 9420 sections 6.1, 8.1 and 12.4)."""

from dataclasses import dataclass, field, replace

import structures
from extensions import SAFE_AAD, dictionary_of, value_of
from framing import Authenticated, demand_signed
from hashing import mac
from leaves import demand_leaf, demand_members_agree
from names import demand
from primitives import Suite
from proposals import Outcome, Proposed, Rules, applied, demand_list, demand_may
from schedule import confirmed_hash, interim_hash
from tree import Tree


@dataclass(frozen=True)
class Group:
    """One epoch. `pending` has the proposals that have come in it, by their references."""

    suite: Suite
    context: dict
    tree: Tree
    interim: bytes
    rules: Rules
    pending: dict[str, Proposed] = field(default_factory=dict)

    @property
    def epoch(self) -> int:
        return int(self.context["epoch"])


@dataclass(frozen=True)
class Next:
    """What a commit leads to, as far as everybody can tell."""

    outcome: Outcome
    tree: Tree
    # As path secrets are encrypted in it: with the transcript as it was before the commit.
    provisional: dict
    context: dict
    committer: int
    path: dict | None
    confirmation_tag: str


def sender_key(group: Group, content: dict) -> str:
    sender = content["sender"]
    match sender["sender_type"]:
        case "member":
            leaf = group.tree.leaf(sender["leaf_index"])
            demand(leaf is not None, "the sender is no member")
            return leaf["signature_key"]
        case "external":
            senders = value_of(group.context["extensions"], "external_senders", "ExternalSenders") or []
            demand(sender["sender_index"] < len(senders), "no external sender of the group")
            return senders[sender["sender_index"]]["signature_key"]
        case "new_member_proposal":
            demand(content.get("proposal", {}).get("proposal_type") == "add", "a newcomer that adds nobody")
            return content["proposal"]["key_package"]["leaf_node"]["signature_key"]
    demand(content["content_type"] == "commit" and content["commit"]["path"] is not None, "a newcomer without a path")
    return content["commit"]["path"]["leaf_node"]["signature_key"]


def demand_genuine(group: Group, message: Authenticated) -> None:
    """Of this group and epoch, signed by whom it names, with authenticated data as the group has agreed on."""
    content = message.content
    demand(content["group_id"] == group.context["group_id"], "of another group")
    demand(int(content["epoch"]) == group.epoch, "of another epoch")
    demand_signed(group.suite, sender_key(group, content), message, group.context)
    if SAFE_AAD in dictionary_of(group.context["extensions"]):
        items = structures.decode("SafeAAD", bytes.fromhex(content["authenticated_data"]))["aad_items"]
        numbers = [item["component_id"] for item in items]
        demand(numbers == sorted(set(numbers)), "Safe AAD out of order")


def heard(group: Group, message: Authenticated) -> Proposed:
    """A proposal that may become part of a commit."""
    demand_genuine(group, message)
    content = message.content
    demand(content["content_type"] == "proposal", "no proposal")
    demand_may(content["sender"], content["proposal"])
    return Proposed(content["proposal"], content["sender"], message.reference())


def committed(group: Group, message: Authenticated) -> Next:
    demand_genuine(group, message)
    content, auth = message.content, message.auth
    demand(content["content_type"] == "commit", "no commit")
    sender, path = content["sender"], content["commit"]["path"]
    proposed = [covered(group, sender, each) for each in content["commit"]["proposals"]]
    demand_list(proposed, sender, path is not None)
    outcome = applied(group.suite, group.tree, group.context, proposed, group.rules)
    tree, committer = outcome.tree, sender.get("leaf_index", 0)
    future = {**group.context, "epoch": str(group.epoch + 1), "extensions": outcome.extensions}
    if path is not None:
        if sender["sender_type"] == "new_member_commit":
            tree, committer = tree.added(path["leaf_node"])
        else:
            before = tree.leaf(committer)
            demand(before is not None and before["encryption_key"] != path["leaf_node"]["encryption_key"], "an old key")
        demand_leaf(group.suite, path["leaf_node"], future, "commit", committer)
        demand_path(tree, committer, path, outcome.added)
        demand_new_keys(group.tree, outcome, path)
        tree = tree.merged(committer, path["leaf_node"], [node["encryption_key"] for node in path["nodes"]])
    if path is not None:
        demand_members_agree([leaf for _, leaf in tree.leaves()])
    provisional = {**future, "tree_hash": tree.hash().hex()}
    transcript = confirmed_hash(group.interim, message.wire_format, content, auth["signature"])
    context = {**provisional, "confirmed_transcript_hash": transcript.hex()}
    return Next(outcome, tree, provisional, context, committer, path, auth["confirmation_tag"])


def demand_path(tree: Tree, committer: int, path: dict, added: list[int]) -> None:
    """Everybody below gets one path secret, newcomers by the Welcome (RFC 9420 section 7.6)."""
    steps = tree.filtered_path(committer)
    demand(len(path["nodes"]) == len(steps), "a path of another length")
    new = {2 * leaf for leaf in added}
    for (_, off), node in zip(steps, path["nodes"], strict=True):
        count = sum(each not in new for each in tree.resolution(off))
        demand(len(node["encrypted_path_secret"]) == count, "another number of path secrets")


def demand_new_keys(before: Tree, outcome: Outcome, path: dict) -> None:
    """No key of a path is in the tree, or in the leaf that a newcomer replaces (RFC 9420 section 12.4.2)."""
    own = path["leaf_node"]["encryption_key"]
    keys = [own, *(node["encryption_key"] for node in path["nodes"])]
    there = {node["encryption_key"] for node in outcome.tree.nodes if node is not None}
    demand(len(keys) == len(set(keys)) and not there & set(keys), "a key of the path is in the tree")
    gone = [leaf for index, leaf in before.leaves() if outcome.tree.leaf(index) is None]
    kept = any(leaf["encryption_key"] == own for leaf in gone)
    demand(not kept, "the leaf keeps the key of the one that it replaces")


def covered(group: Group, committer: dict, each: dict) -> Proposed:
    if each["type"] == "proposal":
        return Proposed(each["proposal"], committer)
    demand(each["reference"] in group.pending, "a reference to what has not come")
    return group.pending[each["reference"]]


def group_after(group: Group, found: Next) -> Group:
    interim = interim_hash(bytes.fromhex(found.context["confirmed_transcript_hash"]), found.confirmation_tag)
    return Group(group.suite, found.context, found.tree, interim, group.rules)


def is_confirmed(confirmation_key: bytes, context: dict, tag: str) -> bool:
    return mac(confirmation_key, bytes.fromhex(context["confirmed_transcript_hash"])).hex() == tag


def demand_signed_by_member(suite: Suite, info: dict, tree: Tree) -> None:
    """The signature of a GroupInfo (RFC 9420 section 12.4.3)."""
    signer = tree.leaf(info["signer"])
    demand(signer is not None, "the signer is no member")
    key, tbs = bytes.fromhex(signer["signature_key"]), structures.encode("GroupInfoTBS", info)
    signed = suite.verify_with_label(key, "GroupInfoTBS", tbs, bytes.fromhex(info["signature"]))
    demand(signed, "the signature of the GroupInfo does not fit")
    demand(tree.hash().hex() == info["group_context"]["tree_hash"], "the tree is another than the GroupInfo's")


def with_pending(group: Group, proposed: Proposed) -> Group:
    return replace(group, pending={**group.pending, proposed.reference: proposed})
