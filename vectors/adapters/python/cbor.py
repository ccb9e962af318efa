"""Deterministic CBOR (RFC 8949 4.2.1), within the limits of content-09 section 6, and its form in JSON.

In JSON: numbers, texts, booleans, null and lists are themselves; octets, maps, floats, tags, other simple values and
integers beyond 2^53 are objects that say so.
"""

import math
import struct

SAFE = 2**53 - 1
DEEPEST = 4


class Refused(Exception):
    """The octets are not deterministic CBOR, or not what is wanted in their place."""


class Reader:
    """Reads one item after the other; who knows the format asks for what has to come next."""

    def __init__(self, data: bytes):
        self.data = data
        self.at = 0

    def end(self) -> None:
        if self.at != len(self.data):
            raise Refused("there are octets left")

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise Refused("the octets end too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def peek(self) -> int:
        return self.data[self.at] if self.at < len(self.data) else -1

    def head(self) -> tuple[int, int, int]:
        """Major type, additional information and argument."""
        initial = self.take(1)[0]
        major, info = initial >> 5, initial & 31
        if info < 24:
            return major, info, info
        if info > 27:
            raise Refused("an indefinite length, or a reserved form")
        width = 1 << (info - 24)
        argument = int.from_bytes(self.take(width), "big")
        shortest = 24 if width == 1 else 256 ** (width // 2)
        if major != 7 and argument < shortest:
            raise Refused("not in its shortest form")
        return major, info, argument

    def expect(self, wanted: int) -> int:
        major, _, argument = self.head()
        if major != wanted:
            raise Refused(f"major type {major} in the place of {wanted}")
        return argument

    def uint(self, most: int) -> int:
        number = self.expect(0)
        if number > most:
            raise Refused("too large an integer")
        return number

    def octets(self, length: int | None = None) -> bytes:
        count = self.expect(2)
        if length is not None and count != length:
            raise Refused("octets of another length")
        return self.take(count)

    def text(self) -> str:
        return decoded(self.take(self.expect(3)))

    def array(self, *lengths: int) -> int:
        count = self.expect(4)
        if (lengths and count not in lengths) or count > len(self.data) - self.at:
            raise Refused("a list of another length")
        return count

    def boolean(self) -> bool:
        octet = self.take(1)[0]
        if octet not in (0xF4, 0xF5):
            raise Refused("neither true nor false")
        return octet == 0xF5

    def null(self) -> bool:
        """Whether null comes next; it is read if so."""
        if self.peek() != 0xF6:
            return False
        self.at += 1
        return True

    def entries(self, read_value) -> list:
        """A map as pairs; keys have to be sorted by their octets, without duplicates."""
        pairs, before = [], None
        for _ in range(self.expect(5)):
            start = self.at
            key = self.key()
            octets = self.data[start : self.at]
            if before is not None and octets <= before:
                raise Refused("keys out of order, or a key twice")
            before = octets
            pairs.append([key, read_value(key)])
        return pairs

    def key(self):
        major, _, argument = self.head()
        if major in (0, 1) and argument <= SAFE - major:
            return argument if major == 0 else -1 - argument
        if major == 2:
            return {"bytes": self.take(argument).hex()}
        if major == 3:
            return decoded(self.take(argument))
        raise Refused("a key that is no integer, text or octets")

    def value(self, level: int):
        """Any item, as JSON. `level` is the level it has if it is a map, list or tag."""
        start = self.at
        major, info, argument = self.head()
        if major in (4, 5, 6) and level > DEEPEST:
            raise Refused("nested too deeply")
        match major:
            case 0:
                return integer(argument)
            case 1:
                return integer(-1 - argument)
            case 2:
                return {"bytes": self.take(argument).hex()}
            case 3:
                return decoded(self.take(argument))
            case 4:
                if argument > len(self.data) - self.at:
                    raise Refused("a list that is longer than what is left")
                return [self.value(level + 1) for _ in range(argument)]
            case 5:
                self.at = start
                return {"map": self.entries(lambda _: self.value(level + 1))}
            case 6:
                return self.tag(argument, level)
        return simple_or_float(info, argument)

    def tag(self, number: int, level: int):
        value = self.value(level + 1)
        if number in (2, 3):
            octets = value.get("bytes", "") if isinstance(value, dict) else ""
            if len(octets) <= 16 or octets.startswith("00"):
                raise Refused("a bignum that is not needed")
        return {"tag": number if number <= SAFE else str(number), "value": value}


def integer(number: int):
    return number if -SAFE <= number <= SAFE else {"integer": str(number)}


def decoded(octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("a text that is not UTF-8") from None


def simple_or_float(info: int, argument: int):
    if info in (20, 21):
        return info == 21
    if info == 22:
        return None
    if info < 24:
        return {"simple": info}
    if info == 24:
        if argument < 32:
            raise Refused("a simple value in two octets")
        return {"simple": argument}
    form = {25: ">e", 26: ">f", 27: ">d"}[info]
    octets = argument.to_bytes(1 << (info - 24), "big")
    number = struct.unpack(form, octets)[0]
    if shortest_float(number) != bytes([0xE0 | info]) + octets:
        raise Refused("a float that is not in its shortest form")
    return {"float": float_to_json(number)}


def shortest_float(number: float) -> bytes:
    if math.isnan(number):
        return b"\xf9\x7e\x00"
    for head, form in ((0xF9, ">e"), (0xFA, ">f")):
        try:
            octets = struct.pack(form, number)
        except OverflowError:
            continue
        if struct.unpack(form, octets)[0] == number:
            return bytes([head]) + octets
    return b"\xfb" + struct.pack(">d", number)


def float_to_json(number: float):
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return "-0" if number == 0 and math.copysign(1, number) < 0 else number


# Writing.


def head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    width = 1 if argument < 256 else 2 if argument < 1 << 16 else 4 if argument < 1 << 32 else 8
    return bytes([major << 5 | 23 + width.bit_length()]) + argument.to_bytes(width, "big")


def octets(data: bytes) -> bytes:
    return head(2, len(data)) + data


def text(string: str) -> bytes:
    data = string.encode("utf-8")
    return head(3, len(data)) + data


def array(items: list[bytes]) -> bytes:
    return head(4, len(items)) + b"".join(items)


def map_of(pairs: list) -> bytes:
    encoded = sorted((value_of(key), value_of(value)) for key, value in pairs)
    return head(5, len(encoded)) + b"".join(key + value for key, value in encoded)


def value_of(json) -> bytes:
    """The encoding of an item that is given in its JSON form."""
    match json:
        case None:
            return b"\xf6"
        case bool():
            return b"\xf5" if json else b"\xf4"
        case int():
            return head(0, json) if json >= 0 else head(1, -1 - json)
        case str():
            return text(json)
        case list():
            return array([value_of(item) for item in json])
        case {"bytes": data}:
            return octets(bytes.fromhex(data))
        case {"map": pairs}:
            return map_of(pairs)
        case {"integer": digits}:
            return value_of(int(digits))
        case {"float": number}:
            return shortest_float(float(number))
        case {"simple": number}:
            return bytes([0xE0 | number]) if number < 24 else bytes([0xF8, number])
        case {"tag": number, "value": value}:
            return head(6, int(number)) + value_of(value)
    raise Refused("no CBOR")
