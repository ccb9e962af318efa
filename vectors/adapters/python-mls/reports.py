"""Reports of abuse at the hub of a room (protocol-06 section 5.9)."""

import structures
from identifiers import parse_uri
from names import demand
from provider import Turn
from room_state import effective_state
from rooms import allows
from signed import abuse_report


def reported(turn: Turn, uri: str, peer: str, body: str, by: str | None = None) -> None:
    """`by` is the own user who reports; Refused is what is not taken. A room that has been ended can be reported about."""
    room = turn.provider.hosted.get(uri)
    demand(room is not None, "there is no such room")
    report = structures.decode("AbuseReport", bytes.fromhex(body))
    state = effective_state(turn, room)
    there = [parse_uri(each["user"])["domain"] for each in state["participants"]]
    demand(peer in there, "from a provider that has nobody in the room")
    reporter = report["reportingUser"]["uri"]
    if reporter:
        own = parse_uri(reporter)["domain"] == peer if by is None else reporter == by
        demand(own, "in somebody else's name")
        demand(allows(state, {"kind": "act", "user": reporter, "capability": "canReportAbuse"}), "may not report")
    for message in report["messages"]:
        demand_abusive(turn, uri, message, report["allegedAbuserUri"]["uri"])


def demand_abusive(turn: Turn, room: str, message: dict, alleged: str) -> None:
    """Franked here, with one of the keys that the hub has had, and sent by whom the report accuses."""
    encoded = structures.encode("AbusiveMessage", message).hex()
    case = {
        "bytes": encoded,
        "room": room,
        "hubKeys": hub_keys(turn),
        "cipherSuite": message["frank"]["franking_signature_ciphersuite"],
    }
    for pair in turn.provider.franking_keys:
        try:
            found = abuse_report({**case, "frankingKey": pair["publicKey"]})
        except structures.Refused:
            continue
        demand(found["sender"] == alleged, "somebody else has sent it")
        return
    demand(False, "the hub has not franked this")


def hub_keys(turn: Turn) -> list[dict]:
    """All that have been in use, with their times."""
    past = list(turn.provider.past_hub_keys)
    starts = [until for _, until in past] + [0]
    keys = [(turn.provider.setup["hubKey"], None), *past]
    return [
        {"hubKey": key, "from": str(start), **({} if until is None else {"until": str(until)})}
        for (key, until), start in zip(keys, starts, strict=True)
    ]
