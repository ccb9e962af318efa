"""Reads and writes every structure from the definitions in vectors/structures.json (RFC 8446 section 3, RFC 9420 2.1).

A value is the JSON that the vectors hold: integers as numbers (of 64 bits: as decimal texts), octets in hexadecimal,
texts as texts, enumerations by name, what is absent as null, structures as objects with the fields of the chosen case.
"""

import json
from pathlib import Path

DEFINITIONS = json.loads((Path(__file__).parents[2] / "structures.json").read_text("utf-8"))


class Refused(Exception):
    """The octets or the value are not what the definition says."""


class Octets:
    """Octets that are read from the front."""

    def __init__(self, data: bytes):
        self.data = data

    def take(self, count: int) -> bytes:
        if count > len(self.data):
            raise Refused("the octets end too early")
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def integer(self, octets: int) -> int:
        return int.from_bytes(self.take(octets), "big")


def decode(name: str, data: bytes, selected_by: str | None = None):
    octets = Octets(data)
    value = read({"ref": name}, octets, selected_by)
    if octets.data:
        raise Refused("there are octets left")
    return value


def encode(name: str, value, selected_by: str | None = None) -> bytes:
    return write({"ref": name}, value, selected_by)


# Lengths: "V" is the variable-length integer of RFC 9420 2.1.2, a number is fixed, a pair is the bounds of RFC 8446 3.4.


def read_length(length, octets: Octets) -> int:
    if isinstance(length, int):
        return length
    if isinstance(length, list):
        least, most = length
        count = octets.integer(prefix_width(most))
        if not least <= count <= most:
            raise Refused("a length out of its bounds")
        return count
    first = octets.integer(1)
    form = first >> 6
    if form == 3:
        raise Refused("the length form 11 is reserved")
    more = (1 << form) - 1
    count = ((first & 0x3F) << (8 * more)) | int.from_bytes(octets.take(more), "big")
    if form != (0 if count < 1 << 6 else 1 if count < 1 << 14 else 2):
        raise Refused("a length that is not in its shortest form")
    return count


def with_length(length, data: bytes) -> bytes:
    if isinstance(length, int):
        if len(data) != length:
            raise Refused("a length other than the fixed one")
        return data
    if isinstance(length, list):
        least, most = length
        if not least <= len(data) <= most:
            raise Refused("a length out of its bounds")
        return len(data).to_bytes(prefix_width(most), "big") + data
    form = 0 if len(data) < 1 << 6 else 1 if len(data) < 1 << 14 else 2
    return (len(data) | form << (8 * (1 << form) - 2)).to_bytes(1 << form, "big") + data


def prefix_width(most: int) -> int:
    return (most.bit_length() + 7) // 8


# Types. `around` is what a select finds that looks outside its own structure: the value named `selectedBy`, or the
# fields of the structure around.


def read(kind: dict, octets: Octets, around):
    match kind:
        case {"ref": name}:
            return read(DEFINITIONS[name]["type"], octets, around)
        case {"uint": width}:
            number = octets.integer(width)
            return str(number) if width == 8 else number
        case {"bool": _}:
            return read_choice(octets)
        case {"enum": numbers, "octets": width, "open": is_open}:
            return name_of(octets.integer(width), numbers, is_open)
        case {"opaque": length}:
            return octets.take(read_length(length, octets)).hex()
        case {"text": length}:
            return text_of(octets.take(read_length(length, octets)))
        case {"rest": _}:
            return octets.take(len(octets.data)).hex()
        case {"optional": item}:
            return read(item, octets, around) if read_choice(octets) else None
        case {"vector": item, "length": length}:
            return read_items(item, Octets(octets.take(read_length(length, octets))), around)
        case {"sequence": item}:
            if not octets.data:
                raise Refused("a sequence without items")
            return read_items(item, octets, around)
        case {"restricted": of, "rule": rule}:
            return restricted(rule, read(of, octets, around))
        case {"struct": parts}:
            value: dict = {}
            read_parts(parts, octets, value, around)
            return value
    raise ValueError(f"a type that is not known: {kind}")


