"""What a commit's proposals may be, and what they do to a group (RFC 9420 section 12; mls-extensions 4 and 6.3)."""

from dataclasses import dataclass, field, replace
from typing import Callable

import structures
from extensions import demand_distinct, dictionary_of, find, value_of, with_dictionary
from leaves import demand_able, demand_key_package, demand_leaf, demand_members_agree, supports
from names import demand
from primitives import Suite
from structures import Refused
from tree import Tree

# Without a path, a commit of these still gives new members and keys no fresh secret that they need.
PATHLESS = ("add", "psk", "reinit", "app_data_update", "app_ephemeral")
EXTERNAL_SENDERS_MAY = (*PATHLESS, "remove", "group_context_extensions")
EXTERNAL_COMMITS_MAY = ("external_init", "remove", "psk", "self_remove", "app_data_update", "app_ephemeral")


@dataclass(frozen=True)
class Proposed:
    """A proposal, who made it (a Sender), and its reference where it came by itself."""

    proposal: dict
    sender: dict
    reference: str | None = None

    @property
    def kind(self):
        return self.proposal["proposal_type"]


@dataclass(frozen=True)
class Rules:
    """What an application decides. `now` is in seconds since the UNIX epoch; None: nobody looks at lifetimes."""

    updated: Callable[[int, str | None, list[str]], str]
    ephemeral: Callable[[int, str], None]
    now: int | None = None


def no_ephemeral(_component: int, _data: str) -> None:
    """MIMI has no component that takes data for one epoch."""
    raise Refused("an unknown component")


@dataclass(frozen=True)
class Outcome:
    """The group that the proposals lead to, before a path is merged."""

    tree: Tree
    extensions: list
    added: list[int] = field(default_factory=list)
    psks: list[dict] = field(default_factory=list)
    kem_output: str | None = None
    reinit: dict | None = None


def demand_may(sender: dict, proposal: dict) -> None:
    """Whether this kind of sender may propose this."""
    kind = proposal["proposal_type"]
    match sender["sender_type"]:
        case "external":
            demand(kind in EXTERNAL_SENDERS_MAY, f"an external sender sends {kind}")
        case "new_member_proposal":
            demand(kind == "add", f"a newcomer sends {kind}")
        case _:
            demand(kind != "external_init", "an ExternalInit that is not a newcomer's")


def demand_list(proposed: list[Proposed], committer: dict, has_path: bool) -> None:
    """The rules on all proposals of a commit together (RFC 9420 section 12.2 and 12.4)."""
    kinds = [each.kind for each in proposed]
    is_external = committer["sender_type"] == "new_member_commit"
    demand(has_path or bool(kinds) and all(kind in PATHLESS for kind in kinds), "a commit without a path")
    demand(kinds.count("group_context_extensions") <= 1, "two GroupContextExtensions")
    demand("reinit" not in kinds or len(kinds) == 1, "a ReInit beside others")
    demand(all(each.reference for each in proposed if each.kind == "self_remove"), "a SelfRemove by value")
    for each in proposed:
        if each.reference is None and not is_external:
            demand_may(committer, each.proposal)
    if is_external:
        demand(kinds.count("external_init") == 1 and kinds.count("remove") <= 1, "not what an external commit has")
        demand(all(kind in EXTERNAL_COMMITS_MAY for kind in kinds), "not what an external commit may have")
        referred = [each.kind for each in proposed if each.reference]
        demand(all(kind == "self_remove" for kind in referred), "a reference to another proposal")
    psks = [structures.encode("PreSharedKeyID", each.proposal["psk"]) for each in proposed if each.kind == "psk"]
    demand(len(psks) == len(set(psks)), "a PSK twice")
    touched = [leaf for each in proposed for leaf in touched_by(each)]
    demand(len(touched) == len(set(touched)), "a member is changed or removed twice")
    demand(committer.get("leaf_index") not in touched, "a commit that changes its committer otherwise than by its path")


def touched_by(each: Proposed) -> list[int]:
    match each.kind:
        case "remove":
            return [each.proposal["removed"]]
        case "update" | "self_remove":
            return [each.sender["leaf_index"]]
    return []


