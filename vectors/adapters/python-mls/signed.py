"""Signed and encrypted structures of protocol-06 sections 5 and 6.1, and what components sign and encrypt."""

import uuid

import content
import hashing
import structures
from identifiers import parse_uri
from names import client_in, demand, holder, uri_in, user_of
from primitives import Suite, suite


def octets(case: dict, member: str) -> bytes:
    return bytes.fromhex(case[member])


def suite_of(case: dict) -> Suite:
    found = suite(case["cipherSuite"])
    demand(found is not None, "an unknown cipher suite")
    return found


def demand_signed(of: Suite, name: str, value: dict, key: str, signature: str) -> None:
    """The signature over the structure `name` + TBS, whose members `value` has, under the structure's name."""
    tbs = structures.encode(name, value)
    demand(of.verify_with_label(bytes.fromhex(key), name, tbs, bytes.fromhex(signature)), "the signature does not fit")


# Requests (protocol-06 sections 5.2 and 5.6).


def key_material_request(case: dict) -> str:
    request = structures.decode("KeyMaterialRequest", octets(case, "bytes"))
    demand_requested(suite_of(case), request, user_of(client_in(request["requesterCredential"])))
    return "valid"


def demand_requested(of: Suite, request: dict, user: str) -> None:
    """By the user whom the credential names."""
    key, signature = request["requesterSignatureKey"], request["key_material_request_signature"]
    demand_signed(of, "KeyMaterialRequestTBS", request, key, signature)
    demand(user == parse_uri(request["requestingUser"]["uri"])["normal"], "the client is another user's")


def group_info_request(case: dict) -> dict:
    request = structures.decode("GroupInfoRequest", octets(case, "bytes"))
    key, signature = request["requestingSignatureKey"], request["signature"]
    demand_signed(suite_of(case), "GroupInfoRequestTBS", request, key, signature)
    client, user = holder(request["requestingCredential"])
    return {"client": client, "user": user}


def group_info_response(case: dict) -> dict:
    of = suite_of(case)
    response = structures.decode("GroupInfoResponse", octets(case, "bytes"))
    demand(response["status"] == "success", "there is no GroupInfo")
    room = bytes.fromhex(response["room_id"]).decode("utf-8", "replace")
    demand(room == case["room"], "the answer is about another room")
    sender = response["hub_sender"]
    hub = uri_in(sender["credential"])
    demand(hub["kind"] == "provider" and hub["domain"] == parse_uri(case["room"])["domain"], "not from the hub")
    demand_signed(of, "GroupInfoResponseTBS", response, sender["signature_key"], response["signature"])
    sealed = response["encrypted_groupinfo_and_tree"]
    context = octets(response, "room_id")
    plaintext = of.decrypt_with_label(octets(case, "privateKey"), "GroupInfo and ratchet_tree encryption", context, sealed)
    structures.decode("GroupInfoRatchetTreeTBE", plaintext)
    return {"plaintext": plaintext.hex()}


# Franking (protocol-06 sections 5.4.1 and 5.9).


def demand_franked(of: Suite, key: str, frank: dict, sender: str, room: str, timestamp: str) -> None:
    demand(frank["franking_signature_ciphersuite"] == of.number, "franked with another cipher suite")
    context = {"sender_uri": {"uri": sender}, "room_uri": {"uri": room}, "accepted_timestamp": timestamp}
    signature = frank["franking_integrity_signature"]
    demand_signed(of, "FrankingIntegrityTBS", {**frank, "context": context}, key, signature)


def said_by(data: bytes, room: str) -> tuple[str, bytes]:
    """The sender that the content names, and its salt. It is of this room."""
    message = content.decode(data)
    named = dict((key, value) for key, value in message["mimiExtensions"] if isinstance(key, int))
    demand(named.get(2) == room, "the content is of another room")
    demand(isinstance(named.get(1), str), "the content names no sender")
    return named[1], bytes.fromhex(message["salt"])


