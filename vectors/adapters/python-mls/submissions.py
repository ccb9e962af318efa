"""Application messages at the hub, and their franks (protocol-06 section 5.4)."""

from dataclasses import replace

import structures
from chat import FRANK_AAD
from components import FRANKING_AGENT
from extensions import dictionary_of
from fan_out import fan_out
from framing import group_of
from hashing import mac, sha256
from hosted import Hosted, keep
from identifiers import parse_uri
from names import demand, holder
from provider import Turn
from room_state import room_state
from rooms import allows


def submitted(turn: Turn, uri: str, peer: str, body: str) -> str:
    room = turn.provider.hosted[uri]
    # The same from somebody else is another request.
    name = peer, sha256(bytes.fromhex(body))
    if name in room.answered:
        return room.answered[name]
    request = structures.decode("SubmitMessageRequest", bytes.fromhex(body))
    message, sender = request["appMessage"], request["sendingUri"]["uri"]
    demand(message["wire_format"] == "mls_private_message", "no PrivateMessage")
    group_id, epoch, kind = group_of(message)
    demand(kind == "application" and group_id == room.group.context["group_id"], "no message of the group")
    state = room_state(turn, room)
    if room.agreed is not None:
        return structures.encode("SubmitMessageResponse", {"protocol": "mls10", "statusCode": "notAllowed"}).hex()
    allowed = parse_uri(sender)["domain"] == peer and allows(state, {"kind": "send", "user": sender})
    if not allowed or epoch > room.group.epoch:
        return structures.encode("SubmitMessageResponse", {"protocol": "mls10", "statusCode": "notAllowed"}).hex()
    if epoch < room.group.epoch or room.group.pending:
        value = {"protocol": "mls10", "statusCode": "epochTooOld", "currentEpoch": str(room.group.epoch)}
        return structures.encode("SubmitMessageResponse", value).hex()
    at = max(turn.now, room.last)
    frank = franked(turn, room, message["private_message"]["authenticated_data"], sender, at)
    value = {"protocol": "mls10", "statusCode": "accepted", "accepted_timestamp": str(at), "frank": frank}
    answer = structures.encode("SubmitMessageResponse", value).hex()
    keep(turn, replace(room, last=at, answered={**room.answered, name: answer}))
    clients = tuple(holder(leaf["credential"])[0] for _, leaf in room.group.tree.leaves())
    fan_out(turn, uri, [(structures.encode("FanoutMessage", {"timestamp": str(at), "message": message, "frank": frank}), clients)])
    return answer


def franked(turn: Turn, room: Hosted, aad: str, sender: str, at: int) -> dict | None:
    agent = dictionary_of(room.group.context["extensions"]).get(FRANKING_AGENT)
    if agent is None:
        return None
    named = structures.decode("FrankingAgentData", bytes.fromhex(agent))["franking_signature_key"]
    pair = next((each for each in turn.provider.franking_keys if each["publicKey"] == named), None)
    if pair is None:
        return None
    items = structures.decode("SafeAAD", bytes.fromhex(aad))["aad_items"]
    tag = next((item["aad_item_data"] for item in items if item["component_id"] == FRANK_AAD), None)
    if tag is None:
        return None
    setup, of = turn.provider.setup, room.group.suite
    context = {"sender_uri": {"uri": sender}, "room_uri": {"uri": room.uri}, "accepted_timestamp": str(at)}
    covered = bytes.fromhex(tag) + structures.encode("ServerFrankingContext", context)
    frank = {
        "server_frank": mac(bytes.fromhex(setup["hubKey"]), covered).hex(),
        "franking_signature_ciphersuite": of.number,
    }
    tbs = structures.encode("FrankingIntegrityTBS", {**frank, "context": context})
    signature = of.sign_with_label(bytes.fromhex(pair["privateKey"]), "FrankingIntegrityTBS", tbs)
    return {**frank, "franking_integrity_signature": signature.hex()}
