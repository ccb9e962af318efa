"""Requests that a gateway opens and answers without knowing who asks (RFC 9458, RFC 9292)."""

import os

from names import demand
from primitives import suite
from structures import Refused

# X25519, HKDF-SHA256, AES-128-GCM: those of cipher suite 1.
KEM, KDF, AEAD = 0x20, 1, 1
HEADER = 7


def key_configuration(gateway: dict) -> bytes:
    algorithms = number(KDF, 2) + number(AEAD, 2)
    return number(gateway["keyId"], 1) + number(KEM, 2) + bytes.fromhex(gateway["publicKey"]) + number(4, 2) + algorithms


def number(value: int, octets: int) -> bytes:
    return value.to_bytes(octets, "big")


def opened(gateway: dict, sealed: bytes) -> tuple[str, tuple[bytes, bytes]]:
    """The URL that is asked for, and what the answer is encrypted with. Refused is what the gateway cannot open."""
    of, header = suite(1), sealed[:HEADER]
    demand(header == number(gateway["keyId"], 1) + number(KEM, 2) + number(KDF, 2) + number(AEAD, 2), "another key")
    output, ciphertext = sealed[HEADER : HEADER + 32], sealed[HEADER + 32 :]
    private, info = bytes.fromhex(gateway["privateKey"]), b"message/bhttp request\0" + header
    request = of.hpke_open(private, info, b"", output, ciphertext)
    secret = of.hpke_export(private, info, output, b"message/bhttp response", of.key_size)
    return url_in(request), (secret, output)


def url_in(request: bytes) -> str:
    reader = Reader(request)
    demand(reader.integer() == 0, "no request of known length")
    method, scheme, authority, path = (reader.text() for _ in range(4))
    demand(method == "GET", "another method")
    return f"{scheme}://{authority}{path}"


def sealed_response(keys: tuple[bytes, bytes], status: int, content: bytes) -> bytes:
    (secret, output), of = keys, suite(1)
    nonce = os.urandom(max(of.key_size, of.nonce_size))
    prk = of.extract(output + nonce, secret)
    body = integer(0) + integer(len(content)) + content if content else b""
    response = integer(1) + integer(status) + body
    key, own = of.expand(prk, b"key", of.key_size), of.expand(prk, b"nonce", of.nonce_size)
    return nonce + of.aead(key).encrypt(own, response, b"")


class Reader:
    """QUIC's variable-length integers, and what they count (RFC 9000 section 16)."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def take(self, count: int) -> bytes:
        demand(count <= len(self.data), "the request ends too early")
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def integer(self) -> int:
        first = self.take(1)
        width = 1 << (first[0] >> 6)
        return int.from_bytes(bytes([first[0] & 0x3F]) + self.take(width - 1), "big")

    def text(self) -> str:
        try:
            return self.take(self.integer()).decode("ascii")
        except UnicodeDecodeError:
            raise Refused("no ASCII") from None


def integer(value: int) -> bytes:
    """In the fewest octets."""
    width = next(each for each in range(4) if value < 1 << (8 * (1 << each) - 2))
    return (value | width << (8 * (1 << width) - 2)).to_bytes(1 << width, "big")
