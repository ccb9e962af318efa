"""Messages of a group: their signatures, membership tags and encryption (RFC 9420 section 6, semiprivatemessage-07)."""

from dataclasses import dataclass

import structures
from hashing import expand_with_label, mac, sha256
from names import demand
from primitives import Suite
from schedule import leaf_secret, ratchet_keys
from tree import Tree

PUBLIC, PRIVATE, SEMI_PRIVATE = "mls_public_message", "mls_private_message", "mls_semiprivate_message"
BODIES = {PUBLIC: "public_message", PRIVATE: "private_message", SEMI_PRIVATE: "semiprivate_message"}


@dataclass(frozen=True)
class Authenticated:
    """An AuthenticatedContent that has been verified."""

    wire_format: str
    content: dict
    auth: dict
    # Of an encrypted message: the sender's ratchet and the generation in it, which is used up now.
    used: tuple | None = None

    def reference(self) -> str:
        value = {"wire_format": self.wire_format, "content": self.content, "auth": self.auth}
        encoded = structures.encode("AuthenticatedContent", value)
        label = b"MLS 1.0 Proposal Reference"
        return sha256(structures.with_length("V", label) + structures.with_length("V", encoded)).hex()


def body_of(message: dict) -> dict:
    demand(message["wire_format"] in BODIES, "no message of a group")
    return message[BODIES[message["wire_format"]]]


def group_of(message: dict) -> tuple[str, int, str]:
    """The group ID, the epoch and the content type, which are outside of any encryption."""
    body = body_of(message)
    outside = body["content"] if "content" in body else body
    return outside["group_id"], int(outside["epoch"]), outside["content_type"]


# Signatures (RFC 9420 section 6.1).


def tbs(wire_format: str, content: dict, context: dict) -> bytes:
    value = {"version": "mls10", "wire_format": wire_format, "content": content, "context": context}
    return structures.encode("FramedContentTBS", value)


def demand_signed(suite: Suite, key: str, message: Authenticated, context: dict) -> None:
    signature = bytes.fromhex(message.auth["signature"])
    signed = tbs(message.wire_format, message.content, context)
    demand(
        suite.verify_with_label(bytes.fromhex(key), "FramedContentTBS", signed, signature),
        "the signature of the content does not fit",
    )


def demand_tagged(message: dict, context: dict, membership_key: bytes) -> None:
    """The membership tag of a member's PublicMessage (RFC 9420 section 6.2)."""
    content = message["content"]
    if content["sender"]["sender_type"] != "member":
        return
    signed = {"version": "mls10", "wire_format": PUBLIC, "content": content, "context": context}
    tbm = structures.encode("AuthenticatedContentTBM", {"content_tbs": signed, "auth": message["auth"]})
    demand(mac(membership_key, tbm).hex() == message["membership_tag"], "the membership tag does not fit")


# Encryption (RFC 9420 section 6.3, semiprivatemessage-07 section 4).


def sender_data(suite: Suite, body: dict, secret: bytes) -> dict:
    sample = bytes.fromhex(body["ciphertext"])[:32]
    key = expand_with_label(secret, "key", sample, suite.key_size)
    nonce = expand_with_label(secret, "nonce", sample, suite.nonce_size)
    aad = structures.encode("SenderDataAAD", body)
    encrypted = bytes.fromhex(body["encrypted_sender_data"])
    return structures.decode("SenderData", suite.aead_open(key, nonce, aad, encrypted))


def open_as_member(
    suite: Suite, wire_format: str, body: dict, secrets: dict, tree: Tree, context: dict
) -> Authenticated:
    """A PrivateMessage or SemiPrivateMessage, decrypted; its signature is not verified yet."""
    data = sender_data(suite, body, secrets["sender_data_secret"])
    sender, generation = data["leaf_index"], data["generation"]
    demand(tree.leaf(sender) is not None, "the sender is no member")
    kind = "application" if body["content_type"] == "application" else "handshake"
    leaf = leaf_secret(tree, secrets["encryption_secret"], sender)
    key, nonce = ratchet_keys(suite, leaf, kind, generation)
    content, auth = open_content(suite, wire_format, body, key, nonce, data["reuse_guard"], sender, context)
    return Authenticated(wire_format, content, auth, (sender, kind, generation))


def open_content(
    suite: Suite, wire_format: str, body: dict, key: bytes, nonce: bytes, guard: str, sender: int, context: dict
) -> tuple[dict, dict]:
    guarded = bytes(a ^ b for a, b in zip(nonce, bytes.fromhex(guard) + bytes(len(nonce) - 4), strict=True))
    name = "PrivateContentAAD" if wire_format == PRIVATE else "SemiPrivateContentAAD"
    plaintext = suite.aead_open(key, guarded, structures.encode(name, body), bytes.fromhex(body["ciphertext"]))
    value = structures.decode("PrivateMessageContent", plaintext, body["content_type"])
    demand(not any(bytes.fromhex(value.pop("padding"))), "the padding is not zero")
    auth = value.pop("auth")
    outside = {name: body[name] for name in ("group_id", "epoch", "authenticated_data", "content_type")}
    content = {**outside, "sender": {"sender_type": "member", "leaf_index": sender}, **value}
    if wire_format == SEMI_PRIVATE:
        demand_shared_alike(body, content, nonce, sender, context)
    return content, auth


def demand_shared_alike(body: dict, content: dict, nonce: bytes, sender: int, context: dict) -> None:
    """What external receivers can open is what members can."""
    hashed = sender.to_bytes(4, "big") + nonce
    demand(sha256(hashed).hex() == body["partial_context_hash"], "partial_context_hash is of another sender")
    shared = sha256(tbs(SEMI_PRIVATE, content, context)).hex()
    demand(shared == body["framed_content_tbs_hash"], "framed_content_tbs_hash is of another content")
