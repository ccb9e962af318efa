"""MIMI content (content-09), message status reports, message IDs, what a receiver keeps, and what a room shows."""

import hashlib

import cbor
from cbor import Refused

DISPOSITIONS = ["unspecified", "render", "reaction", "profile", "inline", "icon", "attachment", "session", "preview"]
CARDINALITIES = ["nullpart", "single", "external", "multi"]
SEMANTICS = ["chooseOne", "singleUnit", "processAll"]
STATUSES = ["unread", "delivered", "read", "expired", "deleted", "hidden", "error"]
ITEMS = {"nullpart": 3, "single": 5, "external": 15, "multi": 5}
DEEPEST_PART = 4


# Octets to JSON.


def decode(data: bytes) -> dict:
    reader = cbor.Reader(data)
    reader.array(7)
    content = {
        "salt": reader.octets(16).hex(),
        "replaces": optional_id(reader),
        "topicId": reader.octets().hex(),
        "expires": None if reader.null() else expiration(reader),
        "inReplyTo": optional_id(reader),
        "mimiExtensions": reader.entries(lambda key: extension(reader, key)),
        "nestedPart": part(reader, 1),
    }
    reader.end()
    return content


def optional_id(reader: cbor.Reader) -> str | None:
    return None if reader.null() else reader.octets(32).hex()


def expiration(reader: cbor.Reader) -> dict:
    reader.array(2)
    return {"relative": reader.boolean(), "time": reader.uint(2**32 - 1)}


def extension(reader: cbor.Reader, key):
    if key == 0 or isinstance(key, dict) or (isinstance(key, str) and not 1 <= len(key.encode("utf-8")) <= 255):
        raise Refused("a key that extensions may not have")
    return reader.text() if key in (1, 2) else reader.value(2)


def part(reader: cbor.Reader, level: int) -> dict:
    items = reader.array(3, 5, 15)
    if level > DEEPEST_PART:
        raise Refused("parts are nested too deeply")
    number = reader.uint(255)
    disposition = DISPOSITIONS[number] if number < len(DISPOSITIONS) else number
    language = reader.text()
    cardinality = CARDINALITIES[reader.uint(3)]
    if items != ITEMS[cardinality]:
        raise Refused("a part with another number of items")
    common = {"disposition": disposition, "language": language, "cardinality": cardinality}
    match cardinality:
        case "nullpart":
            return common
        case "single":
            return {**common, "contentType": reader.text(), "content": reader.octets().hex()}
        case "external":
            return {**common, **external(reader)}
    semantics = reader.uint(len(SEMANTICS) - 1)
    count = reader.array()
    if count < 2:
        raise Refused("fewer than two parts")
    return {**common, "partSemantics": SEMANTICS[semantics], "parts": [part(reader, level + 1) for _ in range(count)]}


def external(reader: cbor.Reader) -> dict:
    return {
        "contentType": reader.text(),
        "url": reader.text(),
        "expires": reader.uint(2**32 - 1),
        "size": str(reader.uint(2**64 - 1)),
        "encAlg": reader.uint(2**16 - 1),
        "key": reader.octets().hex(),
        "nonce": reader.octets().hex(),
        "aad": reader.octets().hex(),
        "hashAlg": reader.uint(255),
        "contentHash": reader.octets().hex(),
        "description": reader.text(),
        "filename": reader.text(),
    }


def decode_status(data: bytes) -> list:
    reader = cbor.Reader(data)
    report = [status(reader) for _ in range(reader.array())]
    reader.end()
    return report


def status(reader: cbor.Reader) -> dict:
    reader.array(2)
    message_id, number = reader.octets(32).hex(), reader.uint(255)
    return {"messageId": message_id, "status": STATUSES[number] if number < len(STATUSES) else number}


# JSON to octets.


def encode(content: dict) -> bytes:
    expires = content["expires"]
    return cbor.array(
        [
            octets(content["salt"]),
            octets_or_null(content["replaces"]),
            octets(content["topicId"]),
            cbor.value_of(None if expires is None else [expires["relative"], expires["time"]]),
            octets_or_null(content["inReplyTo"]),
            cbor.map_of(content["mimiExtensions"]),
            encode_part(content["nestedPart"]),
        ]
    )


def encode_part(value: dict) -> bytes:
    disposition, cardinality = value["disposition"], value["cardinality"]
    number = DISPOSITIONS.index(disposition) if isinstance(disposition, str) else disposition
    items = [cbor.head(0, number), cbor.text(value["language"]), cbor.head(0, CARDINALITIES.index(cardinality))]
    match cardinality:
        case "single":
            items += [cbor.text(value["contentType"]), octets(value["content"])]
        case "external":
            items += [external_field(name, value[name]) for name in EXTERNAL_FIELDS]
        case "multi":
            parts = cbor.array([encode_part(each) for each in value["parts"]])
            items += [cbor.head(0, SEMANTICS.index(value["partSemantics"])), parts]
    return cbor.array(items)


EXTERNAL_FIELDS = [
    *("contentType", "url", "expires", "size", "encAlg", "key", "nonce", "aad"),
    *("hashAlg", "contentHash", "description", "filename"),
]


def external_field(name: str, value) -> bytes:
    if name in ("key", "nonce", "aad", "contentHash"):
        return octets(value)
    return cbor.head(0, int(value)) if name in ("expires", "size", "encAlg", "hashAlg") else cbor.text(value)


def octets(text: str) -> bytes:
    return cbor.octets(bytes.fromhex(text))


def octets_or_null(text: str | None) -> bytes:
    return b"\xf6" if text is None else octets(text)


