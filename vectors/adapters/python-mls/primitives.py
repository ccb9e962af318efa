"""The cipher suites 1, 2 and 3 (RFC 9420 sections 5 and 17.1): hashes, HPKE, AEADs and signatures."""

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from hashing import expand_with_label, mac, opaque, sha256
from structures import Refused

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class OpenError(Refused):
    """A ciphertext that is not what was encrypted, or not with this key."""


class X25519:
    """DHKEM(X25519, HKDF-SHA256) of RFC 9180."""

    kem_id = 0x0020

    def public_key(self, private: bytes) -> bytes:
        key = x25519.X25519PrivateKey.from_private_bytes(private).public_key()
        return key.public_bytes(Encoding.Raw, PublicFormat.Raw)

    def fresh(self) -> bytes:
        return x25519.X25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())

    def exchange(self, private: bytes, public: bytes) -> bytes:
        peer = x25519.X25519PublicKey.from_public_bytes(public)
        return x25519.X25519PrivateKey.from_private_bytes(private).exchange(peer)

    def derive_private(self, expand) -> bytes:
        return expand(b"sk", b"")


class P256:
    """DHKEM(P-256, HKDF-SHA256) of RFC 9180."""

    kem_id = 0x0010

    def public_key(self, private: bytes) -> bytes:
        return self._private(private).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def fresh(self) -> bytes:
        key = ec.generate_private_key(ec.SECP256R1())
        return key.private_numbers().private_value.to_bytes(32, "big")

    def exchange(self, private: bytes, public: bytes) -> bytes:
        return self._private(private).exchange(ec.ECDH(), p256_point(public))

    def derive_private(self, expand) -> bytes:
        for counter in range(256):
            candidate = expand(b"candidate", bytes([counter]))
            if 0 < int.from_bytes(candidate, "big") < P256_ORDER:
                return candidate
        raise ValueError("no key in 256 tries")

    def _private(self, private: bytes):
        return ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1())


def p256_point(public: bytes):
    if len(public) != 65 or public[0] != 4:
        raise ValueError("not an uncompressed point")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)


def ed25519_verifies(public: bytes, content: bytes, signature: bytes) -> None:
    ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, content)


def ed25519_signs(private: bytes, content: bytes) -> bytes:
    return ed25519.Ed25519PrivateKey.from_private_bytes(private).sign(content)


def p256_signs(private: bytes, content: bytes) -> bytes:
    return P256()._private(private).sign(content, ec.ECDSA(SHA256()))


def p256_verifies(public: bytes, content: bytes, signature: bytes) -> None:
    p256_point(public).verify(signature, content, ec.ECDSA(SHA256()))


