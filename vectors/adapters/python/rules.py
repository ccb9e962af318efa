"""What lists and options in structures decide: tree sources, media types, fan-out (vectors/operations.md)."""

import re

import structures
from structures import Refused


def fan_out(case: dict) -> dict:
    bundle = structures.decode("HandshakeBundle", bytes.fromhex(case["bundle"]))
    event = {"timestamp": case["timestamp"], "message": bundle["proposalOrCommit"]}
    if "moreProposals" in bundle:
        event["moreProposals"] = bundle["moreProposals"]
    else:
        event["externalProposals"] = []
    return {"event": structures.encode("FanoutMessage", event).hex()}


def check_request(case: dict) -> str:
    """Heads of requests between providers (protocol-06 section 4.1)."""
    source = re.fullmatch(r"mimi@([^@\s<>,]+)", case["from"])
    host = re.sub(r":\d+$", "", case["host"])
    if source is None or host != case["provider"]:
        return "refused"
    return "accepted" if any(names(each, source[1]) for each in case["certificate"]) else "refused"


def names(shown: str, domain: str) -> bool:
    """A wildcard stands for one label."""
    shown, domain = shown.lower(), domain.lower()
    return shown == domain or (shown.startswith("*.") and shown[1:] == "." + domain.partition(".")[2])


# Ratchet trees (ratchet-tree-options-03 section 3).

HTTPS_HOST = re.compile(r"https://([a-z0-9.-]+)(?:[/?]|$)", re.IGNORECASE)


def text(octets: str) -> str:
    try:
        return bytes.fromhex(octets).decode()
    except UnicodeDecodeError:
        raise Refused("no UTF-8") from None


def check_tree_source(case: dict) -> dict:
    option = structures.decode("RatchetTreeOption", bytes.fromhex(case["option"]))
    domains = None
    if "domains" in case:
        listed = structures.decode("DomainList", bytes.fromhex(case["domains"]))["domains"]
        domains = [text(entry["domain"]).lower() for entry in listed]
        if not domains:
            raise Refused("an empty list of domains")
    if option["representation"] == "distributionService" and case["privateHandshakes"]:
        raise Refused("the distribution service cannot read all handshakes")
    if option["representation"] == "httpsUri":
        host = HTTPS_HOST.match(text(option["ratchet_tree_url"]))
        if host is None or (domains is not None and host[1].lower() not in domains):
            raise Refused("no https URL at a listed domain")
    return {}


# Media types (mls-extensions section 6.2).


def media_types(case: dict, member: str) -> list:
    if member not in case:
        return []
    types = structures.decode("MediaTypeList", bytes.fromhex(case[member]))["media_type_list"]
    if not types:
        raise Refused("an empty list of media types")
    for each in types:
        if not each["type"]:
            raise Refused("a media type without a name")
        for parameter in each["parameters"]:
            if re.search(r'["\\\\]', text(parameter["parameter_value"])):
                raise Refused("a parameter that is quoted or escaped")
    return types


def compare_media_types(case: dict) -> dict:
    advertised = media_types(case, "advertised")
    lacking = [each for each in media_types(case, "required") if each not in advertised]
    name = structures.DEFINITIONS["MediaTypeList"]["type"]["struct"][0]["type"]["vector"]["ref"]
    octets = [structures.encode(name, each).hex() for each in lacking]
    return {"outcome": "lacks" if lacking else "fits", "output": {"lacking": octets}}
