"""Who gets the GroupInfo of a room, and how (protocol-06 section 5.6)."""

from dataclasses import replace

import structures
from hosted import Hosted, keep
from loop import REFUSALS
from provider import Turn
from room_state import effective_state
from rooms import allows
from signed import group_info_request
from updates import items_of


def info_asked(turn: Turn, uri: str, body: str) -> str:
    request = structures.decode("GroupInfoRequest", bytes.fromhex(body))
    room = turn.provider.hosted.get(uri)
    if room is None or room.is_ended:
        return info_refused(uri, "notAuthorized" if is_uniform(turn) else "noSuchRoom")
    if room.agreed is not None:
        return info_refused(uri, "notAuthorized")
    try:
        asked = group_info_request({"cipherSuite": request["cipher_suite"], "bytes": body})
    except REFUSALS:
        return info_refused(uri, "notAuthorized")
    code = bytes.fromhex(request["joiningCode"]).decode("utf-8", "replace")
    author = {"kind": "newMember", **asked, **({"joinCode": code} if code else {})}
    if not allows(effective_state(turn, room), {"kind": "groupInfo", "requester": author}):
        return info_refused(uri, "notAuthorized")
    if code:
        keep(turn, replace(room, codes={**room.codes, asked["client"]: code}))
    return info_given(turn, room, request)


def is_uniform(turn: Turn) -> bool:
    """A room that there is not is answered like one that nobody is let into."""
    return turn.provider.setup["policy"]["refusals"] == "uniform"


def info_refused(uri: str, status: str) -> str:
    value = {"version": "mls10", "room_id": uri.encode().hex(), "status": status}
    return structures.encode("GroupInfoResponse", value).hex()


def info_given(turn: Turn, room: Hosted, request: dict) -> str:
    setup, of = turn.provider.setup, room.group.suite
    pending = [{"proposal": message, "hub_accepted_time": str(at)} for message, at in room.accepted.values()]
    option = {"representation": "full", "ratchet_tree": items_of(room.group.tree)}
    plain = {"groupInfo": room.info, "ratchetTreeOption": option, "pending_proposals": pending}
    context, key = room.uri.encode(), bytes.fromhex(request["groupInfoPublicKey"])
    octets = structures.encode("GroupInfoRatchetTreeTBE", plain)
    identity = f"mimi://{turn.provider.domain}".encode().hex()
    value = {
        "version": "mls10",
        "room_id": context.hex(),
        "status": "success",
        "cipher_suite": of.number,
        "hub_sender": {
            "signature_key": setup["signature"]["publicKey"],
            "credential": {"credential_type": "basic", "identity": identity},
        },
        "encrypted_groupinfo_and_tree": of.encrypt_with_label(
            key, "GroupInfo and ratchet_tree encryption", context, octets
        ),
    }
    tbs = structures.encode("GroupInfoResponseTBS", value)
    signature = of.sign_with_label(bytes.fromhex(setup["signature"]["privateKey"]), "GroupInfoResponseTBS", tbs)
    return structures.encode("GroupInfoResponse", {**value, "signature": signature.hex()}).hex()
