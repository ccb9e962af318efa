"""Requests on standard input, answers on standard output: one JSON object a line (vectors/README.md)."""

import json
import sys

import cbor
import identifiers
import structures

# What a refusal is called, where it is not "invalid".
REFUSED = {
    "dictionary.update": "refused",
    "participants.update": "refused",
    "room-component.update": "refused",
    "content.open-external": "refused",
    "credential.authenticate": "refused",
    "credential.authenticate-provider": "refused",
}

REFUSALS = (structures.Refused, identifiers.Refused, cbor.Refused)


def answer_all(name: str, operations: dict) -> None:
    """An operation is a function of the input, with what it gives: see `answer`."""
    say({"type": "capabilities", "protocol": 1, "name": name, "version": "1", "operations": list(operations)})
    for line in sys.stdin:
        request = json.loads(line)
        say({"type": "answer", "id": request["id"], **answer(operations, request)})


def answer(operations: dict, request: dict) -> dict:
    """A function gives the outcome alone, both outcome and output, or the output of the outcome beside it."""
    operation, outcome = operations[request["operation"]]
    try:
        result = operation(request["input"])
    except REFUSALS as refusal:
        return {"outcome": REFUSED.get(request["operation"], "invalid"), "says": str(refusal)}
    if outcome is not None:
        return {"outcome": outcome, "output": result}
    return {"outcome": result} if isinstance(result, str) else result


def say(message: dict) -> None:
    print(json.dumps(message), flush=True)
