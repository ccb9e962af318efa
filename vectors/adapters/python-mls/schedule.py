"""The key schedule, transcripts and pre-shared keys (RFC 9420 section 8), and members' ratchets (section 9)."""

from hashing import expand_with_label, mac, opaque, sha256
import structures
from names import demand
from primitives import Suite
from tree import Tree, left, level, right

NAMES = {
    "sender_data_secret": "sender data",
    "encryption_secret": "encryption",
    "exporter_secret": "exporter",
    "epoch_authenticator": "authentication",
    "external_secret": "external",
    "confirmation_key": "confirm",
    "membership_key": "membership",
    "resumption_psk": "resumption",
    "init_secret": "init",
}


def epoch_secrets(epoch_secret: bytes) -> dict[str, bytes]:
    return {name: expand_with_label(epoch_secret, label, b"") for name, label in NAMES.items()}


def joiner_secret(init_secret: bytes, commit_secret: bytes, context: dict) -> bytes:
    return expand_with_label(mac(init_secret, commit_secret), "joiner", structures.encode("GroupContext", context))


def epoch_secret_of(joiner: bytes, psk_secret: bytes, context: dict) -> bytes:
    return expand_with_label(mac(joiner, psk_secret), "epoch", structures.encode("GroupContext", context))


def welcome_secret(joiner: bytes, psk_secret: bytes) -> bytes:
    return expand_with_label(mac(joiner, psk_secret), "welcome", b"")


def psk_secret(psks: list[tuple[dict, bytes]]) -> bytes:
    secret = bytes(32)
    for index, (psk_id, psk) in enumerate(psks):
        label = structures.encode("PSKLabel", {"id": psk_id, "index": index, "count": len(psks)})
        secret = mac(expand_with_label(mac(bytes(32), psk), "derived psk", label), secret)
    return secret


# Transcripts (RFC 9420 section 8.2).


def confirmed_hash(interim: bytes, wire_format: str, content: dict, signature: str) -> bytes:
    value = {"wire_format": wire_format, "content": content, "signature": signature}
    return sha256(interim + structures.encode("ConfirmedTranscriptHashInput", value))


def interim_hash(confirmed: bytes, confirmation_tag: str) -> bytes:
    return sha256(confirmed + opaque(bytes.fromhex(confirmation_tag)))


# Ratchets.


def leaf_secret(tree: Tree, encryption_secret: bytes, index: int) -> bytes:
    node, secret = tree.root, encryption_secret
    while level(node):
        goes_left = 2 * index < node
        secret = expand_with_label(secret, "tree", b"left" if goes_left else b"right")
        node = left(node) if goes_left else right(node)
    return secret


def ratchet_keys(suite: Suite, leaf: bytes, kind: str, generation: int) -> tuple[bytes, bytes]:
    """Key and nonce of a generation of the `handshake` or `application` ratchet."""
    demand(generation < 1024, "a generation far beyond")
    secret = expand_with_label(leaf, kind, b"")
    for before in range(generation):
        secret = suite.derive_tree_secret(secret, "secret", before, 32)
    key = suite.derive_tree_secret(secret, "key", generation, suite.key_size)
    return key, suite.derive_tree_secret(secret, "nonce", generation, suite.nonce_size)
