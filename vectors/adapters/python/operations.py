"""The operations that Python's standard library is enough for (vectors/operations.md)."""

import bodies
import conduct
import content
import hashing
import identifiers
import policy
import rules
import search
import state
import structures


def decode(case: dict) -> dict:
    value = structures.decode(case["structure"], bytes.fromhex(case["bytes"]), case.get("selectedBy"))
    return {"value": value}


def encode(case: dict) -> dict:
    return {"bytes": structures.encode(case["structure"], case["value"], case.get("selectedBy")).hex()}


def compare(case: dict) -> str:
    a, b = (identifiers.parse_uri(case[name])["normal"] for name in ("a", "b"))
    return "same" if a == b else "different"


def url(case: dict) -> dict:
    return {"url": identifiers.endpoint_url(case["directory"], case["endpoint"], case["identifier"])}


def message_id(case: dict) -> dict:
    return {"messageId": content.message_id(octets(case), case["sender"], case["room"])}


def octets(case: dict) -> bytes:
    return bytes.fromhex(case["bytes"])


# What an operation gives on success: the outcome alone, both outcome and output, or the output with this outcome.
OPERATIONS = {
    "codec.decode": (decode, "valid"),
    "codec.encode": (encode, "valid"),
    "uri.parse": (lambda case: identifiers.parse_uri(case["text"]), "valid"),
    "uri.compare": (compare, None),
    "directory.parse": (lambda case: {"endpoints": identifiers.parse_directory(case["text"])}, "valid"),
    "endpoint.url": (url, "url"),
    "tree-source.check": (rules.check_tree_source, "valid"),
    "request.check": (rules.check_request, None),
    "media-types.compare": (rules.compare_media_types, None),
    "handshake.fan-out": (rules.fan_out, "fanned"),
    "content.decode": (lambda case: {"content": content.decode(octets(case))}, "valid"),
    "content.encode": (lambda case: {"bytes": content.encode(case["content"]).hex()}, "valid"),
    "content.message-id": (message_id, "id"),
    "content.judge": (content.judge, None),
    "content.timeline": (lambda case: {"entries": content.timeline(case)}, "shown"),
    "content.references": (bodies.references, None),
    "content.salt": (bodies.salt, "salt"),
    "content.markdown-tags": (bodies.markdown_tags, None),
    "content.markdown-escape": (bodies.markdown_escape, "escaped"),
    "room.description": (bodies.description, None),
    "content.status": (lambda case: {"report": content.decode_status(octets(case))}, "valid"),
    "signature.content": (hashing.signature_content, "content"),
    "franking.tag": (hashing.franking_tag, "tag"),
    "franking.stamp": (hashing.franking_stamp, "stamp"),
    "semi-private.partial-context-hash": (hashing.partial_context_hash, "hash"),
    "semi-private.content-hash": (hashing.content_hash, "hash"),
    "semi-private.receiver-reference": (hashing.receiver_reference, "hash"),
    "component.label": (hashing.component_label, "label"),
    "exporter.export": (hashing.export, "valid"),
    "psk.secret": (hashing.psk_secret, "secret"),
    "exporter.safe-export": (hashing.safe_export, "valid"),
    "dictionary.update": (state.update_dictionary, "applied"),
    "participants.update": (state.update_participants, "applied"),
    "consent.in-force": (state.consent_in_force, None),
    "consent.follow": (state.follow_consent, "followed"),
    "key-packages.claim": (state.claim_key_packages, None),
    "users.search": (search.search, None),
    "policy.decide": (policy.decide, None),
    "policy.conduct": (conduct.conduct, None),
    "policy.choose": (conduct.choose, None),
}