def read_choice(octets: Octets) -> bool:
    octet = octets.integer(1)
    if octet > 1:
        raise Refused("an octet that is neither 0 nor 1")
    return octet == 1


def read_items(item: dict, octets: Octets, around) -> list:
    items = []
    while octets.data:
        left = len(octets.data)
        items.append(read(item, octets, around))
        if len(octets.data) == left:
            raise Refused("an item without octets")
    return items


def read_parts(parts: list, octets: Octets, value: dict, around) -> None:
    for part in parts:
        if "field" in part:
            value[part["field"]] = read(part["type"], octets, value)
        else:
            read_parts(chosen(part, value, around), octets, value, around)


def write(kind: dict, value, around) -> bytes:
    match kind:
        case {"ref": name}:
            return write(DEFINITIONS[name]["type"], value, around)
        case {"uint": width}:
            return int(value).to_bytes(width, "big")
        case {"bool": _}:
            return b"\1" if value else b"\0"
        case {"enum": numbers, "octets": width}:
            return (numbers[value] if isinstance(value, str) else value).to_bytes(width, "big")
        case {"opaque": length}:
            return with_length(length, bytes.fromhex(value))
        case {"text": length}:
            return with_length(length, value.encode("utf-8"))
        case {"rest": _}:
            return bytes.fromhex(value)
        case {"optional": item}:
            return b"\0" if value is None else b"\1" + write(item, value, around)
        case {"vector": item, "length": length}:
            return with_length(length, b"".join(write(item, each, around) for each in value))
        case {"sequence": item}:
            return b"".join(write(item, each, around) for each in value)
        case {"restricted": of, "rule": rule}:
            return write(of, restricted(rule, value), around)
        case {"struct": parts}:
            return write_parts(parts, value, around)
    raise ValueError(f"a type that is not known: {kind}")


def write_parts(parts: list, value: dict, around) -> bytes:
    data = b""
    for part in parts:
        if "field" in part:
            data += write(part["type"], value[part["field"]], value)
        else:
            data += write_parts(chosen(part, value, around), value, around)
    return data


def name_of(number: int, numbers: dict, is_open: bool):
    name = next((name for name, each in numbers.items() if each == number), None)
    if name is None and not is_open:
        raise Refused("a number that the enumeration does not have")
    return number if name is None else name


def text_of(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("a text that is not UTF-8") from None


def restricted(rule: str, value):
    if rule != "text without null characters":
        raise ValueError(f"a rule that is not known: {rule}")
    if "\0" in value:
        raise Refused(rule)
    return value


# What a select chooses by. Most look at a field in front of them; these look further (vectors/README.md).


def chosen(select: dict, value: dict, around) -> list:
    tag = selector(select["select"], value, around)
    cases = select["cases"]
    if isinstance(tag, str) and tag in cases:
        return cases[tag]
    if "otherwise" not in select:
        raise Refused("a value without a case")
    return select["otherwise"]


def selector(path: str, value: dict, around):
    match path:
        case "protocol" if "protocol" not in value:
            return around if isinstance(around, str) else around["protocol"]
        case "FramedContent.content_type":
            if isinstance(around, str):
                return around
            return content_type_around(around)
        case "PrivateMessage.content_type":
            return around
        case "proposalOrCommit.content.content_type":
            return content_type_of(value["proposalOrCommit"])
        case "message.wire_format":
            message = value["message"]
            return "welcome" if message["wire_format"] == "mls_welcome" else content_type_of(message)
    for step in path.split("."):
        value = value[step]
    return value


def content_type_around(fields: dict):
    content = fields.get("content") or fields.get("content_tbs", {}).get("content")
    if content is not None:
        return content["content_type"]
    # The plaintext of a PrivateMessage shows its content type by the case that it holds.
    return "commit" if "commit" in fields else "application" if "application_data" in fields else "proposal"


def content_type_of(message: dict):
    match message["wire_format"]:
        case "mls_public_message":
            return message["public_message"]["content"]["content_type"]
        case "mls_private_message":
            return message["private_message"]["content_type"]
        case "mls_semiprivate_message":
            return message["semiprivate_message"]["content_type"]
    return None