# Message IDs and what a receiver keeps (sections 3.3 and 9.1).


def message_id(data: bytes, sender: str, room: str) -> str:
    salt = bytes.fromhex(decode(data)["salt"])
    digest = hashlib.sha256(with_length(sender) + with_length(room) + data + salt).hexdigest()
    return "01" + digest[:62]


def with_length(uri: str) -> bytes:
    data = uri.encode("utf-8")
    return len(data).to_bytes(2, "big") + data


MINUTES_AHEAD = 5 * 60_000
YEAR = 365 * 24 * 3_600_000
FORMAT_PUBLISHED = 1_713_830_400_000


def judge(case: dict) -> str:
    accepted = case["acceptedTimestamp"]
    try:
        content = decode(bytes.fromhex(case["bytes"]))
    except Refused:
        return "discard"
    extensions = {key: value for key, value in content["mimiExtensions"] if isinstance(key, int)}
    asserted = message_id(
        bytes.fromhex(case["bytes"]), extensions.get(1, case["sender"]), extensions.get(2, case["room"])
    )
    expires = content["expires"]
    ahead = 0 if expires is None else expires["time"] * 1000 - (0 if expires["relative"] else accepted)
    nonsense = [
        not case["senderIsMember"],
        accepted > case["now"] + MINUTES_AHEAD,
        accepted < FORMAT_PUBLISHED,
        accepted < case.get("roomCreated", accepted),
        asserted in case["known"],
        any(content[name] and not content[name].startswith("01") for name in ("replaces", "inReplyTo")),
        extensions.get(1, case["sender"]) != case["sender"],
        extensions.get(2, case["room"]) != case["room"],
        len(content["topicId"]) > 2 * 4096,
        abs(ahead) > YEAR,
        parts_in(content["nestedPart"]) > 1024,
    ]
    return "discard" if any(nonsense) else "keep"


def parts_in(part: dict) -> int:
    return 1 + sum(parts_in(each) for each in part.get("parts", []))


# What a room shows (section 5).


def timeline(case: dict) -> list:
    known: dict[str, dict] = {}
    for message in sorted(map(lambda each: received(each, case["room"]), case["messages"]), key=order):
        known.setdefault(message["id"], message)
    threads = threads_of(known)
    shown = [thread for thread in threads.values() if not is_reaction(thread) and not is_empty(thread[0])]
    owner = {version: thread for thread in threads.values() for version in versions(thread)}
    return [entry(thread, threads, owner, case["now"]) for thread in shown]


def received(message: dict, room: str) -> dict:
    data = bytes.fromhex(message["bytes"])
    return {**message, **decode(data), "id": message_id(data, message["sender"], room)}


def order(message: dict) -> tuple:
    return message["acceptedTimestamp"], message["id"]


def threads_of(known: dict[str, dict]) -> dict[str, list]:
    """By first instance: it, and what its own sender replaced it with, in the room's order."""
    threads = {each["id"]: [each] for each in known.values() if each["replaces"] is None}
    for each in known.values():
        first, seen = each, set()
        while first is not None and first["replaces"] is not None and first["id"] not in seen:
            seen.add(first["id"])
            first = known.get(first["replaces"])
        thread = threads.get(first["id"]) if first is not None else None
        if each["replaces"] is not None and thread is not None and thread[0]["sender"] == each["sender"]:
            thread.append(each)
    return threads


def is_empty(message: dict) -> bool:
    return message["nestedPart"]["cardinality"] == "nullpart"


def is_reaction(thread: list) -> bool:
    first = thread[0]
    return first["inReplyTo"] is not None and first["nestedPart"]["disposition"] == "reaction" and not is_empty(first)


def versions(thread: list) -> list[str]:
    return [each["id"] for index, each in enumerate(thread) if index == 0 or not is_empty(each)]


def state(thread: list, now: int) -> str:
    if any(is_empty(each) for each in thread[1:]):
        return "retracted"
    expires = thread[0]["expires"]
    if expires is not None and not expires["relative"] and now >= expires["time"] * 1000:
        return "expired"
    return "original" if len(thread) == 1 else "edited"


def entry(thread: list, threads: dict, owner: dict, now: int) -> dict:
    first, became = thread[0], state(thread, now)
    is_shown = became in ("original", "edited")
    return {
        "messageId": first["id"],
        "sender": first["sender"],
        "state": became,
        "body": body(thread[-1]["nestedPart"]) if is_shown else None,
        "versions": versions(thread),
        "topicId": first["topicId"],
        "inReplyTo": reference(first, owner, now),
        "reactions": reactions(thread, threads, owner, now) if is_shown else [],
    }


def reference(message: dict, owner: dict, now: int) -> dict | None:
    target = message["inReplyTo"]
    if target is None:
        return None
    thread = owner.get(target)
    if thread is None:
        became = "unknown"
    else:
        became = state(thread, now)
        if became in ("original", "edited"):
            became = "current" if thread[-1]["id"] == target else "superseded"
    return {"messageId": target, "target": became}


def reactions(thread: list, threads: dict, owner: dict, now: int) -> list:
    found = []
    for each in threads.values():
        if not is_reaction(each) or owner.get(each[0]["inReplyTo"]) is not thread:
            continue
        if state(each, now) in ("original", "edited"):
            first = each[0]
            reaction = {"messageId": first["id"], "sender": first["sender"], "toVersion": first["inReplyTo"]}
            found.append({**reaction, "body": body(each[-1]["nestedPart"])})
    return found


def body(part: dict) -> dict:
    if part["cardinality"] == "single":
        return {"contentType": part["contentType"], "content": part["content"]}
    return {"cardinality": part["cardinality"]}
