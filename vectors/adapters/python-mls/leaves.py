"""Whether leaves and KeyPackages are sound and fit a group (RFC 9420 sections 7.3, 10.1; mls-extensions section 5)."""

import structures
from extensions import (
    APP_COMPONENTS,
    DEFAULT_EXTENSIONS,
    DEFAULT_PROPOSALS,
    DEFAULT_WIRE_FORMATS,
    SAFE_AAD,
    components_in,
    demand_distinct,
    dictionary_of,
    value_of,
)
from names import demand
from primitives import Suite


def demand_leaf(suite: Suite, leaf: dict, context: dict, source: str, index: int | None = None) -> None:
    """A leaf that comes into the group of `context`: at `index`, where its signature says so."""
    demand(leaf["leaf_node_source"] == source, f"the leaf is not one of a {source}")
    demand_sound(suite, leaf, context, index)


def demand_sound(suite: Suite, leaf: dict, context: dict, index: int | None) -> None:
    """A leaf by itself, wherever it comes from."""
    value = {**leaf, "group_id": context["group_id"], "leaf_index": index}
    tbs, key = structures.encode("LeafNodeTBS", value), bytes.fromhex(leaf["signature_key"])
    signed = suite.verify_with_label(key, "LeafNodeTBS", tbs, bytes.fromhex(leaf["signature"]))
    demand(signed, "the signature of the leaf does not fit")
    demand_able(suite, leaf, context["extensions"])


def demand_able(suite: Suite, leaf: dict, group: list) -> None:
    """Its client supports what it says of itself, and what the group's extensions ask for."""
    able = leaf["capabilities"]
    demand_distinct(leaf["extensions"])
    own = [each["extension_type"] for each in leaf["extensions"]]
    listed = (*able["extensions"], *DEFAULT_EXTENSIONS)
    demand(all(kind in listed for kind in own), "an extension that the client does not list")
    demand("mls10" in able["versions"], "the client does not list the version")
    demand(suite.number in able["cipher_suites"], "the client does not list the cipher suite")
    demand(leaf["credential"]["credential_type"] in able["credentials"], "a credential that the client does not list")
    demand(all(each["extension_type"] in listed for each in group), "the group has an extension that it does not know")
    required = value_of(group, "required_capabilities", "RequiredCapabilities")
    if required is not None:
        demand(all(each in listed for each in required["extension_types"]), "a required extension")
        proposals = (*able["proposals"], *DEFAULT_PROPOSALS)
        demand(all(each in proposals for each in required["proposal_types"]), "a required proposal")
        demand(all(each in able["credentials"] for each in required["credential_types"]), "a required credential")
    demand_lists(leaf["extensions"], group)


def demand_lists(own: list, group: list) -> None:
    """Wire formats and components, which capabilities have no place for."""
    required = value_of(group, "required_wire_formats", "WireFormats")
    if required is not None:
        formats = value_of(own, "supported_wire_formats", "WireFormats") or {"wire_formats": []}
        supported = (*formats["wire_formats"], *DEFAULT_WIRE_FORMATS)
        demand(all(each in supported for each in required["wire_formats"]), "a required wire format")
    mine, theirs = dictionary_of(own), dictionary_of(group)
    for number in (APP_COMPONENTS, SAFE_AAD):
        supported = components_in(mine, number) or []
        needed = components_in(theirs, number) or []
        demand(all(each in supported for each in needed), "a required component")


def demand_key_package(suite: Suite, key_package: dict, context: dict, now: int | None) -> None:
    """`now` in seconds since the UNIX epoch; None where nobody looks at lifetimes."""
    leaf = key_package["leaf_node"]
    demand(key_package["cipher_suite"] == suite.number, "a KeyPackage of another cipher suite")
    demand(key_package["version"] == "mls10", "a KeyPackage of another version")
    demand_leaf(suite, leaf, context, "key_package")
    demand_distinct(key_package["extensions"])
    listed = (*leaf["capabilities"]["extensions"], *DEFAULT_EXTENSIONS)
    kinds = [each["extension_type"] for each in key_package["extensions"]]
    demand(all(kind in listed for kind in kinds), "an extension of the KeyPackage that its client does not list")
    dictionary_of(key_package["extensions"])
    key = bytes.fromhex(leaf["signature_key"])
    tbs, signature = structures.encode("KeyPackageTBS", key_package), bytes.fromhex(key_package["signature"])
    signed = suite.verify_with_label(key, "KeyPackageTBS", tbs, signature)
    demand(signed, "the signature of the KeyPackage does not fit")
    demand(key_package["init_key"] != leaf["encryption_key"], "one key for two purposes")
    lifetime = leaf["lifetime"]
    alive = now is None or int(lifetime["not_before"]) <= now <= int(lifetime["not_after"])
    demand(alive, "the KeyPackage is not of this time")


def demand_members_agree(leaves: list[dict]) -> None:
    """Among members: no key twice, and everybody knows everybody's kind of credential (RFC 9420 section 7.3)."""
    for name in ("signature_key", "encryption_key"):
        keys = [leaf[name] for leaf in leaves]
        demand(len(keys) == len(set(keys)), f"a {name} twice")
    kinds = {leaf["credential"]["credential_type"] for leaf in leaves}
    demand(
        all(kinds <= set(leaf["capabilities"]["credentials"]) for leaf in leaves),
        "a member that does not know another's kind of credential",
    )


def supports(leaf: dict, proposal_type) -> bool:
    return proposal_type in DEFAULT_PROPOSALS or proposal_type in leaf["capabilities"]["proposals"]
