"""Answers to requests of one's own, or that none came."""

import structures
from downloads import fetched, keep_asset
from fan_out import event_taken
from following import enter
from provider import Turn, directory_read
from structures import Refused


def answered(turn: Turn, step: dict) -> None:
    what = turn.provider.open.get(step["exchange"])
    if what is None:
        return
    turn.keep(open={name: each for name, each in turn.provider.open.items() if name != step["exchange"]})
    status, body = step.get("status"), step.get("body", "")
    if what["kind"] == "directory":
        directory_read(turn, what, status, body)
    if what["kind"] == "notify":
        event_taken(turn, what, status)
    if what["kind"] == "fetched":
        fetched(turn, what, status, body)
    if what["kind"] == "relayed":
        turn.answer(what["exchange"], 504 if status is None else status, body)
    if what["kind"] != "asked":
        return
    if "keeps" in what and status == 200:
        keep_asset(turn, what["keeps"], body)
    if "scope" in what and status == 201:
        turn.keep(asked=turn.provider.asked | {what["scope"]})
    if what["joins"] and status == 200 and is_success(body):
        enter(turn, what["room"], what["client"])
    # Nobody knows: as a gateway that has waited in vain.
    turn.answer_client(what, what.get("none", 504) if status is None else status, body)


def is_success(body: str) -> bool:
    try:
        return structures.decode("UpdateRoomResponse", bytes.fromhex(body))["responseCode"] == "success"
    except Refused:
        return False
