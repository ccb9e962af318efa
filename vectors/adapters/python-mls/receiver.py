"""SemiPrivateMessages as external receivers open them (semiprivatemessage-07 section 3.3)."""

from hashlib import sha256

import structures
from extensions import dictionary_of, value_of
from framing import SEMI_PRIVATE, Authenticated, open_content
from group import Group
from names import demand

# The component of semiprivatemessage-07 section 4.
EXTERNAL_RECEIVERS = 8


def demand_agreed(context: dict) -> None:
    formats = value_of(context["extensions"], "required_wire_formats", "WireFormats")
    agreed = formats is not None and SEMI_PRIVATE in formats["wire_formats"]
    demand(agreed, "the group does not have SemiPrivateMessages")


def receivers_of(context: dict) -> list:
    found = dictionary_of(context["extensions"]).get(EXTERNAL_RECEIVERS)
    return [] if found is None else structures.decode("ExternalReceivers", bytes.fromhex(found))


def opened_by_receiver(group: Group, body: dict, key_pair: dict) -> Authenticated:
    """By the receiver that has this key; the signature is not verified yet."""
    own = [each for each in receivers_of(group.context) if each["external_receiver_public_key"] == key_pair["publicKey"]]
    demand(len(own) == 1, "no receiver of the group")
    receiver = structures.encode("ExternalReceiver", own[0])
    private = bytes.fromhex(key_pair["privateKey"])
    return open_as(group, body, receiver, private)[0]


def open_as(group: Group, body: dict, receiver: bytes, private: bytes) -> tuple[Authenticated, dict]:
    """The content, and the PerMessageKeyAndNonces that has opened it."""
    demand_agreed(group.context)
    reference = sha256(receiver).hexdigest()
    entries = [each for each in body["keys_for_external_receivers"] if each["external_receiver_ref"] == reference]
    demand(len(entries) == 1, "no entry for this receiver")
    bound = structures.encode("SemiPrivateMessageContext", body)
    sealed = entries[0]["encrypted_keys_and_nonces"]
    opened = group.suite.decrypt_with_label(private, "SemiPrivateMessageReceiver", bound, sealed)
    keys = structures.decode("PerMessageKeyAndNonces", opened)
    key, nonce = (bytes.fromhex(keys[name]) for name in ("key", "nonce"))
    sender = keys["sender_leaf_index"]
    demand(group.tree.leaf(sender) is not None, "the sender is no member")
    content, auth = open_content(
        group.suite, SEMI_PRIVATE, body, key, nonce, keys["reuse_guard"], sender, group.context
    )
    return Authenticated(SEMI_PRIVATE, content, auth), keys
