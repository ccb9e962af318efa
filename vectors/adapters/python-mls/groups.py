"""Operations that need no member: on KeyPackages, handshakes, SemiPrivateMessages and GroupInfos in parts."""

import components
import structures
from extensions import APP_COMPONENTS, LAST_RESORT, SAFE_AAD, components_in, dictionary_of, find
from framing import BODIES, PUBLIC, SEMI_PRIVATE, Authenticated, demand_signed, open_as_member
from group import Group, committed, demand_signed_by_member, heard, with_pending
from joining import demand_planted
from leaves import demand_key_package
from names import demand
from proposals import Rules, no_ephemeral
from receiver import demand_agreed, open_as, receivers_of
from schedule import interim_hash
from signed import octets, suite_of
from structures import Refused
from tree import Tree


def context_in(case: dict) -> dict:
    return structures.decode("GroupContext", octets(case, "groupContext"))


def tree_in(case: dict) -> Tree:
    return Tree.read(structures.decode("RatchetTreeExtension", octets(case, "ratchetTree")))


def key_package(case: dict) -> dict:
    suite, data = suite_of(case), octets(case, "keyPackage")
    value = structures.decode("KeyPackage", data)
    demand_key_package(suite, value, context_in(case), int(case["now"]))
    own = dictionary_of(value["leaf_node"]["extensions"])
    return {
        "reference": suite.ref_hash("MLS 1.0 KeyPackage Reference", data).hex(),
        "lastResort": LAST_RESORT in dictionary_of(value["extensions"]),
        "components": components_in(own, APP_COMPONENTS) or [],
        "safeAadComponents": components_in(own, SAFE_AAD) or [],
    }


def follow(case: dict) -> dict:
    context, tag = context_in(case), case["confirmationTag"]
    interim = interim_hash(octets(context, "confirmed_transcript_hash"), tag)
    group = Group(suite_of(case), context, tree_in(case), interim, rules_of(case))
    for each in case["pending"]:
        group = with_pending(group, heard(group, authenticated(each)))
    message = authenticated(case["message"])
    if message.content["content_type"] == "proposal":
        return {"reference": heard(group, message).reference}
    return {"groupContext": structures.encode("GroupContext", committed(group, message).context).hex()}


def ratchet_tree(case: dict) -> dict:
    tree = tree_in(case)
    demand_planted(suite_of(case), tree, context_in(case))
    return {"members": [index for index, _ in tree.leaves()]}


def authenticated(encoded: str) -> Authenticated:
    message = structures.decode("MLSMessage", bytes.fromhex(encoded))
    demand(message["wire_format"] == PUBLIC, "no PublicMessage")
    body = message[BODIES[PUBLIC]]
    return Authenticated(PUBLIC, body["content"], body["auth"])


def rules_of(case: dict) -> Rules:
    refused = {each["componentId"]: each["refuses"] for each in case["components"]}
    ephemeral = {each["componentId"]: each["refuses"] for each in case["ephemeralComponents"]}

    def updated(component: int, _current: str | None, updates: list[str]) -> str:
        demand(component in refused, "an unknown component")
        demand(not any(update in refused[component] for update in updates), "an invalid update")
        return updates[-1]

    def take(component: int, data: str) -> None:
        demand(component in ephemeral and data not in ephemeral[component], "invalid data, or of an unknown component")

    return Rules(updated, take, None)


# GroupInfos in parts (ratchet-tree-options-03 section 4).


def complete(case: dict) -> dict:
    partial = structures.decode("PartialGroupInfo", octets(case, "partial"))
    extensions = partial["group_info_extensions"]
    demand(find(extensions, "ratchet_tree") is None, "the tree is among the extensions")
    if partial["ratchet_tree_presence"] in ("present", "added"):
        extensions = [*extensions, {"extension_type": "ratchet_tree", "extension_data": case["ratchetTree"]}]
    info = {
        "group_context": context_in(case),
        "extensions": extensions,
        "confirmation_tag": case["confirmationTag"],
        "signer": case["signer"],
        "signature": partial["signature"],
    }
    demand_signed_by_member(suite_of(case), info, tree_in(case))
    return {"groupInfo": structures.encode("GroupInfo", info).hex()}


# SemiPrivateMessages (semiprivatemessage-07 section 4).


def open_as_receiver(case: dict) -> dict:
    suite, context, tree = suite_of(case), context_in(case), tree_in(case)
    body = structures.decode("SemiPrivateMessage", octets(case, "message"))
    demand_of(body, context)
    receiver = octets(case, "receiver")
    demand(structures.decode("ExternalReceiver", receiver) in receivers_of(context), "no receiver of the group")
    group = Group(suite, context, tree, b"", Rules(components.updated, no_ephemeral))
    message, keys = open_as(group, body, receiver, octets(case, "privateKey"))
    sender = keys["sender_leaf_index"]
    demand_from(suite, tree, sender, message, context)
    encoded = structures.encode("FramedContent", message.content).hex()
    own = {"key": keys["key"], "nonce": keys["nonce"], "reuseGuard": keys["reuse_guard"], "senderLeafIndex": sender}
    return {"content": encoded, **own}


def open_as_own(case: dict) -> dict:
    suite, context, tree = suite_of(case), context_in(case), tree_in(case)
    body = structures.decode("SemiPrivateMessage", octets(case, "message"))
    demand_agreed(context)
    demand_of(body, context)
    secrets = {
        "sender_data_secret": octets(case, "senderDataSecret"),
        "encryption_secret": octets(case, "encryptionSecret"),
    }
    message = open_as_member(suite, SEMI_PRIVATE, body, secrets, tree, context)
    sender, _, generation = message.used
    demand(sender != case["leafIndex"], "an own message")
    demand_from(suite, tree, sender, message, context)
    encoded = structures.encode("FramedContent", message.content).hex()
    return {"content": encoded, "senderLeafIndex": sender, "generation": generation}


def demand_of(body: dict, context: dict) -> None:
    demand((body["group_id"], body["epoch"]) == (context["group_id"], context["epoch"]), "of another group or epoch")


def demand_from(suite, tree: Tree, sender: int, message: Authenticated, context: dict) -> None:
    leaf = tree.leaf(sender)
    if leaf is None:
        raise Refused("the sender is no member")
    demand_signed(suite, leaf["signature_key"], message, context)


OPERATIONS = {
    "key-package.validate": (key_package, "valid"),
    "group.follow": (follow, "valid"),
    "ratchet-tree.validate": (ratchet_tree, "valid"),
    "group-info.complete": (complete, "valid"),
    "semi-private.open-as-receiver": (open_as_receiver, "valid"),
    "semi-private.open-as-member": (open_as_own, "valid"),
    **components.OPERATIONS,
}