class Suite:
    """One cipher suite. All three hash with SHA-256."""

    hash_size = 32
    nonce_size = 12
    hash = staticmethod(sha256)
    mac = staticmethod(mac)

    def __init__(self, number: int, kem, aead_id: int, key_size: int, aead, signature) -> None:
        self.number, self.kem, self.key_size = number, kem, key_size
        self.aead, (self.verifies, self.signs) = aead, signature
        self.hpke_id = b"HPKE" + kem.kem_id.to_bytes(2, "big") + b"\0\1" + aead_id.to_bytes(2, "big")
        self.kem_suite_id = b"KEM" + kem.kem_id.to_bytes(2, "big")

    def extract(self, salt: bytes, ikm: bytes) -> bytes:
        return mac(salt or bytes(32), ikm)

    def expand(self, prk: bytes, info: bytes, length: int) -> bytes:
        block, data = b"", b""
        while len(data) < length:
            block = mac(prk, block + info + bytes([len(data) // 32 + 1]))
            data += block
        return data[:length]

    def expand_with_label(self, secret: bytes, label: str, context: bytes, length: int) -> bytes:
        return expand_with_label(secret, label, context, length)

    def derive_secret(self, secret: bytes, label: str) -> bytes:
        return expand_with_label(secret, label, b"")

    def derive_tree_secret(self, secret: bytes, label: str, generation: int, length: int) -> bytes:
        return expand_with_label(secret, label, generation.to_bytes(4, "big"), length)

    def ref_hash(self, label: str, value: bytes) -> bytes:
        return sha256(opaque(label.encode()) + opaque(value))

    # Signatures (RFC 9420 section 5.1.2).

    def verify(self, public: bytes, content: bytes, signature: bytes) -> bool:
        try:
            self.verifies(public, content, signature)
        except (InvalidSignature, ValueError):
            return False
        return True

    def verify_with_label(self, public: bytes, label: str | bytes, content: bytes, signature: bytes) -> bool:
        name = label.encode() if isinstance(label, str) else label
        return self.verify(public, opaque(b"MLS 1.0 " + name) + opaque(content), signature)

    # Encryption (RFC 9180 and RFC 9420 section 5.1.3).

    def public_key(self, private: bytes) -> bytes:
        return self.kem.public_key(private)

    def aead_open(self, key: bytes, nonce: bytes, aad: bytes, ciphertext: bytes) -> bytes:
        try:
            return self.aead(key).decrypt(nonce, ciphertext, aad)
        except (InvalidTag, ValueError):
            raise OpenError("the ciphertext is not of this key and these data") from None

    def hpke_open(self, private: bytes, info: bytes, aad: bytes, kem_output: bytes, ciphertext: bytes) -> bytes:
        secret, context = self._key_schedule(private, info, kem_output)
        key, nonce = self._key_and_nonce(secret, context)
        return self.aead_open(key, nonce, aad, ciphertext)

    def external_init_secret(self, external_secret: bytes, kem_output: bytes) -> bytes:
        """What an external commit begins with, as members get it (RFC 9420 section 8.3)."""
        private, _ = self.derive_key_pair(external_secret)
        return self.hpke_export(private, b"", kem_output, b"MLS 1.0 external init secret", self.hash_size)

    def hpke_export(self, private: bytes, info: bytes, kem_output: bytes, label: bytes, length: int) -> bytes:
        """What both sides get out of an encryption besides its key (RFC 9180 section 5.3)."""
        secret, context = self._key_schedule(private, info, kem_output)
        exporter = self._labeled_expand(self.hpke_id, secret, b"exp", context, self.hash_size)
        return self._labeled_expand(self.hpke_id, exporter, b"sec", label, length)

    def _key_schedule(self, private: bytes, info: bytes, kem_output: bytes) -> tuple[bytes, bytes]:
        return self._secret_and_context(self._decapsulated(private, kem_output), info)

    def _key_and_nonce(self, secret: bytes, context: bytes) -> tuple[bytes, bytes]:
        key = self._labeled_expand(self.hpke_id, secret, b"key", context, self.key_size)
        return key, self._labeled_expand(self.hpke_id, secret, b"base_nonce", context, self.nonce_size)

    def _secret_and_context(self, shared: bytes, info: bytes) -> tuple[bytes, bytes]:
        """In base mode: the secret, and the context that keys are derived in (RFC 9180 section 5.1)."""
        hashed = [(b"psk_id_hash", b""), (b"info_hash", info)]
        context = b"\0" + b"".join(self._labeled_extract(b"", label, value) for label, value in hashed)
        return self._labeled_extract(shared, b"secret", b""), context

    def encrypt_with_label(self, public: bytes, label: str, context: bytes, plaintext: bytes) -> dict:
        """An HPKECiphertext (RFC 9420 section 5.1.3)."""
        private = self.kem.fresh()
        kem_output = self.kem.public_key(private)
        prk = self._labeled_extract(b"", b"eae_prk", self.kem.exchange(private, public), self.kem_suite_id)
        shared = self._labeled_expand(self.kem_suite_id, prk, b"shared_secret", kem_output + public, 32)
        secret, hashed = self._secret_and_context(shared, opaque(b"MLS 1.0 " + label.encode()) + opaque(context))
        key, nonce = self._key_and_nonce(secret, hashed)
        return {"kem_output": kem_output.hex(), "ciphertext": self.aead(key).encrypt(nonce, plaintext, b"").hex()}

    def sign_with_label(self, private: bytes, label: str, content: bytes) -> bytes:
        return self.signs(private, opaque(b"MLS 1.0 " + label.encode()) + opaque(content))

    def decrypt_with_label(self, private: bytes, label: str | bytes, context: bytes, sealed: dict) -> bytes:
        """Opens an HPKECiphertext (RFC 9420 section 5.1.3)."""
        name = label.encode() if isinstance(label, str) else label
        info = opaque(b"MLS 1.0 " + name) + opaque(context)
        kem_output, ciphertext = (bytes.fromhex(sealed[name]) for name in ("kem_output", "ciphertext"))
        return self.hpke_open(private, info, b"", kem_output, ciphertext)

    def derive_key_pair(self, ikm: bytes) -> tuple[bytes, bytes]:
        prk = self._labeled_extract(b"", b"dkp_prk", ikm, self.kem_suite_id)

        def expand(label: bytes, info: bytes) -> bytes:
            return self._labeled_expand(self.kem_suite_id, prk, label, info, 32)

        private = self.kem.derive_private(expand)
        return private, self.kem.public_key(private)

    def _decapsulated(self, private: bytes, kem_output: bytes) -> bytes:
        try:
            shared = self.kem.exchange(private, kem_output)
            own = self.kem.public_key(private)
        except ValueError:
            raise OpenError("there is no key in the KEM's output") from None
        prk = self._labeled_extract(b"", b"eae_prk", shared, self.kem_suite_id)
        return self._labeled_expand(self.kem_suite_id, prk, b"shared_secret", kem_output + own, 32)

    def _labeled_extract(self, salt: bytes, label: bytes, ikm: bytes, suite_id: bytes | None = None) -> bytes:
        return self.extract(salt, b"HPKE-v1" + (suite_id or self.hpke_id) + label + ikm)

    def _labeled_expand(self, suite_id: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
        return self.expand(prk, length.to_bytes(2, "big") + b"HPKE-v1" + suite_id + label + info, length)


SUITES = {
    1: Suite(1, X25519(), 1, 16, AESGCM, (ed25519_verifies, ed25519_signs)),
    2: Suite(2, P256(), 1, 16, AESGCM, (p256_verifies, p256_signs)),
    3: Suite(3, X25519(), 3, 32, ChaCha20Poly1305, (ed25519_verifies, ed25519_signs)),
}


def suite(number: int) -> Suite | None:
    return SUITES.get(number)