def franking(case: dict) -> str:
    data = octets(case, "applicationData")
    sender, salt = said_by(data, case["room"])
    demand(sender == case["sender"], "the content names another sender")
    demand("tag" in case and octets(case, "tag") == hashing.mac(salt, data), "the tag is not of this content")
    demand("agentKey" in case and case.get("agentDomain") == parse_uri(case["room"])["domain"], "no agent of the hub")
    frank = structures.decode("Frank", octets(case, "frank"))
    of = suite_of(case)
    demand_franked(of, case["agentKey"], frank, sender, case["room"], case["acceptedTimestamp"])
    return "valid"


def abuse_report(case: dict) -> dict:
    reported = structures.decode("AbusiveMessage", octets(case, "bytes"))
    data, timestamp, frank = octets(reported, "message_content"), reported["accepted_timestamp"], reported["frank"]
    sender, salt = said_by(data, case["room"])
    context = {"sender_uri": {"uri": sender}, "room_uri": {"uri": case["room"]}, "accepted_timestamp": timestamp}
    franked = hashing.mac(salt, data) + structures.encode("ServerFrankingContext", context)
    in_use = [each for each in case["hubKeys"] if was_in_use(each, int(timestamp))]
    franks = [hashing.mac(bytes.fromhex(each["hubKey"]), franked).hex() for each in in_use]
    demand(frank["server_frank"] in franks, "the hub has not franked this")
    demand_franked(suite_of(case), case["frankingKey"], frank, sender, case["room"], timestamp)
    return {"sender": sender, "messageId": content.message_id(data, sender, case["room"])}


def was_in_use(key: dict, timestamp: int) -> bool:
    return int(key["from"]) <= timestamp and ("until" not in key or timestamp <= int(key["until"]))


# Pseudonyms (protocol-06 section 6.1).


def identity_link(case: dict) -> dict:
    of = suite_of(case)
    pseudonym = structures.decode("PseudonymousCredential", octets(case, "bytes"))
    tbs = structures.encode("PseudonymousCredentialTBS", pseudonym)
    client, user = (parse_uri(pseudonym[name]["uri"]) for name in ("client_pseudonym", "user_pseudonym"))
    demand(client["kind"] == "client" and user["kind"] == "pseudonym", "not a client's and a user's pseudonym")
    demand(all(is_random_uuid(each["names"]) for each in (client, user)), "not a random UUID")
    demand(client["domain"] == user["domain"], "two providers")
    link = octets(pseudonym, "identity_link_ciphertext")
    plaintext = of.aead_open(octets(case, "key"), link[: of.nonce_size], tbs, link[of.nonce_size :])
    opened_link = structures.decode("IdentityLinkTBE", plaintext)
    real = client_in(opened_link["client_credential"])
    demand(real["domain"] == client["domain"], "the client is of another provider")
    signature = octets(opened_link, "pseudonymous_credential_signature")
    signed = of.verify_with_label(octets(case, "realKey"), "PseudonymousCredentialTBS", tbs, signature)
    demand(signed, "the signature does not fit")
    return {"identityLink": plaintext.hex()}


def is_random_uuid(names: list) -> bool:
    try:
        return len(names) == 1 and uuid.UUID(names[0]).version == 4 and str(uuid.UUID(names[0])) == names[0].lower()
    except ValueError:
        return False


# Components (mls-extensions sections 4.1 to 4.3).


def operation_label(case: dict) -> bytes:
    return bytes.fromhex(hashing.component_label({**case, "content": ""})["operationLabel"])


def component_verify(case: dict) -> str:
    key, data, signature = (octets(case, name) for name in ("publicKey", "content", "signature"))
    demand(suite_of(case).verify_with_label(key, operation_label(case), data, signature), "the signature does not fit")
    return "valid"


def component_open(case: dict) -> dict:
    sealed = structures.decode("HPKECiphertext", octets(case, "ciphertext"))
    context, private = octets(case, "context"), octets(case, "privateKey")
    return {"plaintext": suite_of(case).decrypt_with_label(private, operation_label(case), context, sealed).hex()}


OPERATIONS = {
    "key-material-request.verify": (key_material_request, None),
    "group-info-request.verify": (group_info_request, "valid"),
    "group-info-response.open": (group_info_response, "valid"),
    "franking.verify": (franking, None),
    "abuse-report.verify": (abuse_report, "valid"),
    "identity-link.open": (identity_link, "valid"),
    "component.verify": (component_verify, None),
    "component.open": (component_open, "valid"),
}
