"""Answers the cases of the vectors on standard input and output, with Python's standard library and nothing else.

    mimi vectors verify --impl "python3 vectors/adapters/python/adapter.py"
"""

import json
import sys

import cbor
import content
import identifiers
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


# What an operation gives on success: the outcome alone, or the output with this outcome.
OPERATIONS = {
    "codec.decode": (decode, "valid"),
    "codec.encode": (encode, "valid"),
    "uri.parse": (lambda case: identifiers.parse_uri(case["text"]), "valid"),
    "uri.compare": (compare, None),
    "directory.parse": (lambda case: {"endpoints": identifiers.parse_directory(case["text"])}, "valid"),
    "endpoint.url": (url, "url"),
    "content.decode": (lambda case: {"content": content.decode(octets(case))}, "valid"),
    "content.encode": (lambda case: {"bytes": content.encode(case["content"]).hex()}, "valid"),
    "content.message-id": (message_id, "id"),
    "content.judge": (content.judge, None),
    "content.timeline": (lambda case: {"entries": content.timeline(case)}, "shown"),
    "content.status": (lambda case: {"report": content.decode_status(octets(case))}, "valid"),
}

REFUSALS = (structures.Refused, identifiers.Refused, cbor.Refused)


def answer(request: dict) -> dict:
    operation, outcome = OPERATIONS[request["operation"]]
    try:
        result = operation(request["input"])
    except REFUSALS as refusal:
        return {"outcome": "invalid", "says": str(refusal)}
    return {"outcome": result} if outcome is None else {"outcome": outcome, "output": result}


def main() -> None:
    say({"type": "capabilities", "protocol": 1, "name": "python", "version": "1", "operations": list(OPERATIONS)})
    for line in sys.stdin:
        request = json.loads(line)
        say({"type": "answer", "id": request["id"], **answer(request)})


def say(message: dict) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main()
