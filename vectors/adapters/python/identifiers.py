"""MIMI URIs (protocol-06 section 3, identity-05 section 4), directories and endpoint URLs (protocol-06 section 5)."""

import json
import re

KINDS = {"u": "user", "d": "client", "r": "room", "g": "group", "p": "pseudonym", "t": "team"}
UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

# The variables that an endpoint's URI template may have.
VARIABLES = {
    "keyMaterial": ["targetUser"],
    "update": ["roomId"],
    "notify": ["roomId"],
    "submitMessage": ["roomId"],
    "groupInfo": ["roomId"],
    "requestConsent": ["targetDomain", "targetUser"],
    "updateConsent": ["requesterDomain", "requesterUser"],
    "identifierQuery": ["domain"],
    "reportAbuse": ["roomId"],
    "proxyDownload": ["downloadUrl"],
}


class Refused(Exception):
    """The text is not what it should be."""


def parse_uri(text: str) -> dict:
    match = re.fullmatch(r"(?i:mimi)://([^/]*)(/.*)?", text, re.DOTALL)
    if match is None:
        raise Refused("no mimi URI")
    domain = checked_domain(match[1])
    path = match[2] or "/"
    if path == "/":
        return {"kind": "provider", "domain": domain, "names": [], "normal": f"mimi://{domain}"}
    first, *names = path[1:].split("/")
    if first not in KINDS or not names:
        raise Refused("no kind or no name")
    normal = [normal_segment(name) for name in names]
    return {
        "kind": KINDS[first],
        "domain": domain,
        "names": [decoded(name) for name in normal],
        "normal": f"mimi://{domain}/{first}/{'/'.join(normal)}",
    }


def checked_domain(text: str) -> str:
    label = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    if len(text) > 253 or not re.fullmatch(rf"{label}(\.{label})*", text) or re.fullmatch(r"(.*\.)?[0-9]+", text):
        raise Refused("no domain name")
    return text.lower()


def normal_segment(text: str) -> str:
    if not re.fullmatch(r"([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+", text):
        raise Refused("a character that has no place in a segment")
    if decoded(text) in (".", ".."):
        raise Refused("a dot segment")
    return re.sub(r"%(..)", lambda found: normal_octet(int(found[1], 16)), text)


def normal_octet(octet: int) -> str:
    return chr(octet) if chr(octet) in UNRESERVED else f"%{octet:02X}"


def decoded(segment: str) -> str:
    octets = re.sub(rb"%(..)", lambda found: bytes([int(found[1], 16)]), segment.encode("ascii"))
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("octets that are not UTF-8") from None


def parse_directory(text: str) -> dict:
    try:
        document = json.loads(text, object_pairs_hook=Pairs)
    except ValueError:
        raise Refused("no JSON") from None
    if not isinstance(document, Pairs):
        raise Refused("no JSON object")
    members = [name for name, _ in document.pairs]
    if len(set(members)) < len(members):
        raise Refused("a member twice")
    return {name: checked_template(name, value) for name, value in document.pairs if name in VARIABLES}


class Pairs:
    """An object as it is written: a member that is there twice is not lost."""

    def __init__(self, pairs: list):
        self.pairs = pairs


def checked_template(name: str, value) -> str:
    match = re.fullmatch(r"https://([^/?#{}]*)(/[!-~]*)", value) if isinstance(value, str) else None
    if match is None or "#" in match[2]:
        raise Refused("no https URI")
    host, _, port = match[1].partition(":")
    checked_domain(host)
    if ":" in match[1] and not re.fullmatch(r"[0-9]{1,5}", port):
        raise Refused("no port")
    variables = re.findall(r"\{([^{}]*)\}", match[2])
    if len(variables) != 1 or variables[0] not in VARIABLES[name] or len(re.findall(r"[{}]", match[2])) != 2:
        raise Refused("other variables than its own")
    return value


def endpoint_url(directory: dict, endpoint: str, identifier: str) -> str:
    octets = identifier.encode("utf-8")
    segment = "".join(chr(octet) if chr(octet) in UNRESERVED else f"%{octet:02X}" for octet in octets)
    return re.sub(r"\{[^{}]*\}", lambda _: segment, directory[endpoint])
