"""What the crypto family asks for that takes hashes and MACs only: labels, franking, references, exported secrets."""

import hashlib
import hmac

import structures
from structures import Refused


def mac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def opaque(data: bytes) -> bytes:
    return structures.with_length("V", data)


def octets(case: dict, member: str) -> bytes:
    return bytes.fromhex(case[member])


def sign_content(label: bytes, content: bytes) -> str:
    """SignContent (RFC 9420 5.1.2)."""
    return (opaque(b"MLS 1.0 " + label) + opaque(content)).hex()


def signature_content(case: dict) -> dict:
    value = structures.decode(case["structure"], octets(case, "bytes"))
    name = case["structure"] + "TBS"
    tbs = structures.encode(name, value)
    return {"tbs": tbs.hex(), "signContent": sign_content(name.encode(), tbs)}


# Franking (protocol-06 section 5.4.1).


def franking_tag(case: dict) -> dict:
    return {"tag": mac(octets(case, "salt"), octets(case, "applicationData")).hex()}


def franking_stamp(case: dict) -> dict:
    uris = [opaque(case[name].encode()) for name in ("sender", "room")]
    context = b"".join(uris) + int(case["acceptedTimestamp"]).to_bytes(8, "big")
    server_frank = mac(octets(case, "hubKey"), octets(case, "tag") + context)
    tbs = server_frank + case["cipherSuite"].to_bytes(2, "big") + context
    return {
        "context": context.hex(),
        "serverFrank": server_frank.hex(),
        "tbs": tbs.hex(),
        "signContent": sign_content(b"FrankingIntegrityTBS", tbs),
    }


# SemiPrivateMessages (semiprivatemessage-07 section 4.1).


def partial_context_hash(case: dict) -> dict:
    hashed = case["senderLeafIndex"].to_bytes(4, "big") + octets(case, "nonce")
    return {"hashInput": hashed.hex(), "hash": sha256(hashed).hex()}


def content_hash(case: dict) -> dict:
    wire_format = structures.DEFINITIONS["WireFormat"]["type"]["enum"]["mls_semiprivate_message"]
    head = (1).to_bytes(2, "big") + wire_format.to_bytes(2, "big")
    tbs = head + octets(case, "content") + octets(case, "groupContext")
    return {"framedContentTbs": tbs.hex(), "hash": sha256(tbs).hex()}


def receiver_reference(case: dict) -> dict:
    return {"hash": sha256(octets(case, "receiver")).hex()}


# Components (mls-extensions sections 4.1 and 4.4) and the exporter (RFC 9420 section 8.5).


def component_label(case: dict) -> dict:
    label = opaque(b"MLS Component") + case["componentId"].to_bytes(2, "big") + opaque(case["label"].encode())
    return {"operationLabel": label.hex(), "signContent": sign_content(label, octets(case, "content"))}


def expand_with_label(secret: bytes, label: str, context: bytes, length: int = 32) -> bytes:
    """RFC 9420 section 8, over the HKDF-Expand of RFC 5869."""
    info = length.to_bytes(2, "big") + opaque(b"MLS 1.0 " + label.encode()) + opaque(context)
    block, data = b"", b""
    while len(data) < length:
        block = mac(secret, block + info + bytes([len(data) // 32 + 1]))
        data += block
    return data[:length]


def export(case: dict) -> dict:
    own = expand_with_label(octets(case, "exporterSecret"), case["label"], b"")
    secret = expand_with_label(own, "exported", sha256(octets(case, "context")), case["length"])
    return {"secret": secret.hex()}


def safe_export(case: dict) -> dict:
    root = expand_with_label(octets(case, "epochSecret"), "application_export", b"")
    # By depth and number within it: what has been split or handed out is gone.
    tree, secrets = {(0, 0): root}, []
    for component in case["componentIds"]:
        depth = 16
        while (depth, component >> (16 - depth)) not in tree:
            depth -= 1
            if depth < 0:
                raise Refused("the component's secret is not there any more")
        while depth < 16:
            number = component >> (16 - depth)
            secret = tree.pop((depth, number))
            depth += 1
            tree[depth, 2 * number] = expand_with_label(secret, "tree", b"left")
            tree[depth, 2 * number + 1] = expand_with_label(secret, "tree", b"right")
        secrets.append(tree.pop((16, component)).hex())
    return {"applicationExportSecret": root.hex(), "secrets": secrets}


# Pre-shared keys (RFC 9420 section 8.4, mls-extensions section 4.5).


def psk_secret(case: dict) -> dict:
    psks, secret = case["psks"], bytes(32)
    labels, inputs = [], []
    for index, each in enumerate(psks):
        label = bytes.fromhex(each["id"]) + index.to_bytes(2, "big") + len(psks).to_bytes(2, "big")
        psk_input = expand_with_label(mac(bytes(32), bytes.fromhex(each["psk"])), "derived psk", label)
        secret = mac(psk_input, secret)
        labels.append(label.hex())
        inputs.append(psk_input.hex())
    return {"labels": labels, "inputs": inputs, "secret": secret.hex()}
