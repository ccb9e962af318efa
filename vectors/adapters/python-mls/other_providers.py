"""What other providers ask for: about rooms hosted here, own users, and their own rooms."""

import structures
from downloads import GATEWAY, at_gateway, fetch
from following import notified
from group_infos import info_asked
from hosted import Unsupported
from identifiers import parse_uri
from introductions import asked_for, looked_for, told_of
from loop import REFUSALS
from material import hand_out
from names import demand
from provider import DIRECTORY, Turn, demand_honest, endpoint_of
from reports import reported
from submissions import submitted
from updates import updated

HOSTED = {"update": updated, "submitMessage": submitted}
TOLD = {"requestConsent": asked_for, "updateConsent": told_of}


def requested(turn: Turn, step: dict) -> None:
    before = turn.provider
    try:
        demand_honest(turn.provider, step)
        if (step["method"], step["path"]) == ("GET", DIRECTORY):
            turn.answer(step["exchange"], 200, turn.provider.setup["directory"].encode().hex())
            return
        if step["path"] == GATEWAY:
            at_gateway(turn, {"exchange": step["exchange"]}, step["body"])
            return
        endpoint, identifier = endpoint_of(turn.provider, step["path"])
        if endpoint == "proxyDownload" and step["method"] == "GET":
            fetch(turn, {"exchange": step["exchange"]}, identifier)
            return
        demand(step["method"] == "POST", "another method")
        if endpoint == "keyMaterial":
            key_material_asked(turn, step, identifier)
        elif endpoint in HOSTED:
            demand_hosted(turn, identifier)
            turn.answer(step["exchange"], 200, HOSTED[endpoint](turn, identifier, step["peer"], step["body"]))
        elif endpoint == "groupInfo":
            turn.answer(step["exchange"], 200, info_asked(turn, identifier, step["body"]))
        elif endpoint == "reportAbuse":
            reported(turn, identifier, step["peer"], step["body"])
            turn.answer(step["exchange"], 201)
        elif endpoint == "identifierQuery":
            turn.answer(step["exchange"], 200, looked_for(turn, step["body"]))
        elif endpoint in TOLD:
            TOLD[endpoint](turn, step["peer"], step["body"])
            turn.answer(step["exchange"], 201)
        elif endpoint == "notify":
            notified(turn, step["peer"], identifier, step["body"])
            turn.answer(step["exchange"], 201)
        else:
            raise Unsupported(endpoint)
    except REFUSALS:
        turn.provider, turn.outputs = before, []
        turn.answer(step["exchange"], 403)


def key_material_asked(turn: Turn, step: dict, user: str) -> None:
    """Of an own user, or by way of the hub of a room of another's."""
    domain = parse_uri(user)["domain"]
    if domain == turn.provider.domain:
        turn.answer(step["exchange"], 200, hand_out(turn, step["peer"], user, step["body"]))
        return
    structures.decode("KeyMaterialRequest", bytes.fromhex(step["body"]))
    what = {"kind": "relayed", "exchange": step["exchange"]}
    if not turn.post(domain, "keyMaterial", user, step["body"], what):
        turn.answer(step["exchange"], 502)


def demand_hosted(turn: Turn, room: str) -> None:
    hosted = turn.provider.hosted.get(room)
    demand(hosted is not None and not hosted.is_ended, "there is no such room")