def applied(suite: Suite, tree: Tree, context: dict, proposed: list[Proposed], rules: Rules) -> Outcome:
    """In the order of RFC 9420 section 12.3; application data at the end."""

    def of(kind: str) -> list[Proposed]:
        return [each for each in proposed if each.kind == kind]

    extensions = context["extensions"]
    for each in of("group_context_extensions"):
        extensions = changed_extensions(extensions, each.proposal["extensions"])
    future = {**context, "extensions": extensions}
    for each in of("update"):
        tree = with_update(suite, tree, future, each)
    for leaf in [leaf for each in of("remove") + of("self_remove") for leaf in touched_by(each)]:
        demand(tree.leaf(leaf) is not None, "removes nobody")
        tree = tree.removed(leaf)
    added = []
    for each in of("add"):
        key_package = each.proposal["key_package"]
        demand_key_package(suite, key_package, future, rules.now)
        tree, index = tree.added(key_package["leaf_node"])
        added.append(index)
    leaves = [leaf for _, leaf in tree.leaves()]
    demand_members_agree(leaves)
    known = all(supports(leaf, each.kind) for leaf in leaves for each in proposed)
    demand(known, "a proposal that a member does not know")
    if of("group_context_extensions"):
        for leaf in leaves:
            demand_able(suite, leaf, extensions)
    outcome = Outcome(tree, with_components(extensions, proposed, rules), added)
    return with_rest(outcome, suite, proposed, is_first=context["epoch"] == "0")


def with_update(suite: Suite, tree: Tree, context: dict, each: Proposed) -> Tree:
    index, leaf = each.sender["leaf_index"], each.proposal["leaf_node"]
    before = tree.leaf(index)
    demand(before is not None and before["encryption_key"] != leaf["encryption_key"], "an Update without a new key")
    demand_leaf(suite, leaf, context, "update", index)
    return tree.updated(index, leaf)


def with_rest(outcome: Outcome, suite: Suite, proposed: list[Proposed], is_first: bool) -> Outcome:
    """`is_first`: the commit begins a group, which may say that it follows another."""
    for each in proposed:
        match each.kind:
            case "psk":
                nonce = bytes.fromhex(each.proposal["psk"]["psk_nonce"])
                demand(len(nonce) == suite.hash_size, "a psk_nonce of another length")
                usage = each.proposal["psk"].get("usage", "application")
                demand(usage == "application" or is_first, "a link to another group")
                outcome = replace(outcome, psks=[*outcome.psks, each.proposal["psk"]])
            case "external_init":
                outcome = replace(outcome, kem_output=each.proposal["kem_output"])
            case "reinit":
                demand(each.proposal["version"] == "mls10", "a group of another version")
                demand_distinct(each.proposal["extensions"])
                outcome = replace(outcome, reinit=each.proposal)
    return outcome


def changed_extensions(before: list, after: list) -> list:
    """Application data change by AppDataUpdates only (mls-extensions section 4.6)."""
    demand_distinct(after)
    same = find(before, "app_data_dictionary") == find(after, "app_data_dictionary")
    demand(same, "a GroupContextExtensions that changes application data")
    value_of(after, "required_capabilities", "RequiredCapabilities")
    return after


def with_components(extensions: list, proposed: list[Proposed], rules: Rules) -> list:
    """mls-extensions sections 4.7 and 4.8."""
    data = dictionary_of(extensions)
    updates: dict[int, list] = {}
    for each in proposed:
        if each.kind == "app_data_update":
            updates.setdefault(each.proposal["component_id"], []).append(each.proposal)
        if each.kind == "app_ephemeral":
            rules.ephemeral(each.proposal["component_id"], each.proposal["data"])
    for component, own in updates.items():
        if any(each["op"] == "remove" for each in own):
            demand(len(own) == 1 and component in data, "a removal that is not alone, or of what is not there")
            del data[component]
        else:
            data[component] = rules.updated(component, data.get(component), [each["update"] for each in own])
    return with_dictionary(extensions, data) if updates else extensions
